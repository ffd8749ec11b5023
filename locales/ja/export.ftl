# Lists as tables (CSV): headings, and the values that the console does not name (B17).
export-in-zone = { $name }（{ $zone }）
export-zone-central-europe = 中央ヨーロッパ時間
export-yes = あり
export-no = なし

# Headings of several lists.
export-id = ID
export-state = 状態
export-person = 氏名
export-email = メールアドレス
export-company = 会社・組織名
export-device = PC名
export-answer-by = 回答期限
export-answer = 回答
export-answered-by = 回答者
export-answered = 回答日時
export-reason = 拒否の理由
export-subject = 件名
export-domain = 利用ドメイン
export-customer = お客様
export-created = 作成日時
export-updated = 更新日時

# Requests and PCs.
export-key = PC固有の鍵
export-outside = 社外のドメイン
export-requested = 申請日時
export-approved = 承認日時
export-activated = 利用開始日時
export-until = 有効期限
export-revoked = 取り消し日時
export-last-used = 最終利用日時
export-thumbprint = 鍵のサムプリント

# Equipment.
export-model = 型式
export-serial-number = 製造番号
export-place = 設置場所
export-responsible = 担当の管理者のID
export-remote-assistance = リモート支援の許可
export-manual-launch = リモートサポート起動（手動）の許可
export-notes = 備考
export-registered = 登録日時
export-retired = 廃止日時

# Users and organisations.
export-phonetic = フリガナ
export-organization = 組織のID
export-external = 外部ID
export-account = アカウント名
export-role = 管理権限
export-administered = 管理する組織のID
export-support = サポートオプション
export-account-state = アカウントの状態
export-last-login = 最終ログイン日時
export-name = 名称
export-parent = 上位の組織のID

# The audit log.
export-number = 番号
export-at = 日時
export-actor-kind = 操作者の種類
export-actor = 操作者のID
export-address = 接続元
export-action = 操作
export-object = 対象
export-outcome = 結果
export-requester = 申請者
export-approver = 承認者
export-previous = 直前の記録のハッシュ
export-hash = この記録のハッシュ
export-actor-name = 操作者の名前
export-object-name = 対象の名前

# Inquiries and customers.
export-sender = 送信者
export-messages = メッセージの件数
export-assigned = 担当者
export-language = 言語
export-zone = タイムゾーン
export-setup-done = 初期設定の完了項目数
export-setup-of = 初期設定の全項目数
export-administrators = システム管理者の人数

# The provider's questions.
export-question = 質問
export-reference = 管理番号
export-provider = サービス事業者
export-asked-by = 依頼者
export-asked = 依頼日時
export-required = 必要な承認の数

# Mails.
export-kind = 種類
export-recipient = 宛先
export-undeliverable = 送信できませんでした
export-waiting = 送信待ち
export-attempts = 送信回数
export-error = 最後のエラー

# Applications.
export-contact = 担当者
export-phone = 電話番号
export-applied-on = 申込日
export-overdue = 期限超過
export-note = メモ
export-recorded-by = 登録者
export-recorded = 登録日時
export-contract = 契約の利用ドメイン
export-reason-given = 理由
export-closed-by = 対応者
export-closed = 完了日時
export-granted-from = 許可された時間の開始
export-granted-until = 許可された時間の終了
export-executed-by = 実行者
export-started = 開始日時
export-ended = 終了日時
export-equipment = 機器名
export-launch-reason = 理由
export-opened-by = 開始者
export-opened = 開始日時
export-participants = 参加者
export-host = 担当者
export-agreed-start = 決定した日時
export-agreed-zone = 日時を決めた時間帯
export-agreed-by = 決定した方
export-over-reason = 理由
