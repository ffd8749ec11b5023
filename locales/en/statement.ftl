# What an approver consents to. Its hash is in every receipt (B3): each message is one paragraph or one line.

statement-title = Request for viewing permission
statement-asked = Approval is requested to view the data of { $tenant } with the Viewer on the following PC.
statement-requester = Requester
statement-email = Email address
statement-organization = Company
statement-device = PC
statement-requested = Requested
statement-expires = Answer by
statement-outside = Caution: this email address is outside the domains of { $tenant }.
statement-meaning = If you approve, this requester can view the data of { $tenant } with the Viewer on this PC. The permission applies to this PC only and can be revoked later. If the request is refused, or is not approved in time, no data can be viewed.
statement-checked = By approving, the approver confirms having checked that the requester belongs to { $tenant } and that the email address belongs to { $tenant }.
statement-checked-outside = By approving, the approver confirms having checked that the requester belongs to { $tenant }, and accepts the use of this email address from another domain.

# The free question (B12): any yes/no question of the provider.
statement-question-title = Question from { $provider }
statement-question-asked = { $provider } asks { $tenant } to answer the following question with yes or no.
statement-question-subject = Subject
statement-question-text = Question
statement-question-reference = Reference
statement-question-asker = Asked by
statement-question-requested = Asked
statement-question-meaning = Approving answers the question with yes; refusing answers it with no. The answer is recorded and signed, and { $provider } can see it. If nobody answers in time, the question is recorded as not answered.
statement-question-several = The question is approved only once { $required } approvers have approved it. A single refusal means it is refused.
statement-question-checked = By approving, the approver confirms having read the question and being authorised to answer it for { $tenant }.

# A launch: remote support on a piece of equipment (K7, K8), and its start at the machine (K6).
statement-launch-title = Remote support by { $provider }
statement-launch-asked = { $provider } asks { $tenant } to allow remote support on the following equipment.
statement-launch-extends = This request extends remote support that has been approved already: its end moves by the period below.
statement-launch-equipment = Equipment
statement-launch-serial = Serial number
statement-launch-place = Place
statement-launch-asker = Requester
statement-launch-reason = Reason
statement-launch-abilities = What the support desk will be able to do
statement-launch-ability = - { $ability }
statement-ability-diagnostics = View the state of the equipment, and the log files that its configuration releases
statement-ability-restart-software = Restart the software of the equipment
statement-ability-restart-machine = Restart the equipment
statement-ability-view-screen = View the screen
statement-ability-control-screen = View the screen, and operate the equipment by keyboard and pointer
statement-ability-terminal = Use a terminal; everything typed and shown is recorded
statement-ability-files = Exchange files, each of which its receiver has to accept
statement-launch-period = Period
statement-launch-start = Start
statement-launch-start-approval = At the time of approval
statement-launch-start-later = At the time of approval, but not before { $at }
statement-launch-latest = End at the latest
statement-launch-requested = Requested
statement-launch-started = Started
statement-launch-meaning = If you approve, { $provider } may start remote support on this equipment once during this period, and everything it does is shown on the equipment and recorded. The permission ends with the period, and { $tenant } can end it earlier at any time. If the request is refused, or is not approved in time, remote support does not start.
statement-launch-several = Remote support is approved only once { $required } administrators have approved it. A single refusal means it is refused.
statement-launch-checked = By approving, the administrator confirms having read the request and being authorised to allow remote support on this equipment for { $tenant }.
statement-support-title = Remote support, started at the equipment
statement-support-asked = Somebody at the following equipment of { $tenant } has pressed the button that starts remote support by { $provider }.
statement-support-meaning = Pressing the button allows { $provider } to connect to this equipment with the ID and the password shown on it, for this session only. Everything that is done is shown on the equipment and recorded, and the person at the equipment can end it at any time.
statement-support-checked = The button stands below this explanation on the equipment's own screen. No name is recorded, because no account is needed there.

# An attended session: people at the customer show their screens (Z3).
statement-attended-title = Taking part in screen sharing
statement-attended-asked = { $provider } asks you, at { $tenant }, to take part in a screen sharing session for support.
statement-attended-about = Subject
statement-attended-host = Support engineer
statement-attended-possible = What happens in the session
statement-attended-screen = Sharing of your screen; you choose what to share after you have joined, and nothing is shared before
statement-attended-chat = A chat, which everybody in the session sees and which is recorded
statement-attended-files = Exchange of files, each of which its receiver has to accept
statement-attended-until = End of the period
statement-attended-meaning = Pressing "Join" connects you to this session. Once the first person has joined, support engineers of { $provider } can join as well. What you share is shown to the support engineers of { $provider } and to the other people in this session. Nobody can operate your PC. You can pause or stop sharing at any time. After you leave the session on this page, nothing remains on your PC but the files that you have saved.
statement-attended-checked = By joining, you confirm that you have read this and that { $provider } may see what your screen shows. That you took part is recorded with the name you enter, and the administrators of { $tenant } can see it.
statement-attended-name = Name of the participant

# An appointment (B7): what a person reads before they agree on a date.
statement-appointment-title = Agreeing on a date
statement-appointment-asked = { $provider } and { $tenant } agree on a date for support with screen sharing.
statement-appointment-time = Date and time
statement-appointment-length = Length
statement-appointment-meaning = Once you agree to this time, both sides get a mail that confirms it. Agreeing connects nothing and shares nothing. On the day, ten minutes before the start, a mail brings the link to the session, and only those who press "Join" take part. The date can be changed or cancelled later. The name of the person who agrees is recorded, and both sides see it.
