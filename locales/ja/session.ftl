# A session, from inside (K10, Z3 to Z7). The names of actions and states, which other pages show too, are in console.ftl.

# How it stands.
console-session-join-lead = メールで届いたIDとパスワード、または機器のそばにいる方からお聞きしたIDとパスワードで、セッションに参加します。
console-session = セッション
console-session-of = セッション：{ $name }
console-session-again = セッションに参加するには、パスワードをもう一度入力してください。
console-session-connecting = 接続しています…
console-session-broken = 接続が切れました。自動で再接続しています。セッションは続いています。
console-session-lost = 再接続できませんでした。セッションが続いている場合は、パスワードを入力すると、もう一度参加できます。
console-session-removed = サポート窓口の担当者によって、セッションから外されました。
console-session-locked = パスワードの誤りが続いたため、パスワードでの参加をロックしました。参加中の方は、そのまま続けられます。
console-session-ends-soon = 許可された時間がまもなく終わります。終わると、セッションも終了します。
console-session-over = セッションは終了しました（{ $why }）。
console-session-to-launches = リモートサポートの一覧へ
console-session-standing = セッションの状況
console-session-machine = 機器の接続
console-session-people = 参加者
console-session-you = { $name }（ご自身）
console-session-left = 残り時間
console-session-until = 終了：
console-session-shown = 行った操作は、機器の画面に表示され、お客様の監査ログに記録されます。
console-session-end = セッションを終了
console-session-end-title = セッションを終了しますか？

# Diagnostics.
console-session-look = 診断情報を取得
console-session-doing = 実行中…
console-session-nothing-refused = 機器が拒否しました。機器の設定で許可されていません。
console-session-nothing-failed = 取得できませんでした。もう一度お試しください。
console-session-nothing-unknown = 機器の応答が途切れたため、結果が分かりません。もう一度お試しください。
console-session-nothing-broken = 接続が切れたため、取得できませんでした。もう一度お試しください。
console-session-nothing-too_long = 内容が大きすぎるため、表示できません。
console-session-nothing-unreadable = 機器から届いた内容を読み取れませんでした。
console-session-software = ソフトウェア
console-session-no-software = 再起動できるソフトウェアは設定されていません
console-session-runs = 動作中
console-session-stopped = 停止中
console-session-since = 開始：
console-session-uptime = 稼働時間
console-session-clock = 時計
console-session-clock-right = 合っています
console-session-clock-behind = { $seconds }秒遅れています
console-session-clock-ahead = { $seconds }秒進んでいます
console-session-processors = プロセッサー数
console-session-load = 負荷（1分 / 5分 / 15分）
console-session-memory = メモリー
console-session-swap = スワップ
console-session-disks = ディスク
console-session-disk = ディスク
console-session-space = 空き容量
console-session-free = 空き{ $available } / { $total }（{ $percent }%）
console-session-proxy = プロキシ：{ $proxy }
console-session-check = 項目
console-session-outcome = 結果
console-check-remote_service = リモートサービス（オン）
console-check-proxy = プロキシの設定
console-check-name = サービスの名前解決
console-check-connection = ネットワーク接続
console-check-proxy_authentication = プロキシの認証
console-check-proxy_tunnel = プロキシからサービスへの接続
console-check-encryption = 暗号化と証明書
console-check-service = サービスの応答
console-check-clock = 機器の時計
console-check-admission = 登録の確認
console-check-state-passed = 正常
console-check-state-failed = 失敗
console-check-state-not_needed = 不要
console-check-state-not_reached = 未実施

# Log files.
console-session-logs = ログファイル
console-session-logs-first = 「診断情報を取得」を押すと、閲覧できるログファイルの一覧が表示されます。
console-session-logs-none = 機器の設定で、閲覧できるログファイルはありません。
console-session-log = ログファイル
console-session-log-hint = 機器の設定で許可されているファイルの、末尾を表示します。
console-session-log-show = 表示
console-session-log-of = ログファイル「{ $log }」
console-session-log-empty = ファイルは空です。
console-session-log-save = ファイルとして保存

# Restarts.
console-session-restarts = 再起動
console-session-title-restart_software = 「{ $name }」のソフトウェアを再起動しますか？
console-session-title-restart_machine = 「{ $name }」を再起動しますか？
console-session-body-restart_software = 機器で動作中のソフトウェアが、いったん停止します。機器のそばにいる方に、再起動してよいことを確認してから実行してください。
console-session-body-restart_machine = 機器全体がいったん停止し、保存していない作業は失われます。機器のそばにいる方に、再起動してよいことを確認してから実行してください。起動すると、機器は自動でセッションに戻ります。
console-session-after-refused = 機器の設定では、許可されていません。
console-session-after-failed = 再起動できませんでした。ログファイルを確認してください。
console-session-after-unknown = 機器の応答が途切れたため、再起動されたかどうか分かりません。機器の状態を確認してから、もう一度実行してください。

# What was done.
console-session-deeds = 行われた操作
console-session-deed = 操作

# The screen that somebody in the session shares (Z4).
console-shared-of = { $name }の画面
console-shared-shares = { $name }が共有しています：{ $what }
console-shared-monitor = 画面全体
console-shared-window = ウィンドウ
console-shared-browser = タブ
console-shared-unknown = 画面
console-shared-choose = 表示する画面
console-shared-connecting = 画面に接続しています…
console-shared-paused = { $name }が、共有を一時停止しています。
console-shared-impossible = このブラウザーでは、共有された画面を表示できません。ほかのブラウザーでお試しください。
console-shared-actual = 実寸で表示
console-shared-full = 全画面表示
console-shared-full-end = 全画面表示を終了
console-shared-point = 指し示す
console-shared-point-hint = 画面の上でマウスを動かすと、その位置がお名前とともに参加者全員に表示されます。操作はできません。
console-shared-way-peer = ブラウザー間の直接接続
console-shared-way-edge = サーバー経由の接続

# The chat (Z5).
console-chat = チャット
console-chat-everybody = 全員に表示されます
console-chat-messages = チャットのメッセージ
console-chat-none = まだメッセージはありません。
console-chat-write = メッセージ
console-chat-hint = Enterで送信、Shift+Enterで改行します。
console-chat-send = 送信
console-chat-sending = 送信中…
console-chat-too-long = { $count }文字以内で入力してください。
console-chat-full = このセッションのメッセージは{ $count }件に達したため、これ以上は送信できません。
console-chat-newer = 新しいメッセージへ
console-chat-hide = 閉じる
console-chat-show = 開く
console-chat-show-new = 開く（新着{ $count }件）
console-chat-role-agent = 機器
console-chat-role-desk = サポート窓口
console-chat-role-guest = お客様

# The machine's screen.
console-session-keyboard = キーボード配列
console-screen = 機器の画面
console-screen-lead = 表示している間は、機器のそばにいる方にも、どなたが見ているかが表示されます。
console-screen-show = 画面を表示
console-screen-picture = 「{ $name }」の画面
console-screen-connecting = 画面を開いています…
console-screen-broken = 画面が途切れました。自動でつなぎ直しています。
console-screen-failed = 機器が画面を表示できませんでした。機器で画面の共有が許可されているか、VNCサーバーが動いているかを確認してください。
console-screen-view-only = 表示のみ
console-screen-control = 操作する
console-screen-fit = 画面に合わせる
console-screen-quality = 画質
console-screen-quality-auto = 自動（現在：{ $level } / 5）
console-screen-quality-best = 高画質
console-screen-quality-least = 低速回線
console-screen-zenkaku = 半角/全角
console-screen-cad = Ctrl+Alt+Delを送る
console-screen-cad-title = 機器にCtrl+Alt+Delを送りますか？
console-screen-cad-body = Linuxの機器では、設定によっては再起動されます。
console-screen-full = 全画面
console-screen-window = 全画面を終了
console-screen-close = 画面を閉じる
console-screen-leave = キーボードだけで画面から戻るには、Ctrl+Alt+Homeを押します。
console-screen-layout = 機器のキーボード配列：{ $layout }
console-screen-layout-differs = 機器のキーボード配列（{ $machine }）が、お使いのキーボード（{ $own }）と異なります。入力できない文字は、下の「文字を送る」をお使いください。
console-screen-others = このセッションの他の参加者：{ $names }
console-screen-text = 文字を送る
console-screen-text-hint = お使いのPCの日本語入力で書いた文字を、機器に送ります。貼り付けは、機器のクリップボードに入れてからCtrl+Vを押します。
console-screen-text-typed-hint = お使いのPCの日本語入力で書いた文字を、1文字ずつ機器のキー入力として送ります。この機器のVNCサーバーは、クリップボードで日本語を受け取れません。
console-screen-type = キー入力として送る
console-screen-typing = 送信中…
console-screen-paste = 貼り付ける
console-screen-put = クリップボードに入れる
console-screen-copied = 機器でコピーされた文字
console-screen-take = このPCのクリップボードにコピー

# A terminal on the machine.
console-terminal = ターミナル
console-terminal-recorded = 入力した内容と表示された内容は、すべてセッションの記録に残ります。パスワードなどの秘密は入力しないでください。
console-terminal-open = ターミナルを開く
console-terminal-close = ターミナルを閉じる
console-terminal-input = ターミナルへの入力
console-terminal-connecting = ターミナルを開いています…
console-terminal-broken = ターミナルが途切れました。自動でつなぎ直しています。実行中のプログラムは、2分間はそのまま続きます。
console-terminal-failed = 機器がターミナルを開けませんでした。機器の設定で許可されているかを確認してください。
console-terminal-gap-lost = 途切れていた間の表示の一部は、失われました。
console-terminal-gap-another = 前のターミナルは終了したため、新しいターミナルを開きました。
console-terminal-ended = プログラムが終了しました（終了コード：{ $code }）。
console-terminal-killed = プログラムが強制終了されました。
console-terminal-again = 新しいターミナルを開く
console-terminal-leave = キーボードだけでターミナルから戻るには、Ctrl+Alt+Homeを押します。
