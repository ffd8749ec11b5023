# The page of an attended session, for the people at the customer (Z3, Z4, Z7, B8).

# Before joining.
join-title = セッションに参加
join-languages = 言語
join-invites = { $provider }の{ $host }が、サポートのセッションにご招待しています。
join-subject = 件名
join-nothing-yet = このページを開いただけでは、何も接続されず、何も共有されません。ご都合のよいときに「参加する」を押してください。
join-what = 参加する前にお読みください
join-whole-screen-title = 画面を共有する前に
join-whole-screen = 画面全体を共有すると、ほかのウィンドウや通知も参加者全員に見えます。関係のないウィンドウを閉じ、通知をオフにしてください。ウィンドウを1つだけ選んで共有することもできます。
join-check = このブラウザーでできること
join-check-share = 画面の共有
join-check-view = 共有された画面の表示
join-check-chat = チャット
join-check-files = ファイルの受け取り
join-check-yes = できます
join-check-no = できません
join-check-memory = できます（{ $size }まで）
join-no-share = このブラウザーでは、ご自身の画面を共有できません（スマートフォンやタブレットのブラウザー、古いブラウザーなど）。共有された画面の閲覧とチャットには参加できます。画面を共有するには、パソコンのChrome、Edge、Firefox、Safariの最新版で、このページを開いてください。
join-no-view = このブラウザーでは、共有された画面を表示できません。チャットには参加できます。
join-impossible = このブラウザーでは、セッションに参加できません。Chrome、Edge、Firefox、Safariの最新版で、このページを開いてください。
join-name = お名前
join-name-hint = 参加者全員に表示され、記録に残ります。
join-name-missing = お名前を入力してください。
join-name-wrong = お名前は100文字以内で、記号などを含めずに入力してください。
join-join = 参加する
join-joining = 参加しています…

# Why it cannot be joined.
join-problem-title = 参加できませんでした
join-problem-expired = 参加できる期間が過ぎました。サポートデスクに、新しいセッションをご依頼ください。
join-problem-ended = このセッションは、すでに終了しています。
join-problem-withdrawn = この招待は取り消されました。
join-problem-early = セッションを準備しています。少し待ってから、もう一度「参加する」を押してください。
join-problem-many = 参加の操作が続いたため、しばらく参加できません。{ $minutes }分ほど待ってから、もう一度お試しください。
join-problem-unknown = この招待は見つかりません。リンクが最後まで正しく入力されているかをご確認ください。
join-problem-suspended = 現在、このサービスを利用できません。
join-problem-offline = サーバーに接続できません。ネットワークをご確認のうえ、もう一度お試しください。
join-problem-failed = 参加できませんでした。少し待ってから、もう一度お試しください。

# Inside: one's own screen.
join-inside = セッション：{ $title }
join-inside-plain = セッション
join-state = 画面の共有の状態
join-state-none = 画面は共有していません
join-state-choosing = 共有する画面を選んでいます…
join-state-sharing-monitor = 画面全体を共有しています
join-state-sharing-window = ウィンドウを共有しています
join-state-sharing-browser = タブを共有しています
join-state-sharing-unknown = 画面を共有しています
join-state-paused = 共有を一時停止しています
join-tab-sharing = ● 共有中
join-tab-paused = ❚❚ 一時停止中
join-share = 画面を共有
join-pause = 一時停止
join-resume = 再開
join-stop = 共有を停止
join-share-hint = 「画面を共有」を押すと、共有する画面やウィンドウを選ぶ画面が開きます。選ぶまで、何も共有されません。
join-capture-cancelled = 画面は共有されませんでした。
join-capture-system = このパソコンの設定で、ブラウザーによる画面の記録が許可されていません。Macでは「システム設定」の「プライバシーとセキュリティ」にある「画面収録」で、このブラウザーを許可してから、もう一度お試しください。
join-capture-failed = 画面を共有できませんでした。もう一度お試しください。
join-own-none = 画面の共有
join-own = 共有している画面
join-own-paused = 一時停止中です。参加者には表示されていません。

# Inside: the others, and the end.
join-screens = 参加者の画面
join-screens-none = ほかに画面を共有している方はいません。
join-people = 参加者
join-people-waiting = サポートデスクの担当者は、まだ参加していません。このままお待ちください。
join-ends-soon = まもなくセッションの時間が終わります。終わると、画面の共有も停止します。
join-broken = 接続が切れました。自動で再接続しています。
join-connecting = 接続しています…
join-leave = 退出する
join-leave-title = セッションから退出しますか？
join-leave-body = 画面の共有を停止して退出します。お客様側の参加者はほかにいません。サポートデスクの作業も終わっている場合は、セッション全体を終了できます。
join-leave-only = 退出する
join-end = セッションを終了
join-end-title = セッションを終了しますか？
join-end-body = 参加者全員の接続が切れ、セッションが終了します。元には戻せません。
join-cancel = キャンセル

# Afterwards.
join-over-title = セッションは終了しました
join-over-desk = サポートデスクの担当者が終了しました。
join-over-guest = お客様側の参加者が終了しました。
join-over-administrator = お客様の管理者が終了しました。
join-over-expired = セッションの時間が終わりました。
join-over-other = セッションを続けられなくなったため、終了しました。
join-gone-left-title = セッションから退出しました
join-gone-left-text = ほかの参加者のセッションは、続いている場合があります。
join-gone-removed-title = セッションから外されました
join-gone-removed-text = サポートデスクの担当者が、この接続を終了しました。
join-gone-lost-title = 再接続できませんでした
join-gone-lost-text = ネットワークの接続が切れました。セッションは続いている場合があります。
join-unsaved-title = 保存していないファイルがあります
join-unsaved = 受け取ったファイルを保存するか、削除してください。それまで、この端末にファイルの控えが残ります。
join-unsaved-remove = 保存せずに削除
join-nothing-left-title = 何も残っていません
join-nothing-left = 画面の共有は停止しました。この端末には何もインストールされておらず、このページが使った一時的なデータも削除しました。受け取って保存したファイルだけが、保存先に残っています。
join-not-removed-title = 一時的なデータが残っています
join-not-removed = 画面の共有は停止しました。この端末には何もインストールされていません。受け取り途中のファイルの一時的なデータを削除できませんでした。ブラウザーの設定で、このサイトのデータを削除してください。
join-again-text = もう一度参加する場合は、下のボタンを押すか、招待のリンクをもう一度開いてください。
join-again = もう一度参加する
join-close = このページは閉じてかまいません。
join-contact = お問い合わせ先
