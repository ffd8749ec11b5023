# Det, som Viewerens og agentens lokale sider har til fælles. De virker uden scripts.

local-error-summary = Kontrollér det indtastede
local-error-trouble = Det lykkedes ikke
local-error = Fejl
local-languages = Sprog
local-back = Tilbage
local-reload = Kontrollér igen
local-start-button = Åbn
local-refusal-too-large-title = Det sendte er for stort
local-refusal-too-large-body = Gå tilbage, gør teksten kortere, og send den igen.
local-refusal-not-found-title = Siden findes ikke
local-refusal-not-found-body = Kontrollér adressen.
local-port = Port { $port } på denne pc kan ikke bruges: { $detail }
local-no-browser = Der kunne ikke åbnes en browser.
