# 「tegata agent open」が機器で表示するページの文言。JavaScriptがなくても動作します。
