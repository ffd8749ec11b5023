# Viewerとエージェントの画面に共通の文言。JavaScriptがなくても動作します。

local-error-summary = 入力内容をご確認ください
local-error-trouble = 処理を完了できませんでした
local-error = エラー
local-languages = 言語
local-back = 戻る
local-reload = もう一度確認する
local-start-button = 開く
local-refusal-too-large-title = 送信された内容のサイズが上限を超えています
local-refusal-too-large-body = 前のページに戻り、入力内容を短くして、もう一度送信してください。
local-refusal-not-found-title = ページが見つかりません
local-refusal-not-found-body = アドレスに誤りがないかご確認ください。
local-port = このPCのポート { $port } を使用できません：{ $detail }
local-no-browser = ブラウザーを開くことができませんでした。
