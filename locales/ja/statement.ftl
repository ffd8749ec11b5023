# What an approver consents to. Its hash is in every receipt (B3): each message is one paragraph or one line.

statement-title = 閲覧許可の申請
statement-asked = { $tenant }のデータを、次のPCのViewerで閲覧することの承認が求められています。
statement-requester = 申請者
statement-email = メールアドレス
statement-organization = 会社・組織名
statement-device = PC名
statement-requested = 申請日時
statement-expires = 回答期限
statement-outside = ご注意：このメールアドレスは、{ $tenant }のドメインのものではありません。
statement-meaning = 承認すると、この申請者は、このPCのViewerで{ $tenant }のデータを閲覧できるようになります。許可はこのPCに限られ、後から取り消すことができます。拒否した場合や、期限までに承認しなかった場合は、閲覧できません。
statement-checked = 承認者は、申請者が{ $tenant }に所属していること、およびメールアドレスが{ $tenant }のものであることを確認したうえで承認するものとします。
statement-checked-outside = 承認者は、申請者が{ $tenant }に所属していることを確認し、ドメインの異なるこのメールアドレスの使用を認めたうえで承認するものとします。

# The free question (B12): any yes/no question of the provider.
statement-question-title = { $provider }からの確認依頼
statement-question-asked = { $provider }が、{ $tenant }に次の質問への回答を求めています。
statement-question-subject = 件名
statement-question-text = 質問
statement-question-reference = 管理番号
statement-question-asker = 依頼者
statement-question-requested = 依頼日時
statement-question-meaning = 承認すると「はい」、拒否すると「いいえ」と回答したことになります。回答は署名付きで記録され、{ $provider }が確認できます。期限までに回答がない場合は、「回答なし」として扱われます。
statement-question-several = この質問は、{ $required }名の承認者が承認したときに承認となります。1名でも拒否した場合は、拒否となります。
statement-question-checked = 承認者は、質問の内容を読み、{ $tenant }を代表して回答する権限があることを確認したうえで承認するものとします。

# A launch: remote support on a piece of equipment (K7, K8), and its start at the machine (K6).
statement-launch-title = { $provider }によるリモートサポート
statement-launch-asked = { $provider }が、{ $tenant }に、次の機器でのリモートサポートの承認を求めています。
statement-launch-extends = この依頼は、すでに承認されたリモートサポートの延長です。終了日時が、次の時間だけ後になります。
statement-launch-equipment = 機器名
statement-launch-serial = 製造番号
statement-launch-place = 設置場所
statement-launch-asker = 依頼者
statement-launch-reason = 理由
statement-launch-abilities = サポートデスクができること
statement-launch-ability = ・{ $ability }
statement-ability-diagnostics = 機器の状態と、機器の設定で公開されているログファイルの確認
statement-ability-restart-software = 機器のソフトウェアの再起動
statement-ability-restart-machine = 機器本体の再起動
statement-ability-view-screen = 画面の閲覧
statement-ability-control-screen = 画面の閲覧と、キーボード・マウスによる操作
statement-ability-terminal = ターミナルの操作（入力と表示の内容はすべて記録されます）
statement-ability-files = ファイルの送受信（受け取る側の承諾が必要です）
statement-launch-period = 許可する時間
statement-launch-start = 開始
statement-launch-start-approval = 承認した時点
statement-launch-start-later = 承認した時点（ただし、{ $at }より前には始まりません）
statement-launch-latest = 最も遅い終了日時
statement-launch-requested = 依頼日時
statement-launch-started = 開始日時
statement-launch-meaning = 承認すると、{ $provider }は、この時間内に1回、この機器でリモートサポートを開始できます。サポートデスクの操作はすべて、機器の画面に表示され、記録されます。許可は時間が過ぎると終わり、{ $tenant }はいつでも途中で終了できます。拒否した場合や、期限までに承認しなかった場合、リモートサポートは開始されません。
statement-launch-several = リモートサポートは、{ $required }名の管理者が承認したときに承認となります。1名でも拒否した場合は、拒否となります。
statement-launch-checked = 管理者は、依頼の内容を読み、この機器でのリモートサポートを{ $tenant }として許可する権限があることを確認したうえで承認するものとします。
statement-support-title = 機器で開始したリモートサポート
statement-support-asked = { $tenant }の次の機器で、{ $provider }によるリモートサポートを開始するボタンが押されました。
statement-support-meaning = ボタンを押すと、{ $provider }は、機器の画面に表示されたIDとパスワードを使って、この機器に接続できるようになります。許可はこのセッションに限られます。サポートデスクの操作はすべて、機器の画面に表示され、記録されます。機器の前にいる方は、いつでも終了できます。
statement-support-checked = ボタンは、機器の画面で、この説明の下に表示されています。機器ではアカウントが不要なため、氏名は記録されません。

# An attended session: people at the customer show their screens (Z3).
statement-attended-title = 画面共有への参加
statement-attended-asked = { $provider }が、{ $tenant }の方に、サポートのための画面共有への参加をお願いしています。
statement-attended-about = 件名
statement-attended-host = サポート担当者
statement-attended-possible = セッションで行われること
statement-attended-screen = 画面の共有（共有する範囲は、参加した後にご自身で選びます。選ぶまでは、何も共有されません）
statement-attended-chat = チャット（参加者全員に表示され、記録されます）
statement-attended-files = ファイルの送受信（受け取る側の承諾が必要です）
statement-attended-until = 終了予定
statement-attended-meaning = 「参加する」を押すと、このセッションに接続し、最初の方が参加した時点から、{ $provider }のサポート担当者も参加できるようになります。共有した画面は、{ $provider }のサポート担当者と、このセッションに参加しているほかの方に表示されます。サポート担当者が、お使いのPCを操作することはできません。共有はいつでも一時停止や終了ができます。このページでセッションから退出すると、ご自身で保存したファイルのほかは、PCに何も残りません。
statement-attended-checked = 参加する方は、この説明を読み、画面に表示される内容を{ $provider }に見せてよいことを確認したうえで参加するものとします。参加したことと入力した氏名は記録され、{ $tenant }の管理者が確認できます。
statement-attended-name = 参加者の氏名

# An appointment (B7): what a person reads before they agree on a date.
statement-appointment-title = 日程の決定
statement-appointment-asked = { $provider }と{ $tenant }の間で、画面を共有しながら行うサポートの日程を決めます。
statement-appointment-time = 日時
statement-appointment-length = 所要時間
statement-appointment-meaning = この日時で決定すると、双方に日程のご案内が送られます。決定しても、何も接続されず、画面も共有されません。当日、開始の10分前に届くメールからページを開き、「参加する」を押した方だけが参加します。日程は、後から変更や中止ができます。決定した方の氏名は記録され、双方に表示されます。
