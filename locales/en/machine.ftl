# Texts of the page that "tegata agent open" shows on a machine. It works without JavaScript.

machine-product = Tegata Agent
machine-footer = This page shows the agent of this machine and is open in this browser only.
machine-quit = Close the page
machine-opened = The agent's page is open in the browser. Keep this program running; stop it with Ctrl-C.
machine-open-here = To open the agent's page, use this address once: { $url }
machine-start-title = Open the agent's page
machine-start-body = The page of this machine's agent is ready.
machine-closed-title = The page has been closed
machine-closed-body = You can close this browser page. The agent goes on as before.
machine-refusal-spent-title = This address has already been used
machine-refusal-spent-body = Each address opens the page once. If it is open in another tab, continue there. Otherwise start the program again.
machine-refusal-no-session-title = The agent's page is not open in this browser
machine-refusal-no-session-body = Start the program again on this machine. It opens in your browser by itself.
machine-refusal-other-site-title = The request was refused
machine-refusal-other-site-body = It did not come from the agent's page. Nothing was changed.
machine-menu = Menu

# The light (P9).
machine-light-green = Green: connected
machine-light-since = Connected since { $at }.
machine-light-orange = Orange: not connected
machine-light-not-enrolled = This machine is not enrolled yet. Enrol it under "Remote Service".
machine-light-ended = The enrolment of this machine has ended. Get a new enrolment code, and enrol again under "Remote Service".
machine-light-off = Off: the remote service is disabled
machine-light-off-reason = This machine makes no connection to the service at all.
machine-light-stopped = Stopped: the agent is not running
machine-light-stopped-reason = The agent of this machine is not running, so it is not connected to the service.
machine-light-not-admitted = You cannot see the agent
machine-light-not-admitted-reason = This user may not use the agent. Ask the administrator of this machine to add you to the group that may.
machine-light-broken = The agent does not answer
machine-start = Start the agent
machine-start-failed = The agent could not be started ({ $detail }).
machine-start-by-hand = This needs the administrator of this machine, who can start it with "{ $command }".

# Remote Service: general, enrolment, proxy, remote assistance (P1, P2, P8, P10).
machine-service = Remote Service
machine-read-only = Only the administrator of this machine can change settings. Open this page as an administrator (for example with "sudo tegata agent open").
machine-saved = The change was saved.
machine-change = Change
machine-general = General settings
machine-enabled = Enabled
machine-enabled-hint = While it is disabled, this machine makes no connection to the service at all.
machine-enrolment = Enrolment
machine-enrolment-hint = An enrolment code is issued for this machine in the console. It works once, on one machine.
machine-edge = Address of the service
machine-edge-hint = For example https://tegata.example.com
machine-tenant = Domain
machine-tenant-hint = The domain in the login URL of the console, for example aozora
machine-code = Enrolment code
machine-code-hint = It starts with tg_enr_.
machine-enrol = Enrol this machine
machine-equipment = Equipment
machine-serial = Serial number
machine-proxy = Proxy
machine-proxy-choice = Proxy settings
machine-proxy-found = This system names the proxy { $proxy }.
machine-proxy-none-found = This system names no proxy.
machine-proxy-adopt = Copy the proxy that was found into the manual settings
machine-proxy-automatic = Automatic detection settings (licences and updates only)
machine-proxy-none = No proxy server
machine-proxy-manual = Use proxy server
machine-proxy-address = Proxy URL address
machine-proxy-address-hint = Host and port, for example proxy.example.com:8080
machine-proxy-authentication = Proxy server authentication
machine-proxy-domain = Proxy domain
machine-proxy-user = Proxy user name
machine-proxy-password = Proxy password
machine-proxy-password-kept = A password is saved. Leave this empty to keep it.
machine-assistance = Remote assistance
machine-assistance-hint = Once it is allowed, the support desk can ask to connect to this machine. Every connection needs your company's consent.
machine-assistance-allow = Allow remote assistance

machine-about = About
machine-about-version = Version
machine-about-system = System
machine-about-key = Key identifier
machine-about-unknown = The agent does not answer, so its enrolment cannot be shown.

# What did not work.
machine-error-failed = This did not work ({ $detail }).
machine-error-already-enrolled = This machine is already enrolled.
machine-error-unknown-tenant = That service does not know this domain. Check the address and the domain.
machine-invalid = The input is not valid.
machine-invalid-edge = The address of the service is not valid. It starts with https://.
machine-invalid-tenant = The domain is not valid. It consists of a to z, digits and hyphens.
machine-invalid-code = The enrolment code is not valid. It starts with tg_enr_.
machine-invalid-proxy = The proxy address is not valid. Enter host:port.
machine-invalid-proxy-domain = The proxy domain is not valid.
machine-invalid-proxy-user = The proxy user name is not valid. It must not contain a colon.
machine-invalid-proxy-password = The proxy password is not valid.
machine-invalid-adopt = No proxy was found.
