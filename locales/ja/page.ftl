# Pages that links in mails lead to, and the page that takes the activation code. They work without JavaScript.

page-languages = 言語
page-error = エラー
page-error-summary = 入力内容をご確認ください
page-footer = このページは、{ $product }が提供しています。
page-contact = サポートデスク
page-device = PC名

# The question to an approver (K3, B1).
page-approval-title = 閲覧許可の承認
page-approval-lead = 次の申請内容をご確認のうえ、承認または拒否してください。
page-approval-statement = 申請内容
page-approval-answer = 回答
page-approval-as = { $name } 様（{ $email }）として回答します。
page-approval-to-approve = 承認する場合
page-approval-checks = 承認する前に、次の点をご確認ください。
page-approval-check-person = 申請者ご本人が、{ $tenant }に所属していること
page-approval-check-address = メールアドレスが、{ $tenant }のものであること
page-approval-check-outside = ドメインの異なるこのメールアドレスが申請者ご本人のものであることを電話などで直接確認し、{ $tenant }として使用を認めること
page-approval-to-refuse = 拒否する場合
page-approval-confirm = 申請者ご本人と所属、メールアドレスを確認しました。
page-approval-confirm-refusal = この申請を拒否します。
page-approval-reason = 拒否の理由（任意）
page-approval-reason-hint = 500文字以内。拒否した場合に、申請者へお知らせします。
page-approval-approve = 承認
page-approval-refuse = 拒否
page-approval-final = 回答期限は、{ $expires }です。最初の回答で決まり、後から変更することはできません。
page-approval-error-confirm = 承認する場合は、確認欄にチェックを入れてから、もう一度「承認」を押してください。
page-approval-error-refuse = 拒否する場合は、「拒否」の上の欄にチェックを入れてから、もう一度「拒否」を押してください。
page-approval-error-decision = 「承認」または「拒否」のどちらかを押してください。
page-approval-error-both = 承認と拒否の両方の確認欄にチェックが入っています。どちらか一方だけにチェックを入れ、もう一度ボタンを押してください。
page-approval-error-reason = 理由は、500文字以内で入力してください。

# After the decision.
page-decided-approved-now = 承認しました
page-decided-refused-now = 拒否しました
page-decided-approved = 承認済みの申請です
page-decided-refused = 拒否済みの申請です
page-decided-by-approved = { $name } 様が、{ $at }に承認しました。
page-decided-by-refused = { $name } 様が、{ $at }に拒否しました。
page-decided-closed = すでに回答済みのため、変更することはできません。
page-decided-next-code = 認証トークンを、申請者にメールでお送りしました。申請者がViewerに入力すると、閲覧できるようになります。このページは閉じてもかまいません。
page-decided-next-access = 申請者のViewerで、閲覧できるようになりました。このページは閉じてもかまいません。
page-decided-next-refused = 結果は、申請者にメールでお知らせします。このページは閉じてもかまいません。
page-decided-reason = 拒否の理由
page-decided-receipt = 署名済みの回答記録を保存
page-decided-receipt-hint = 誰が、いつ、どの文面に対して回答したかの記録です。改ざんの有無を検証できます。

# Where there is nothing to answer.
page-closed-expired-title = 期限が過ぎています
page-closed-expired-body = 期限までに手続きが行われなかったため、この申請は無効になりました。まだ必要な場合は、申請者がViewerからもう一度申請してください。
page-closed-withdrawn-title = 申請は取り下げられました
page-closed-withdrawn-body = この申請は、申請者が取り下げたか、手続きの途中で終了しています。このページで必要な操作はありません。
page-closed-codes-title = 認証トークンの入力回数の上限に達しました
page-closed-codes-body = 認証トークンを続けて間違えたため、この申請は終了しました。データを閲覧するには、Viewerからもう一度申請してください。
page-closed-invalid-title = リンクが正しくありません
page-closed-invalid-body = リンクが途中で切れているか、このサービスのものではありません。メールに記載されたリンク全体をコピーして、開き直してください。
page-closed-login-title = ログインが必要です
page-closed-login-body = この契約では、回答する前にログインが必要です。ご自身のアカウントでログインしてください。ログインすると、この申請のページに戻ります。
page-closed-login-link = ログイン画面を開く
page-closed-other-title = 別のアカウントでログインしています
page-closed-other-body = この申請に回答できるのは、メールを受信されたご本人だけです。管理画面でいったんログアウトしてから、メールのリンクを開き直してください。
page-closed-other-link = 管理画面を開く
page-closed-suspended-title = ご利用を停止しています
page-closed-suspended-body = この契約の利用は、現在停止されています。サポートデスクにお問い合わせください。
page-closed-missing-title = ページが見つかりません
page-closed-missing-body = アドレスに誤りがないかご確認ください。メールのリンクから開いた場合は、リンク全体をコピーして、開き直してください。
page-closed-often-title = 操作の回数が上限を超えました
page-closed-often-body = しばらく待ってから、もう一度お試しください。
page-closed-large-title = 送信された内容のサイズが上限を超えています
page-closed-large-body = 前のページに戻り、入力内容を短くして、もう一度送信してください。
page-closed-unavailable-title = ただいまご利用いただけません
page-closed-unavailable-body = 変更は行われていません。数分後に、もう一度お試しください。
page-closed-failed-title = エラーが発生しました
page-closed-failed-body = 処理を完了できませんでした。もう一度お試しください。繰り返し発生する場合は、サポートデスクにお問い合わせください。

# The requester's address (K2).
page-confirm-title = メールアドレスの確認
page-confirm-lead = { $tenant }のデータを次のPCで閲覧するための申請に、このメールアドレスが入力されました。
page-confirm-until = 確認の期限
page-confirm-check = この申請は、私が行ったものです。
page-confirm-button = メールアドレスを確認する
page-confirm-unexpected = お心当たりのない場合は、何もせずにこのページを閉じてください。申請は、期限を過ぎると無効になります。
page-confirm-error = ご自身の申請であれば、確認欄にチェックを入れてから、もう一度ボタンを押してください。
page-confirmed-title = メールアドレスを確認しました
page-confirmed-body = { $tenant }の管理者に、承認を依頼しました。承認されるまで、しばらくお待ちください。
page-confirmed-close = このページは閉じてもかまいません。

# The activation code (K4).
page-activate-title = 認証トークンの入力
page-activate-lead = { $tenant }のデータをViewerで閲覧できるようにします。
page-activate-user-code = ユーザーコード
page-activate-user-code-hint = Viewerに表示されている8文字のコードです。
page-activate-code = 認証トークン
page-activate-code-hint = メールで届いた10文字のコードです。大文字と小文字の区別はありません。
page-activate-button = 認証実行
page-activate-caution = ご自身のPCのViewerに表示されているユーザーコードだけを入力してください。ほかの方から送られてきたコードは、入力しないでください。
page-activate-error-unknown = ユーザーコードが正しくないか、期限が過ぎています。Viewerの表示をご確認ください。
page-activate-error-wrong = 認証トークンが正しくありません。残りの入力回数：{ $tries }回
page-activate-error-no-user-code = ユーザーコードの形式ではありません。Viewerに表示されている8文字を入力してください。
page-activate-error-no-code = 認証トークンの形式ではありません。メールで届いた10文字を入力してください。この入力は回数に数えられません。
page-activate-error-pending = この申請は、まだ承認されていません。認証トークンが必要な場合は、承認された後にメールで届きます。
page-activate-error-often = 操作の回数が上限を超えました。しばらく待ってから、もう一度お試しください。
page-activated-title = 認証が完了しました
page-activated-body = このPCのViewerで、{ $tenant }のデータを閲覧できるようになりました。
page-activated-return = このページを閉じて、Viewerに戻ってください。

# The way to a contract's console (C2).
page-entrance-title = 管理画面を開く
page-entrance-lead = ご契約の利用ドメインを入力してください。
page-entrance-domain = 利用ドメイン
page-entrance-domain-hint = 登録完了のメールに記載されています。例：aozora
page-entrance-button = 次へ
page-entrance-error-form = 利用ドメインの形式ではありません。半角の英小文字、数字、ハイフンで入力してください。
page-entrance-error-unknown = この利用ドメインの契約は見つかりません。登録完了のメールをご確認ください。
page-entrance-development = 開発環境
page-entrance-customer = お客様
page-entrance-provider = サービス事業者
page-entrance-mailbox = 開発用メールボックス
page-entrance-api = APIのリファレンス

# C2
page-console-title = { $tenant }の管理画面
page-console-script = この画面を使用するには、ブラウザーでJavaScriptを有効にしてください。

# The free question (B12), on the page of the approver.
page-question-title = サービス事業者からの確認依頼
page-question-lead = 次の質問をご確認のうえ、承認（はい）または拒否（いいえ）してください。
page-question-statement = 質問の内容
page-question-confirm = 質問の内容を読み、回答する権限があることを確認しました。
page-question-confirm-refusal = この質問を拒否します。
page-question-reason-hint = 500文字以内。拒否した場合に、サービス事業者へお知らせします。
page-question-several = この質問には、{ $required }名の承認者の承認が必要です。
page-question-final = 回答期限は、{ $expires }です。{ $required }名が承認した時点で承認、1名でも拒否した時点で拒否に決まります。ご自身の回答を後から変更することはできません。
page-question-agreed = { $name } 様が、{ $at }に承認しました。
page-question-own-title = 承認しました
page-question-own-body = ほかの承認者の承認も必要です。このページは閉じてもかまいません。
page-decided-question-approved-now = 承認しました
page-decided-question-refused-now = 拒否しました
page-decided-question-approved = 承認済みの質問です
page-decided-question-refused = 拒否済みの質問です
page-decided-question-next = 回答は、サービス事業者にお知らせします。このページは閉じてもかまいません。
page-closed-question-expired-body = 期限までに回答がなかったため、この質問には回答できません。必要な場合は、サービス事業者があらためて質問します。
page-closed-question-withdrawn-title = 質問は取り消されました
page-closed-question-withdrawn-body = この質問は、サービス事業者が取り消しました。このページで必要な操作はありません。

# Remote support (K8), on the page of the approver.
page-launch-title = リモートサポートの依頼
page-launch-lead = 次の依頼の内容をご確認のうえ、リモートサポートを承認または拒否してください。
page-launch-statement = 依頼の内容
page-launch-confirm = 依頼の内容を読み、この機器でのリモートサポートを許可する権限があることを確認しました。
page-launch-confirm-refusal = この依頼を拒否します。
page-launch-several = この依頼には、{ $required }名の管理者の承認が必要です。
page-launch-final = 回答期限は、{ $expires }です。{ $required }名が承認した時点で承認、1名でも拒否した時点で拒否に決まります。ご自身の回答を後から変更することはできません。
page-launch-own-title = 承認しました
page-launch-own-body = ほかの管理者の承認も必要です。このページは閉じてもかまいません。
page-decided-launch-approved-now = 承認しました
page-decided-launch-refused-now = 拒否しました
page-decided-launch-approved = 承認済みの依頼です
page-decided-launch-refused = 拒否済みの依頼です
page-decided-launch-next = リモートサポートを承認し、サポートにメール送付しました。
page-closed-launch-expired-body = 期限までに回答がなかったため、この依頼には回答できません。必要な場合は、サービス事業者があらためて依頼します。
page-closed-launch-withdrawn-title = 依頼が取り下げられました
page-closed-launch-withdrawn-body = サービス事業者が、リモートサポートの依頼を取り下げました。お客様の操作は必要ありません。
page-closed-passkey-title = パスキーでログインしてください
page-closed-passkey-body = この会社では、この回答にパスキーが必要です。ご自身のアカウントとパスキーでログインすると、この依頼に戻ります。

# Attended sessions (Z3): the page behind a link, before its script takes over, and the page for ID and password.
page-join-title = 画面共有への参加
page-join-script = このページには、JavaScriptを有効にした最新のブラウザー（PC版のChrome、Edge、Firefox、Safari）が必要です。ブラウザーの設定をご確認のうえ、もう一度開いてください。開いただけでは、参加にも、画面の共有にもなりません。
page-knock-title = IDとパスワードで参加
page-knock-lead = { $provider }のサポート担当者からお聞きになった、IDとパスワードを入力してください。次のページで説明をお読みいただくまで、参加にはなりません。
page-knock-number = ID
page-knock-number-hint = 9桁の数字です。
page-knock-password = パスワード
page-knock-password-hint = 8文字の英数字です。大文字と小文字は区別しません。
page-knock-button = 次へ
page-knock-caution = ご自身で電話をかけたサポートデスク、またはお約束のあったサポートデスクからお聞きになった場合にだけ、入力してください。
page-knock-wrong = IDまたはパスワードが正しくないか、セッションが終了しています。サポート担当者にご確認ください。
page-knock-often = 入力の回数が多すぎます。しばらくしてから、もう一度お試しください。
page-knock-suspended = サービスの利用が停止されているため、参加できません。
