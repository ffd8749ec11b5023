# Texts of the `tegata` command. Argument and member names in capitals or after "--" are part of the interface.

cli-usage-heading = Usage:
cli-commands-heading = Commands
cli-arguments-heading = Arguments
cli-options-heading = Options

cli-help = Tegata: let this PC see the data, operate a deployment, verify receipts
cli-help-exit-codes =
    Exit codes:
      0  done
      1  failed
      2  the command line or an answer cannot be right
      3  refused
      4  not decided yet, or expired
      5  the service cannot be reached
      6  verification failed

    Proxies are taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or from the system's settings.
cli-help-viewer = Let this PC in and read data
cli-help-viewer-register = Ask the administrators to let this PC in
cli-help-viewer-activate = Enter the activation code from the mail
cli-help-viewer-status = Show where the registration of this PC stands
cli-help-viewer-resend = Have the last mail sent again
cli-help-viewer-get = Read a path of the tenant's data
cli-help-viewer-forget = Give up the registration and delete what is kept on this PC
cli-help-operator = Operate a deployment
cli-help-operator-tenant = Tenants and providers
cli-help-operator-tenant-create = Create a tenant with its first administrator
cli-help-operator-tenant-list = List the tenants
cli-help-operator-tenant-show = Show a tenant
cli-help-operator-tenant-update = Change a tenant
cli-help-operator-tenant-suspend = Close a tenant until it is resumed
cli-help-operator-tenant-resume = Open a suspended tenant again
cli-help-operator-administrator = Administrators of a tenant
cli-help-operator-administrator-add = Add a system administrator
cli-help-operator-device = PCs that were let in
cli-help-operator-device-list = List the devices of a tenant
cli-help-operator-device-revoke = End a device's access
cli-help-operator-outbox = Mails and copies still to be delivered
cli-help-operator-outbox-list = List what is still to be delivered
cli-help-operator-outbox-retry = Deliver an entry now
cli-help-operator-audit = Audit log: save it with --export, or use one of the commands
cli-help-operator-audit-list = List the entries of a tenant's audit log
cli-help-operator-audit-heads = List the signed heads of a tenant's audit log
cli-help-operator-introspection-secret = Secret for token introspection
cli-help-operator-introspection-secret-new = Make a new secret; the old one ends, and the new one is shown only now
cli-help-operator-keys = Signing keys of the deployment
cli-help-operator-keys-rotate = Rotate keys out of turn
cli-help-verify = Check signed records without a network
cli-help-verify-receipt = Verify a consent receipt
cli-help-verify-audit = Verify an exported audit log
cli-help-keys = Public keys of a deployment
cli-help-keys-save = Fetch the public keys and save them

cli-arg-help = Show this help
cli-arg-version = Show the version
cli-arg-json = Print one JSON object instead of text
cli-arg-language = Language of these texts and of the mails to you: ja, en or da
cli-arg-data-dir = Where this PC's registration is kept (TEGATA_DATA_DIR)
cli-arg-edge = Address of the deployment, https://… (TEGATA_EDGE)
cli-arg-token = The operator's token; better given as TEGATA_OPERATOR_TOKEN
cli-arg-tenant = The tenant's domain name in the service
cli-arg-name = Your name
cli-arg-email = Your company mail address
cli-arg-organization = Your company or organisation
cli-arg-device-name = A name for this PC
cli-arg-no-wait = Do not wait for the administrators' answer
cli-arg-code = The activation code; asked for when left out
cli-arg-unasked = Show what this PC knows, without asking the service
cli-arg-path = Path of the data, with its query if it has one
cli-arg-output = Save to this file, which appears once it is complete
cli-arg-offline = Delete the local data without telling the service
cli-arg-slug = The tenant's domain name in the service: a to z, digits and hyphens
cli-arg-kind = tenant (default) or provider
cli-arg-provider = The provider that serves the tenant
cli-arg-tenant-name = The tenant's name
cli-arg-tenant-locale = The tenant's language: ja, en or da
cli-arg-tenant-time-zone = The tenant's time zone, for example Asia/Tokyo
cli-arg-activation = How a PC is activated: mailed_code or approval_only
cli-arg-mail-domain = A mail domain of the tenant's people; may be repeated
cli-arg-approval-life-seconds = How long the administrators may take to answer, in seconds
cli-arg-code-life-seconds = How long the activation code lives after the approval, in seconds
cli-arg-confirm-address-first = Whether requesters confirm their mail address first: true or false
cli-arg-approver-must-log-in = Whether approvers must log in: true or false
cli-arg-key-required = Whether only Viewers with a key are given tokens: true or false
cli-arg-device-life-seconds = How long a PC stays let in, in seconds
cli-arg-no-device-life = PCs stay let in without limit
cli-arg-data-origin = Address of the data that the gate forwards to
cli-arg-no-data-origin = The gate forwards nowhere
cli-arg-administrator-name = The administrator's name
cli-arg-administrator-email = The administrator's mail address
cli-arg-administrator-account = The administrator's account name
cli-arg-administrator-locale = The administrator's language: ja, en or da (default: the tenant's)
cli-arg-administrator-time-zone = The administrator's time zone (default: the tenant's)
cli-arg-idempotency-key = Repeated with the same key, the command gives the same answer and does nothing twice
cli-arg-purpose = Only the keys for this purpose: token, receipt or link
cli-arg-compromised = Somebody else may know the keys: end them now, instead of letting new ones take over in a day
cli-arg-reason = Why, kept with the new key
cli-arg-yes = Confirm what --compromised ends
cli-arg-file = JSON file with the members of the tenant; options replace single ones
cli-arg-cursor = Go on from this place in the list
cli-arg-limit = Show at most this many items (default: 1000)
cli-arg-id = The id, as the list shows it
cli-arg-receipt = The receipt's file
cli-arg-keys = File with the public keys, as saved by "keys save"
cli-arg-issuer = Accept only receipts of this issuer
cli-arg-jwks-file = The file to save them in
cli-arg-export = Save the audit log to this file, which appears once it is complete
cli-arg-format = jsonl (default): one entry a line, as "verify audit" checks it; or csv
cli-arg-actor = Only entries of this actor: a kind (operator, requester, approver, device, …) or an id
cli-arg-object = Only entries about this object; with a slash at the end (device/) about all of its kind
cli-arg-action = Only entries of this action; with a point at the end (approval.) of all that begin so
cli-arg-from = Only entries from this time on: 2026-11-21T09:00:00+09:00, or seconds since 1970
cli-arg-to = Only entries before this time
cli-arg-newest-first = The newest entries first
cli-arg-log = The exported audit log (jsonl)
cli-arg-heads = File with signed heads: what "--json operator audit heads" prints, or one JWS a line; default with --keys: heads.json beside the log
cli-arg-head-issuer = Accept only signed heads of this issuer
cli-arg-head = The hash of an entry, noted earlier, which must be in the log

cli-usage-missing = Missing: { $arguments }
cli-usage-or-variable = { $option } or { $variable }
cli-usage-unknown = Unknown option or argument: { $argument }
cli-usage-command = Unknown command: { $command }
cli-usage-value = "{ $value }" is not valid for { $argument }
cli-usage-conflict = { $argument } cannot be combined with another option that was given
cli-usage-incomplete = The command is incomplete; see --help
cli-usage-other = The command line cannot be understood; see --help
cli-get-json-needs-file = With --json, name the file for the data with -o
cli-nothing-to-change = Nothing to change was given
cli-keys-end-token = Access tokens signed so far end within minutes, and programs renew them. For up to five minutes some renewed tokens are refused too.
cli-keys-end-receipt = Receipts stay verifiable. The published key then says until when it signed.
cli-keys-end-link = Every link, activation code and first password mailed so far ends. Requests that wait for a code have to be made again, and first passwords issued anew.
cli-keys-confirm = To end these keys now, repeat the command with --yes.
cli-not-json = { $path } does not hold a JSON object

cli-ask-edge = Address of the service (https://…)
cli-ask-tenant = Tenant domain
cli-ask-name = Name
cli-ask-email = Mail address
cli-ask-email-again = Mail address again, to be sure
cli-ask-organization = Company or organisation
cli-ask-device-name = Name of this PC
cli-email-mismatch = The two mail addresses differ.
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

cli-registered = The request was sent. Mails go to { $email }. Open until { $until }.
cli-user-code = User code { $code }: the activation code can also be entered at { $uri }
cli-may-interrupt = You may stop with Ctrl-C and go on later with "tegata viewer activate".
cli-waiting-address = Waiting for you to confirm your mail address: open the link in the mail to { $email }.
cli-waiting-approval = Waiting for an administrator to approve.
cli-waiting-code = Approved. Type the activation code from the mail to { $email }, and press Enter.
cli-waiting-code-elsewhere = Approved. Enter the activation code from the mail to { $email } with "tegata viewer activate CODE".
cli-waiting-network = The service cannot be reached at the moment; trying again.
cli-checking-code = Checking the code…
cli-wrong-code =
    { $tries ->
        [one] The activation code is wrong. One try is left.
       *[other] The activation code is wrong. { $tries } tries are left.
    }
cli-active = This PC can now see the data of { $tenant }.
cli-status-known = As far as this PC knows, it can see the data of { $tenant }.
cli-status-confirmed = The service last confirmed it on { $at }.
cli-status-unasked = The service was not asked. Without --offline, the command asks whether this PC is still accepted.
cli-status-asking = Asking the service…
cli-status-revoked = The service said so on { $at }.
cli-status-checked = The service was asked just now: this PC can see the data of { $tenant }.
cli-status-uncollected = The registration was accepted, but the answer has not reached this PC. Run "tegata viewer activate" within ten minutes of entering the code to get it.
cli-resent = The mail has been sent again.
cli-until = Open until { $until }.
cli-refusal-reason = Reason given: { $reason }
cli-saved =
    { $bytes ->
        [one] { $file }: one byte
       *[other] { $file }: { $bytes } bytes
    }
cli-forgotten = The registration has been given up, and its data on this PC deleted.
cli-nothing-to-forget = Nothing was kept on this PC.
cli-forget-unreachable = { $detail } Nothing was deleted. Try again later, or delete only the local data with --offline; an administrator should then revoke this PC.
cli-done = Done.
cli-more = There is more. Go on with --cursor { $cursor }
cli-keys-saved =
    { $count ->
        [one] { $file }: one key
       *[other] { $file }: { $count } keys
    }

cli-state-awaiting-address = Waiting for the mail address to be confirmed.
cli-state-awaiting-approval = Waiting for an administrator to approve.
cli-state-awaiting-code = Approved. The activation code from the mail has not been entered yet.
cli-state-activated = Activated. "tegata viewer activate" completes it on this PC.
cli-state-redeemed = This registration has been used already. Run "tegata viewer forget" and register again.
cli-state-refused = An administrator has refused the request.
cli-state-withdrawn = The request has been withdrawn.
cli-state-expired = The time for this registration is over. Register again.
cli-state-failed = The activation code was wrong too often. Register again.
cli-state-unknown = The registration is not complete.

cli-field-edge = The address must begin with https:// and hold nothing after the host name.
cli-field-tenant = A tenant domain consists of letters a to z, digits and hyphens.
cli-field-name = A name of 1 to 100 characters is needed.
cli-field-email = This is not a valid mail address. Check that it has the form name@example.com, without spaces in it.
cli-field-organization = A company or organisation of 1 to 100 characters is needed.
cli-field-device-name = A name of 1 to 100 characters is needed for this PC.
cli-field-activation-code = This cannot be the activation code: it has 10 letters and digits. It was not sent, and no try was used.
cli-field-path = This path does not lie in the tenant's data.

cli-error-field = The value of "{ $field }" was not accepted.
cli-error-file = { $path }: { $detail }
cli-error-output = The result cannot be written: { $detail }
cli-error-network = The service cannot be reached ({ $detail }). Check the connection and the proxy settings.
cli-error-protocol = The service answered unexpectedly ({ $detail }).
cli-error-unknown-tenant = There is no tenant "{ $tenant }" at { $edge }. Check the tenant domain (--tenant); an administrator of your company can tell you.
cli-error-not-a-service = { $edge } does not answer like this service ({ $detail }). Check the address (--edge or TEGATA_EDGE).
cli-error-oauth = The service refused the request: { $code }. { $detail }
cli-error-problem = { $title }. { $detail }
cli-error-problem-field = { $field }: { $problem }
cli-error-status = The service answered with status { $status }.
cli-error-too-often = Too many requests. Try again in { $seconds } s.
cli-error-clock = The clock of this PC is { $seconds } seconds off. Set it and try again.
cli-error-not-registered = No registration is pending or complete on this PC. Start with "tegata viewer register".
cli-error-already-registered = This PC has a registration already. See "tegata viewer status", or give it up with "tegata viewer forget".
cli-error-still-pending = This PC has not been let in yet. See "tegata viewer status".
cli-error-revoked = This PC is no longer accepted. Run "tegata viewer forget" and register again.
cli-error-malformed = { $path } is damaged or from another version.
cli-error-key-missing = The key file { $path } is missing. A copied folder gives no access: register on this PC. To start afresh here, run "tegata viewer forget --offline".
cli-error-key-mismatch = The key in { $path } does not belong to this registration. To start afresh, run "tegata viewer forget --offline".
cli-error-exposed = Others on this PC have access to { $path } (mode { $mode }). Check who may have read it, then restrict it to yourself (files 0600, folder 0700).
cli-error-busy = Another command has been using { $path } for too long.
cli-error-no-home = No folder for the data can be found. Name one with --data-dir or TEGATA_DATA_DIR.

cli-receipt-valid = The receipt is genuine and unchanged.
cli-receipt-partial = It is one approval of several that were required, and did not settle the question by itself.
cli-receipt-malformed = This is not a receipt, or it is damaged.
cli-receipt-algorithm = The receipt is not signed with EdDSA but with "{ $name }". Do not trust it.
cli-receipt-type = This is a document of type "{ $name }", not a receipt.
cli-receipt-unknown-key = The key file has no receipt key "{ $kid }".
cli-receipt-ended-key = The receipt says that it was signed after its key "{ $kid }" was retired. Do not trust it.
cli-receipt-signature = The signature is wrong: the receipt was changed, or is not from this deployment.
cli-receipt-text = The statement is not the text that was approved.
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
cli-audit-covered = Signed heads confirm it up to entry { $entry }.
cli-audit-uncovered = No signed heads were given (--heads): entries missing at the end would not be noticed.
cli-audit-heads-found = Signed heads: { $file }, which lies beside the log.
cli-audit-beyond = The entries after it follow from it, but no signed head confirms them yet.
cli-audit-unsigned = Only the chain of hashes was checked. No signature was: there are no signed heads, neither given (--heads) nor in a heads.json beside the log.
cli-audit-open-end = Entries missing at the end would not be noticed.
cli-audit-not-an-entry = Entry { $entry }: the line is not an entry of an audit log ({ $detail }).
cli-audit-spelling = Entry { $entry }: the line is not written as it was exported.
cli-audit-number = Entry { $entry }: entry { $found } stands in its place. An entry was removed, added, repeated or moved.
cli-audit-previous = Entry { $entry }: it does not follow from the entry before it. One of the two was exchanged.
cli-audit-hash = Entry { $entry }: it was changed. Its hash is not that of its content.
cli-audit-head = Entry { $entry }: a signed head names another hash. The log was written anew.
cli-audit-cut-off = Entry { $entry }: a signed head confirms it, but the log ends before it. The log was cut off.
cli-audit-before = Entry { $entry }: a signed head confirms it, but the log begins after it.
cli-audit-noted = Entry { $entry }: the log ends here, and no entry has the hash that was noted.
cli-audit-empty = The audit log has no entries.

cli-head-none = Nothing is signed yet: the first signed head comes about a day after the first entry. Until then, verify without --heads.
cli-head-malformed = Signed head { $place }: this is not a signed head, or it is damaged.
cli-head-unknown-key = Signed head { $place }: the key file has no receipt key "{ $kid }".
cli-head-ended-key = Signed head { $place }: it says that it was signed after its key "{ $kid }" was retired.
cli-head-signature = Signed head { $place }: the signature is wrong. It was changed, or is not from this deployment.
cli-head-issuer = Signed head { $place }: it was issued by { $issuer }.
