# Texts of the page that "tegata viewer open" shows on this PC. It works without JavaScript.

viewer-product = Tegata Viewer
viewer-footer = This page is served by the Viewer on this PC and is open in this browser only.
viewer-quit = Close the Viewer

# What the command prints.
viewer-opened = The Viewer is open in the browser. Keep this program running; stop it with Ctrl-C.
viewer-open-here = To open the Viewer, use this address once: { $url }

# The page behind the one-time address.
viewer-start-title = Open the Viewer
viewer-start-body = The Viewer on this PC is ready.

# Where there is nothing to show.
viewer-refusal-spent-title = This address has already been used
viewer-refusal-spent-body = Each address opens the Viewer once. If the Viewer is open in another tab, continue there. Otherwise start the Viewer again.
viewer-refusal-no-session-title = The Viewer is not open in this browser
viewer-refusal-no-session-body = Start the Viewer again on this PC. It opens in your browser by itself.
viewer-refusal-other-site-title = The request was refused
viewer-refusal-other-site-body = It did not come from a page of the Viewer. Nothing was changed.
viewer-closed-title = The Viewer has been closed
viewer-closed-body = You can close this page. A permission or a request stays as it is. To continue, start the Viewer again.
viewer-trouble-title = The Viewer cannot continue

# The request (K2).
viewer-request-title = Request permission for this PC
viewer-request-lead = An administrator of your company is asked by email. Once they approve, you receive an activation code by email and enter it here.
viewer-request-service = Service
viewer-request-domain = Domain
viewer-request-email-hint = Your company email address. The activation code is sent there.
viewer-request-device-hint = The administrator sees this name. Choose one by which they recognise this PC.
viewer-request-edge-hint = Ask an administrator of your company, or the provider of the service. Example: https://tegata.example.com
viewer-request-tenant-hint = The domain in the login URL of your company. Example: aozora
viewer-request-button = Request activation code

# Waiting.
viewer-waiting-title = Waiting for approval
viewer-waiting-body = The administrators of { $tenant } have been asked by email. As soon as one of them has answered, this page shows it.
viewer-waiting-unknown-title = The request has been sent
viewer-waiting-unknown-body = The Viewer is asking the service how the request stands.
viewer-waiting-address-title = Confirm your email address
viewer-waiting-address-body = Open the link in the email to { $email }, and confirm there that the address is yours. The administrators are asked after that.
viewer-waiting-tokens-title = Almost done
viewer-waiting-tokens-body = The request was accepted. The Viewer is fetching the permission.
viewer-waiting-away = You can close this page and start the Viewer again later. The request stays open.
viewer-waiting-email = Emails go to
viewer-waiting-until = Open until
viewer-waiting-user-code = User code
viewer-waiting-elsewhere = Enter the code on the service's page instead
viewer-waiting-resend = Send the email again
viewer-waiting-withdraw = Withdraw the request

# The activation code (K4).
viewer-code-title = Enter the activation code
viewer-code-body = Your request was approved. The activation code is in the email to { $email }.
viewer-code = Activation code
viewer-code-hint = 10 letters and digits. Capitals, spaces and the hyphen do not matter.
viewer-code-button = Activate
viewer-code-early = The request has not been approved yet, so the code was not tried. You receive the code by email after the approval.
viewer-code-busy = The service asks for a short break. The code was not tried. Please press the button again.
viewer-code-tries = Attempts left: { $tries }
viewer-code-lost = { $detail } It is unknown whether the code arrived. Wait a moment to see whether this page goes on before you enter it again: it may have counted as an attempt.

# Permitted.
viewer-active-title = This PC can view the data
viewer-active-status = Status
viewer-active-data = View data
viewer-active-name = Name
viewer-active-email = Email address
viewer-active-organization = Company or organisation
viewer-active-device = Name of this PC
viewer-active-since = Permitted since
viewer-active-confirmed = Last confirmed by the service
viewer-active-check = Check now
viewer-active-known = What follows is what this PC knows from before.
viewer-active-give-up = Give up the permission

# How it ended.
viewer-ended-refused-title = The request was refused
viewer-ended-refused-body = An administrator of { $tenant } refused the request. If this is a mistake, talk to them before you ask again.
viewer-ended-expired-title = The request has expired
viewer-ended-expired-body = Nobody answered in time, or the activation code was not entered in time. Nobody refused it: you can ask again.
viewer-ended-withdrawn-title = The request was withdrawn
viewer-ended-withdrawn-body = If you still need to view the data, you can ask again.
viewer-ended-failed-title = Too many incorrect activation codes
viewer-ended-failed-body = The request has ended. You can ask again; a new code is sent after the approval.
viewer-ended-unknown-title = The request has ended
viewer-ended-unknown-body = The service no longer knows the request. You can ask again.
viewer-ended-revoked-title = This PC is no longer permitted
viewer-ended-revoked-body = The permission was revoked, or it has run out. If you still need to view the data of { $tenant }, you can ask again.
viewer-ended-told = The service said so on
viewer-ended-reason = Reason for refusal
viewer-ended-again = Request again
viewer-ended-delete = Delete what is stored on this PC

# Giving up.
viewer-forget-title = Give up the permission?
viewer-forget-body = This PC can then no longer view the data of { $tenant }. To view it again, an administrator has to approve a new request.
viewer-forget-button = Give up the permission
viewer-withdraw-title = Withdraw the request?
viewer-withdraw-body = The administrators are no longer asked. You can send a new request at any time.
viewer-withdraw-button = Withdraw the request
viewer-delete-title = Delete what is stored on this PC?
viewer-delete-body = The Viewer then starts anew with the request.
viewer-delete-offline = The service is not told. If this PC is still permitted, ask an administrator to revoke its permission.
viewer-delete-button = Delete
viewer-delete-only = The service is not told. Delete only what is stored on this PC

# Data.
viewer-data-title = Data of { $tenant }
viewer-data-path = Path
viewer-data-path-hint = Where the data is, as your administrator or provider names it. Example: /machines.json
viewer-data-show = Show
viewer-data-save = Save as a file
viewer-data-type = Type
viewer-data-size = Size
viewer-data-bytes =
    { $bytes ->
        [one] one byte
       *[other] { $bytes } bytes
    }
viewer-data-content = Content
viewer-data-empty = There is no content.
viewer-data-unshown = Content of this type cannot be shown here. You can save it as a file.
viewer-data-large = It is too large to be shown here. You can save it as a file.
viewer-data-page = Shown without scripts, links and external content.
viewer-data-source = As text

# What is different here from the command.
viewer-error-unknown-tenant = The service does not know the domain "{ $tenant }". An administrator of your company can tell you the domain.
viewer-error-not-a-service = { $edge } does not answer like this service ({ $detail }). Please check the address.
viewer-error-not-registered = This PC has no permission yet.
viewer-error-already-registered = This PC has a request or a permission already. It is shown on the first page.
viewer-error-still-pending = This PC has not been permitted yet.
viewer-error-key-missing = The key file { $path } is missing. Copying the folder does not copy the permission. Delete what is stored on this PC, and request permission for it.
viewer-error-key-mismatch = The key in { $path } does not belong to this registration. Delete what is stored on this PC, and request permission for it again.
viewer-error-busy = Another program has been using { $path } for too long. Please try again.
