# Mails. Requirement ids in comments are those of requirements.md.

mail-greeting = Dear { $name },
mail-list-item = - { $item }
mail-automatic = This email was sent automatically by { $product }.
# The provider's face (B16): stands above the lines that say how to reach its desk.
mail-contact = Support desk
mail-device = PC

# C1, K1: an administrator's first credential.
mail-first-credential-subject = [{ $product }] Your registration is complete
mail-first-credential-lead = Thank you for using { $product }. { $tenant } has been registered. Here are your login details as its administrator.
mail-first-credential-login = Login URL
mail-first-credential-button = Log in
mail-first-credential-domain = Domain
mail-first-credential-account = Account name
mail-first-credential-password = Temporary password
mail-first-credential-until = The temporary password is valid until { $expires }, or until you choose a password of your own. Please log in before then.
mail-first-credential-personal = This account is for you only. Please do not share it with anyone.
mail-first-credential-reissue = If you no longer know the temporary password, or it has expired, choose "Forgot your password?" on the login page to get a new one. A new one replaces the old.
mail-first-credential-why = You are receiving this email because you were registered as an administrator of { $tenant }. If you were not expecting it, do not log in, and contact the support desk.
mail-account-subject = [{ $product }] Your account has been created
mail-account-lead = An account for the console of { $tenant } has been created for you. Here are your login details.
mail-account-why = You are receiving this email because an account was created for you at { $tenant }. If you were not expecting it, do not log in, and contact the administrator of { $tenant } or the support desk.
mail-reissue-subject = [{ $product }] Your password has been reset
mail-reissue-lead = The password of your account at { $tenant } has been reset. Your old password, passkeys and access tokens no longer work, and all your sessions have ended. Here are your new login details.
mail-reissue-why = You are receiving this email because the password of your account at { $tenant } was reset. If you were not expecting it, do not log in, and contact the administrator of { $tenant } or the support desk.
mail-invitation-subject = [{ $product }] Your login details, sent again
mail-invitation-lead = A new temporary password for your account at { $tenant } was requested on the login page. The earlier temporary password no longer works. Log in with these details and choose a password of your own.
mail-invitation-why = You are receiving this email because a password was requested on the login page of { $tenant } for your account. If that was not you, you can ignore this email; when you next log in, use the temporary password in it.

# K3: the question to an approver.
mail-approval-subject = [{ $product }] Please approve or refuse access to your data ({ $device })
mail-approval-lead = Someone has requested permission to view the data of { $tenant } with the Viewer on the PC below. Please check the request, then approve or refuse it.
mail-approval-request = The request, as entered by the requester
mail-approval-requester = Requester
mail-approval-email = Email address
mail-approval-organization = Company
mail-approval-requested = Requested
mail-approval-expires = Answer by
mail-approval-outside = Caution: the requester's email address ({ $email }) is outside your company's domains. Do not approve unless you have confirmed the request directly with that person, for example by phone.
mail-approval-checks = Before you approve, please check
mail-approval-check-person = that this person belongs to your company
mail-approval-check-address = that the email address belongs to your company
mail-approval-check-address-outside = that your company accepts this email address from another domain
mail-approval-link = Approve or refuse on this page:
mail-approval-button = Check the request
mail-approval-inert = Opening the link does not decide anything. The decision is made when you tick the confirmation box on that page and press "Approve" or "Refuse".
mail-approval-until = The link is valid until { $expires }. If the request is not approved by then, it expires.
mail-approval-first-answer = If there are several approvers, the first answer counts.
mail-approval-why = You are receiving this email because you are registered as an approver of { $tenant }. The link is for you only: please do not forward it. If you were not expecting this request, press "Refuse" on the page. Unless it is approved, that PC cannot view any data.

# K3: many requests at once, told together.
mail-digest-subject = [{ $product }] Requests waiting for approval: { $count }
mail-digest-lead = So many requests to view the data of { $tenant } have arrived that we are sending you a summary instead of one email for each. Requests in this summary that are waiting for an answer: { $count }.
mail-digest-first = The first requests, as entered by the requesters
mail-digest-request = { $name }, { $company }, { $device }
mail-digest-more = And { $count } more.
mail-digest-link = Approve or refuse them in the console:
mail-digest-button = View the requests
mail-digest-unknown = If you were not expecting so many requests, do not approve any that you cannot verify. Unless a request is approved, its PC cannot view any data.
mail-digest-why = You are receiving this email because you are registered as an approver of { $tenant }.

# K2: a mistyped address is caught before an approver is asked.
mail-confirm-subject = [{ $product }] Please confirm your email address
mail-confirm-lead = This email address was entered in a request to view the data of { $tenant }. If you made the request, please confirm the address on the page below. The administrators will then be asked to approve it.
mail-confirm-link = Confirm your email address on this page:
mail-confirm-button = Confirm email address
mail-confirm-inert = Opening the link alone does not confirm your address.
mail-confirm-until = The link is valid until { $expires }.
mail-confirm-why = You are receiving this email because this address was entered in a Viewer. If that was not you, do nothing and delete this email. The request will expire by itself.

# K4: the activation code.
mail-activation-subject = [{ $product }] Your activation code ({ $device })
mail-activation-lead = Your request to view the data of { $tenant } has been approved. Enter this activation code in the Viewer on the PC you sent the request from, and press "Activate" (in the command, press Enter).
mail-activation-code = Activation code
mail-activation-typing = The code is not case-sensitive. You need it only once per PC.
mail-activation-until = The code is valid until { $expires }. After 5 incorrect attempts, it can no longer be used.
mail-activation-page = If you cannot enter it in the Viewer, use the page below. Have the user code shown by the Viewer ready.
mail-activation-button = Enter the activation code
mail-activation-secret = Do not share the code with anyone. The support desk will never ask for it.
mail-activation-why = You are receiving this email because viewing permission was requested with your address on this PC. If that was not you, do not use the code, and contact your company's administrator.

# The approver refused.
mail-refused-subject = [{ $product }] Your request was not approved ({ $device })
mail-refused-lead = Your request to view the data of { $tenant } was not approved. This PC cannot view the data.
mail-refused-reason = Reason given by the approver
mail-refused-next = If you have any questions, contact your company's administrator. If you still need access, you can send a new request from the Viewer.
mail-refused-why = You are receiving this email because viewing permission was requested with your address on this PC. If that was not you, someone else may have used your address: please contact your company's administrator.

# C2: a forgotten password.
mail-reset-subject = [{ $product }] Set a new password
mail-reset-lead = A new password was requested for your administrator account at { $tenant }. Please set it on the page below.
mail-reset-link = Set a new password on this page:
mail-reset-button = Set a new password
mail-reset-until = The link is valid until { $expires } and can be used once. When you set the new password, you will be logged out everywhere else.
mail-reset-why = You are receiving this email because a password reset was requested on the login page of { $tenant }. If that was not you, do nothing and delete this email. Your current password still works.

# C3: an account has another main address. To the one before.
mail-address-subject = [{ $product }] Your email address was changed
mail-address-lead = The main email address of your account at { $tenant } was changed from this address to another one. From now on, emails will be sent to the new address.
mail-address-not-you = If you were not expecting this, contact another administrator or the support desk immediately. Until the address is restored and a new temporary password is issued, someone else may be able to use the account.
mail-address-why = You are receiving this email because we notify the previous address when it is changed.

# C2: a passkey was added or removed.
mail-passkey-added-subject = [{ $product }] A passkey was added
mail-passkey-added-lead = A passkey was added to your administrator account at { $tenant }.
mail-passkey-removed-subject = [{ $product }] A passkey was removed
mail-passkey-removed-lead = A passkey was removed from your administrator account at { $tenant }.
mail-passkey-name = Passkey
mail-passkey-at = Date and time
mail-passkey-not-you = If that was not you, go to "My account" immediately, remove every passkey you do not recognise, and change your password. If you cannot log in, ask another administrator or the support desk for a new temporary password.
mail-passkey-link = Check your passkeys under "My account":
mail-passkey-button = Open my account
mail-passkey-why = You are receiving this email because we notify the main address of an account when a passkey is added or removed.

# C6: alerts of the support option.
mail-alerts-subject = [{ $product }] Alerts ({ $tenant })
mail-alerts-lead = The following happened at { $tenant }.
mail-alert-device = { $at }: a new PC started using the service. { $what }
mail-alert-refused = { $at }: a request was refused. { $what }
mail-alert-lockout = { $at }: an account was temporarily locked after several incorrect passwords. { $what }
mail-alert-token-reuse = { $at }: used credentials were used again, so the PC's permission was revoked. They may have been copied. { $what }
mail-alert-agent-enrolled = { $at }: an agent was enrolled for a piece of equipment. { $what }
mail-alert-machine-waits = { $at }: a machine is waiting for approval. Approve or refuse it in the console, under "Machines asking to enrol". { $what }
mail-alert-agent-cloned = { $at }: used credentials were used again, so the enrolment of the equipment's agent was ended. Its key may have been copied. Enrol the agent again. { $what }
mail-alert-passkey-copied = { $at }: a login with a passkey was refused because the passkey's counter went back. It may have been copied. { $what }
mail-alert-undeliverable = { $at }: an email could not be sent. { $what }
mail-alert-audit = { $at }: a problem was found in the audit log. { $what }
mail-alert-data-origin = { $at }: the data server URL was changed. { $what }
mail-alert-remote-assistance = { $at }: remote assistance was allowed on a piece of equipment. { $what }
mail-alert-launch-unanswered = { $at }: nobody answered a request for remote support in time. { $what }
mail-alert-session-locked = { $at }: after several incorrect passwords, nobody can join a remote support session any more. { $what }
mail-alert-appointment-unanswered = { $at }: nobody answered the suggested times for a support appointment. { $what }
mail-alert-appointment-missed = { $at }: nobody from your company came to a support appointment. { $what }
mail-alert-suspended = { $at }: your use of the service was suspended by { $what }. Until it is resumed, nobody can log in to the console or view data.
mail-alert-resumed = { $at }: your use of the service was resumed by { $what }.
mail-alert-operator = the operator of the service
mail-alerts-more = And { $count } more.
mail-alerts-link = See the audit log for details:
mail-alerts-button = Open the audit log
mail-alerts-why = You are receiving this email because you are an administrator with the support option at { $tenant }. To choose which alerts you receive, open "My account" in the console.

# C6: inquiries.
mail-inquiry-about = Subject
mail-inquiry-by = Sender
mail-inquiry-answer = Answer
mail-inquiry-attachments = Attachments, available in the console: { $count }.
mail-inquiry-link = View the inquiry in the console:
mail-inquiry-button = View inquiry
mail-inquiry-answered-subject = [{ $product }] Answer to your inquiry: { $subject }
mail-inquiry-answered-lead = { $by } of the support desk has answered your inquiry.
mail-inquiry-answered-why = You are receiving this email because you sent an inquiry from the console of { $tenant }. Replies to this email are not read: please continue in the console.
mail-inquiry-answered-why-reply = You are receiving this email because you sent an inquiry from the console of { $tenant }. Please continue in the console. Replies to this email go to { $address }.
mail-inquiry-arrived-subject = [{ $product }] Inquiry from { $tenant }: { $subject }
mail-inquiry-arrived-lead = { $tenant } has sent an inquiry.
mail-inquiry-arrived-why = You are receiving this email because you work at the support desk.

# B12: a free question to an approver, and the answer to its asker.
mail-question-subject = [{ $product }] { $provider } asks for your approval ({ $title })
mail-question-lead = { $provider } asks { $tenant } to answer the question below with yes or no. Please read it, then approve (yes) or refuse (no).
mail-question-question = The question, as entered by { $provider }
mail-question-title = Subject
mail-question-reference = Reference
mail-question-asker = Asked by
mail-question-expires = Answer by
mail-question-several = { $required } approvers must approve this question. A single refusal means it is refused.
mail-question-link = Approve or refuse on this page:
mail-question-button = Read the question
mail-question-inert = Opening the link does not decide anything. The decision is made when you tick the confirmation box on that page and press "Approve" or "Refuse".
mail-question-until = The link is valid until { $expires }. If the question is not answered by then, it is recorded as not answered.
mail-question-why = You are receiving this email because you are registered as an approver of { $tenant }. The link is for you only: please do not forward it. If you do not know what the question is about, ask { $provider } before you answer.
mail-answered-subject = [{ $product }] { $tenant } has answered your question
mail-answered-lead-approved = { $tenant } has approved your question.
mail-answered-lead-refused = { $tenant } has refused your question.
mail-answered-title = Subject
mail-answered-reference = Reference
mail-answered-by = Answered by
mail-answered-at = Answered
mail-answered-reason = Reason
mail-answered-link = The question and its signed receipt are in the console:
mail-answered-button = View answer
mail-answered-why = You are receiving this email because you asked { $tenant } this question.

# K7: a launch, to the administrators responsible. The subjects of K7 and K9 are the same in every language.
mail-launch-subject = { $product }リモートサポート遠隔起動確認[Confirmation of Remote Support execution]
mail-launch-lead = { $provider } asks { $tenant } to allow remote support on the equipment below. Please read the request, then approve or refuse it.
mail-launch-equipment = Equipment
mail-launch-serial = Serial number
mail-launch-place = Place
mail-launch-asker = Requester
mail-launch-period = Period
mail-launch-start = Not before
mail-launch-from = Start
mail-launch-expires = Answer by
mail-launch-reason = The reason, as entered by { $provider }
mail-launch-abilities = What the support desk will be able to do
mail-ability-diagnostics = View the state of the equipment, and the log files that its configuration releases
mail-ability-restart-software = Restart the software of the equipment
mail-ability-restart-machine = Restart the equipment
mail-ability-view-screen = View the screen
mail-ability-control-screen = View the screen, and operate the equipment by keyboard and pointer
mail-ability-terminal = Use a terminal; everything typed and shown is recorded
mail-ability-files = Exchange files, each of which its receiver has to accept
mail-launch-several = { $required } administrators must approve this request. A single refusal means it is refused.
mail-launch-link = Approve or refuse on this page:
mail-launch-button = Read the request
mail-launch-inert = Opening the link does not decide anything. The decision is made when you tick the confirmation box on that page and press "Approve" or "Refuse".
mail-launch-until = The link is valid until { $expires }. If the request is not approved by then, remote support does not start.
mail-launch-why = You are receiving this email because you are responsible for this equipment of { $tenant }. The link is for you only: please do not forward it. If you do not know about this request, ask { $provider } before you answer.

# K8: how a launch has moved, to the desk.
mail-launch-approved-subject = [{ $product }] { $tenant } has approved remote support
mail-launch-approved-lead = { $tenant } has approved remote support. You can execute it during the granted period.
mail-launch-refused-subject = [{ $product }] { $tenant } has refused remote support
mail-launch-refused-lead = { $tenant } has refused remote support.
mail-launch-unanswered-subject = [{ $product }] { $tenant } has not answered in time
mail-launch-unanswered-lead = Nobody at { $tenant } answered the request for remote support in time. You can send a new request.
mail-launch-back-subject = [{ $product }] The equipment of { $tenant } is connected again
mail-launch-back-lead = The equipment on which you wanted to start remote support is connected again. The approval still stands.
mail-launch-desk-link = The request and its timeline are in the console:
mail-launch-desk-button = Open remote support
mail-launch-desk-why = You are receiving this email because you asked { $tenant } for remote support, or executed it.

# K9: ID and password.
mail-started-subject = { $product }リモートサポートID&PASS通知[Notification of Remote Support ID&Pass]
mail-started-lead = Remote support has started on equipment of { $tenant }, as approved.
mail-started-lead-desk = Remote support has started on equipment of { $tenant }. Join with this ID and password.
mail-started-by = Executed by
mail-started-until = End of the period
mail-started-number = ID
mail-started-password = Password
mail-started-nothing-to-do = You do not need to do anything.
mail-started-link = You can follow the session in the console, and end it at any time:
mail-started-link-desk = Join the session in the console:
mail-started-button = View remote support
mail-started-button-desk = Open remote support
mail-started-why = You are receiving this email because you are responsible for this equipment of { $tenant }. If remote support should not take place, end it in the console.
mail-started-why-desk = You are receiving this email because you asked { $tenant } for remote support, or executed it. Do not forward the password.

# What happened in a session, to the customer's administrators.
mail-summary-subject = [{ $product }] Remote support has ended
mail-summary-lead = Remote support by { $provider } has ended. This is what happened.
mail-summary-title = Title
mail-summary-began = Began
mail-summary-ended = Ended
mail-summary-desk = Participants of the support desk
mail-summary-guests = Participants at the customer
mail-summary-and = {", "}
mail-summary-messages = Messages in the chat
mail-summary-done = What was done
mail-summary-shared = Screens of people were shared
mail-summary-times = { $what } ({ $times } ×)
mail-summary-files = Files that were handed over
mail-summary-file = { $name } ({ $size } bytes): from { $from } to { $to }
mail-summary-link = The whole record, with chat and files, is in the console:
mail-summary-why = You are receiving this email because you are responsible for this remote support at { $tenant }. If something in it surprises you, ask the support desk.
mail-summary-attended-subject = [{ $product }] The screen sharing session has ended
mail-summary-attended-lead = A screen sharing session with { $provider } has ended. This is what happened.
mail-summary-attended-button = Show the session
mail-summary-attended-why = You are receiving this email because you look after the records of screen sharing sessions at { $tenant }. If something in it surprises you, ask the support desk.

# Guides for customers, linked at the end of a mail.
mail-guide-approver = Guide for approvers
mail-guide-viewer = Guide for users of the Viewer

# K6: how to start remote support at the machine, to somebody there.
mail-steps-subject = [{ $product }] How to start remote support
mail-steps-lead = { $provider } asks you to start remote support at the equipment below. You do not need an account.
mail-steps-first = On the equipment, open the menu and choose "Start remote support".
mail-steps-second = Tell the support desk the ID and the password that the equipment shows.
mail-steps-third = Do not close that window until the support desk tells you that it is done.
mail-steps-warning = Give the ID and the password only to the support desk that you have called yourself, or whose call you expected. If somebody else asks for them, close the window.
mail-steps-why = You are receiving this email because { $provider } entered your address for remote support on equipment of { $tenant }. If you know nothing about this, you can ignore it: nothing starts unless somebody presses the button at the equipment.
mail-guide-machine = Guide for people at the equipment
mail-guide-participant = Guide for participants of a session

# An attended session, to somebody who is invited (Z1, Z3).
mail-attended-subject = [{ $product }] Screen sharing with { $provider } ({ $title })
mail-attended-lead = A support engineer of { $provider } has opened a session for { $tenant }, to help you while you share your screen. Open the page below at a moment that suits you.
mail-attended-title = Subject
mail-attended-host = Support engineer
mail-attended-guest = Participant
mail-attended-link = Open the page of the session:
mail-attended-button = Join the session
mail-attended-inert = Opening the link neither joins the session nor shares anything. You are connected when you have read the page and press "Join".
mail-attended-whole-screen = If you share your whole screen, other windows and notifications can be seen as well. Before you share it, close or hide what others should not see. You can also choose to share a single window.
mail-attended-nothing-installed = You only need the browser of your PC. Nothing is installed, and nothing remains that you would have to remove.
mail-attended-typed = If you cannot open the link, go to the following page and enter the ID and the password, which the support engineer tells you, for example by phone. We never send the password by email.
mail-attended-number = ID
mail-attended-page = Page for ID and password
mail-attended-until = You can join this session until { $expires }.
mail-attended-why = You are receiving this email because { $provider } entered your address to support { $tenant }. The link is for you only: please do not forward it. If you know nothing about this, you can ignore it: nothing starts unless you press "Join" on the page.

# An appointment (Z1, B7), to somebody at the customer.
mail-appointment-when = Date and time
mail-appointment-length = Length
mail-appointment-times = Suggested times
mail-appointment-reason = Message
mail-appointment-by = Told by
mail-appointment-page = Page of the appointment (to change or cancel it)
mail-appointment-machine-page = Page of the appointment
mail-appointment-page-at = Page of the appointment (to change or cancel it): { $link }
mail-appointment-check-page = Page to try your PC beforehand
mail-appointment-no-reply = Replies from your calendar ("Accept", "Decline") do not reach the support desk. To change or cancel the appointment, please use its page.
mail-appointment-inert = Opening the link decides nothing. On the page, choose a time, read what you agree to, and confirm it. You can also suggest other times, or decline.
mail-appointment-stands = The agreed date stands until a change is agreed.
mail-appointment-why = You get this mail because { $provider } entered your address to arrange support for { $tenant }. If a colleague takes over, you may forward it; both sides see the name of the person who answers. If you do not expect this, you can ignore it. Even after a date is agreed, nothing starts unless somebody presses "Join" on the day.
mail-appointment-why-equipment = You get this mail because you are an administrator who is asked about remote support on equipment of { $tenant }. If you do not expect this, please contact the support desk.
mail-appointment-proposed-subject = [{ $product }] Please answer: { $provider } suggests times for an appointment ({ $title })
mail-appointment-proposed-lead = { $provider } would like to arrange support with screen sharing. Please choose one of the suggested times. The first answer settles the date for everybody.
mail-appointment-change-lead = { $provider } would like to change the appointment. Please choose one of the new times.
mail-appointment-choose = Follow this link to choose a time.
mail-appointment-choose-button = Choose a time
mail-appointment-scheduled-subject = [{ $product }] Appointment: { $title }
mail-appointment-scheduled-lead = This is to confirm the date. You do not need to open any link now.
mail-appointment-join-by-mail = Ten minutes before the start, you get a mail with the link "Join the session". Please join by that link on the day.
mail-appointment-advice-pc = On the day, have the PC ready whose screen you want to share. Its browser is all you need; nothing is installed.
mail-appointment-advice-windows = If you share the whole screen, other windows and notifications can be seen as well. Before it starts, close or hide what nobody should see.
mail-appointment-machine-advice = You do not need to do anything on the day. Please leave the machine switched on and connected to the network.
mail-appointment-moved-subject = [{ $product }] New date: { $title }
mail-appointment-moved-lead = The date has changed. This is the new one.
mail-appointment-shifted-subject = [{ $product }] Please check the time: { $title }
mail-appointment-shifted-lead = The rules for local time (such as summer time) have changed where the date was agreed. The local time there stays the same, but the time elsewhere changes. Please check this date.
mail-appointment-cancelled-subject = [{ $product }] Cancelled: { $title }
mail-appointment-cancelled-lead = This appointment has been cancelled.
mail-appointment-declined-subject = [{ $product }] About the times you suggested: { $title }
mail-appointment-declined-lead = The times that you suggested are not possible.
mail-appointment-unanswered-subject = [{ $product }] The times that you suggested were not answered: { $title }
mail-appointment-unanswered-lead = All times that you suggested have passed, and { $provider } has not answered. We are sorry. If it is urgent, please contact { $provider } directly.
mail-appointment-check-subject = [{ $product }] Please try your PC: { $title }
mail-appointment-check-lead = The appointment is near, and nobody has tried the PC yet. Please open this page on the PC that you will use. It takes about a minute.
mail-appointment-check-link = Follow this link to try your PC.
mail-appointment-check-button = Try my PC
mail-appointment-check-what = It tests your browser, your connection and whether your screen can be shared. It does not connect you to anybody, and nothing of your screen is sent. Both sides see the result.
mail-appointment-check-machine-subject = [{ $product }] The machine has not been tried: { $title }
mail-appointment-check-machine-lead = The appointment is near, and the machine has not been tried yet. Please switch it on and connect it to the network. Its agent then tries it by itself.
mail-appointment-check-machine-what = You can also run "tegata agent diagnose" on that machine. It tests the rate of the line, the clock, the proxy and the program that shows the screen. Both sides see the result.
mail-appointment-reminder-subject = [{ $product }] Starting soon: { $title }
mail-appointment-reminder-lead = Your appointment is about to begin ({ $at }). Please open the page with "Join the session".
mail-appointment-reminder-late = Your appointment has begun ({ $at }). We are sorry that this mail is late. You can still join with "Join the session".
mail-appointment-reminder-machine = Remote support on the machine is about to begin ({ $at }). You do not need to do anything.
mail-appointment-reminder-machine-late = The time for remote support on the machine has come ({ $at }). We are sorry that this mail is late. You do not need to do anything.

# The same, to the member of the desk's staff who holds it.
mail-appointment-desk-link = Follow this link to see the appointment in the console.
mail-appointment-desk-button = See the appointment
mail-appointment-desk-why = You get this mail because you hold this appointment.
mail-appointment-desk-countered-subject = [{ $product }] Other times suggested: { $tenant } ({ $title })
mail-appointment-desk-countered-lead = { $tenant } suggests other times. Please answer in the console.
mail-appointment-desk-scheduled-subject = [{ $product }] Date agreed: { $tenant } ({ $title })
mail-appointment-desk-scheduled-lead = A date with { $tenant } is agreed.
mail-appointment-desk-moved-subject = [{ $product }] New date: { $tenant } ({ $title })
mail-appointment-desk-moved-lead = The date with { $tenant } has changed.
mail-appointment-desk-shifted-subject = [{ $product }] Please check the time: { $tenant } ({ $title })
mail-appointment-desk-shifted-lead = The rules for local time (such as summer time) have changed where the date was agreed. The local time there stays the same, but the time elsewhere changes.
mail-appointment-desk-cancelled-subject = [{ $product }] Cancelled: { $tenant } ({ $title })
mail-appointment-desk-cancelled-lead = The appointment with { $tenant } has been cancelled.
mail-appointment-desk-declined-subject = [{ $product }] Times declined: { $tenant } ({ $title })
mail-appointment-desk-declined-lead = { $tenant } has declined the suggested times.
mail-appointment-desk-unanswered-subject = [{ $product }] No answer: { $tenant } ({ $title })
mail-appointment-desk-unanswered-lead = All suggested times have passed, and no date was agreed ({ $tenant }). If it is still needed, please propose times anew.
mail-appointment-desk-check-subject = [{ $product }] Not tried yet: { $tenant } ({ $title })
mail-appointment-desk-check-lead = The appointment is near, and nothing has been tried beforehand. The customer has been reminded as well.
mail-appointment-desk-reminder-subject = [{ $product }] Starting soon: { $tenant } ({ $title })
mail-appointment-desk-reminder-lead = Your appointment with { $tenant } is about to begin.
mail-appointment-desk-late-subject = [{ $product }] Already begun: { $tenant } ({ $title })
mail-appointment-desk-late-lead = Your appointment with { $tenant } has begun.
