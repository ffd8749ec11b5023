# The page of the check before a session that is agreed upon, for the people at the customer (Z2).

check-title = PCの事前確認
check-languages = 言語
check-contact = お問い合わせ先
check-for = { $customer }　{ $name }様
check-subject = 件名
check-start = 日時：
check-lead = { $provider }と画面を共有できるかどうかを、前もって確認するページです。当日お使いになるPCとネットワークで開いてください。確認は、長くても30秒ほどで終わります。
check-safe = 何もインストールされません。サポートデスクにはつながらず、画面の内容がお使いのPCの外に送られることもありません。送信されるのは、ブラウザーの種類とバージョン、OSの種類、確認の結果だけです。
check-go = 確認を始める
check-going = 確認しています…
check-again = もう一度確認する
check-back = 日程のページに戻る

# The lines.
check-items = 確認する項目
check-results = 確認の結果
check-earlier = 前回の結果：{ $time }
check-name-browser = ブラウザーとOS
check-name-socket = WebSocketによる接続
check-name-download = 通信速度（受信）
check-name-upload = 通信速度（送信）
check-name-peer = PC同士の直接の接続（WebRTC）
check-name-clock = お使いのPCの時計
check-name-sharing = 画面の共有
check-state-waiting = これから確認します
check-state-running = 確認しています…
check-state-measured = 確認しました
check-state-passed = 問題なし
check-state-warned = 注意
check-state-failed = 問題あり
check-state-untested = 確認できませんでした
check-state-skipped = 試していません
check-found = { $name }：{ $fact }。
check-trying = { $name }を確認しています。

# What was found.
check-machine = { $browser }（{ $system }）
check-browser-other = その他のブラウザー
check-system-other = その他のOS
check-socket-works = 接続できました
check-socket-fails = 接続できませんでした
check-rate-none = ほとんど通信できませんでした
check-rate-most = { $rate }以上
check-unmeasured = 測定できませんでした
check-peer-works = このブラウザーで利用できます
check-peer-fails = このブラウザーでは利用できません
check-clock-right = 合っています
check-clock-ahead-seconds = 約{ $seconds }秒進んでいます
check-clock-ahead-minutes = 約{ $minutes }分進んでいます
check-clock-behind-seconds = 約{ $seconds }秒遅れています
check-clock-behind-minutes = 約{ $minutes }分遅れています
check-sharing-monitor = 画面全体を共有できました（共有はすでに停止しています）
check-sharing-window = ウィンドウを共有できました（共有はすでに停止しています）
check-sharing-browser = タブを共有できました（共有はすでに停止しています）
check-sharing-unknown = 画面を共有できました（共有はすでに停止しています）
check-sharing-cancelled = 画面は共有されませんでした
check-sharing-system = お使いのPCの設定で、画面の記録が許可されていません
check-sharing-failed = 画面を共有できませんでした
check-sharing-unsupported = このブラウザーでは、ご自身の画面を共有できません

# What to do.
check-for-administrator = システムやネットワークの管理者の方へ：
check-advice-browser = Chrome、Edge、Firefox、Safari、Operaのいずれかの最新版で、このページを開き直してください。
check-advice-socket = お使いのネットワークやセキュリティソフトが、接続を遮断している可能性があります。別のネットワークをお使いになれる場合は、切り替えてからもう一度確認してください。会社のネットワークをお使いの場合は、次の内容を管理者の方にお伝えください。
check-advice-rate-failed = 通信速度が、画面の共有に必要な128 kbit/sに届いていません。動画の再生やファイルの同期など、ほかの通信を止めるか、有線LANや電波のよい場所に切り替えて、もう一度確認してください。
check-advice-rate-warned = 画面の共有はご利用になれますが、表示が遅れることがあります（256 kbit/s以上を推奨しています）。動画の再生やファイルの同期など、ほかの通信を止めると改善することがあります。
check-advice-peer = 画面は、PC同士の直接の接続ではなく、{ $host }を経由して送られます。表示が少し遅れることがありますが、このままご利用になれます。
check-advice-clock = お使いのPCの日付と時刻の設定で、時刻の自動設定をオンにしてください。
check-advice-unmeasured = 通信が途中で妨げられたか、混み合っています。少し待ってから、もう一度確認してください。
check-advice-sharing-again = もう一度確認したあと、「画面の共有を試す」を押して、「画面全体」を選んでください。
check-advice-sharing-window = 当日、複数のウィンドウをお見せになる場合は、「画面全体」を選んでください。
check-advice-sharing-denied = もう一度「画面の共有を試す」を押し、ブラウザーの画面で「画面全体」を選んで、共有を許可してください。
check-advice-sharing-system = Macでは「システム設定」の「プライバシーとセキュリティ」にある「画面収録」で、このブラウザーを許可し、ブラウザーを開き直してから、もう一度お試しください。
check-advice-sharing-phone = スマートフォンやタブレットでは、共有された画面を見ることはできますが、ご自身の画面は共有できません。画面を共有する場合は、お使いのPCでこのページを開いてください。
check-advice-sharing-unsupported = PCのChrome、Edge、Firefox、Safari、Operaのいずれかの最新版で、このページを開き直してください。
check-administrator-browser = 上記のいずれかのブラウザーを、提供元のサポートが続いているOSで、最新版に更新してください。
check-administrator-network = { $host }とのHTTPSとWebSocket（wss）の通信を、TCPポート{ $port }で許可してください。プロキシでは、WebSocketへの切り替え（Upgrade）を許可し、この接続先をSSL/TLSの検査の対象から外してください。
check-administrator-rate = { $host }（TCPポート{ $port }）との通信に、送信、受信ともに256 kbit/s以上（少なくとも128 kbit/s）を確保してください。
check-administrator-peer = 直接の接続を使う場合は、ブラウザーのWebRTCと、PC同士のUDPの通信を許可してください。
check-administrator-clock = PCの時刻を、時刻サーバー（NTP）と同期させてください。
check-administrator-sharing-denied = 選ぶ画面が開かない場合は、ブラウザーのポリシーが画面の取得を禁止していないか（ChromeとEdgeでは「ScreenCaptureAllowed」）をご確認ください。
check-administrator-sharing-system = 管理されたMacでは、構成プロファイルで、標準ユーザーによる「画面収録」の許可を認めてください。

# The second step.
check-share-title = 画面の共有を試す
check-share-hint = 「画面の共有を試す」を押すと、共有する画面を選ぶ画面が開きます。「画面全体」を選んでください。共有は選んだ直後に停止し、画面の内容はどこにも送信されません。
check-share = 画面の共有を試す
check-share-again = 画面の共有をもう一度試す

# What it comes to.
check-overall-passed = すべて問題ありません。このまま当日お使いになれます。
check-overall-sharing = ここまで問題ありません。画面の共有は、まだ試していません。
check-overall-incomplete = 確認できなかった項目があります。
check-overall-slow = お使いになれますが、画面の表示が遅れることがあります。
check-overall-warned = お使いになれますが、ご注意いただきたい点があります。
check-overall-failed = このままでは、画面の共有をご利用になれません。「問題あり」の項目をご確認ください。
check-sending = 結果を送信しています…
check-sent = { $time }に、結果を{ $provider }に送信しました。サポートデスクの担当者も、同じ結果を見ることができます。確認は、何度でもやり直せます。
check-sent-before = この結果は、{ $provider }に送信済みです。サポートデスクの担当者も、同じ結果を見ることができます。確認は、何度でもやり直せます。
check-unsent = 結果を送信できませんでした
check-kept = 確認した結果は、このページに残っています。もう一度確認する必要はありません。
check-send = もう一度送信する
check-problem-over = この日程は、すでに終了したか、中止になりました。日程を改める場合は、サポートデスクにご連絡ください。
check-problem-unknown = このリンクは無効です。メールに記載されたリンクが、最後まで正しく入力されているかをご確認ください。
check-problem-many = 確認が続いたため、しばらく送信できません。{ $minutes }分ほど待ってから、もう一度送信してください。
check-problem-suspended = 現在、このサービスを利用できません。サポートデスクにご連絡ください。
check-problem-offline = サーバーに接続できません。ネットワークをご確認のうえ、もう一度送信してください。
check-problem-failed = サーバーで問題が起きました。少し待ってから、もう一度送信してください。

# What is needed.
check-needed = 画面の共有に必要な環境
check-needed-system = OS
check-need-system = Windows、macOS、Linux、ChromeOS（提供元のサポートが続いている版）
check-needed-browser = ブラウザー
check-need-browser = Chrome、Edge、Firefox、Safari、Operaの最新版
check-needed-phone = スマートフォン、タブレット
check-need-phone = AndroidとiOSでは、共有された画面の閲覧とチャットをご利用になれます。ご自身の画面は共有できません。
check-needed-rate = 通信速度
check-need-rate = 送信、受信ともに128 kbit/s以上（256 kbit/s以上を推奨）
check-needed-network = 許可する接続先
check-need-network = { $host }、TCPポート{ $port }（HTTPSとWebSocket）
check-needed-peer = 直接の接続（任意）
check-need-peer = WebRTC（UDP）でPC同士が直接つながる場合は、画面が速く表示されます。つながらない場合は、{ $host }を経由して送られます。
check-needed-programs = 許可するプログラムとフォルダー
check-need-programs = ありません。ブラウザーだけでご利用になれます。
