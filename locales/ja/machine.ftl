# 「tegata agent open」が機器で表示するページの文言。JavaScriptがなくても動作します。

machine-product = Tegata エージェント
machine-footer = このページは、この機器のエージェントの状態を表示しています。このブラウザーでのみ開くことができます。
machine-quit = 画面を閉じる
machine-opened = ブラウザーでエージェントの画面を開きました。このプログラムは実行したままにしてください。終了するには Ctrl-C を押します。
machine-open-here = エージェントの画面を開くには、次のアドレスを使用してください（1回限り有効）：{ $url }
machine-start-title = エージェントの画面を開く
machine-start-body = この機器のエージェントの画面の準備ができました。
machine-closed-title = 画面を閉じました
machine-closed-body = このページは閉じてかまいません。エージェントの動作と設定は変わりません。
machine-refusal-spent-title = このアドレスは使用済みです
machine-refusal-spent-body = 画面を開くアドレスは、1回だけ使用できます。別のタブで開いている場合は、そちらで続けてください。開いていない場合は、もう一度起動してください。
machine-refusal-no-session-title = このブラウザーではエージェントの画面を開いていません
machine-refusal-no-session-body = この機器でもう一度起動してください。ブラウザーで自動的に開きます。
machine-refusal-other-site-title = 要求を受け付けませんでした
machine-refusal-other-site-body = エージェントの画面から送信されたものではないためです。何も変更されていません。
machine-menu = メニュー

# The light (P9).
machine-light-green = 緑：接続しています
machine-light-since = { $at }から接続しています。
machine-light-orange = オレンジ：接続していません
machine-light-not-enrolled = この機器はまだ登録されていません。「Remote Service」で登録してください。
machine-light-ended = この機器の登録は無効になりました。新しい登録コードを受け取り、「Remote Service」でもう一度登録してください。
machine-light-off = オフ：Remote Serviceは無効です
machine-light-off-reason = この機器は、サービスに一切接続しません。
machine-light-stopped = 停止：エージェントが動作していません
machine-light-stopped-reason = この機器のエージェントが動作していないため、サービスに接続できません。
machine-light-not-admitted = エージェントの状態を表示できません
machine-light-not-admitted-reason = このユーザーには、エージェントの利用が許可されていません。この機器の管理者に、許可されたグループへの追加を依頼してください。
machine-light-broken = エージェントから応答がありません
machine-start = エージェントを開始する
machine-start-failed = エージェントを開始できませんでした（{ $detail }）。
machine-start-by-hand = この機器の管理者の権限が必要です。管理者は、コマンド「{ $command }」で開始できます。

# Remote Service: general, enrolment, proxy, remote assistance (P1, P2, P8, P10).
machine-service = Remote Service
machine-read-only = 設定を変更できるのは、この機器の管理者だけです。管理者としてこの画面を開いてください（例：sudo tegata agent open）。
machine-saved = 変更を保存しました。
machine-change = 変更
machine-general = 全般設定
machine-enabled = 有効
machine-enabled-hint = 無効にすると、この機器はサービスに一切接続しません。
machine-enrolment = 機器の登録
machine-enrolment-hint = 登録コードは、管理画面でこの機器に対して発行されます。1台の機器で1回だけ使用できます。
machine-edge = サービスのアドレス
machine-edge-hint = 例：https://tegata.example.com
machine-tenant = 利用ドメイン
machine-tenant-hint = 管理画面のログインURLに含まれるドメインです。例：aozora
machine-code = 登録コード
machine-code-hint = 「tg_enr_」で始まります。
machine-enrol = この機器を登録する
machine-equipment = 機器
machine-serial = 製造番号
machine-proxy = プロキシ
machine-proxy-choice = プロキシの設定
machine-proxy-found = このシステムでは、プロキシ { $proxy } が設定されています。
machine-proxy-none-found = このシステムには、プロキシが設定されていません。
machine-proxy-adopt = 見つかったプロキシを手動設定にコピーする
machine-proxy-automatic = 自動検出の設定を使用する（ライセンスと更新のみ）
machine-proxy-none = プロキシを使用しない
machine-proxy-manual = プロキシサーバーを使用する
machine-proxy-address = プロキシのアドレス
machine-proxy-address-hint = ホスト名とポート番号を入力してください。例：proxy.example.com:8080
machine-proxy-authentication = プロキシサーバーの認証
machine-proxy-domain = プロキシのドメイン
machine-proxy-user = プロキシのユーザー名
machine-proxy-password = プロキシのパスワード
machine-proxy-password-kept = 保存されています。変更しない場合は、空のままにしてください。
machine-assistance = リモート支援
machine-assistance-hint = 許可すると、サポートデスクがこの機器への接続を申請できるようになります。接続のたびに、お客様の承認が必要です。
machine-assistance-allow = リモート支援を許可する

machine-about = バージョン情報
machine-about-version = バージョン
machine-about-system = システム
machine-about-key = 鍵の識別子
machine-about-unknown = エージェントが応答していないため、登録の内容を表示できません。

# What did not work.
machine-error-failed = 処理を完了できませんでした（{ $detail }）。
machine-error-already-enrolled = この機器はすでに登録されています。
machine-error-unknown-tenant = この利用ドメインは、そのサービスにありません。アドレスと利用ドメインを確認してください。
machine-invalid = 入力内容が正しくありません。
machine-invalid-edge = サービスのアドレスが正しくありません。「https://」から入力してください。
machine-invalid-tenant = 利用ドメインが正しくありません。英小文字、数字、ハイフンで入力してください。
machine-invalid-code = 登録コードが正しくありません。「tg_enr_」から入力してください。
machine-invalid-proxy = プロキシのアドレスが正しくありません。「ホスト名:ポート番号」の形で入力してください。
machine-invalid-proxy-domain = プロキシのドメインが正しくありません。
machine-invalid-proxy-user = プロキシのユーザー名が正しくありません。コロンは使えません。
machine-invalid-proxy-password = プロキシのパスワードが正しくありません。
machine-invalid-adopt = プロキシは見つかりませんでした。
