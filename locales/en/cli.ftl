# Texts of the `tegata` command. Argument and member names in capitals or after "--" are part of the interface.

cli-usage-heading = Usage:
cli-commands-heading = Commands
cli-arguments-heading = Arguments
cli-options-heading = Options

cli-help = Tegata: view data on this PC, operate a deployment, verify receipts
cli-help-exit-codes =
    Exit codes:
      0  done
      1  failed
      2  invalid command line or answer
      3  refused
      4  not decided yet, or expired
      5  the service cannot be reached
      6  verification failed

    Proxies are taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or from the system's settings.
cli-help-viewer = Get permission for this PC, and view data
cli-help-viewer-open = Open the Viewer in the browser, for those who use no terminal
cli-help-viewer-register = Ask the administrators to permit this PC
cli-help-viewer-activate = Enter the activation code from the email
cli-help-viewer-status = Show the registration status of this PC
cli-help-viewer-resend = Send the last email again
cli-help-viewer-get = Fetch data of the tenant
cli-help-viewer-forget = Cancel the registration and delete what is stored on this PC
cli-help-agent = The agent on equipment: enrol, connect, show its status
cli-help-agent-enrol = Enrol this machine's agent, with an enrolment code or by organisation ID, verification code and serial number
cli-help-agent-open = Open the agent's page on this machine in the browser
cli-help-agent-install = Install the agent as a service of this machine
cli-help-agent-uninstall = Remove the service, the credential, the key and all data
cli-help-agent-run = Keep the agent connected, until Ctrl-C
cli-help-agent-support = Start remote support at this machine, so that the support desk can look at it
cli-help-agent-chat = Write a message that everyone in the remote support reads
cli-help-agent-file = Show the files that the support desk offers, and accept or decline them
cli-help-agent-status = Show whether the agent is enrolled and connected
cli-help-agent-settings = Show or change whether and how the agent connects
cli-help-agent-diagnose = Test the connection to the service, and say what is in the way
cli-help-agent-forget = Cancel the enrolment and delete what is stored on this machine
cli-help-operator = Operate a deployment
cli-help-operator-tenant = Tenants and providers
cli-help-operator-tenant-create = Create a tenant with its first administrator
cli-help-operator-tenant-list = List the tenants
cli-help-operator-tenant-show = Show a tenant
cli-help-operator-tenant-update = Change a tenant
cli-help-operator-tenant-suspend = Suspend a tenant
cli-help-operator-tenant-resume = Resume a suspended tenant
cli-help-operator-administrator = Administrators of a tenant
cli-help-operator-administrator-add = Add a system administrator
cli-help-operator-device = Permitted PCs
cli-help-operator-device-list = List a tenant's permitted PCs
cli-help-operator-device-revoke = Revoke a PC's permission
cli-help-operator-outbox = Emails and public data not delivered yet
cli-help-operator-outbox-list = List what has not been delivered yet
cli-help-operator-outbox-retry = Deliver an item now
cli-help-operator-audit = Audit log: save it with --export, or use one of the commands
cli-help-operator-audit-list = List the entries of a tenant's audit log
cli-help-operator-audit-heads = List the signed checkpoints of a tenant's audit log
cli-help-operator-introspection-secret = Data server secret, for token introspection
cli-help-operator-introspection-secret-new = Create a new secret; the old one stops working, and the new one is shown only once
cli-help-operator-keys = Signing keys of the deployment
cli-help-operator-keys-rotate = Rotate keys ahead of schedule
cli-help-verify = Verify signed records offline
cli-help-verify-receipt = Verify a consent receipt
cli-help-verify-audit = Verify a saved audit log
cli-help-keys = Public keys of a deployment
cli-help-keys-save = Fetch the public keys and save them

cli-arg-help = Show this help
cli-arg-version = Show the version
cli-arg-json = Print one JSON object instead of text
cli-arg-language = Language of this command's output and of emails to you: ja, en or da
cli-arg-data-dir = Folder where this PC's registration is stored (TEGATA_DATA_DIR)
cli-arg-config = The installer's configuration with address, domain and language (TEGATA_VIEWER_CONFIG)
cli-arg-edge = Address of the deployment, https://… (TEGATA_EDGE)
cli-arg-token = The operator's token; preferably set as TEGATA_OPERATOR_TOKEN
cli-arg-tenant = The domain in the login URL
cli-arg-name = Your name
cli-arg-email = Your company email address
cli-arg-organization = Your company or organisation
cli-arg-device-name = A name for this PC
cli-arg-no-wait = Do not wait for the administrators' answer
cli-arg-port = Port on this PC; any free one if omitted
cli-arg-no-browser = Only print the address, which can be used once, and open no browser
cli-arg-code = The activation code; you are asked for it if omitted
cli-arg-enrolment-code = The enrolment code (TEGATA_ENROLMENT_CODE); you are asked for it if omitted
cli-arg-organization-id = The organisation ID, eight digits, from your support desk
cli-arg-serial-number = The machine's serial number
cli-arg-verification-code-file = File with the verification code; otherwise TEGATA_VERIFICATION_CODE, or you are asked for it
cli-arg-group = Name of the group whose members may see the agent and start remote support
cli-arg-agent-config = File in which the administrator says what the support desk may do (default: agent.toml in the data directory)
cli-arg-service = Run as a service: wait for an enrolment instead of ending without one
cli-arg-program = The command that the service runs; this one if omitted
cli-arg-root = Write below another root, for packages; nothing is started
cli-arg-unasked = Show what this PC knows, without asking the service
cli-arg-path = Path of the data, with a query if needed
cli-arg-output = Save to this file, which is created once the download is complete
cli-arg-offline = Delete the local data without telling the service
cli-arg-remote-service = Whether the agent may connect at all: on or off
cli-arg-proxy = automatic, none, or a proxy as HOST:PORT
cli-arg-adopt-proxy = Use the proxy that was found, as if it had been set by hand
cli-arg-proxy-domain = The domain of the proxy account, for NTLM; empty removes it
cli-arg-proxy-user = The user name for the proxy; you are asked for the password. Empty removes both
cli-arg-proxy-password-file = File whose first line is the password for the proxy
cli-arg-chat-text = The message
cli-arg-accept = ID of the file to accept
cli-arg-decline = ID of the file to decline
cli-arg-remote-assistance = Whether the support desk may ask to help on this machine: on or off
cli-arg-slug = The domain in the login URL: a to z, digits and hyphens
cli-arg-kind = tenant (default) or provider
cli-arg-provider = The provider that serves the tenant
cli-arg-tenant-name = The tenant's name
cli-arg-tenant-locale = The tenant's language: ja, en or da
cli-arg-tenant-time-zone = The tenant's time zone, for example Asia/Tokyo
cli-arg-activation = How a PC is activated: mailed_code or approval_only
cli-arg-mail-domain = An email domain of the tenant; may be repeated
cli-arg-approval-life-seconds = How long administrators have to answer, in seconds
cli-arg-code-life-seconds = How long the activation code is valid after the approval, in seconds
cli-arg-confirm-address-first = Whether requesters must confirm their email address first: true or false
cli-arg-approver-must-log-in = Whether approvers must log in: true or false
cli-arg-key-required = Whether only PCs that have a key are permitted: true or false
cli-arg-device-life-seconds = How long a PC's permission is valid, in seconds
cli-arg-no-device-life = PC permissions do not expire
cli-arg-data-origin = URL of the data server that access from permitted PCs is forwarded to
cli-arg-no-data-origin = Remove the data server URL
cli-arg-contact-name = The name of the contract's contact person
cli-arg-contact-email = The email address of the contract's contact person
cli-arg-contact-phone = The phone number of the contract's contact person
cli-arg-applied-on = The date of application, such as 2026-11-16
cli-arg-administrator-name = The administrator's name
cli-arg-administrator-email = The administrator's email address
cli-arg-administrator-account = The administrator's account name
cli-arg-administrator-locale = The administrator's language: ja, en or da (default: the tenant's)
cli-arg-administrator-time-zone = The administrator's time zone (default: the tenant's)
cli-arg-idempotency-key = Repeating the command with the same key returns the same result and does nothing twice
cli-arg-purpose = Only the keys for this purpose: token, receipt or link
cli-arg-compromised = The keys may have leaked: revoke them now, instead of switching over in a day
cli-arg-reason = The reason, recorded with the new key
cli-arg-yes = Confirm what --compromised revokes
cli-arg-file = JSON file with the tenant's settings; options override individual settings
cli-arg-cursor = Continue from this position in the list
cli-arg-limit = Show at most this many items (default: 1000)
cli-arg-id = The ID shown in the list
cli-arg-receipt = The receipt file
cli-arg-keys = File with the public keys, as saved by "keys save"
cli-arg-issuer = Accept only receipts of this issuer
cli-arg-jwks-file = The file to save to
cli-arg-export = Save the audit log to this file, which is created once everything has been fetched
cli-arg-format = jsonl (default): one entry per line, as "verify audit" expects; or csv
cli-arg-actor = Only entries by this actor: a type (operator, requester, approver, device, …) or an ID
cli-arg-object = Only entries about this object; with a trailing slash (device/), all of that type
cli-arg-action = Only entries with this action; with a trailing dot (approval.), all that start with it
cli-arg-from = Only entries from this time on: 2026-11-21T09:00:00+09:00, or seconds since 1970
cli-arg-to = Only entries before this time
cli-arg-newest-first = Show the newest entries first
cli-arg-log = The saved audit log (jsonl)
cli-arg-heads = File with signed checkpoints: what "--json operator audit heads" prints, or one JWS a line; default with --keys: heads.json beside the log
cli-arg-head-issuer = Accept only signed checkpoints of this issuer
cli-arg-head = The hash of an entry, noted earlier; it must be in the log

cli-usage-missing = Missing: { $arguments }
cli-usage-or-variable = { $option } or { $variable }
cli-usage-unknown = Unknown option or argument: { $argument }
cli-usage-command = Unknown command: { $command }
cli-usage-value = "{ $value }" is not valid for { $argument }
cli-usage-conflict = { $argument } cannot be combined with another option you gave
cli-usage-incomplete = The command is incomplete; see --help
cli-usage-other = The command line cannot be understood; see --help
cli-get-json-needs-file = With --json, specify the file to save the data to with -o
cli-nothing-to-change = No changes were specified
cli-keys-end-token = Access tokens issued so far will stop working within minutes, and programs will renew them. For up to five minutes, some renewed tokens may be refused too.
cli-keys-end-receipt = Receipts issued so far can still be verified. The public key shows until when it was used for signing.
cli-keys-end-link = All links, activation codes and temporary passwords emailed so far will stop working. Requests waiting for a code must be made again, and temporary passwords must be reissued.
cli-keys-confirm = To revoke these keys now, run the same command again with --yes.
cli-not-json = { $path } does not contain a JSON object

cli-ask-edge = Address of the service (https://…)
cli-ask-tenant = Domain in the login URL
cli-ask-name = Name
cli-ask-email = Email address
cli-ask-email-again = Email address again, to confirm
cli-ask-organization = Company or organisation
cli-ask-device-name = Name of this PC
cli-email-mismatch = The two email addresses do not match.
cli-input-closed = The input ended before all questions were answered.

# A time in a sentence. Weekdays count from Monday, 0.
cli-moment =
    { $weekday ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[6] Sunday
    } { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }, { $hour }:{ $minute } ({ $zone })

cli-registered = The request was sent. Emails go to { $email }. It is open until { $until }.
cli-user-code = User code { $code }: the activation code can also be entered at { $uri }
cli-may-interrupt = You can stop with Ctrl-C and continue later with "tegata viewer activate".
cli-waiting-address = Waiting for you to confirm your email address: open the link in the email to { $email }.
cli-waiting-approval = Waiting for an administrator to approve.
cli-waiting-code = Approved. Enter the activation code from the email to { $email }, and press Enter.
cli-waiting-code-elsewhere = Approved. Enter the activation code from the email to { $email } with "tegata viewer activate CODE".
cli-waiting-network = The service cannot be reached at the moment. Retrying.
cli-checking-code = Checking the code…
cli-wrong-code =
    { $tries ->
        [one] The activation code is incorrect. One attempt left.
       *[other] The activation code is incorrect. { $tries } attempts left.
    }
cli-active = This PC can now view the data of { $tenant }.
cli-status-known = According to what is stored on this PC, it can view the data of { $tenant }.
cli-status-confirmed = The service last confirmed it on { $at }.
cli-status-unasked = The service was not asked. Without --offline, the command asks whether this PC is still accepted.
cli-status-asking = Asking the service…
cli-status-revoked = The service said so on { $at }.
cli-status-checked = The service was asked just now: this PC can view the data of { $tenant }.
cli-status-uncollected = The registration was accepted, but the answer has not reached this PC. Run "tegata viewer activate" within ten minutes of entering the code to get it.
cli-resent = The email has been sent again.
cli-until = Open until { $until }.
cli-refusal-reason = Reason: { $reason }
cli-saved =
    { $bytes ->
        [one] { $file }: one byte
       *[other] { $file }: { $bytes } bytes
    }
cli-forgotten = The registration was cancelled, and its data on this PC was deleted.
cli-forgotten-here = The data stored on this PC was deleted.
cli-nothing-to-forget = There is nothing stored on this PC.
cli-forget-unreachable = { $detail } Nothing was deleted. Try again later, or delete only the local data with --offline; in that case, ask an administrator to revoke this PC's permission.
cli-done = Done.
cli-more = There is more. Continue with --cursor { $cursor }
cli-keys-saved =
    { $count ->
        [one] { $file }: one key
       *[other] { $file }: { $count } keys
    }

cli-state-awaiting-address = Waiting for the email address to be confirmed.
cli-state-awaiting-approval = Waiting for an administrator to approve.
cli-state-awaiting-code = Approved. The activation code from the email has not been entered yet.
cli-state-activated = Activated. Run "tegata viewer activate" on this PC to finish.
cli-state-redeemed = This registration has already been used. Run "tegata viewer forget" and register again.
cli-state-refused = An administrator refused the request.
cli-state-withdrawn = The request was withdrawn.
cli-state-expired = The registration has expired. Register again.
cli-state-failed = Too many incorrect activation codes. Register again.
cli-state-unknown = The registration is not complete.

cli-field-edge = The address must start with https:// and must not contain anything after the host name.
cli-field-tenant = The domain may contain only letters a to z, digits and hyphens.
cli-field-name = Please enter a name of 1 to 100 characters.
cli-field-email = This is not a valid email address. It must have the form name@example.com, without spaces.
cli-field-organization = Please enter a company or organisation of 1 to 100 characters.
cli-field-device-name = Please enter a name of 1 to 100 characters for this PC.
cli-field-activation-code = This is not a valid activation code: it has 10 letters and digits. It was not sent, and does not count as an attempt.
cli-field-path = This path is outside the tenant's data.

cli-error-field = The value of "{ $field }" was not accepted.
cli-error-file = { $path }: { $detail }
cli-error-output = Cannot write the result: { $detail }
cli-error-network = Cannot reach the service ({ $detail }). Check the connection and the proxy settings.
cli-error-protocol = Unexpected answer from the service ({ $detail }).
cli-error-unknown-tenant = There is no tenant "{ $tenant }" at { $edge }. Check the tenant domain (--tenant); an administrator of your company can tell you.
cli-error-not-a-service = { $edge } does not answer like this service ({ $detail }). Check the address (--edge or TEGATA_EDGE).
cli-error-oauth = The service refused the request: { $code }. { $detail }
cli-error-problem = { $title }. { $detail }
cli-error-problem-field = { $field }: { $problem }
cli-error-status = The service answered with status { $status }.
cli-error-too-often = Too many requests. Try again in { $seconds } seconds.
cli-error-clock = The clock of this PC is off by { $seconds } seconds. Set the time and try again.
cli-error-not-registered = This PC is not registered. Start with "tegata viewer register".
cli-error-already-registered = This PC is already registered. Check it with "tegata viewer status", or cancel the registration with "tegata viewer forget".
cli-error-still-pending = This PC has not been permitted yet. Check it with "tegata viewer status".
cli-error-revoked = This PC is no longer permitted. Run "tegata viewer forget" and register again.
cli-error-malformed = { $path } is damaged or from another version.
cli-error-key-missing = The key file { $path } is missing. Copying the folder does not copy the permission: register on this PC. To start over here, run "tegata viewer forget --offline".
cli-error-key-mismatch = The key in { $path } does not belong to this registration. To start over, run "tegata viewer forget --offline".
cli-error-exposed = Other users of this PC have access to { $path } (mode { $mode }). Check whether anyone may have read it, then restrict it to yourself (files 0600, folder 0700).
cli-error-busy = Another command has been using { $path } for too long.
cli-error-no-home = No folder for the data can be found. Name one with --data-dir or TEGATA_DATA_DIR.
cli-error-installation = The configuration { $path } cannot be used: { $detail }

cli-receipt-valid = The receipt is genuine and unchanged.
cli-receipt-partial = This is one of several approvals that were required. It did not settle the question on its own.
cli-receipt-attended = This is the consent of a participant of an attended session. The name is as the participant typed it; nobody has verified it.
cli-receipt-appointment = This is the agreement on a date; it admits nobody to a PC. The name of somebody who answered by a link is as they typed it; nobody has verified it.
cli-receipt-malformed = This is not a receipt, or it is damaged.
cli-receipt-algorithm = The receipt is not signed with EdDSA but with "{ $name }". Do not trust it.
cli-receipt-type = This is a document of type "{ $name }", not a receipt.
cli-receipt-unknown-key = The key file has no receipt key "{ $kid }".
cli-receipt-ended-key = The receipt says that it was signed after its key "{ $kid }" was retired. Do not trust it.
cli-receipt-signature = The signature is not valid: the receipt was changed, or it is not from this service.
cli-receipt-text = The statement in it is not the text that was answered.
cli-receipt-issuer = The receipt was issued by { $issuer }.

cli-exported =
    { $entries ->
        [one] { $file }: one entry
       *[other] { $file }: { $entries } entries
    }

cli-audit-intact =
    { $entries ->
        [one] The audit log is intact: one entry.
       *[other] The audit log is intact: { $entries } entries.
    }
cli-audit-last = Last entry: { $entry }, hash { $hash }
cli-audit-covered = Signed checkpoints confirm the log up to entry { $entry }.
cli-audit-uncovered = No signed checkpoints were given (--heads): entries missing at the end would go unnoticed.
cli-audit-heads-found = Signed checkpoints: { $file }, which lies beside the log.
cli-audit-beyond = The entries after it follow from it, but no signed checkpoint confirms them yet.
cli-audit-unsigned = Only the chain of hashes was checked. No signature was: there are no signed checkpoints, neither given (--heads) nor in a heads.json beside the log.
cli-audit-open-end = Entries missing at the end would not be noticed.
cli-audit-not-an-entry = Entry { $entry }: this line is not an audit log entry.
cli-audit-spelling = Entry { $entry }: this line is not written the way it was saved.
cli-audit-number = Entry { $entry }: entry { $found } is in its place. An entry was removed, added, repeated or moved.
cli-audit-previous = Entry { $entry }: it does not follow from the previous entry. One of the two was replaced.
cli-audit-hash = Entry { $entry }: it was changed. Its hash does not match its content.
cli-audit-head = Entry { $entry }: its hash does not match a signed checkpoint. The log was rewritten.
cli-audit-cut-off = Entry { $entry }: a signed checkpoint covers it, but the log ends before it. The end of the log was removed.
cli-audit-before = Entry { $entry }: a signed checkpoint covers it, but the log starts after it.
cli-audit-noted = Entry { $entry }: the log ends here, and no entry has the noted hash.
cli-audit-empty = The audit log has no entries.

cli-head-none = There are no signed checkpoints yet: the first one is made about a day after the first entry. Until then, verify without --heads.
cli-head-malformed = Signed checkpoint { $place }: this is not a signed checkpoint, or it is damaged.
cli-head-unknown-key = Signed checkpoint { $place }: the key file has no receipt key "{ $kid }".
cli-head-ended-key = Signed checkpoint { $place }: it says that it was signed after its key "{ $kid }" was retired.
cli-head-signature = Signed checkpoint { $place }: the signature is not valid. It was changed, or it is not from this service.
cli-head-issuer = Signed checkpoint { $place }: it was issued by { $issuer }.
cli-ask-proxy-password = Password for the proxy (not shown)
cli-field-proxy = A proxy is given as HOST:PORT, for example proxy.example:8080.
cli-field-proxy-domain = A proxy domain has at most 256 characters.
cli-field-proxy-user = A proxy user name has at most 256 characters and contains no colon.
cli-field-proxy-password = A proxy password has at most 256 characters.
cli-field-proxy-not-manual = Domain, user name and password belong to a proxy that is set by hand. Set it with --proxy HOST:PORT.
cli-field-adopt-proxy = Neither the environment nor the system names a proxy that could be used.
cli-setting-on = on
cli-setting-off = off
cli-setting-remote-service = Remote service: { $value }
cli-setting-proxy = Proxy: { $value }
cli-setting-proxy-found = automatic ({ $proxy } was found)
cli-setting-proxy-none-found = automatic (none was found)
cli-setting-proxy-none = none
cli-setting-proxy-domain = Proxy domain: { $value }
cli-setting-proxy-user = Proxy user name: { $value }
cli-setting-proxy-password = Proxy password: { $value }
cli-setting-password-set = set
cli-setting-remote-assistance = Remote assistance: { $value }
cli-setting-assistance-suspended = Remote assistance has no effect at the moment. Still missing: { $missing }
cli-error-assistance-not-ready = Remote assistance cannot be allowed yet. Still missing: { $missing }
cli-missing-enrolment = the enrolment of this machine
cli-missing-proxy = a proxy set by hand (or the choice to use none)
cli-obstacle-off = The remote service is off; nothing was sent.
cli-remedy-off = To allow connections, switch it on ("tegata agent settings --remote-service on").
cli-obstacle-settings = The settings cannot be read ({ $detail }); nothing was sent.
cli-remedy-settings = Correct the file "settings.json", or delete it to start with the standard settings.
cli-obstacle-proxy-kind = The environment or the system names a proxy of the kind "{ $scheme }", which cannot be used.
cli-remedy-proxy-kind = Set an HTTP proxy by hand (HOST:PORT), or choose to use none.
cli-obstacle-dns = The name { $host } cannot be resolved ({ $detail }).
cli-remedy-dns = Check the network cable, and the DNS server in the network settings. In a network whose only way out is a proxy, set the proxy.
cli-obstacle-proxy-unreachable = The proxy { $proxy } cannot be reached ({ $detail }).
cli-remedy-proxy-unreachable = Check its address and port in the proxy settings.
cli-obstacle-proxy-no-credentials = The proxy { $proxy } asks for authentication ({ $schemes }), and no user name and password are set.
cli-remedy-proxy-no-credentials = Enter the user name and password that your network administrator gave you for the proxy.
cli-obstacle-proxy-credentials-refused = The proxy { $proxy } refused the user name and password ({ $schemes }).
cli-remedy-proxy-credentials-refused = Enter them again. If the password was changed or has expired, ask your network administrator.
cli-obstacle-proxy-no-scheme = The proxy { $proxy } asks for an authentication that cannot be used here ({ $schemes }).
cli-remedy-proxy-no-scheme = Ask your network administrator to allow NTLM or Basic for this machine, or to let it through without authentication.
cli-obstacle-proxy-refused = The proxy { $proxy } does not connect to the service (status { $status }).
cli-remedy-proxy-refused = Ask your network administrator to allow connections to the service's address.
cli-obstacle-unreachable = The service cannot be reached ({ $detail }).
cli-remedy-unreachable = Check whether a firewall blocks the connection, and whether a proxy is needed.
cli-obstacle-interception = Encrypted connections are being opened on the way: the certificate comes from "{ $issuer }", which this machine does not trust.
cli-remedy-interception = Ask your network administrator to exempt the service from inspection, or to install that certificate on this machine. If nobody knows this issuer, do not connect.
cli-obstacle-certificate-time = The certificate from "{ $issuer }" is not valid at the time that this machine's clock shows.
cli-remedy-certificate-time = Check date and time of this machine. If they are right, contact the support desk.
cli-obstacle-certificate = The certificate from "{ $issuer }" was not accepted ({ $detail }).
cli-remedy-certificate = Check the address of the service. If it is right, contact the support desk.
cli-obstacle-encryption = No encrypted connection came up ({ $detail }).
cli-remedy-encryption = Ask your network administrator whether something on the way changes encrypted connections.
cli-diagnosis = Connection test for { $edge }
cli-diagnosis-proxy = Through the proxy { $proxy }
cli-check-remote-service = Remote service switched on: { $state }
cli-check-proxy = Proxy settings usable: { $state }
cli-check-name = Name of the service found: { $state }
cli-check-connection = Network connection: { $state }
cli-check-proxy-authentication = Authentication at the proxy: { $state }
cli-check-proxy-tunnel = Proxy connects to the service: { $state }
cli-check-encryption = Encryption and certificate: { $state }
cli-check-service = Service answers: { $state }
cli-check-clock = Clock of this machine: { $state }
cli-check-admission = Enrolment accepted: { $state }
cli-check-passed = ok
cli-check-failed = failed
cli-check-not-needed = not needed
cli-check-not-reached = not tested
cli-preflight = What a session with the support desk needs:
cli-preflight-connection = Connection to the service: { $state }
cli-preflight-proxy = Way through the proxy: { $state }
cli-preflight-download = Rate from the service: { $state }
cli-preflight-upload = Rate to the service: { $state }
cli-preflight-screen = Program that shows the screen: { $state }
cli-preflight-clock = Deviation of the clock: { $state }
cli-preflight-rate = { $state } ({ $value } kbps)
cli-preflight-seconds = { $state } ({ $value } s)
cli-preflight-passed = ok
cli-preflight-untested = not tested
cli-preflight-warned = warning
cli-preflight-failed = failed
cli-preflight-reported = The result is kept with the appointments on this machine, and the support desk sees it.
cli-preflight-not-reported = The result was not sent to the support desk, because the agent is not connected.
cli-outcome-ok = The connection works.
cli-outcome-not-the-service = The service does not answer at this address ({ $detail }). Check the address, and whether something on the way answers in its place.
cli-outcome-service-failing = The service has a failure of its own (status { $status }). Try again later.
cli-outcome-clock-fast = The clock of this machine is { $seconds } seconds fast. Set date, time and time zone, and switch on automatic time.
cli-outcome-clock-slow = The clock of this machine is { $seconds } seconds slow. Set date, time and time zone, and switch on automatic time.

cli-ask-enrolment-code = Enrolment code (starts with tg_enr_)
cli-ask-organization-id = Organisation ID (eight digits)
cli-ask-verification-code = Verification code
cli-ask-serial-number = Serial number of this machine
cli-field-organization-id = An organisation ID has eight digits. Your support desk has it.
cli-field-verification-code = A verification code has 10 letters and digits. Your support desk has it.
cli-field-serial-number = A serial number has 1 to 64 letters, digits and punctuation marks, as on the nameplate.
cli-agent-waits = This machine has identified itself. If it is not approved at once, the support desk or a responsible administrator decides until { $until }. You can stop with Ctrl-C and go on with "tegata agent enrol".
cli-agent-waiting = This machine (serial number { $serial }) is waiting for approval until { $until }.
cli-agent-not-known = The organisation ID or the verification code is wrong. Ask your support desk for the current ones.
cli-agent-too-many-tries = There were too many tries from this network. Wait an hour, and check the verification code.
cli-agent-refused = This machine was refused. Ask your support desk.
cli-agent-request-expired = Nobody approved this machine in time. Start again, and tell your support desk.
cli-agent-request-ended = The acceptance of this machine is no longer valid, for example because its equipment was retired. Start again, and tell your support desk.
cli-field-enrolment-code = An enrolment code has 50 characters and starts with "tg_enr_". Paste it as you received it from the console or the support desk.
cli-agent-enrolled = This machine's agent is enrolled at { $tenant }.
cli-agent-equipment = Equipment: { $equipment } (serial number { $serial })
cli-agent-connected = Connected ({ $equipment }).
cli-agent-away = Not connected: { $detail } Trying again in { $seconds } s.
cli-agent-stopped = Stopped.
cli-agent-light-green = Green: connected since { $at }.
cli-agent-light-orange = Orange: not connected. { $detail }
cli-agent-light-stopped = Stopped: the agent is not running. Start it with "tegata agent run".
cli-agent-light-off = Off: the remote service is switched off, and this machine makes no connection.
cli-agent-trouble-none = Connecting.
cli-agent-trouble-turned-away = The service did not accept the connection. Your contract may be suspended.
cli-agent-trouble-replaced = Another program has connected with the same enrolment. Check whether this machine's data was copied.
cli-agent-trouble-lost = The connection was lost.
cli-agent-trouble-other = { $detail }
cli-agent-not-enrolled = This machine's agent is not enrolled. Start with "tegata agent enrol".
cli-agent-already-enrolled = This machine's agent is already enrolled. Check it with "tegata agent status", or cancel the enrolment with "tegata agent forget".
cli-agent-ended = The enrolment of this machine's agent has ended. Get a new enrolment code, and enrol again with "tegata agent enrol".
cli-agent-wrong-code = This enrolment code cannot be used. It is mistyped, was already used, or was replaced by a newer one. Get a new enrolment code.
cli-agent-expired-code = This enrolment code has expired. Get a new one.
cli-agent-runs-already = This machine's agent is already running.
cli-agent-no-group = There is no group { $group } on this machine.
cli-agent-no-socket = Other programs on this machine cannot reach the agent: { $detail }
cli-agent-config = The configuration file cannot be used ({ $file }): { $detail }
cli-support-fact = { $name }: { $value }
cli-support-end = Press Ctrl-C to end remote support.
cli-support-file = Accept a file with "tegata agent file --accept ID", or decline it with "tegata agent file --decline ID".
cli-support-chat = Write a message with "tegata agent chat TEXT" in another terminal.
cli-chat-sent = The message was sent.
cli-file-decided = Your choice was passed on.
cli-file-none = No file is offered.
cli-file-no-id = That is not the ID of a file. "tegata agent file" shows the IDs.
cli-support-joined = { $names } joined remote support on this machine.
cli-support-runs = Remote support is open (ID in use: { $number }).
cli-agent-forgotten = The enrolment was cancelled, and its data on this machine was deleted.
cli-agent-nothing-to-forget = There is nothing stored on this machine.
cli-agent-installed = The agent is installed as a service and has been started ({ $path }).
cli-agent-unit-written = The unit { $path } was written. Start the service with "{ $command }".
cli-agent-enrolment-moved = The enrolment of this user now belongs to the service.
cli-agent-unsafe-program = { $path } could be replaced by somebody other than root, and the service runs as root. Install the command in a folder of root, such as /usr/local/bin.
cli-agent-unusual-path = A path for the service must be absolute and consist of letters, digits and ./_+-@ only.
cli-agent-unusual-group = The name of the group cannot be used for a service.
cli-agent-needs-administrator = Run the command as the administrator of this machine, for example with sudo.
cli-agent-systemctl = "{ $command }" failed: { $detail }
cli-agent-no-service = On this system the agent cannot be installed as a service.
cli-agent-not-on-windows = On Windows there is no --root.
cli-agent-uninstalled = The service, the credential, the key and all data were removed.
cli-agent-uninstalled-offline = The service, the key and all data were removed. The credential could not be given back ({ $detail }). Ask an administrator to end the agent's enrolment in the console.
cli-agent-forget-unreachable = { $detail } Nothing was deleted. Try again later, or delete only the local data with --offline; in that case, ask an administrator to end the agent's enrolment.
