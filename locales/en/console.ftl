# The administrators' console. Requirement ids in comments are those of requirements.md.

# The frame.
console-window = { $title } - { $tenant } - { $product }
console-window-own = { $title } - { $tenant }
console-skip = Skip to content
console-menu = Menu
console-me = { $name }
console-languages = Language
console-zone = Times are shown in { $zone }.
console-zone-choice = { $name } ({ $zone })
console-nav = Main menu
console-nav-waiting = { $count } waiting
console-nav-overview = Home
console-nav-permissions = Approvals and permissions
console-nav-registrations = Requests
console-nav-questions = Provider questions
console-nav-devices = PCs
console-nav-people = Users/Org
console-nav-users = Users
console-nav-organizations = Organisations
console-nav-administrators = Administrators
console-nav-settings = Settings and records
console-nav-policies = Policies
console-nav-mails = Unsent emails
console-nav-audit = Audit log
console-nav-help = Support
console-nav-inquiries = Inquiries
console-nav-desk = Support desk
console-nav-customers = Customers
console-nav-desk-applications = Applications
console-nav-desk-inquiries = Customer inquiries
console-nav-desk-questions = Customer questions
console-nav-face = Branding and contact
console-missing-title = Page not found
console-missing-body = Please check the address.
console-missing-back = Go to the start page
console-forbidden-title = You do not have access to this page
console-forbidden-body = If you need access, ask a system administrator.

# Words of many pages.
console-loading = Loading…
console-sending = Sending…
console-retry = Try again
console-close = Close
console-cancel = Cancel
console-save = Save
console-saved = Saved.
console-add = Add
console-remove = Remove
console-change = Change
console-change-of = Change "{ $name }"
console-delete = Delete
console-undo = Undo
console-undone = Change undone.
console-act-on = { $act }: { $name }
console-details = Details
console-copy = Copy
console-copied = Copied.
console-choose = Please select
console-yes = Yes
console-no = No
console-none = –
console-never = Never
console-comma = ,{" "}
console-optional = {" "}(optional)
console-required = This field is required.
console-required-of = { $field } is required.
console-required-choice = Choose: { $field }.
console-errors = Please check what you entered
console-error-of = { $field }: { $error }
console-draft = Your unsaved changes have been restored.
console-draft-discard = Discard them
console-draft-discarded = Your unsaved changes have been discarded.
console-conflict-title = Someone else changed this first
console-conflict-lead = These fields were changed while you were editing. Choose which values to keep, then save.
console-conflict-none = The other changes do not overlap with yours. You can save.
console-conflict-theirs = Their change
console-conflict-mine = Your change
console-conflict-save = Save selected values
console-search = Search
console-filter-state = Status
console-filter-all = All
console-filter-sort = Sort by
console-order-newest = Newest first
console-order-oldest = Oldest first
console-inquiries-search = Subject or sender
console-desk-inquiries-search = Subject, customer or sender
console-filter-clear = Clear filters
console-list-count = Showing { $count }.
console-list-empty = No results. Try changing the filters.
console-list-changed = There are changes. Show the latest
console-list-more = Show more
console-export-csv = Save as CSV
console-confirm-typed-wrong = This does not match the text shown.
console-receipt = Save the signed receipt
console-receipt-hint = It records who answered, when, and to which text. Anyone can verify that it has not been changed.
console-unit-minutes = minutes
console-unit-hours = hours
console-unit-days = days
console-unit-of = Unit of "{ $field }"
console-duration-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
console-duration-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
console-duration-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }

# Why something was not done.
console-problem-failed = Something went wrong. Please try again. If the problem persists, contact the support desk.
console-problem-offline = Cannot reach the server. Please check your network connection and try again.
console-problem-unavailable = The service is temporarily unavailable. Nothing has been changed. Please try again in a few minutes.
console-problem-invalid-field = Some of the values are not valid. Please check what you entered.
console-problem-wrong-credentials = The account name or password is incorrect.
console-problem-too-many-requests = Too many attempts. Please try again in about { $minutes } min.
console-problem-forbidden = You do not have permission to do this. If you need it, ask a system administrator.
console-problem-wrong-origin = This page was opened at an address that does not belong to the service. Please open it from the link in your email.
console-problem-suspended = Your company's use of the service is currently suspended. Please contact the support desk.
console-problem-not-found = Not found. It may have been deleted.
console-problem-account-taken = This account name is already in use. Please choose another.
console-problem-slug-taken = This domain is already in use. Please choose another.
console-problem-changed = Someone else changed this first. Please check the current values.
console-problem-last-administrator = There must be at least one system administrator. Make someone else a system administrator first.
console-problem-support-options-used-up = No more than five people per contract can have the support option. Remove it from someone else first.
console-problem-organization-not-empty = This organisation still contains users or other organisations. Move them first.
console-problem-not-empty = Users, organisations or an account still belong to this item. Move or delete them first.
console-problem-conflict = This is not possible in the current state. Reload the page to see the latest status.
console-problem-decided = Someone else has already answered this request. The first answer counts.
console-problem-question-closed = This question can no longer be answered: someone else has answered it, the provider has withdrawn it, or it has expired.
console-problem-payload-too-large = What you sent is too large.
console-problem-new-password-required = Please set your own password first.
console-problem-passkey-unused = The passkey was not used. Please try again.
console-problem-passkey-known = That device already has a passkey for this account.
console-problem-passkey-host = Passkeys cannot be used at this address.
console-problem-passkey-required = Please use your passkey first.
console-problem-password-required = This account requires your password as well as a passkey. Please log in with your password first.
console-problem-no-passkey = You do not have a passkey yet. Please add one first.
console-problem-last-passkey = This is your last passkey. Add another one first, or stop requiring a passkey at login.

# What is wrong with a field.
console-invalid-value = This value is not valid. Please check it.
console-invalid-name = Please enter 1 to 100 characters on one line.
console-invalid-phonetic = Please enter katakana. Hiragana and half-width katakana are converted automatically.
console-invalid-organization = This organisation cannot be selected. Please select another.
console-invalid-parent = It cannot be moved there. Please select another organisation.
console-invalid-account = Please enter 2 to 64 characters: a-z, 0-9, ".", "_" and "-", starting with a letter or digit.
console-invalid-slug = Please enter 3 to 40 characters: a-z, 0-9 and single hyphens, starting and ending with a letter or digit.
console-invalid-domains = Please enter domains such as "example.com", one per line.
console-invalid-life = Please enter a period from one minute to 30 days.
console-invalid-device-life = Please enter a period from one hour to ten years (3660 days), or leave the field empty.
console-invalid-origin = Please enter a URL that starts with "https://", without a user name, "?" or "#". It must point to a server on the public internet, and not to this service.
console-invalid-long = This is too long or contains characters that cannot be used.
console-invalid-email = Please check the email address (for example taro@example.com).

# Passwords.
console-password = Password
console-password-new = New password
console-password-current = Current password
console-password-again = Confirm password
console-password-ends = Changing it logs you out everywhere else and revokes all your access tokens.
console-password-change = Change password
console-password-changed = Your password has been changed.
console-password-differs = The passwords do not match.
console-password-show = Show
console-password-length = Characters: { $length }
console-password-rules = Please check the password rules.
console-password-rule-length = 15 to 128 characters. A long sentence is secure and easy to remember.
console-password-rule-any = Any characters, including spaces. No particular mix is required.
console-password-rule-known = Not a common password, a single repeated character, or just your name or company.
console-password-too-short = Please use at least 15 characters.
console-password-too-long = Please use at most 128 characters.
console-password-known = This password is too common. Please choose another.
console-password-context = This can be guessed from your name, account or company. Please choose another.
console-password-repetitive = This repeats the same characters or follows a simple sequence. Please choose another.

# Before the login.
console-login-title = Log in to the console
console-login = Log in
console-logout = Log out
console-login-forgotten = Forgot your password?
console-login-passkey = Log in with a passkey
console-second-step-title = Confirm with your passkey
console-second-step-lead = Your password is correct, { $name }. This account also requires a passkey. Please continue within 5 minutes.
console-second-step-go = Use passkey
console-second-step-lost = If you have lost all your passkeys, ask another administrator or the support desk for a new temporary password. This removes your passkeys.
console-second-step-back = Back to login
console-login-locked-title = Login is temporarily locked
console-login-locked-body = Login is locked for about { $minutes } min. after several failed attempts. If you forgot your password, set a new one.
console-login-locked-left = Time left: { $time }
console-login-expired = Your session has expired. Log in again to return to the page you were on. What you entered has been kept.
console-login-left = You have been logged out.
console-login-reset = Your new password has been set. Please log in with it.
console-door-foot = This page is for { $tenant } only (domain: { $slug }).
console-forgotten-title = Set a new password
console-forgotten-lead = Enter your account name. We will send a link to set a new password to your main email address.
console-forgotten-send = Send email
console-forgotten-sent = If the account exists, an email is on its way. If it does not arrive, check the account name or ask a system administrator.
console-forgotten-back = Back to login
console-reset-title = Set a new password
console-reset-lead = Once it is set, you will be logged out everywhere else.
console-reset-invalid-title = This link cannot be used
console-reset-invalid-body = It has expired or has already been used. Request a new one on the login page.
console-new-password-title = Choose your own password
console-new-password-lead = Welcome, { $name }. Replace the temporary password with one that only you know.
console-new-password-save = Set password
console-fresh-title = Enter your password again
console-fresh-lead = This is a sensitive operation, so please confirm that it is you.
console-fresh-wrong = The password is incorrect.
console-fresh-go = Continue
console-fresh-passkey-title = Confirm with your passkey again
console-fresh-passkey = Use passkey
console-passkey-waiting = Waiting for your device…
console-passkey-wrong = This passkey is not accepted here. It may belong to another account, or it may have been removed.
console-passkey-no-browser = This browser does not support passkeys.

# Names of fields.
console-field-name = Name
console-field-person = Name
console-field-phonetic = Phonetic name
console-field-email = Email address
console-field-emails = Email addresses
console-field-company = Company
console-field-device = PC
console-field-domain = Domain
console-field-organization = Organisation
console-field-account = Account
console-field-role = Role
console-field-support = Support option
console-field-locale = Language
console-field-zone = Time zone
console-field-state = Status
console-field-requested = Requested
console-field-answer-by = Answer by
console-deadline-soon = Under 24 hours
console-field-until = Expires
console-field-approved = Approved
console-field-activated = In use since
console-field-last-used = Last used
console-field-last-login = Last login
console-field-revoked = Revoked
console-field-created = Created
console-field-updated = Updated
console-field-external = External ID
console-field-key = PC key
console-field-key-yes = Yes (copied credentials do not work on another PC)
console-field-key-no = None

# The overview.
console-overview-lead = Hello, { $name }. Items that need your attention are listed first.
console-overview-number = { $count }
console-overview-hundred = 100+
console-overview-registrations =
    { $count ->
        [0] No requests waiting for an answer
        [one] request waiting for an answer
       *[other] requests waiting for an answer
    }
console-overview-questions =
    { $count ->
        [0] No questions waiting for an answer
        [one] question waiting for an answer
       *[other] questions waiting for an answer
    }
console-overview-inquiries =
    { $count ->
        [0] No new answers
        [one] inquiry has a new answer
       *[other] inquiries have new answers
    }
console-overview-desk-applications =
    { $count ->
        [0] No open applications
        [one] { $overdue ->
            [0] application waiting for an answer
           *[other] application waiting for an answer (overdue)
        }
       *[other] { $overdue ->
            [0] applications waiting for an answer
           *[other] applications waiting for an answer ({ $overdue } overdue)
        }
    }
console-overview-desk-inquiries =
    { $count ->
        [0] No open inquiries
        [one] inquiry waiting for an answer
       *[other] inquiries waiting for an answer
    }
console-overview-desk-questions =
    { $count ->
        [0] No questions waiting for an answer
       *[other] Waiting for customers to answer
    }
console-overview-customers = { $count }
console-overview-all = Registered
console-overview-unfinished = Setup not finished
console-overview-all-customers = View all customers
console-overview-face = Your customers do not yet see how to contact your support desk.
console-overview-face-go = Set up branding and contact
console-overview-mails =
    { $count ->
        [0] No unsent emails
        [one] unsent email
       *[other] unsent emails
    }
console-overview-second = There is only one system administrator. We recommend adding a second one, in case of absence or a lost password.
console-overview-latest = Recent activity
console-overview-audit = View the full audit log
console-setup-title = Setup
console-setup-progress = { $done } of { $of } done
console-setup-finished = Complete
console-setup-done = Done
console-setup-password = Replace the temporary password with your own.
console-setup-second_administrator = Add another system administrator in case one cannot log in.
console-setup-policies = Review your email domains and time limits, then save.
console-setup-first_user = Add a user besides the administrators.
console-setup-first_device = Ask from a Viewer on a PC, and approve the request.
console-step-password = Your own password
console-step-second_administrator = A second system administrator
console-step-policies = Review the policies
console-step-first_user = The first user
console-step-first_device = The first PC
console-chart-title = Requests in the last 30 days
console-chart-summary = In the last 30 days: { $requests } requests, { $approved } approved, { $refused } refused.
console-chart-table = Show the daily numbers as a table
console-chart-day = Day
console-chart-requests = Requests
console-chart-approved = Approved
console-chart-refused = Refused

# Requests.
console-registrations-lead = Requests from Viewers on PCs to view your data.
console-registrations-waiting = Waiting for an answer
console-registrations-none = No requests waiting for an answer.
console-registrations-search = Name, email, company or PC
console-registration-title = Request
console-registration-of = Request from { $name } ({ $device })
console-registration-outside = Outside your domains
console-registration-outside-lead = Caution: the requester's email address ({ $email }) is outside your company's domains. Do not approve unless you have confirmed the request directly with that person, for example by phone.
console-registration-statement = The request
console-registration-state-awaiting_address = Waiting for the email address to be confirmed
console-registration-state-awaiting_approval = Waiting for an answer
console-registration-state-awaiting_code = Activation code to be entered
console-registration-state-activated = Activated
console-registration-state-redeemed = In use
console-registration-state-refused = Refused
console-registration-state-withdrawn = Withdrawn
console-registration-state-expired = Expired
console-registration-state-failed = Failed (too many wrong codes)
console-decide-title = Your answer
console-decide-to-approve = To approve
console-decide-confirm = I have checked who the requester is, that they belong to our company, and their email address.
console-decide-unconfirmed = To approve, tick "{ $tick }", then press "Approve" again.
console-decide-to-refuse = To refuse
console-decide-refuse-confirm = I refuse this request.
console-decide-refusal-unconfirmed = To refuse, tick "{ $tick }", then press "Refuse" again.
console-decide-both = Both answers are ticked. Tick only one of them, then press its button again.
console-decide-reason = Reason for refusal
console-decide-reason-hint = Up to 500 characters. If you refuse, the requester will see it.
console-decide-reason-long = The reason can be up to 500 characters long.
console-decide-approve = Approve
console-decide-refuse = Refuse
console-decide-approved = You approved the request.
console-decide-refused = You refused the request. The requester will be notified by email.
console-decision-title = Answer
console-decision-approved = Approved by { $name }
console-decision-refused = Refused by { $name }
console-decision-reason = Reason: { $reason }

# The provider's questions (B12).
console-questions-lead = Questions from your service provider. Answer each one by approving (yes) or refusing (no).
console-questions-waiting = Waiting for an answer
console-questions-none = No questions waiting for an answer.
console-questions-never = There are no questions yet.
console-question-title = Subject
console-question-text = Question
console-question-reference = Reference
console-question-by = Asked by
console-question-asker = { $name } ({ $provider })
console-question-asked = Asked
console-question-state-open = Waiting for an answer
console-question-state-approved = Approved
console-question-state-refused = Refused
console-question-state-expired = Expired (no answer)
console-question-state-withdrawn = Withdrawn
console-question-confirm = I have read the question, and I am authorised to answer it.
console-question-refuse-confirm = I refuse this question.
console-question-reason-hint = Up to 500 characters. If you refuse, the provider will see it.
console-question-said-approved = You approved the question. The person who asked will be notified by email.
console-question-said-refused = You refused the question. The person who asked will be notified by email.
console-question-said-agreed = You approved the question. Other approvers must approve it too.
console-question-own = You have approved this question. Waiting for other approvers.
console-question-agreed = Approvals
console-question-several = { $required } approvers must approve this question. Approved so far: { $agreed }.
console-question-agreed-by = Approved by { $name }

# PCs.
console-devices-lead = PCs that are permitted to view your data. Revoke the permission if a PC is lost or its user leaves.
console-devices-none = No PCs are in use.
console-device-title = PC
console-device-no-end = Until revoked
console-device-revoke = Revoke permission
console-device-revoke-title = Revoke this PC's permission?
console-device-revoke-body = { $name }'s PC "{ $device }" will no longer be able to view data. Using it again requires a new request and approval.
console-device-revoked = The permission has been revoked.
console-device-state-active = In use
console-device-state-revoked = Revoked
console-device-state-expired = Expired

# Users.
console-user-title = User
console-user-record = Details
console-user-add = Add User
console-user-added = { $name } has been added.
console-user-delete = Delete user
console-user-delete-title = Delete { $name }?
console-user-delete-body = { $name }'s details will be permanently deleted. The audit log keeps its entries.
console-user-delete-account-first = Delete this user's account first.
console-user-deleted = { $name } has been deleted.
console-users-none = There are no users yet.
console-users-search = Name, email or account
console-users-with-account = With an account
console-users-without-account = Without an account
console-phonetic-hint = For Japanese names, in katakana. Hiragana is converted automatically.
console-emails-hint = Notifications and passwords are sent to the main address.
console-emails-address = Email address { $number }
console-emails-kind = Type of email address { $number }
console-emails-is-main = Main
console-emails-main-of = { $email } (main)
console-emails-main = Please select one main email address.
console-emails-wrong = Please check the email addresses (for example taro@example.com). Each address can be entered only once.
console-emails-empty = Please enter an email address, or remove the field.
console-emails-add = Add email address
console-email-type-work = Work
console-email-type-home = Home
console-email-type-mobile = Mobile
console-email-type-other = Other

# Accounts.
console-account-title = Account
console-account-name = Account name
console-account-name-hint = Used to log in: 2 to 64 characters, a-z, 0-9, ".", "_" and "-". It cannot be changed later.
console-account-without = This user does not have an account and cannot log in to the console.
console-account-give = Create account
console-account-given = An account has been created for { $name }. The password must be changed at the first login.
console-account-mailed = An account has been created for { $name }, and the login details have been sent by email.
console-account-first = Temporary password
console-account-first-mailed = Send by email
console-account-first-mailed-hint = A password is generated and sent to the main email address.
console-account-first-typed = Enter here
console-account-first-typed-hint = Give it to the person in a safe way, for example face to face.
console-account-organization-hint = This account can manage only this organisation and those below it.
console-account-delete = Delete account
console-account-delete-title = Delete this account?
console-own-role-title = Change your own role?
console-own-role-body = As { $role }, you will no longer be able to do everything you can do now. Only another system administrator can undo this.
console-account-delete-body = { $name } will be logged out immediately and can no longer log in. The user is kept.
console-account-deleted = { $name }'s account has been deleted.
console-account-state-active = In use
console-account-state-lapsed = Temporary password expired
console-account-state-invited = Waiting for first login
console-reissue = Reset password
console-reissue-title = Reset this password?
console-reissue-body = { $name }'s current password and passkeys will stop working, and all sessions will end. A new temporary password will be sent to { $email }.
console-reissued = A new temporary password has been sent to { $email }.
console-support-hint = Receives alert emails and can contact support. Up to five system administrators per contract.
console-role-system_administrator = System administrator
console-role-organization_administrator = Organisation administrator
console-role-auditor = Auditor
console-role-support_agent = Support agent
console-role-hint-system_administrator = Every operation in every organisation; also answers requests and questions.
console-role-hint-organization_administrator = Users and accounts of one organisation only.
console-role-hint-auditor = Can view requests, questions, PCs, users, policies and the audit log, but cannot change anything.
console-role-hint-support_agent = Serves the customers: answers their inquiries, and asks them questions.
console-administrators-lead = One account per person. Accounts must never be shared.
console-administrators-add = Choose from users
console-administrator-add = Add administrator
console-administrator-lead = Adds the user and creates their account in one step. They receive the login URL, account name and a temporary password by email.
console-administrator-person = Person
console-administrator-email-hint = The temporary password and notifications are sent to this address.
console-administrator-half = { $name } has been added as a user, but does not have an account yet. Check the details below, then select "Create account".

# Organisations.
console-organizations-lead = Use organisations to group users by department or site, and to limit what administrators can manage.
console-organizations-none = There are no organisations yet. Add them only if you need them.
console-organization-add = Add organisation
console-organization-add-below = Add below
console-organization-parent = Parent organisation
console-organization-top = None (top level)
console-organization-none = None
console-organization-users = View users
console-organization-delete-title = Delete "{ $name }"?
console-organization-delete-body = The organisation will be permanently deleted. This is possible only if it contains no users or other organisations.
console-organization-deleted = "{ $name }" has been deleted.

# The audit log.
console-audit-lead = Who did what, and when. Each entry is chained to the previous one by its hash, so any change or deletion can be detected.
console-audit-at = Time
console-audit-action = Action
console-audit-login-failed = Login failed
console-audit-by = By
console-audit-actor = { $name } ({ $kind })
console-audit-only-actor = Show only this actor's entries
console-audit-only-object = Show only entries about this object
console-audit-with = : { $outcome }
console-audit-about = : { $name }
console-audit-address = Network address
console-audit-object = Object
console-audit-account-of = Account of { $name }
console-audit-account-unknown = No such account
console-audit-outcome = Outcome
console-audit-requester = Requester
console-audit-approver = Approver
console-audit-previous = Hash of the previous entry
console-audit-hash = Hash of this entry
console-audit-seq = Number
console-audit-entry = Entry { $seq }
console-audit-from = From
console-audit-to = To
console-audit-export-jsonl = Save as JSONL
console-audit-heads = Signed checkpoints
console-audit-heads-lead = The latest hash, signed at regular intervals. Compare it with a saved audit log to verify that nothing has been altered.
console-audit-heads-show = Show
console-audit-heads-none = There are no signed checkpoints yet.
console-object-registration = Requests
console-object-approval = Answers to requests and questions
console-object-question = Provider questions
console-object-device = PCs
console-object-user = Users
console-object-account = Accounts
console-object-organization = Organisations
console-object-session = Logins
console-object-token = Access tokens
console-object-passkey = Passkeys
console-object-tenant = Contract settings
console-object-customer = Customers
console-object-inquiry = Inquiries
console-object-application = Applications
console-object-outbox = Emails
console-outcome-done = Done
console-outcome-approved = Approved
console-outcome-refused = Refused
console-outcome-mailed = Email sent
console-outcome-asked = Passed to the customer
console-outcome-revoked = Revoked
console-outcome-ended = Ended
console-outcome-signed_out = Logged out
console-outcome-wrong_password = Wrong password
console-outcome-suspended = Suspended
console-outcome-too_many = Too many
console-outcome-given_back = Given back
console-outcome-refresh_token_reused = Spent token used again
console-outcome-passkey = Logged in with a passkey
console-outcome-password_and_passkey = With password and passkey
console-outcome-passkey_awaited = Password correct, passkey pending
console-outcome-password_missing = Passkey correct, password missing
console-outcome-wrong_passkey = Wrong passkey
console-outcome-passkey_went_back = Passkey's counter went back (may be a copy)
console-outcome-on = Turned on
console-outcome-off = Turned off
console-outcome-right = Correct
console-outcome-wrong = Incorrect
console-outcome-tries =
    { $tries ->
        [one] { $outcome } (one attempt)
       *[other] { $outcome } ({ $tries } attempts)
    }
console-outcome-failed = Failed (too many wrong codes)
console-outcome-nobody = No one assigned
console-outcome-contract = Contract made
console-outcome-declined = Declined
console-actor-kind-operator = Operator
console-actor-kind-requester = Requester
console-actor-kind-approver = Approver
console-actor-kind-device = PC
console-actor-kind-resource_server = Data server
console-actor-kind-system = System
console-actor-kind-account = Administrator
console-actor-kind-token = Access token
console-actor-kind-visitor = Visitor (not logged in)
console-actor-kind-desk = Support desk
console-action-account-create = Account created
console-action-account-delete = Account deleted
console-action-account-invite = Invitation sent again
console-action-account-lock = Account locked
console-action-account-reissue = Password reset
console-action-account-update = Account changed
console-action-administrator-create = Administrator added
console-action-application-create = Application recorded
console-action-application-close = Application closed
console-action-approval-agree = One of several approvals given
console-action-approval-lapse = Approval cancelled (the approver may no longer approve)
console-action-approval-decide = Request or question answered
console-action-customer-create = Customer registered
console-action-customer-reissue = Password of a customer's administrator reset
console-action-customer-resume = Customer's use resumed
console-action-customer-suspend = Customer's use suspended
console-action-device-create = PC started using the service
console-action-device-revoke = PC permission revoked
console-action-face-update = Branding and contact changed
console-action-inquiry-assign = Inquiry assigned
console-action-inquiry-create = Inquiry sent
console-action-inquiry-answer = Inquiry answered
console-action-inquiry-close = Inquiry resolved
console-action-organization-create = Organisation added
console-action-organization-delete = Organisation deleted
console-action-organization-update = Organisation changed
console-action-outbox-give_up = Email delivery abandoned
console-action-outbox-retry = Email sent again
console-action-account-second_factor = Passkey at login
console-action-passkey-add = Passkey added
console-action-passkey-remove = Passkey removed
console-action-passkey-rename = Passkey renamed
console-action-password-request_reset = Password reset requested
console-action-password-reset = New password set by reset link
console-action-password-set = Password set
console-action-question-ask = Question asked
console-action-question-withdraw = Question withdrawn
console-action-registration-code = Activation code entered
console-action-registration-confirm_address = Email address confirmed
console-action-registration-create = Viewing permission requested
console-action-registration-renew = Request renewed
console-action-registration-resend = Request email sent again
console-action-registration-withdraw = Request withdrawn
console-action-session-authenticate = Identity confirmed again
console-action-session-create = Logged in
console-action-session-end = Logged out
console-action-tenant-create = Contract registered
console-action-tenant-introspection_secret = Secret of the data server renewed
console-action-tenant-resume = Contract resumed
console-action-tenant-suspend = Contract suspended
console-action-tenant-update = Contract settings changed
console-action-token-create = Access token created
console-action-token-revoke = Access token deleted
console-action-user-create = User added
console-action-user-delete = User deleted
console-action-user-update = User changed

# Mails.
console-mails-lead = Emails that could not be sent. Fix the cause, then send them again.
console-mails-none = There are no unsent emails.
console-mail-kind = Type
console-mail-attempts = Attempts
console-mail-error = Last error
console-mail-action = Send again
console-mail-retry = Send again
console-mail-retried = "{ $kind }" is being sent again.
console-mail-kind-first-credential = Temporary password
console-mail-kind-invitation = Invitation, sent again
console-mail-kind-password-reset = Password reset
console-mail-kind-passkey-changed = Passkey added or removed
console-mail-kind-address-changed = Email address changed
console-mail-kind-approval-request = Approval request
console-mail-kind-approval-digest = Summary of approval requests
console-mail-kind-confirm-address = Email address confirmation
console-mail-kind-activation-code = Activation code
console-mail-kind-refused = Request refused
console-mail-kind-alerts = Alerts
console-mail-kind-inquiry-answered = Inquiry answered
console-mail-kind-inquiry-arrived = Inquiry received
console-mail-kind-question-answered = Question answered

# Policies.
console-policies-lead = The rules for letting PCs view your data.
console-contract = Basic information
console-contract-applied = Date of application
console-contract-contact-lead = The person whom the provider contacts about this contract. They do not need the support option.
console-contact = Contact person
console-support-desk = Support desk
console-contact-name = Contact person's name
console-contact-email = Contact person's email address
console-contact-phone = Contact person's phone number
console-contact-phone-wrong = Please enter up to 40 characters on one line.
console-contact-same = The first administrator is the contact person
console-policies-permission = Requests and approval
console-policies-lives = Time limits
console-policies-tenant = Contract
console-policy-name = Company name
console-policy-locale = Default language
console-policy-locale-hint = The initial language of new accounts.
console-policy-zone = Default time zone
console-policy-activation = Activation after approval
console-activation-mailed_code = With an activation code
console-activation-approval_only = By the approval alone
console-activation-hint-mailed_code = The requester enters the code from the email into the Viewer. This proves that the email address is theirs.
console-activation-hint-approval_only = The Viewer works as soon as the request is approved.
console-policy-domains = Your email domains
console-policy-domains-hint = One per line. Approvers see a warning on requests from other domains.
console-policy-confirm-address = Confirm the requester's email address first
console-policy-confirm-address-hint = Administrators are asked to approve only after the requester has confirmed the address with a link.
console-policy-must-log-in = Require login to approve
console-policy-must-log-in-hint = The link in the email is then not enough to approve.
console-policy-key = Permit only PCs that have a key
console-policy-key-hint = Credentials of such a PC do not work without its key, even if copied. PCs that are already permitted are not affected.
console-policy-approval-life = Time allowed for approval
console-policy-approval-life-hint = After this, the request expires.
console-policy-code-life = Activation code valid for
console-policy-code-life-hint = Counted from the approval.
console-policy-device-life = PC permission valid for
console-policy-device-life-hint = Counted from the approval. If empty, it is valid until revoked.
console-policy-origin = Data server URL
console-policy-origin-hint = Where access from permitted PCs is forwarded. Do not change it if you are unsure.
console-policy-origin-title = Change the data server?
console-policy-origin-body = Once saved, Viewers on permitted PCs get their data from the new server. If the URL is wrong, they cannot view any data.
console-policy-origin-body-none = Once saved, Viewers on permitted PCs can no longer view any data.
console-policy-origin-before = Current URL
console-policy-origin-now = New URL
console-policy-origin-none = Not set
console-policy-origin-go = Change and save

# Inquiries.
console-inquiries-lead = Your inquiries to support, and the answers.
console-inquiries-none = There are no inquiries yet.
console-inquiry-title = Inquiry
console-inquiry-new = New inquiry
console-inquiry-new-lead = You will be notified by email when there is an answer.
console-inquiry-subject = Subject
console-inquiry-body = Message
console-inquiry-body-hint = Please describe when it happened, on which page, and what you saw. Never include a password.
console-inquiry-message = Message
console-inquiry-by = Sender
console-inquiry-send = Send
console-inquiry-sent = Your inquiry has been sent.
console-inquiry-messages = Messages
console-inquiry-side-customer = Customer
console-inquiry-side-desk = Support desk
console-inquiry-reply = Reply
console-inquiry-reopen = Reply and reopen
console-inquiry-replied = Your reply has been sent.
console-inquiry-close = Mark as resolved
console-inquiry-close-title = Mark as resolved?
console-inquiry-close-body = "{ $subject }" will be marked as resolved. A later reply reopens it.
console-inquiry-closed = The inquiry has been marked as resolved.
console-inquiry-assigned = Assigned to
console-inquiry-attachments = Attachments
console-inquiry-state-open = Open
console-inquiry-state-answered = Answered
console-inquiry-state-closed = Resolved
console-attachments-hint = Up to 3 files of 1 MB each: PNG, JPEG, PDF, ZIP, GZ, TXT, LOG or CSV.
console-attachments-choose = Choose files
console-attachments-many = Up to 3 files can be attached.
console-attachments-refused = Some files cannot be attached. Remove them, then send again.
console-attachment-type = "{ $name }" is not a file type that can be attached. Put it in a ZIP file.
console-attachments-large = The attachments are too large. Send fewer or smaller ones.
console-attachments-wrong = Some attachments cannot be sent.
console-attachment-wrong = "{ $name }" cannot be sent: its content does not match its extension, or it is text that is not in UTF-8.
console-attachment-large = "{ $name }" is empty or larger than 1 MB and cannot be attached.

# One's own account.
console-me-title = My account
console-me-settings = Display settings
console-me-zone-hint = Used for times in this console and in emails.
console-me-alerts = Alert emails
console-me-alerts-lead = We send an email to { $email } when
console-alert-device = a new PC starts using the service
console-alert-refused = a request is refused
console-alert-lockout = an account is locked after incorrect passwords
console-alert-token_reuse = a spent credential is used again (it may have been copied)
console-alert-data_origin = the data server URL is changed
console-alert-suspended = your use of the service is suspended or resumed
console-alert-undeliverable = an email could not be sent
console-alert-audit = a problem is found in the audit log
console-passkeys-title = Passkeys
console-passkeys-lead = A passkey lets you log in by unlocking your device, for example with a fingerprint or PIN. It never leaves your devices and cannot be used on a fake page.
console-passkeys-none = You have no passkeys.
console-passkey-name = Name
console-passkey-name-hint = Use a name that tells you which device it is.
console-passkey-kept = Stored on
console-passkey-synced = All your synced devices
console-passkey-device = One device
console-passkey-added = Added
console-passkey-acts = Actions
console-passkey-add = Add passkey
console-passkey-add-lead = Give it a name, then follow the instructions in your browser.
console-passkey-go = Continue
console-passkey-is-added = The passkey "{ $name }" has been added.
console-passkey-rename = Rename
console-passkey-rename-title = Rename "{ $name }"
console-passkey-end = Remove
console-passkey-end-title = Remove "{ $name }"?
console-passkey-end-body = You will no longer be able to log in with it. Delete it from your device's password manager too.
console-passkey-ended = The passkey "{ $name }" has been removed.
console-factor = Require a passkey at login
console-factor-state-on = Required
console-factor-state-off = Optional
console-factor-lead = When required, you log in with both your password and a passkey. Neither is enough on its own.
console-factor-none = Once you have added a passkey, you can require it at login in addition to your password.
console-factor-on = Require passkey
console-factor-on-title = Require a passkey at login?
console-factor-on-body = From now on, you log in with both your password and a passkey, and you will be logged out everywhere else. If you lose your passkeys, you cannot log in until you get a new temporary password, so we recommend having at least two passkeys on different devices.
console-factor-off = Stop requiring passkey
console-factor-is-on = A passkey is now required at login.
console-factor-is-off = A passkey is no longer required at login.
console-sessions-title = Active sessions
console-session-browser = Browser
console-session-address = Network address
console-session-began = Logged in
console-session-seen = Last used
console-session-current = This session
console-session-ended = { $browser } has been logged out.
console-tokens-title = Access tokens
console-tokens-lead = For programs that use the API with your permissions. Keep them as safe as a password.
console-tokens-none = You have no access tokens.
console-token = Access token
console-token-new = Create access token
console-token-make = Create
console-token-name = Name
console-token-name-hint = Use a name that says what it is for.
console-token-life = Valid for
console-token-days = { $days } days
console-token-scopes = Permissions
console-token-scopes-hint = Select only what is needed.
console-token-scopes-none = Please select at least one.
console-token-ends = Expires
console-token-end = Delete
console-token-end-title = Delete "{ $name }"?
console-token-end-body = Programs that use this access token will stop working immediately.
console-token-ended = "{ $name }" has been deleted.
console-token-made = "{ $name }" has been created
console-token-once = This is the only time it is shown. Copy it and keep it somewhere safe.
console-token-kept = I have saved it
console-scope-overview = View the home page
console-scope-registrations-read = View requests
console-scope-registrations-decide = Answer requests
console-scope-questions-read = View provider questions
console-scope-devices-read = View PCs
console-scope-devices-revoke = Revoke PC permissions
console-scope-users-read = View users and organisations
console-scope-users-write = Change users and organisations
console-scope-accounts-write = Create and change accounts
console-scope-audit-read = View the audit log
console-scope-policies-read = View policies
console-scope-policies-write = Change policies
console-scope-mails = View and resend emails
console-scope-inquiries = Contact support
console-scope-desk = Serve customers
console-scope-face = Change branding and contact details

# The provider's desk.
console-customers-lead = Register customers, reset their administrators' passwords, and suspend or resume their use.
console-customers-none = There are no customers yet.
console-customers-search = Company or domain
console-customer = Customer
console-customer-add = Register customer
console-customer-added = { $name } has been registered, and the login details have been sent to { $email }.
console-customer-name = Company name
console-customer-slug-hint = Part of the login URL ({ $origin }/t/…/). It cannot be changed later.
console-customer-administrator = First administrator
console-customer-administrator-lead = They receive the login URL, account name and a temporary password by email.
console-customer-credential = Password
console-customer-undeliverable = The email with the temporary password could not be sent ({ $error }). Please check the address.
console-customer-login = Login URL
console-customer-setup = Setup
console-customer-use = Suspend and resume
console-customer-suspend = Suspend
console-customer-suspend-title = Suspend { $name }?
console-customer-suspend-body = Until you resume it, this applies to { $name }:
console-customer-suspend-log-in = No administrator can log in to the console, and open sessions stop working.
console-customer-suspend-view = No permitted PC can view data.
console-customer-suspend-request = No new requests can be made, and no requests or questions can be answered.
console-customer-suspend-kept = Users, permissions and the audit log are kept.
console-customer-suspend-typed = To confirm, type the domain "{ $slug }"
console-customer-suspend-done = { $name } has been suspended.
console-customer-resume = Resume
console-customer-resume-title = Resume { $name }?
console-customer-resume-body = The administrators of { $name } can log in again, and permitted PCs can view data again.
console-customer-resume-done = { $name } has been resumed.
console-customer-state-active = In use
console-customer-state-suspended = Suspended
console-applications-lead = Applications that have no contract yet. Please answer each within three working days of its date. Monday to Friday count as working days; public holidays are not taken into account.
console-applications-none = There are no applications waiting for an answer.
console-applications-closed = Closed
console-application-lead = To be answered by the third working day after the date of application. Monday to Friday count as working days; public holidays are not taken into account.
console-application-add = Record application
console-application-added = The application from { $name } has been recorded.
console-application-domain = Preferred domain
console-application-domain-hint = 3 to 40 characters: a-z, 0-9 and single hyphens. Leave it empty if it has not been decided.
console-application-date-wrong = Please enter a valid date that is not in the future.
console-application-note = Note
console-application-recorded-by = Recorded by
console-application-recorded-at = Recorded
console-application-close = Close application
console-application-outcome = Outcome
console-application-contract-hint = For a contract with a customer who is already registered. To register a new customer, use "Register customer" above; that closes the application as well.
console-application-declined-hint = No contract will be made. The applicant is not sent an email.
console-application-reason = Reason
console-application-customer-wrong = No customer with this domain is registered.
console-application-closed = The application has been closed.
console-application-closed-before = This application has already been closed.
console-application-closed-by = Closed by
console-application-closed-at = Closed
console-application-state-open = Waiting for an answer
console-application-state-closed = Closed
console-application-state-overdue = Overdue
console-application-state-contract = Contract made
console-application-state-declined = Declined
console-desk-inquiries-lead = Inquiries from customers' administrators.
console-desk-inquiries-none = No open inquiries.
console-desk-nobody = Unassigned
console-desk-assigned = Assigned to { $name }.
console-desk-unassigned = Assignment removed.
console-customer-questions = View earlier questions
console-desk-questions-lead = Questions to your customers' approvers, and their answers.
console-desk-questions-none = There are no questions yet. You can ask one from a customer's page.
console-question-new = Ask a question
console-question-new-lead = Every approver of { $name } receives the question by email and approves or refuses it.
console-question-text-hint = Ask a question that can be answered with yes (approve) or no (refuse), in up to 2,000 characters. It appears in the email and in the signed receipt exactly as you write it.
console-question-text-wrong = Please enter up to 2,000 characters, without control characters.
console-question-title-wrong = Please enter 1 to 120 characters on one line.
console-question-reference-hint = For example your ticket number. The approvers see it too.
console-question-life = Time to answer
console-question-life-hour = 1 hour
console-question-life-day = 1 day
console-question-life-3-days = 3 days
console-question-life-7-days = 7 days
console-question-life-30-days = 30 days
console-question-required = Required approvals
console-question-required-hint = The question is approved once this many approvers have approved it. A single refusal means it is refused.
console-question-required-count = { $count }
console-question-required-wrong = The customer does not have that many approvers. Please select a smaller number.
console-question-send = Send question
console-question-sent = The question has been sent. You will be notified by email when it is answered.
console-question-withdraw = Withdraw question
console-question-withdraw-title = Withdraw this question?
console-question-withdraw-body = The customer will no longer be able to answer "{ $title }". This cannot be undone.
console-question-withdrawn = The question has been withdrawn.
console-face-lead = What your customers see in their console, on approval pages and in emails.
console-face-name = Name
console-face-name-hint = The name of your company or service. It heads the pages if there is no logo.
console-face-contact = Contact details
console-face-contact-hint = How customers reach you, such as a telephone number and opening hours. One per line, up to five lines.
console-face-contact-wrong = Please enter at most five lines of up to 120 characters each.
console-face-look = Logo and colour
console-face-logo = Logo
console-logo-hint = PNG, up to 48 KB and 1200 pixels wide and high. Choose one that looks good on white.
console-logo-now = Current logo
console-logo-choose = Choose a file
console-logo-change = Choose another file
console-logo-remove = Remove logo
console-logo-large = The file is larger than 48 KB. Please make it smaller.
console-logo-wide = The image is more than 1200 pixels wide or high. Please make it smaller.
console-logo-wrong = This is not a PNG image. Please save it as PNG.
console-face-accent = Accent colour
console-face-accent-pick = Pick the accent colour
console-face-accent-none = Use the standard colour
console-face-accent-hint = The colour of buttons and links, for example #0b5394. It is lightened or darkened where text would be hard to read.
console-face-accent-wrong = Please enter "#" and six digits or letters from a to f, for example #0b5394.
console-face-mails = Emails
console-face-sender = Sender name
console-face-sender-hint = Shown as the sender of emails. If empty, the standard name is used.
console-face-reply-to = Reply-to address
console-face-reply-to-hint = Where customers' replies to emails go.
console-face-preview = Preview
console-face-light = On a light screen
console-face-dark = On a dark screen
console-face-saved = Saved. Your customers will see the changes within a few minutes.
