# 「tegata viewer open」がこのPCで表示するページの文言。JavaScriptがなくても動作します。

viewer-product = Tegata Viewer
viewer-footer = このページは、このPCのViewerが表示しています。このブラウザーでのみ開くことができます。
viewer-quit = Viewerを終了する

# What the command prints.
viewer-opened = ブラウザーでViewerを開きました。このプログラムは実行したままにしてください。終了するには Ctrl-C を押します。
viewer-open-here = Viewerを開くには、次のアドレスを使用してください（1回限り有効）：{ $url }

# The page behind the one-time address.
viewer-start-title = Viewerを開く
viewer-start-body = このPCのViewerの準備ができました。

# Where there is nothing to show.
viewer-refusal-spent-title = このアドレスは使用済みです
viewer-refusal-spent-body = Viewerを開くアドレスは、1回だけ使用できます。別のタブでViewerを開いている場合は、そちらで続けてください。開いていない場合は、Viewerを起動し直してください。
viewer-refusal-no-session-title = このブラウザーではViewerを開いていません
viewer-refusal-no-session-body = このPCでViewerを起動し直してください。ブラウザーで自動的に開きます。
viewer-refusal-other-site-title = 要求を受け付けませんでした
viewer-refusal-other-site-body = Viewerのページから送信されたものではないためです。何も変更されていません。
viewer-closed-title = Viewerを終了しました
viewer-closed-body = このページは閉じてかまいません。閲覧許可や申請は、そのまま残っています。続けるには、Viewerを起動し直してください。
viewer-trouble-title = Viewerを続行できません

# The request (K2).
viewer-request-title = 閲覧許可の申請
viewer-request-lead = 申請すると、社内の管理者に承認依頼のメールが届きます。承認されると認証トークンがメールで届きますので、この画面に入力してください。
viewer-request-service = サービス
viewer-request-domain = 利用ドメイン
viewer-request-email-hint = 会社のメールアドレスを入力してください。認証トークンの送信先になります。
viewer-request-device-hint = 管理者に表示されます。どのPCかわかる名前にしてください。
viewer-request-edge-hint = ご不明な場合は、社内の管理者またはサービスの提供元にお問い合わせください。例：https://tegata.example.com
viewer-request-tenant-hint = 管理画面のログインURLに含まれるドメインです。例：aozora
viewer-request-button = 認証トークン要求実行

# Waiting.
viewer-waiting-title = 承認をお待ちください
viewer-waiting-body = { $tenant }の管理者に、メールで承認を依頼しました。回答があると、この画面に表示されます。
viewer-waiting-unknown-title = 申請を送信しました
viewer-waiting-unknown-body = 申請の状況を、サービスに問い合わせています。
viewer-waiting-address-title = メールアドレスの確認をお願いします
viewer-waiting-address-body = { $email } に届いたメールのリンクを開き、ご自身のメールアドレスであることを確認してください。確認後に、管理者へ承認を依頼します。
viewer-waiting-tokens-title = まもなく完了します
viewer-waiting-tokens-body = 申請が受け付けられました。閲覧許可を受け取っています。
viewer-waiting-away = この画面は閉じてもかまいません。申請は残りますので、後でViewerを起動して続けてください。
viewer-waiting-email = メールの送信先
viewer-waiting-until = 期限
viewer-waiting-user-code = ユーザーコード
viewer-waiting-elsewhere = サービスのページで認証トークンを入力する
viewer-waiting-resend = メールを再送する
viewer-waiting-withdraw = 申請を取り下げる

# The activation code (K4).
viewer-code-title = 認証トークンの入力
viewer-code-body = 申請が承認されました。{ $email } に届いた認証トークンを入力してください。
viewer-code = 認証トークン
viewer-code-hint = 英数字10文字です。大文字と小文字、空白、ハイフンの有無は区別しません。
viewer-code-button = 認証実行
viewer-code-early = 申請がまだ承認されていないため、認証トークンは確認していません。認証トークンは、承認された後にメールで届きます。
viewer-code-busy = サービスが混み合っているため、認証トークンは確認していません。もう一度ボタンを押してください。
viewer-code-tries = 残りの入力回数：{ $tries }回
viewer-code-lost = { $detail } 認証トークンがサービスに届いたかどうかは不明です。入力回数に数えられている場合がありますので、入力し直す前に、画面が切り替わるかどうかをしばらくお待ちください。

# Permitted.
viewer-active-title = このPCでデータを閲覧できます
viewer-active-status = 登録状況
viewer-active-data = データを閲覧する
viewer-active-name = お名前
viewer-active-email = メールアドレス
viewer-active-organization = 会社・組織名
viewer-active-device = このPCの名前
viewer-active-since = 許可された日時
viewer-active-confirmed = サービスが最後に確認した日時
viewer-active-check = 今すぐ確認する
viewer-active-known = 以下は、このPCに保存されている情報です。
viewer-active-give-up = 閲覧許可を返上する

# How it ended.
viewer-ended-refused-title = 申請は承認されませんでした
viewer-ended-refused-body = { $tenant }の管理者が、申請を拒否しました。お心当たりのない場合は、もう一度申請する前に、管理者にご確認ください。
viewer-ended-expired-title = 申請の期限が切れました
viewer-ended-expired-body = 期限までに管理者の回答または認証トークンの入力がありませんでした。拒否されたわけではありません。もう一度申請してください。
viewer-ended-withdrawn-title = 申請は取り下げられました
viewer-ended-withdrawn-body = 閲覧が必要な場合は、もう一度申請してください。
viewer-ended-failed-title = 認証トークンの入力回数の上限に達しました
viewer-ended-failed-body = この申請は終了しました。もう一度申請してください。承認された後に、新しい認証トークンが届きます。
viewer-ended-unknown-title = 申請は終了しました
viewer-ended-unknown-body = サービスに、この申請の記録がありません。もう一度申請してください。
viewer-ended-revoked-title = このPCの閲覧許可は無効になりました
viewer-ended-revoked-body = 許可が取り消されたか、有効期間が終了しました。引き続き{ $tenant }のデータを閲覧する場合は、もう一度申請してください。
viewer-ended-told = サービスから回答を受けた日時
viewer-ended-reason = 拒否の理由
viewer-ended-again = もう一度申請する
viewer-ended-delete = このPCに保存された情報を削除する

# Giving up.
viewer-forget-title = 閲覧許可を返上しますか
viewer-forget-body = このPCでは、{ $tenant }のデータを閲覧できなくなります。もう一度閲覧するには、新しい申請と管理者の承認が必要です。
viewer-forget-button = 閲覧許可を返上する
viewer-withdraw-title = 申請を取り下げますか
viewer-withdraw-body = 管理者への承認の依頼を取り消します。いつでも、新しく申請できます。
viewer-withdraw-button = 申請を取り下げる
viewer-delete-title = このPCに保存された情報を削除しますか
viewer-delete-body = Viewerは、申請の画面から始まります。
viewer-delete-offline = サービスには通知しません。このPCの閲覧許可が残っている場合は、管理者に取り消しを依頼してください。
viewer-delete-button = 削除する
viewer-delete-only = サービスに通知せず、このPCに保存された情報だけを削除する

# Data.
viewer-data-title = { $tenant }のデータ
viewer-data-path = パス
viewer-data-path-hint = データの場所です。ご不明な場合は、管理者またはサービスの提供元にお問い合わせください。例：/machines.json
viewer-data-show = 表示する
viewer-data-save = ファイルに保存する
viewer-data-type = 種類
viewer-data-size = サイズ
viewer-data-bytes = { $bytes }バイト
viewer-data-content = 内容
viewer-data-empty = 内容がありません。
viewer-data-unshown = この種類のデータは、ここでは表示できません。ファイルに保存してご覧ください。
viewer-data-large = サイズが大きいため、ここでは表示できません。ファイルに保存してご覧ください。
viewer-data-page = スクリプト、リンク、外部の内容を無効にして表示しています。
viewer-data-source = テキストとして表示

# What is different here from the command.
viewer-error-unknown-tenant = 利用ドメイン「{ $tenant }」は、このサービスにありません。ご不明な場合は、社内の管理者にお問い合わせください。
viewer-error-not-a-service = { $edge } からは、このサービスとしての応答がありませんでした（{ $detail }）。アドレスをご確認ください。
viewer-error-not-registered = このPCには、まだ閲覧許可がありません。
viewer-error-already-registered = このPCには、すでに申請または閲覧許可があります。最初の画面でご確認ください。
viewer-error-still-pending = このPCでの閲覧は、まだ許可されていません。
viewer-error-key-missing = 鍵ファイル { $path } がありません。フォルダーをコピーしても、閲覧許可は引き継がれません。このPCに保存された情報を削除してから、申請してください。
viewer-error-key-mismatch = { $path } の鍵は、この登録のものではありません。このPCに保存された情報を削除してから、申請し直してください。
viewer-error-busy = ほかのプログラムが { $path } を長時間使用しています。もう一度お試しください。
