# `tegata` コマンドの文言。大文字の引数名と「--」で始まる名前はインターフェースの一部です。

cli-usage-heading = 使い方：
cli-commands-heading = コマンド
cli-arguments-heading = 引数
cli-options-heading = オプション

cli-help = Tegata：このPCでのデータ閲覧、サービスの運用、回答記録の検証を行います
cli-help-exit-codes =
    終了コード：
      0  完了しました
      1  失敗しました
      2  コマンドまたは入力に誤りがあります
      3  拒否されました
      4  回答がまだないか、期限が切れています
      5  サービスに接続できません
      6  検証に失敗しました

    プロキシは HTTPS_PROXY、HTTP_PROXY、NO_PROXY またはシステムの設定から取得します。
cli-help-viewer = このPCでの閲覧許可を得て、データを閲覧します
cli-help-viewer-open = ターミナルを使わない方のために、ブラウザーでViewerを開きます
cli-help-viewer-register = 認証トークン要求実行：このPCでの閲覧許可を管理者に申請します
cli-help-viewer-activate = 認証実行：メールで届いた認証トークンを入力します
cli-help-viewer-status = このPCの登録状況を表示します
cli-help-viewer-resend = 直前のメールを再送します
cli-help-viewer-get = 契約のデータを取得します
cli-help-viewer-forget = 登録を取りやめ、このPCに保存された情報を削除します
cli-help-agent = 機器のエージェント：登録、接続、状態の表示
cli-help-agent-enrol = 登録コードを使って、この機器のエージェントを登録します
cli-help-agent-open = この機器のエージェントの画面をブラウザーで開きます
cli-help-agent-install = エージェントをこの機器のサービスとしてインストールします
cli-help-agent-uninstall = サービス、登録、鍵、保存された情報をすべて削除します
cli-help-agent-run = 接続を保ちます。終了するには Ctrl-C を押してください
cli-help-agent-status = 登録と接続の状態を表示します
cli-help-agent-settings = 接続の可否と方法の設定を表示、変更します
cli-help-agent-forget = 登録を取りやめ、この機器に保存された情報を削除します
cli-help-operator = サービスを運用します
cli-help-operator-tenant = 契約（利用ドメイン）とサービス事業者
cli-help-operator-tenant-create = 利用ドメインと最初の管理者を登録します
cli-help-operator-tenant-list = 利用ドメインの一覧を表示します
cli-help-operator-tenant-show = 利用ドメインの内容を表示します
cli-help-operator-tenant-update = 利用ドメインの設定を変更します
cli-help-operator-tenant-suspend = 利用ドメインの利用を停止します
cli-help-operator-tenant-resume = 停止した利用ドメインの利用を再開します
cli-help-operator-administrator = 利用ドメインの管理者
cli-help-operator-administrator-add = システム管理者を追加します
cli-help-operator-device = 許可済みのPC
cli-help-operator-device-list = 許可済みのPCの一覧を表示します
cli-help-operator-device-revoke = PCの許可を取り消します
cli-help-operator-outbox = 未送信のメールと未反映の公開情報
cli-help-operator-outbox-list = 未送信・未反映の項目の一覧を表示します
cli-help-operator-outbox-retry = 項目を今すぐ送信します
cli-help-operator-audit = 監査ログ。--export で保存するか、次のコマンドを使います
cli-help-operator-audit-list = 監査ログの記録を表示します
cli-help-operator-audit-heads = 監査ログの署名済みチェックポイントの一覧を表示します
cli-help-operator-introspection-secret = データサーバー用シークレット（トークンの照会に使用）
cli-help-operator-introspection-secret-new = 新しいシークレットを発行します。以前の値は無効になり、新しい値は今回だけ表示されます
cli-help-operator-keys = サービスの署名鍵
cli-help-operator-keys-rotate = 定期的な更新を待たずに、鍵を更新します
cli-help-verify = 署名済みの記録をオフラインで検証します
cli-help-verify-receipt = 回答記録を検証します
cli-help-verify-audit = 保存した監査ログを検証します
cli-help-keys = サービスの公開鍵
cli-help-keys-save = 公開鍵を取得して保存します

cli-arg-help = このヘルプを表示します
cli-arg-version = バージョンを表示します
cli-arg-json = 文章の代わりに、JSONオブジェクトを1つ出力します
cli-arg-language = このコマンドの表示と、ご自身に届くメールの言語：ja、en、da
cli-arg-data-dir = このPCの登録情報を保存するフォルダー（TEGATA_DATA_DIR）
cli-arg-config = アドレス、利用ドメイン、言語を記述したインストール時の設定ファイル（TEGATA_VIEWER_CONFIG）
cli-arg-edge = サービスのアドレス https://… （TEGATA_EDGE）
cli-arg-token = 運用者のトークン。環境変数 TEGATA_OPERATOR_TOKEN での指定をおすすめします
cli-arg-tenant = 利用ドメイン
cli-arg-name = お名前
cli-arg-email = 会社のメールアドレス
cli-arg-organization = 会社・組織名
cli-arg-device-name = このPCの名前
cli-arg-no-wait = 管理者の回答を待たずに終了します
cli-arg-port = このPCで使用するポート。省略すると、空いているポートを使用します
cli-arg-no-browser = ブラウザーを開かず、1回限り有効なアドレスだけを表示します
cli-arg-code = 認証トークン。省略すると入力を求めます
cli-arg-enrolment-code = 登録コード（TEGATA_ENROLMENT_CODE）。省略すると入力を求めます
cli-arg-group = エージェントの表示とリモートサポートの起動を許可するグループの名前
cli-arg-service = サービスとして動作します。登録がない場合は、終了せずに登録を待ちます
cli-arg-program = サービスが実行するコマンド。省略すると、このコマンドです
cli-arg-root = 別のルートの下に書き込みます（パッケージ作成用）。サービスは開始しません
cli-arg-unasked = サービスに問い合わせず、このPCに保存された情報を表示します
cli-arg-path = データのパス。クエリーも付けられます
cli-arg-output = 保存先のファイル。取得が完了した時点で作成されます
cli-arg-offline = サービスに通知せず、このPCの情報だけを削除します
cli-arg-remote-service = エージェントの接続を許可するかどうか（on または off）
cli-arg-proxy = automatic、none、または「ホスト:ポート」の形のプロキシ
cli-arg-adopt-proxy = 検出されたプロキシを、手動の設定として使います
cli-arg-proxy-domain = プロキシのアカウントのドメイン（NTLM用）。空にすると削除します
cli-arg-proxy-user = プロキシのユーザー名。パスワードの入力を求めます。空にすると両方を削除します
cli-arg-proxy-password-file = 1行目がプロキシのパスワードであるファイル
cli-arg-remote-assistance = この機器へのリモート支援を許可するかどうか（on または off）
cli-arg-slug = 利用ドメイン。半角の英小文字、数字、ハイフンで指定します
cli-arg-kind = 種別：tenant（既定）または provider
cli-arg-provider = 担当するサービス事業者
cli-arg-tenant-name = 契約先の会社名
cli-arg-tenant-locale = 契約先の言語：ja、en、da
cli-arg-tenant-time-zone = 契約先のタイムゾーン。例：Asia/Tokyo
cli-arg-activation = PCの利用開始の方法：mailed_code または approval_only
cli-arg-mail-domain = 契約先のメールドメイン。繰り返し指定できます
cli-arg-approval-life-seconds = 管理者の回答期限（秒）
cli-arg-code-life-seconds = 承認後の認証トークンの有効期間（秒）
cli-arg-confirm-address-first = 先に申請者のメールアドレスを確認するか：true または false
cli-arg-approver-must-log-in = 承認の前にログインを求めるか：true または false
cli-arg-key-required = 鍵を持つPCだけに許可するか：true または false
cli-arg-device-life-seconds = PCの許可の有効期間（秒）
cli-arg-no-device-life = PCの許可に期限を設けません
cli-arg-data-origin = 許可済みのPCからのアクセスを中継するデータサーバーのURL
cli-arg-no-data-origin = データサーバーのURLを解除します
cli-arg-contact-name = 契約の担当者の氏名
cli-arg-contact-email = 契約の担当者のメールアドレス
cli-arg-contact-phone = 契約の担当者の電話番号
cli-arg-applied-on = 申込日（例：2026-11-16）
cli-arg-administrator-name = 管理者の氏名
cli-arg-administrator-email = 管理者のメールアドレス
cli-arg-administrator-account = 管理者のアカウント名
cli-arg-administrator-locale = 管理者の言語：ja、en、da（省略時は契約先と同じ）
cli-arg-administrator-time-zone = 管理者のタイムゾーン（省略時は契約先と同じ）
cli-arg-idempotency-key = 同じキーで再実行しても、処理は重複せず、同じ結果が返ります
cli-arg-purpose = 対象とする鍵の用途：token、receipt、linkのいずれか
cli-arg-compromised = 鍵が漏えいした可能性があります。1日後の切り替えを待たず、現在の鍵を直ちに無効にします
cli-arg-reason = 理由。新しい鍵とともに記録されます
cli-arg-yes = --compromised で無効になるものを確認済みとして実行します
cli-arg-file = 契約の設定項目を記述したJSONファイル。オプションで個別に上書きできます
cli-arg-cursor = 一覧の続きの位置
cli-arg-limit = 表示する最大件数 (省略時は 1000)
cli-arg-id = 一覧に表示されるID
cli-arg-receipt = 回答記録のファイル
cli-arg-keys = 「keys save」で保存した公開鍵のファイル
cli-arg-issuer = この発行者の回答記録だけを受け入れます
cli-arg-jwks-file = 保存先のファイル
cli-arg-export = 監査ログの保存先ファイル。すべて取得できた時点で作成します
cli-arg-format = jsonl（既定。1行に1件で、「verify audit」で検証できます）または csv
cli-arg-actor = この操作者の記録だけを対象にします。種類（operator、requester、approver、deviceなど）または ID
cli-arg-object = この対象の記録だけを対象にします。「device/」のように「/」で終えると、その種類のすべて
cli-arg-action = この操作の記録だけを対象にします。「approval.」のように「.」で終えると、それで始まるすべて
cli-arg-from = この日時以降の記録だけを対象にします（2026-11-21T09:00:00+09:00 の形式、または1970年からの秒数）
cli-arg-to = この日時より前の記録だけを対象にします
cli-arg-newest-first = 新しい記録から順に表示します
cli-arg-log = 保存した監査ログ（jsonl）
cli-arg-heads = 署名済みチェックポイントのファイル。「--json operator audit heads」の出力、または1行に1つの JWS。--keys を指定して省略した場合は、監査ログと同じフォルダーの heads.json
cli-arg-head-issuer = この発行者の署名済みチェックポイントだけを受け入れます
cli-arg-head = 以前に控えた記録のハッシュ。監査ログに含まれている必要があります

cli-usage-missing = 指定が不足しています：{ $arguments }
cli-usage-or-variable = { $option }（または環境変数 { $variable }）
cli-usage-unknown = 不明なオプションまたは引数です：{ $argument }
cli-usage-command = 不明なコマンドです：{ $command }
cli-usage-value = { $argument } に「{ $value }」は指定できません。
cli-usage-conflict = { $argument } は、指定されたほかのオプションと同時に使用できません。
cli-usage-incomplete = コマンドが途中で終わっています。--help をご覧ください。
cli-usage-other = コマンドを解釈できません。--help をご覧ください。
cli-get-json-needs-file = --json を指定する場合は、データの保存先を -o で指定してください。
cli-nothing-to-change = 変更する項目が指定されていません。
cli-keys-end-token = これまでに発行されたアクセストークンは数分以内に無効になり、プログラムが自動的に更新します。更新後のトークンも、最長5分間は拒否されることがあります。
cli-keys-end-receipt = これまでの回答記録は、引き続き検証できます。公開鍵には、署名に使われた期限が示されます。
cli-keys-end-link = これまでにメールで送信したリンク、認証トークン、初期パスワードは、すべて無効になります。認証トークンを待っている申請はやり直し、初期パスワードは再発行が必要です。
cli-keys-confirm = 鍵を直ちに無効にするには、--yes を付けて同じコマンドを実行してください。
cli-not-json = { $path } の内容がJSONオブジェクトではありません。

cli-ask-edge = サービスのアドレス（https://…）
cli-ask-tenant = 利用ドメイン
cli-ask-name = お名前
cli-ask-email = メールアドレス
cli-ask-email-again = メールアドレス（確認のためもう一度）
cli-ask-organization = 会社・組織名
cli-ask-device-name = このPCの名前
cli-email-mismatch = 入力された2つのメールアドレスが一致しません。
cli-input-closed = すべての項目が入力される前に、入力が終了しました。

# 文中の日時。曜日は月曜日を 0 とします。日本標準時の場合、タイムゾーンは表示しません。
cli-moment =
    { $year }年{ $month }月{ $day }日（{ $weekday ->
        [0] 月
        [1] 火
        [2] 水
        [3] 木
        [4] 金
        [5] 土
       *[6] 日
    }）{ $hour }時{ $minute }分{ $zone ->
        [JST] {""}
       *[other] （{ $zone }）
    }

cli-registered = 閲覧許可の申請を送信しました。メールは{ $email }に届きます。期限は{ $until }です。
cli-user-code = ユーザーコードは { $code } です。認証トークンは { $uri } でも入力できます。
cli-may-interrupt = Ctrl-C で中断できます。再開するには「tegata viewer activate」を実行してください。
cli-waiting-address = メールアドレスの確認を待っています。{ $email }に届いたメールのリンクを開いてください。
cli-waiting-approval = 管理者の承認を待っています。
cli-waiting-code = 承認されました。{ $email }に届いた認証トークンを入力し、Enterキーを押してください。
cli-waiting-code-elsewhere = 承認されました。{ $email }に届いた認証トークンを「tegata viewer activate CODE」で入力してください。
cli-waiting-network = 現在サービスに接続できません。接続を再試行しています。
cli-checking-code = 認証トークンを確認しています…
cli-wrong-code = 認証トークンが正しくありません。あと{ $tries }回入力できます。
cli-active = このPCで{ $tenant }のデータを閲覧できるようになりました。
cli-status-known = このPCに保存された情報では、{ $tenant }のデータを閲覧できます。
cli-status-confirmed = サービスが最後に確認した日時は{ $at }です。
cli-status-unasked = サービスには問い合わせていません。--offline を付けずに実行すると、今も有効かどうかを問い合わせます。
cli-status-asking = サービスに問い合わせています…
cli-status-revoked = 無効であることは、{ $at }にサービスから通知されました。
cli-status-checked = サービスに問い合わせました。このPCで{ $tenant }のデータを閲覧できます。
cli-status-uncollected = 認証は完了しましたが、結果がこのPCに届いていません。認証トークンの入力から10分以内に「tegata viewer activate」を実行して、受け取ってください。
cli-resent = メールを再送しました。
cli-until = 期限は{ $until }です。
cli-refusal-reason = 理由：{ $reason }
cli-saved = { $file }: { $bytes }バイト
cli-forgotten = 登録を取りやめ、このPCに保存された情報を削除しました。
cli-forgotten-here = このPCに保存された情報を削除しました。
cli-nothing-to-forget = このPCに保存された情報はありません。
cli-forget-unreachable = { $detail }情報は削除していません。後でもう一度実行するか、--offline を付けてこのPCの情報だけを削除してください。その場合は、管理者にこのPCの許可の取り消しを依頼してください。
cli-done = 完了しました。
cli-more = 続きがあります。--cursor { $cursor } を指定してください。
cli-keys-saved = { $file }: 公開鍵{ $count }個

cli-state-awaiting-address = メールアドレスの確認を待っています。
cli-state-awaiting-approval = 管理者の承認を待っています。
cli-state-awaiting-code = 承認されました。メールで届いた認証トークンがまだ入力されていません。
cli-state-activated = 認証されました。このPCで「tegata viewer activate」を実行すると、利用を開始できます。
cli-state-redeemed = この登録はすでに使用されています。「tegata viewer forget」を実行し、登録し直してください。
cli-state-refused = 管理者が申請を承認しませんでした。
cli-state-withdrawn = 申請は取り下げられました。
cli-state-expired = 申請の期限が切れました。登録し直してください。
cli-state-failed = 認証トークンの入力回数の上限に達しました。登録し直してください。
cli-state-unknown = 登録は完了していません。

cli-field-edge = アドレスは「https://」で始め、ホスト名より後には何も付けないでください。
cli-field-tenant = 利用ドメインには半角の英字、数字、ハイフンだけを使用できます。
cli-field-name = お名前を1文字以上100文字以内で入力してください。
cli-field-email = メールアドレスが正しくありません。「名前@ドメイン名」の形で、途中に空白を入れずに入力してください。
cli-field-organization = 会社・組織名を1文字以上100文字以内で入力してください。
cli-field-device-name = このPCの名前を1文字以上100文字以内で入力してください。
cli-field-activation-code = 認証トークンの形式ではありません。認証トークンは英数字10文字です。送信していないため、入力回数には数えられません。
cli-field-path = このパスは、契約のデータの範囲外です。

cli-error-field = 「{ $field }」の値は使用できません。
cli-error-file = { $path }: { $detail }
cli-error-output = 結果を出力できません：{ $detail }
cli-error-network = サービスに接続できません（{ $detail }）。ネットワークとプロキシの設定をご確認ください。
cli-error-protocol = サービスから予期しない応答がありました（{ $detail }）。
cli-error-unknown-tenant = { $edge } に利用ドメイン「{ $tenant }」はありません。利用ドメイン（--tenant）をご確認ください。ご不明な場合は、社内の管理者にお問い合わせください。
cli-error-not-a-service = { $edge } からは、このサービスとしての応答がありませんでした（{ $detail }）。アドレス（--edge または環境変数 TEGATA_EDGE）をご確認ください。
cli-error-oauth = サービスが要求を受け付けませんでした：{ $code } { $detail }
cli-error-problem = { $title }：{ $detail }
cli-error-problem-field = { $field }：{ $problem }
cli-error-status = サービスがステータス { $status } を返しました。
cli-error-too-often = 要求の回数が上限を超えました。{ $seconds }秒後に、もう一度お試しください。
cli-error-clock = このPCの時計が{ $seconds }秒ずれています。時刻を合わせてから、もう一度お試しください。
cli-error-not-registered = このPCには登録がありません。「tegata viewer register」から始めてください。
cli-error-already-registered = このPCはすでに登録されています。「tegata viewer status」で確認するか、「tegata viewer forget」で登録を取りやめてください。
cli-error-still-pending = このPCでの閲覧は、まだ許可されていません。「tegata viewer status」でご確認ください。
cli-error-revoked = このPCの閲覧許可は無効になりました。「tegata viewer forget」を実行し、登録し直してください。
cli-error-malformed = { $path } は破損しているか、別のバージョンで作成されたものです。
cli-error-key-missing = 鍵ファイル { $path } がありません。フォルダーをコピーしても、閲覧許可は引き継がれません。このPCで登録してください。このPCで最初からやり直すには「tegata viewer forget --offline」を実行してください。
cli-error-key-mismatch = { $path } の鍵は、この登録のものではありません。最初からやり直すには「tegata viewer forget --offline」を実行してください。
cli-error-exposed = { $path } に、ほかの利用者がアクセスできます（モード { $mode }）。内容を読まれていないことを確認し、ご本人だけがアクセスできるように制限してください（ファイル 0600、フォルダー 0700）。
cli-error-busy = ほかのコマンドが { $path } を長時間使用しています。
cli-error-no-home = 情報を保存するフォルダーが見つかりません。--data-dir または環境変数 TEGATA_DATA_DIR で指定してください。
cli-error-installation = 設定ファイル { $path } を使用できません：{ $detail }

cli-receipt-valid = この回答記録は真正で、改ざんされていません。
cli-receipt-partial = 複数必要な承認のうちの1件です。この承認だけでは、承認は成立しません。
cli-receipt-malformed = 回答記録ではないか、破損しています。
cli-receipt-algorithm = この回答記録の署名方式は、EdDSAではなく「{ $name }」です。信用しないでください。
cli-receipt-type = この文書の種類は「{ $name }」であり、回答記録ではありません。
cli-receipt-unknown-key = 公開鍵のファイルに、回答記録用の鍵「{ $kid }」がありません。
cli-receipt-ended-key = 回答記録の署名日時が、鍵「{ $kid }」の使用を終了した後になっています。信用しないでください。
cli-receipt-signature = 署名が正しくありません。改ざんされたか、このサービスが発行したものではありません。
cli-receipt-text = 記載されている文面は、回答の対象となった文面ではありません。
cli-receipt-issuer = この回答記録の発行者は { $issuer } です。

cli-exported = { $file }: { $entries }件

cli-audit-intact = 監査ログに改ざんはありません（{ $entries }件）。
cli-audit-last = 最後の記録：{ $entry }、ハッシュ { $hash }
cli-audit-covered = 記録{ $entry }までは、署名済みチェックポイントで確認できました。
cli-audit-uncovered = 署名済みチェックポイント（--heads）が指定されていないため、末尾の記録が欠けていても検出できません。
cli-audit-heads-found = 監査ログと同じフォルダーにある { $file } を署名済みチェックポイントとして使用します。
cli-audit-beyond = それより後の項目は前の項目とつながっていますが、署名済みチェックポイントではまだ確認できません。
cli-audit-unsigned = ハッシュのつながりだけを検証し、署名は検証していません。署名済みチェックポイントが、指定（--heads）にも、監査ログと同じフォルダーの heads.json にもないためです。
cli-audit-open-end = 末尾の項目が欠けていても検出できません。
cli-audit-not-an-entry = 記録{ $entry }：この行は監査ログの記録ではありません。
cli-audit-spelling = 記録{ $entry }：この行は、保存されたときの表記と異なります。
cli-audit-number = 記録{ $entry }：この位置に記録{ $found }があります。記録が削除、追加、複製、または移動されています。
cli-audit-previous = 記録{ $entry }：直前の記録とつながっていません。どちらかが差し替えられています。
cli-audit-hash = 記録{ $entry }：改ざんされています。ハッシュが内容と一致しません。
cli-audit-head = 記録{ $entry }：署名済みチェックポイントのハッシュと一致しません。監査ログが作り直されています。
cli-audit-cut-off = 記録{ $entry }：署名済みチェックポイントにはありますが、監査ログがその手前で終わっています。末尾が削除されています。
cli-audit-before = 記録{ $entry }：署名済みチェックポイントにはありますが、監査ログがその後から始まっています。
cli-audit-noted = 記録{ $entry }：監査ログはここで終わっており、控えたハッシュの記録がありません。
cli-audit-empty = 監査ログに記録がありません。

cli-head-none = 署名済みチェックポイントはまだありません。最初のチェックポイントは、最初の記録から約1日後に作成されます。それまでは --heads を付けずに検証してください。
cli-head-malformed = { $place }番目の署名済みチェックポイント：署名済みチェックポイントではないか、破損しています。
cli-head-unknown-key = { $place }番目の署名済みチェックポイント：公開鍵のファイルに、回答記録用の鍵「{ $kid }」がありません。
cli-head-ended-key = { $place }番目の署名済みチェックポイント：署名日時が、鍵「{ $kid }」の使用を終了した後になっています。
cli-head-signature = { $place }番目の署名済みチェックポイント：署名が正しくありません。改ざんされたか、このサービスが発行したものではありません。
cli-head-issuer = { $place }番目の署名済みチェックポイント：発行者は { $issuer } です。
cli-ask-proxy-password = プロキシのパスワード（表示されません）
cli-field-proxy = プロキシは「ホスト:ポート」の形で指定してください（例：proxy.example:8080）。
cli-field-proxy-domain = プロキシのドメインは256文字以内で指定してください。
cli-field-proxy-user = プロキシのユーザー名は、コロンを含まない256文字以内で指定してください。
cli-field-proxy-password = プロキシのパスワードは256文字以内で指定してください。
cli-field-proxy-not-manual = ドメイン、ユーザー名、パスワードは、手動で設定したプロキシにだけ指定できます。「--proxy ホスト:ポート」で設定してください。
cli-field-adopt-proxy = 環境変数にもシステムの設定にも、使用できるプロキシがありません。
cli-setting-on = オン
cli-setting-off = オフ
cli-setting-remote-service = リモートサービス：{ $value }
cli-setting-proxy = プロキシ：{ $value }
cli-setting-proxy-found = 自動（{ $proxy } が検出されました）
cli-setting-proxy-none-found = 自動（検出されませんでした）
cli-setting-proxy-none = 使用しない
cli-setting-proxy-domain = プロキシのドメイン：{ $value }
cli-setting-proxy-user = プロキシのユーザー名：{ $value }
cli-setting-proxy-password = プロキシのパスワード：{ $value }
cli-setting-password-set = 設定済み
cli-setting-remote-assistance = リモート支援：{ $value }
cli-setting-assistance-suspended = リモート支援は現在、有効ではありません。不足しているもの：{ $missing }
cli-error-assistance-not-ready = リモート支援はまだ許可できません。不足しているもの：{ $missing }
cli-missing-enrolment = この機器の登録
cli-missing-proxy = プロキシの手動設定（または「使用しない」の選択）
cli-obstacle-off = リモートサービスがオフのため、何も送信していません。
cli-remedy-off = 接続を許可するには、オンにしてください（「tegata agent settings --remote-service on」）。
cli-obstacle-settings = 設定を読み取れないため（{ $detail }）、何も送信していません。
cli-remedy-settings = ファイル「settings.json」を修正するか、削除して標準の設定に戻してください。
cli-obstacle-proxy-kind = 環境変数またはシステムの設定で、使用できない種類のプロキシ「{ $scheme }」が指定されています。
cli-remedy-proxy-kind = HTTPプロキシを「ホスト:ポート」の形で手動で設定するか、「使用しない」を選んでください。
cli-obstacle-dns = { $host } の名前解決ができません（{ $detail }）。
cli-remedy-dns = ネットワークケーブルと、ネットワーク設定のDNSサーバーを確認してください。プロキシ経由でしか外部に接続できない場合は、プロキシを設定してください。
cli-obstacle-proxy-unreachable = プロキシ { $proxy } に接続できません（{ $detail }）。
cli-remedy-proxy-unreachable = プロキシの設定で、アドレスとポートを確認してください。
cli-obstacle-proxy-no-credentials = プロキシ { $proxy } が認証を求めていますが（{ $schemes }）、ユーザー名とパスワードが設定されていません。
cli-remedy-proxy-no-credentials = ネットワーク管理者から受け取ったプロキシのユーザー名とパスワードを入力してください。
cli-obstacle-proxy-credentials-refused = プロキシ { $proxy } がユーザー名とパスワードを拒否しました（{ $schemes }）。
cli-remedy-proxy-credentials-refused = もう一度入力してください。パスワードが変更されたか期限が切れている場合は、ネットワーク管理者にお問い合わせください。
cli-obstacle-proxy-no-scheme = プロキシ { $proxy } が求める認証方式（{ $schemes }）は使用できません。
cli-remedy-proxy-no-scheme = この機器にNTLMまたはBasic認証を許可するか、認証なしで通すよう、ネットワーク管理者に依頼してください。
cli-obstacle-proxy-refused = プロキシ { $proxy } がサービスに接続しません（状態コード { $status }）。
cli-remedy-proxy-refused = サービスのアドレスへの接続を許可するよう、ネットワーク管理者に依頼してください。
cli-obstacle-unreachable = サービスに接続できません（{ $detail }）。
cli-remedy-unreachable = ファイアウォールで遮断されていないか、プロキシが必要でないかを確認してください。
cli-obstacle-interception = 暗号化された通信が途中で開かれています。証明書の発行者「{ $issuer }」は、この機器では信頼されていません。
cli-remedy-interception = サービスを検査の対象から外すか、その証明書をこの機器に登録するよう、ネットワーク管理者に依頼してください。発行者に心当たりがない場合は、接続しないでください。
cli-obstacle-certificate-time = 「{ $issuer }」が発行した証明書は、この機器の時計の時刻では有効ではありません。
cli-remedy-certificate-time = この機器の日付と時刻を確認してください。正しい場合は、サポートデスクにお問い合わせください。
cli-obstacle-certificate = 「{ $issuer }」が発行した証明書を受け付けられません（{ $detail }）。
cli-remedy-certificate = サービスのアドレスを確認してください。正しい場合は、サポートデスクにお問い合わせください。
cli-obstacle-encryption = 暗号化された接続を確立できません（{ $detail }）。
cli-remedy-encryption = 暗号化された通信が途中で変更されていないか、ネットワーク管理者にお問い合わせください。

cli-ask-enrolment-code = 登録コード（tg_enr_ で始まる文字列）
cli-field-enrolment-code = 登録コードは「tg_enr_」で始まる50文字の文字列です。管理画面またはサポートデスクから受け取ったものを、そのまま貼り付けてください。
cli-agent-enrolled = この機器のエージェントは { $tenant } に登録されています。
cli-agent-equipment = 機器：{ $equipment }（製造番号 { $serial }）
cli-agent-connected = 接続しました（{ $equipment }）。
cli-agent-away = 接続できていません：{ $detail }{ $seconds }秒後にもう一度接続します。
cli-agent-stopped = 終了しました。
cli-agent-light-green = 緑：接続中です（{ $at }から）。
cli-agent-light-orange = オレンジ：接続できていません。{ $detail }
cli-agent-light-stopped = 停止：エージェントは動作していません。「tegata agent run」で開始してください。
cli-agent-light-off = オフ：リモートサービスがオフのため、この機器は一切接続しません。
cli-agent-trouble-none = 接続を始めています。
cli-agent-trouble-turned-away = サービスが接続を受け付けませんでした。ご契約が一時停止されている可能性があります。
cli-agent-trouble-replaced = 同じ登録情報を使って、別のプログラムが接続しました。この機器の情報が複製されていないか確認してください。
cli-agent-trouble-lost = 接続が切れました。
cli-agent-trouble-other = { $detail }
cli-agent-not-enrolled = この機器のエージェントは登録されていません。「tegata agent enrol」から始めてください。
cli-agent-already-enrolled = この機器のエージェントはすでに登録されています。「tegata agent status」で確認するか、「tegata agent forget」で登録を取りやめてください。
cli-agent-ended = この機器のエージェントの登録は無効になりました。新しい登録コードを受け取り、「tegata agent enrol」でもう一度登録してください。
cli-agent-wrong-code = この登録コードは使えません。入力に誤りがあるか、すでに使われたか、新しいコードに置き換えられています。新しい登録コードを受け取ってください。
cli-agent-expired-code = この登録コードは有効期限が切れています。新しい登録コードを受け取ってください。
cli-agent-runs-already = この機器のエージェントはすでに動作しています。
cli-agent-no-group = この機器にグループ { $group } はありません。
cli-agent-no-socket = この機器の他のプログラムから、エージェントに接続できません：{ $detail }
cli-agent-forgotten = 登録を取りやめ、この機器に保存された情報を削除しました。
cli-agent-nothing-to-forget = この機器に保存された情報はありません。
cli-agent-installed = エージェントをサービスとしてインストールし、開始しました（{ $path }）。
cli-agent-unit-written = ユニットファイル { $path } を作成しました。サービスは「{ $command }」で開始してください。
cli-agent-enrolment-moved = このユーザーの登録を、サービスに移しました。
cli-agent-unsafe-program = { $path } は、root以外のユーザーが置き換えることができます。サービスはrootとして動作するため、コマンドを /usr/local/bin など、rootのフォルダーに置いてください。
cli-agent-unusual-path = サービスに使うパスは、英数字と ./_+-@ だけで構成された絶対パスにしてください。
cli-agent-unusual-group = このグループの名前は、サービスに使用できません。
cli-agent-needs-administrator = この機器の管理者として実行してください（例：sudo を付けて実行）。
cli-agent-systemctl = 「{ $command }」に失敗しました：{ $detail }
cli-agent-no-service = このシステムでは、エージェントをサービスとしてインストールできません。
cli-agent-not-on-windows = Windowsでは、--root と --group は使用できません。
cli-agent-uninstalled = サービス、登録、鍵、保存された情報をすべて削除しました。
cli-agent-uninstalled-offline = サービス、鍵、保存された情報をすべて削除しました。登録は取り消せませんでした（{ $detail }）。管理画面でのエージェントの登録の取り消しを、管理者に依頼してください。
cli-agent-forget-unreachable = { $detail } 情報は削除していません。後でもう一度実行するか、--offline を付けてこの機器の情報だけを削除してください。その場合は、管理者にエージェントの登録の取り消しを依頼してください。
