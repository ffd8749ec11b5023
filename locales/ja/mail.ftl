# Mails. Requirement ids in comments are those of requirements.md.

mail-greeting = { $name } 様
mail-list-item = ・{ $item }
mail-automatic = このメールは、{ $product }から自動的に送信されています。
# The provider's face (B16): stands above the lines that say how to reach its desk.
mail-contact = サポートデスク
mail-device = PC名

# C1, K1: an administrator's first credential.
mail-first-credential-subject = [{ $product }] 登録完了のお知らせ
mail-first-credential-lead = このたびは{ $product }をご利用いただき、ありがとうございます。{ $tenant }の登録が完了しましたので、管理者のログイン情報をお知らせします。
mail-first-credential-login = ログインURL
mail-first-credential-button = ログインする
mail-first-credential-domain = 利用ドメイン
mail-first-credential-account = アカウント名
mail-first-credential-password = 初期パスワード
mail-first-credential-until = 初期パスワードは、{ $expires }まで有効です。それまでにログインして、ご自身のパスワードを設定してください。
mail-first-credential-personal = このアカウントは、ご本人専用です。ほかの方と共用しないでください。
mail-first-credential-reissue = 初期パスワードがわからなくなった場合や、期限が過ぎた場合は、ログイン画面の「パスワードを忘れた場合」から、新しい初期パスワードをお受け取りください。新しい初期パスワードを発行すると、以前のものは使えなくなります。
mail-first-credential-why = このメールは、{ $tenant }の管理者として登録された方にお送りしています。お心当たりのない場合は、ログインせずに、サポートデスクまでご連絡ください。
mail-account-subject = [{ $product }] アカウント登録のお知らせ
mail-account-lead = { $tenant }の管理画面でお使いいただくアカウントを登録しました。ログイン情報をお知らせします。
mail-account-why = このメールは、{ $tenant }のアカウントを登録された方にお送りしています。お心当たりのない場合は、ログインせずに、{ $tenant }の管理者またはサポートデスクまでご連絡ください。
mail-reissue-subject = [{ $product }] パスワード再発行のお知らせ
mail-reissue-lead = { $tenant }のアカウントのパスワードを再発行しました。これまでのパスワードとパスキー、アクセストークンは使えなくなり、ログイン中の画面もすべて終了しました。新しいログイン情報をお知らせします。
mail-reissue-why = このメールは、{ $tenant }のアカウントのパスワードが再発行された方にお送りしています。お心当たりのない場合は、ログインせずに、{ $tenant }の管理者またはサポートデスクまでご連絡ください。
mail-invitation-subject = [{ $product }] ログイン情報の再送
mail-invitation-lead = ログイン画面で、{ $tenant }のアカウントの初期パスワードの再送が求められました。以前にお送りした初期パスワードは使えなくなりました。次の情報でログインして、ご自身のパスワードを設定してください。
mail-invitation-why = このメールは、{ $tenant }のログイン画面でパスワードの再設定が求められたアカウントの方にお送りしています。お心当たりのない場合は、このまま破棄してかまいません。次にログインするときは、このメールの初期パスワードをお使いください。

# K3: the question to an approver.
mail-approval-subject = [{ $product }] 閲覧許可の承認のお願い（{ $device }）
mail-approval-lead = { $tenant }のデータを、次のPCのViewerで閲覧したいという申請が届きました。内容をご確認のうえ、承認または拒否してください。
mail-approval-request = 【申請内容】（申請者が入力したものです）
mail-approval-requester = 申請者
mail-approval-email = メールアドレス
mail-approval-organization = 会社・組織名
mail-approval-requested = 申請日時
mail-approval-expires = 回答期限
mail-approval-outside = 【ご注意】申請者のメールアドレス（{ $email }）は、貴社のドメインのものではありません。申請者ご本人に電話などで直接確認できない場合は、承認しないでください。
mail-approval-checks = 【承認の前に、必ずご確認ください】
mail-approval-check-person = 申請者が貴社に所属していること
mail-approval-check-address = メールアドレスが貴社のものであること
mail-approval-check-address-outside = ドメインの異なるこのメールアドレスの使用を、貴社が認めていること
mail-approval-link = 次のページで、承認または拒否してください。
mail-approval-button = 申請内容を確認する
mail-approval-inert = リンクを開いただけでは、何も決まりません。開いたページで確認欄にチェックを入れ、「承認」または「拒否」を押したときに決まります。
mail-approval-until = リンクの有効期限は、{ $expires }です。期限までに承認されない場合、申請は無効になります。
mail-approval-first-answer = 承認者が複数いる場合は、最初の回答で決まります。
mail-approval-why = このメールは、{ $tenant }の承認者として登録されている方にお送りしています。このリンクはご本人専用ですので、転送しないでください。お心当たりのない申請は、開いたページで「拒否」を押してください。承認されない限り、このPCからデータを閲覧することはできません。

# K3: many requests at once, told together.
mail-digest-subject = [{ $product }] 承認待ちの申請が{ $count }件あります
mail-digest-lead = { $tenant }のデータの閲覧申請が短時間に多数届いたため、1件ずつのメールに代えて、まとめてお知らせします。このメールでお知らせする申請のうち、回答待ちのものは{ $count }件です。
mail-digest-first = 【はじめに届いた申請】（申請者が入力したものです）
mail-digest-request = { $name }、{ $company }、{ $device }
mail-digest-more = ほかに{ $count }件あります。
mail-digest-link = 管理画面で、承認または拒否してください。
mail-digest-button = 申請の一覧を開く
mail-digest-unknown = これほど多くの申請にお心当たりがない場合は、確認できない申請を承認しないでください。承認されない限り、申請元のPCからデータを閲覧することはできません。
mail-digest-why = このメールは、{ $tenant }の承認者として登録されている方にお送りしています。

# K2: a mistyped address is caught before an approver is asked.
mail-confirm-subject = [{ $product }] メールアドレスの確認のお願い
mail-confirm-lead = { $tenant }のデータを閲覧するための申請で、このメールアドレスが入力されました。ご自身による申請の場合は、次のページで確認の操作をしてください。確認が完了すると、管理者に承認を依頼します。
mail-confirm-link = 次のページで、メールアドレスを確認してください。
mail-confirm-button = メールアドレスを確認する
mail-confirm-inert = リンクを開いただけでは、確認は完了しません。
mail-confirm-until = リンクの有効期限は、{ $expires }です。
mail-confirm-why = このメールは、Viewerの申請画面で入力されたメールアドレスにお送りしています。お心当たりのない場合は、何もせずにこのメールを削除してください。申請は、期限を過ぎると無効になります。

# K4: the activation code.
mail-activation-subject = [{ $product }] 認証トークンのお知らせ（{ $device }）
mail-activation-lead = { $tenant }のデータを閲覧するための申請が承認されました。次の認証トークンを、申請したPCのViewerに入力し、「認証実行」を押してください（コマンドをお使いの場合は、Enterキーを押してください）。
mail-activation-code = 認証トークン
mail-activation-typing = 大文字と小文字の区別はありません。入力は、PC1台につき1回だけです。
mail-activation-until = 認証トークンの有効期限は、{ $expires }です。5回間違えて入力すると、使えなくなります。
mail-activation-page = Viewerで入力できない場合は、次のページでも入力できます。Viewerに表示されているユーザーコードをご用意ください。
mail-activation-button = 認証トークンを入力する
mail-activation-secret = 認証トークンは、ほかの方に教えないでください。サポートデスクからお尋ねすることはありません。
mail-activation-why = このメールは、このPCから閲覧許可を申請した方にお送りしています。お心当たりのない場合は、認証トークンを使わずに、貴社の管理者にご連絡ください。

# The approver refused.
mail-refused-subject = [{ $product }] 閲覧許可の申請結果のお知らせ（{ $device }）
mail-refused-lead = { $tenant }のデータを閲覧するための申請は、承認されませんでした。次のPCから、データを閲覧することはできません。
mail-refused-reason = 承認者からの理由
mail-refused-next = ご不明な点は、貴社の管理者にお問い合わせください。必要な場合は、Viewerからもう一度申請できます。
mail-refused-why = このメールは、このPCから閲覧許可を申請した方にお送りしています。お心当たりのない場合は、メールアドレスがほかの方に使用されたおそれがありますので、貴社の管理者にご連絡ください。

# C2: パスワードを忘れたとき。
mail-reset-subject = [{ $product }] パスワード再設定のご案内
mail-reset-lead = { $tenant }の管理者アカウントについて、パスワード再設定のお申し込みを受け付けました。次のページで、新しいパスワードを設定してください。
mail-reset-link = 次のページで、新しいパスワードを設定してください。
mail-reset-button = パスワードを再設定する
mail-reset-until = リンクの有効期限は、{ $expires }です。使用できるのは1回だけです。新しいパスワードを設定すると、ログイン中のほかの画面は、すべてログアウトされます。
mail-reset-why = このメールは、{ $tenant }のログイン画面で再設定のお申し込みがあったため、アカウントのメインのメールアドレスにお送りしています。お心当たりのない場合は、何もせずにこのメールを削除してください。現在のパスワードは、そのままお使いいただけます。

# C3: an account has another main address. To the one before.
mail-address-subject = [{ $product }] メールアドレス変更のお知らせ
mail-address-lead = { $tenant }のアカウントのメインのメールアドレスが、このアドレスから別のアドレスに変更されました。今後のお知らせは、新しいアドレスにお送りします。
mail-address-not-you = お心当たりのない場合は、すぐに、ほかの管理者またはサポートデスクまでご連絡ください。メールアドレスを元に戻し、初期パスワードの再発行を受けるまで、このアカウントは第三者に使用されるおそれがあります。
mail-address-why = このメールは、変更をお知らせするため、変更前のメールアドレスにお送りしています。

# C2: a passkey was added or removed.
mail-passkey-added-subject = [{ $product }] パスキー追加のお知らせ
mail-passkey-added-lead = { $tenant }の管理者アカウントに、パスキーが追加されました。
mail-passkey-removed-subject = [{ $product }] パスキー削除のお知らせ
mail-passkey-removed-lead = { $tenant }の管理者アカウントから、パスキーが削除されました。
mail-passkey-name = パスキー
mail-passkey-at = 日時
mail-passkey-not-you = お心当たりのない場合は、すぐに「自分のアカウント」で見覚えのないパスキーを削除し、パスワードを変更してください。ログインできない場合は、ほかの管理者またはサポートデスクに、初期パスワードの再発行をご依頼ください。
mail-passkey-link = 「自分のアカウント」で、パスキーをご確認ください。
mail-passkey-button = 自分のアカウントを開く
mail-passkey-why = このメールは、パスキーの追加や削除をお知らせするため、アカウントのメインのメールアドレスにお送りしています。

# C6: サポートオプションのアラート。
mail-alerts-subject = [{ $product }] アラート（{ $tenant }）
mail-alerts-lead = { $tenant }で、次の事象が発生しました。
mail-alert-device = { $at }：新しいPCの利用が始まりました。{ $what }
mail-alert-refused = { $at }：申請が拒否されました。{ $what }
mail-alert-lockout = { $at }：パスワードの誤りが続いたため、アカウントを一時的にロックしました。{ $what }
mail-alert-token-reuse = { $at }：使用済みの認証情報が再び使われたため、PCの許可を取り消しました。複製されたおそれがあります。{ $what }
mail-alert-agent-enrolled = { $at }：機器のエージェントが登録されました。{ $what }
mail-alert-machine-waits = { $at }：機器が登録の承認を待っています。管理画面の「エージェントの登録依頼」で、承認または拒否してください。{ $what }
mail-alert-agent-cloned = { $at }：使用済みの認証情報が再び使われたため、機器のエージェントの登録を無効にしました。鍵が複製されたおそれがあります。エージェントをもう一度登録してください。{ $what }
mail-alert-passkey-copied = { $at }：パスキーの使用回数が前回より戻っていたため、ログインを拒否しました。複製されたおそれがあります。{ $what }
mail-alert-undeliverable = { $at }：メールを送信できませんでした。{ $what }
mail-alert-audit = { $at }：監査ログに異常が見つかりました。{ $what }
mail-alert-data-origin = { $at }：データサーバーのURLが変更されました。{ $what }
mail-alert-remote-assistance = { $at }：機器のリモート支援が許可されました。{ $what }
mail-alert-launch-unanswered = { $at }：リモートサポートの依頼に、期限までに回答がありませんでした。{ $what }
mail-alert-session-locked = { $at }：パスワードの誤りが続いたため、リモートサポートのセッションに新しく参加できないようにしました。{ $what }
mail-alert-appointment-unanswered = { $at }：サポートの日程の提案に、期限までに回答がありませんでした。{ $what }
mail-alert-appointment-missed = { $at }：サポートの日程の時刻に、お客様側の参加がありませんでした。{ $what }
mail-alert-suspended = { $at }：{ $what }により、ご契約の利用が停止されました。再開されるまで、管理画面へのログインとデータの閲覧はできません。
mail-alert-resumed = { $at }：{ $what }により、ご契約の利用が再開されました。
mail-alert-operator = サービスの運用者
mail-alerts-more = ほかに{ $count }件あります。
mail-alerts-link = 詳細は、監査ログをご確認ください。
mail-alerts-button = 監査ログを開く
mail-alerts-why = このメールは、{ $tenant }でサポートオプションが付与されている管理者にお送りしています。お知らせする内容は、管理画面の右上のお名前から「自分のアカウント」を開き、「アラートメール」で選択できます。

# C6: お問い合わせ。
mail-inquiry-about = 件名
mail-inquiry-by = 送信者
mail-inquiry-answer = 回答
mail-inquiry-attachments = 添付ファイルが{ $count }件あります。管理画面でご確認ください。
mail-inquiry-link = 管理画面で、お問い合わせをご確認ください。
mail-inquiry-button = お問い合わせを開く
mail-inquiry-answered-subject = [{ $product }] お問い合わせへの回答：{ $subject }
mail-inquiry-answered-lead = お問い合わせに、サポートデスクの{ $by }が回答しました。
mail-inquiry-answered-why = このメールは、{ $tenant }の管理画面からお問い合わせいただいた方にお送りしています。このメールには返信できません。引き続きのお問い合わせは、管理画面からお送りください。
mail-inquiry-answered-why-reply = このメールは、{ $tenant }の管理画面からお問い合わせいただいた方にお送りしています。引き続きのお問い合わせは、管理画面からお送りください。このメールに返信された場合は、{ $address }に届きます。
mail-inquiry-arrived-subject = [{ $product }] { $tenant }からのお問い合わせ：{ $subject }
mail-inquiry-arrived-lead = { $tenant }から、お問い合わせが届きました。
mail-inquiry-arrived-why = このメールは、サポートデスクの担当者にお送りしています。

# B12: a free question to an approver, and the answer to its asker.
mail-question-subject = [{ $product }] { $provider }からの確認のお願い（{ $title }）
mail-question-lead = { $provider }から{ $tenant }に、次の質問が届きました。内容をご確認のうえ、承認または拒否してください。
mail-question-question = 【質問の内容】（{ $provider }が入力したものです）
mail-question-title = 件名
mail-question-reference = 管理番号
mail-question-asker = 依頼者
mail-question-expires = 回答期限
mail-question-several = この質問には、{ $required }名の承認者の承認が必要です。1名でも拒否した場合は、拒否となります。
mail-question-link = 次のページで、承認または拒否してください。
mail-question-button = 質問の内容を確認する
mail-question-inert = リンクを開いただけでは、何も決まりません。開いたページで確認欄にチェックを入れ、「承認」または「拒否」を押したときに決まります。
mail-question-until = リンクの有効期限は、{ $expires }です。期限までに回答がない場合は、「回答なし」として扱われます。
mail-question-why = このメールは、{ $tenant }の承認者として登録されている方にお送りしています。このリンクはご本人専用ですので、転送しないでください。質問の内容にお心当たりのない場合は、回答する前に{ $provider }にお問い合わせください。
mail-answered-subject = [{ $product }] { $tenant }から回答がありました
mail-answered-lead-approved = { $tenant }が、ご質問を承認しました。
mail-answered-lead-refused = { $tenant }が、ご質問を拒否しました。
mail-answered-title = 件名
mail-answered-reference = 管理番号
mail-answered-by = 回答者
mail-answered-at = 回答日時
mail-answered-reason = 理由
mail-answered-link = 質問と署名済みの回答記録は、管理画面で確認できます。
mail-answered-button = 回答を確認する
mail-answered-why = このメールは、{ $tenant }に質問された方にお送りしています。

# K7: a launch, to the administrators responsible. The subjects of K7 and K9 are the same in every language.
mail-launch-subject = { $product }リモートサポート遠隔起動確認[Confirmation of Remote Support execution]
mail-launch-lead = { $provider }から{ $tenant }に、次の機器でリモートサポートを行う許可の依頼が届きました。内容をご確認のうえ、承認または拒否してください。
mail-launch-equipment = 機器名
mail-launch-serial = 製造番号
mail-launch-place = 設置場所
mail-launch-asker = 依頼者
mail-launch-period = 許可する時間
mail-launch-start = 開始予定
mail-launch-from = 開始
mail-launch-expires = 回答期限
mail-launch-reason = 【理由】（{ $provider }が入力したものです）
mail-launch-abilities = 【サポートデスクができること】
mail-ability-diagnostics = 機器の状態と、機器の設定で公開されているログファイルの確認
mail-ability-restart-software = 機器のソフトウェアの再起動
mail-ability-restart-machine = 機器本体の再起動
mail-ability-view-screen = 画面の閲覧
mail-ability-control-screen = 画面の閲覧と、キーボード・マウスによる操作
mail-ability-terminal = ターミナルの操作（入力と表示の内容はすべて記録されます）
mail-ability-files = ファイルの送受信（受け取る側の承諾が必要です）
mail-launch-several = この依頼には、{ $required }名の管理者の承認が必要です。1名でも拒否した場合は、拒否となります。
mail-launch-link = 次のページで、承認または拒否してください。
mail-launch-button = 依頼の内容を確認する
mail-launch-inert = リンクを開いただけでは、何も決まりません。開いたページで確認欄にチェックを入れ、「承認」または「拒否」を押したときに決まります。
mail-launch-until = リンクの有効期限は、{ $expires }です。期限までに承認されない場合、リモートサポートは開始されません。
mail-launch-why = このメールは、{ $tenant }のこの機器を担当されている方にお送りしています。このリンクはご本人専用ですので、転送しないでください。依頼の内容にお心当たりのない場合は、回答する前に{ $provider }にお問い合わせください。

# K8: how a launch has moved, to the desk.
mail-launch-approved-subject = [{ $product }] { $tenant }がリモートサポートを承認しました
mail-launch-approved-lead = { $tenant }が、リモートサポートを承認しました。許可された時間内に、実行してください。
mail-launch-refused-subject = [{ $product }] { $tenant }がリモートサポートを拒否しました
mail-launch-refused-lead = { $tenant }が、リモートサポートを拒否しました。
mail-launch-unanswered-subject = [{ $product }] { $tenant }から期限までに回答がありませんでした
mail-launch-unanswered-lead = リモートサポートの依頼に、{ $tenant }から期限までに回答がありませんでした。必要な場合は、あらためて依頼してください。
mail-launch-back-subject = [{ $product }] { $tenant }の機器が再び接続されました
mail-launch-back-lead = リモートサポートを実行しようとした機器が、再び接続されました。承認は、まだ有効です。
mail-launch-desk-link = 依頼の内容と経過は、管理画面で確認できます。
mail-launch-desk-button = リモートサポートを開く
mail-launch-desk-why = このメールは、{ $tenant }にリモートサポートを依頼された方、または実行された方にお送りしています。

# K9: ID and password.
mail-started-subject = { $product }リモートサポートID&PASS通知[Notification of Remote Support ID&Pass]
mail-started-lead = ご承認いただいたとおり、{ $tenant }の機器でリモートサポートが開始されました。
mail-started-lead-desk = { $tenant }の機器で、リモートサポートが開始されました。次のIDとパスワードで参加してください。
mail-started-by = 実行者
mail-started-until = 終了予定
mail-started-number = ID
mail-started-password = パスワード
mail-started-nothing-to-do = お客様の操作は必要ありません。
mail-started-link = 経過は管理画面で確認でき、いつでも終了できます。
mail-started-link-desk = 管理画面で、セッションに参加してください。
mail-started-button = リモートサポートを確認する
mail-started-button-desk = リモートサポートを開く
mail-started-why = このメールは、{ $tenant }のこの機器を担当されている方にお送りしています。リモートサポートを行うべきでない場合は、管理画面で終了してください。
mail-started-why-desk = このメールは、{ $tenant }にリモートサポートを依頼された方、または実行された方にお送りしています。パスワードは転送しないでください。

# What happened in a session, to the customer's administrators.
mail-summary-subject = [{ $product }] リモートサポートが終了しました
mail-summary-lead = { $provider }によるリモートサポートが終了しました。実施された内容は次のとおりです。
mail-summary-title = 件名
mail-summary-began = 開始
mail-summary-ended = 終了
mail-summary-desk = サポートデスクの参加者
mail-summary-guests = お客様の参加者
mail-summary-and = 、
mail-summary-messages = チャットのメッセージ数
mail-summary-done = 実施された内容
mail-summary-shared = お客様の画面の共有
mail-summary-times = { $what }（{ $times }回）
mail-summary-files = 受け渡しされたファイル
mail-summary-file = { $name }（{ $size }バイト）: { $from } から { $to } へ
mail-summary-link = チャットやファイルを含むすべての記録を、管理画面でご確認いただけます。
mail-summary-why = このメールは、{ $tenant }のこのリモートサポートを担当されている方にお送りしています。お心当たりのない内容がある場合は、サポートデスクにお問い合わせください。
mail-summary-attended-subject = [{ $product }] 画面共有によるサポートが終了しました
mail-summary-attended-lead = { $provider }による画面共有のサポートが終了しました。実施された内容は次のとおりです。
mail-summary-attended-button = 画面共有の記録を確認する
mail-summary-attended-why = このメールは、{ $tenant }で画面共有によるサポートの記録を確認される方にお送りしています。お心当たりのない内容がある場合は、サポートデスクにお問い合わせください。

# Guides for customers, linked at the end of a mail.
mail-guide-approver = 承認される方へのご案内
mail-guide-viewer = Viewerの使い方

# K6: how to start remote support at the machine, to somebody there.
mail-steps-subject = [{ $product }] リモートサポートの起動手順
mail-steps-lead = { $provider }から、次の機器でリモートサポートを開始するお願いです。アカウントは必要ありません。
mail-steps-first = 機器の画面で、「メニュー」から「リモートサポート起動」を押してください。
mail-steps-second = 表示された「使用中のID」と「パスワード」を、サポートデスクにお伝えください。
mail-steps-third = サポートデスクから連絡があるまで、この画面を閉じないでください。
mail-steps-warning = 「使用中のID」と「パスワード」は、ご自身で電話をかけたサポートデスク、またはお約束のあったサポートデスクにだけお伝えください。ほかの人に聞かれた場合は、画面を閉じてください。
mail-steps-why = このメールは、{ $tenant }の機器のリモートサポートのために、{ $provider }が入力した宛先にお送りしています。お心当たりのない場合は、このまま破棄してかまいません。機器の画面でボタンを押さない限り、何も始まりません。
mail-guide-machine = 機器の前にいる方へのご案内
mail-guide-participant = 画面共有に参加される方へのご案内

# An attended session, to somebody who is invited (Z1, Z3).
mail-attended-subject = [{ $product }] { $provider }からの画面共有のご案内（{ $title }）
mail-attended-lead = { $provider }のサポート担当者が、{ $tenant }の方とのセッションを用意しました。画面を共有しながらサポートいたします。ご都合のよいときに、次のページを開いてください。
mail-attended-title = 件名
mail-attended-host = サポート担当者
mail-attended-guest = お客様
mail-attended-link = 次のリンクから、セッションのページを開きます。
mail-attended-button = セッションに参加
mail-attended-inert = リンクを開いただけでは、参加にも、画面の共有にもなりません。ページの説明をお読みのうえ、「参加する」を押したときに接続します。
mail-attended-whole-screen = 画面全体を選ぶと、ほかのウィンドウや通知も含めて画面全体が共有されます。共有する前に、ほかの方に見せたくないものを閉じるか、隠してください。ウィンドウを1つだけ選んで共有することもできます。
mail-attended-nothing-installed = PCのブラウザーだけで参加できます。何もインストールせず、終了後に削除するものも残りません。
mail-attended-typed = リンクを開けない場合は、次のページで、IDと、サポート担当者から電話などでお聞きになったパスワードを入力してください。パスワードはメールではお送りしません。
mail-attended-number = ID
mail-attended-page = IDとパスワードを入力するページ
mail-attended-until = このセッションに参加できるのは、{ $expires }までです。
mail-attended-why = このメールは、{ $tenant }へのサポートのために、{ $provider }が入力した宛先にお送りしています。このリンクはご本人専用ですので、転送しないでください。お心当たりのない場合は、このまま破棄してかまいません。ページで「参加する」を押さない限り、何も始まりません。

# An appointment (Z1, B7), to somebody at the customer.
mail-appointment-when = 日時
mail-appointment-length = 所要時間
mail-appointment-times = 候補の日時
mail-appointment-reason = 相手からのメッセージ
mail-appointment-by = 連絡した方
mail-appointment-page = 日程のページ（変更や中止はこちらから）
mail-appointment-machine-page = 日程のページ
mail-appointment-page-at = 日程のページ（変更や中止はこちらから）： { $link }
mail-appointment-check-page = PCの事前確認のページ
mail-appointment-no-reply = カレンダーの「出席」「欠席」などの返信は、サポートデスクには届きません。変更や中止は、日程のページからご連絡ください。
mail-appointment-inert = リンクを開いただけでは、何も決まりません。ページで日時を選び、内容を確認して決定してください。別の日時を提案することも、お断りすることもできます。
mail-appointment-stands = 現在の日程は、変更が決まるまでそのまま有効です。
mail-appointment-why = このメールは、{ $tenant }へのサポートの日程のために、{ $provider }が入力した宛先にお送りしています。担当の方が替わる場合は、このメールを転送してかまいません。ページで回答された方の氏名が、双方に表示されます。お心当たりのない場合は、このまま破棄してください。日程が決まっても、当日「参加する」を押さない限り、何も始まりません。
mail-appointment-why-equipment = このメールは、{ $tenant }の機器へのリモートサポートについて、承認を担当する管理者の方にお送りしています。お心当たりのない場合は、サポートデスクにお問い合わせください。
mail-appointment-proposed-subject = [{ $product }] ご回答のお願い：{ $provider }からの日程のご相談（{ $title }）
mail-appointment-proposed-lead = { $provider }から、画面を共有しながら行うサポートの日程のご相談です。候補の日時から、ご都合のよいものをお選びください。最初に回答された方の回答で、日程が決まります。
mail-appointment-change-lead = { $provider }から、日程の変更のご相談です。新しい候補の日時から、ご都合のよいものをお選びください。
mail-appointment-choose = 次のリンクから、日時を選んで回答します。
mail-appointment-choose-button = 日時を選ぶ
mail-appointment-scheduled-subject = [{ $product }] 日程のご案内：{ $title }
mail-appointment-scheduled-lead = 日程のご案内です。リンクを開く必要はありません。
mail-appointment-join-by-mail = 開始の10分前に、「セッションに参加」のリンクをメールでお送りします。当日は、そのリンクから参加してください。
mail-appointment-advice-pc = 当日は、画面を共有するPCを用意してください。PCのブラウザーだけで参加でき、何もインストールしません。
mail-appointment-advice-windows = 画面全体を共有すると、ほかのウィンドウや通知も相手に見えます。見せたくないウィンドウは、始まる前に閉じるか、隠してください。
mail-appointment-machine-advice = 当日のお客様の操作は必要ありません。機器の電源を入れ、ネットワークに接続しておいてください。
mail-appointment-moved-subject = [{ $product }] 日程が変わりました：{ $title }
mail-appointment-moved-lead = 日程が変わりました。新しい日程は次のとおりです。
mail-appointment-shifted-subject = [{ $product }] 時刻をご確認ください：{ $title }
mail-appointment-shifted-lead = 日程を決めた地域の時刻の規則（夏時間など）が変わりました。その地域での時刻はそのままですが、ほかの地域での時刻が変わります。次の日時をご確認ください。
mail-appointment-cancelled-subject = [{ $product }] 日程が中止になりました：{ $title }
mail-appointment-cancelled-lead = 次の日程は中止になりました。
mail-appointment-declined-subject = [{ $product }] ご提案の日時について：{ $title }
mail-appointment-declined-lead = ご提案いただいた日時では、お約束できませんでした。
mail-appointment-unanswered-subject = [{ $product }] ご提案の日時に回答がありませんでした：{ $title }
mail-appointment-unanswered-lead = ご提案いただいた日時がすべて過ぎましたが、{ $provider }からの回答がありませんでした。ご迷惑をおかけして申し訳ありません。お急ぎの場合は、{ $provider }に直接ご連絡ください。
mail-appointment-check-subject = [{ $product }] PCの事前確認のお願い：{ $title }
mail-appointment-check-lead = 日程が近づいていますが、PCの事前確認がまだ行われていません。当日お使いになるPCで、次のページを開いて確認してください。1分ほどで終わります。
mail-appointment-check-link = 次のリンクから、PCを確認します。
mail-appointment-check-button = PCを確認する
mail-appointment-check-what = ブラウザー、通信、画面の共有ができるかどうかを調べます。サポート担当者とは接続せず、画面の内容も送りません。結果は、双方に表示されます。
mail-appointment-check-machine-subject = [{ $product }] 機器の事前確認ができていません：{ $title }
mail-appointment-check-machine-lead = 日程が近づいていますが、機器の事前確認がまだできていません。機器の電源を入れ、ネットワークに接続してください。接続すると、エージェントが自動で確認します。
mail-appointment-check-machine-what = その機器で「tegata agent diagnose」を実行して確認することもできます。通信速度、時計、プロキシ、画面を表示するプログラムを調べます。結果は、双方に表示されます。
mail-appointment-reminder-subject = [{ $product }] まもなく始まります：{ $title }
mail-appointment-reminder-lead = お約束の日時（{ $at }）になります。「セッションに参加」から、ページを開いてください。
mail-appointment-reminder-late = お約束の日時（{ $at }）を過ぎています。ご案内が遅くなり、申し訳ありません。「セッションに参加」から、今から参加できます。
mail-appointment-reminder-machine = 機器へのリモートサポートの日時（{ $at }）になります。お客様の操作は必要ありません。
mail-appointment-reminder-machine-late = 機器へのリモートサポートの日時（{ $at }）を過ぎています。ご案内が遅くなり、申し訳ありません。お客様の操作は必要ありません。

# The same, to the member of the desk's staff who holds it.
mail-appointment-desk-link = 次のリンクから、コンソールで日程を確認します。
mail-appointment-desk-button = 日程を確認する
mail-appointment-desk-why = このメールは、この日程を担当するサポート担当者にお送りしています。
mail-appointment-desk-countered-subject = [{ $product }] 別の日時の提案：{ $tenant }（{ $title }）
mail-appointment-desk-countered-lead = { $tenant }から、別の日時の提案がありました。コンソールで回答してください。
mail-appointment-desk-scheduled-subject = [{ $product }] 日程が決まりました：{ $tenant }（{ $title }）
mail-appointment-desk-scheduled-lead = { $tenant }との日程が決まりました。
mail-appointment-desk-moved-subject = [{ $product }] 日程が変わりました：{ $tenant }（{ $title }）
mail-appointment-desk-moved-lead = { $tenant }との日程が変わりました。
mail-appointment-desk-shifted-subject = [{ $product }] 時刻をご確認ください：{ $tenant }（{ $title }）
mail-appointment-desk-shifted-lead = 日程を決めた地域の時刻の規則（夏時間など）が変わりました。その地域での時刻はそのままですが、ほかの地域での時刻が変わります。
mail-appointment-desk-cancelled-subject = [{ $product }] 日程が中止になりました：{ $tenant }（{ $title }）
mail-appointment-desk-cancelled-lead = { $tenant }との日程は中止になりました。
mail-appointment-desk-declined-subject = [{ $product }] 日程の提案が断られました：{ $tenant }（{ $title }）
mail-appointment-desk-declined-lead = { $tenant }は、提案した日時を断りました。
mail-appointment-desk-unanswered-subject = [{ $product }] 日程の提案に回答がありません：{ $tenant }（{ $title }）
mail-appointment-desk-unanswered-lead = 提案された日時がすべて過ぎましたが、日程は決まりませんでした（{ $tenant }）。必要な場合は、あらためて日時を提案してください。
mail-appointment-desk-check-subject = [{ $product }] 事前確認がまだです：{ $tenant }（{ $title }）
mail-appointment-desk-check-lead = 日程が近づいていますが、事前確認がまだ行われていません。お客様にもお知らせしました。
mail-appointment-desk-reminder-subject = [{ $product }] まもなく始まります：{ $tenant }（{ $title }）
mail-appointment-desk-reminder-lead = { $tenant }との約束の日時になります。
mail-appointment-desk-late-subject = [{ $product }] 開始時刻を過ぎています：{ $tenant }（{ $title }）
mail-appointment-desk-late-lead = { $tenant }との約束の日時を過ぎています。
