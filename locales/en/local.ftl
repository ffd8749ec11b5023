# What the local pages of the Viewer and of the agent have in common. They work without scripts.

local-error-summary = Please check your input
local-error-trouble = This did not work
local-error = Error
local-languages = Language
local-back = Back
local-reload = Check again
local-start-button = Open
local-refusal-too-large-title = What was sent is too large
local-refusal-too-large-body = Go back, shorten your input and send it again.
local-refusal-not-found-title = Page not found
local-refusal-not-found-body = Please check the address.
local-port = Cannot listen on port { $port } of this PC: { $detail }
local-no-browser = No browser could be opened.
