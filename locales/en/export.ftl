# Lists as tables (CSV): headings, and the values that the console does not name (B17).
export-in-zone = { $name } ({ $zone })
export-zone-central-europe = Central European Time
export-yes = Yes
export-no = No

# Headings of several lists.
export-id = ID
export-state = Status
export-person = Name
export-email = Email address
export-company = Company
export-device = PC
export-answer-by = Answer by
export-answer = Answer
export-answered-by = Answered by
export-answered = Answered
export-reason = Reason for refusal
export-subject = Subject
export-domain = Domain
export-customer = Customer
export-created = Created
export-updated = Updated

# Requests and PCs.
export-key = PC key
export-outside = Outside your domains
export-requested = Requested
export-approved = Approved
export-activated = In use since
export-until = Expires
export-revoked = Revoked
export-last-used = Last used
export-thumbprint = Key thumbprint

# Equipment.
export-model = Model
export-serial-number = Serial number
export-place = Place
export-responsible = IDs of responsible administrators
export-remote-assistance = Remote assistance allowed
export-manual-launch = Manual launch allowed
export-notes = Notes
export-registered = Registered
export-retired = Retired

# Users and organisations.
export-phonetic = Phonetic name
export-organization = Organisation ID
export-external = External ID
export-account = Account name
export-role = Role
export-administered = Administered organisation ID
export-support = Support option
export-account-state = Account status
export-last-login = Last login
export-name = Name
export-parent = Parent organisation ID

# The audit log.
export-number = Number
export-at = Time
export-actor-kind = Type of actor
export-actor = Actor ID
export-address = Network address
export-action = Action
export-object = Object
export-outcome = Outcome
export-requester = Requester
export-approver = Approver
export-previous = Hash of the previous entry
export-hash = Hash of this entry
export-actor-name = Name of actor
export-object-name = Name of object

# Inquiries and customers.
export-sender = Sender
export-messages = Number of messages
export-assigned = Assigned to
export-language = Language
export-zone = Time zone
export-setup-done = Setup steps done
export-setup-of = Setup steps in total
export-administrators = Number of system administrators

# The provider's questions.
export-question = Question
export-reference = Reference
export-provider = Service provider
export-asked-by = Asked by
export-asked = Asked
export-required = Required approvals

# Mails.
export-kind = Type
export-recipient = To
export-undeliverable = Could not be sent
export-waiting = Waiting to be sent
export-attempts = Attempts
export-error = Last error

# Applications.
export-contact = Contact person
export-phone = Telephone
export-applied-on = Date of application
export-overdue = Overdue
export-note = Note
export-recorded-by = Recorded by
export-recorded = Recorded
export-contract = Domain of the contract
export-reason-given = Reason
export-closed-by = Closed by
export-closed = Closed
export-granted-from = Period from
export-granted-until = Period until
export-executed-by = Executed by
export-started = Started
export-ended = Ended
export-equipment = Equipment
export-launch-reason = Reason
export-opened-by = Opened by
export-opened = Opened
export-participants = Participants
export-host = Host
export-agreed-start = Agreed start
export-agreed-zone = Agreed in time zone
export-agreed-by = Agreed by
export-over-reason = Reason
