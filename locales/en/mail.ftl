# Mails. Requirement ids in comments are those of requirements.md.

mail-greeting = Dear { $name },
mail-list-item = - { $item }
mail-automatic = This mail was sent automatically by { $product }.
# The provider's face (B16): stands above the lines that say how to reach its desk.
mail-contact = Support desk
mail-device = PC

# C1, K1: an administrator's first credential.
mail-first-credential-subject = [{ $product }] Your registration is complete
mail-first-credential-lead = Thank you for using { $product }. { $tenant } is now registered, and this is how you log in as its administrator.
mail-first-credential-login = Login URL
mail-first-credential-button = Log in
mail-first-credential-domain = Domain
mail-first-credential-account = Account name
mail-first-credential-password = First password
mail-first-credential-until = The temporary password is valid until { $expires }, or until you choose a password of your own. Please log in before then.
mail-first-credential-personal = This account is for you personally. Please do not share it with anyone.
mail-first-credential-reissue = If you no longer know the temporary password, or it has expired, choose "Forgotten your password?" on the login page to get a new one. A new one replaces the old.
mail-first-credential-why = You receive this mail because you were registered as an administrator of { $tenant }. If you did not expect it, do not log in, and tell the support desk.
mail-account-subject = [{ $product }] Your account
mail-account-lead = An account for the console of { $tenant } was made for you. This is how you log in.
mail-account-why = You receive this mail because an account of { $tenant } was made for you. If you did not expect it, do not log in, and tell the administrator of { $tenant } or the support desk.
mail-reissue-subject = [{ $product }] Your new password
mail-reissue-lead = A new first password was issued for your account of { $tenant }. The old password, its passkeys and access tokens no longer work, and all its logins have ended. This is how you log in now.
mail-reissue-why = You receive this mail because the password of your account of { $tenant } was issued anew. If you did not expect it, do not log in, and tell the administrator of { $tenant } or the support desk.
mail-invitation-subject = [{ $product }] Your login details, sent again
mail-invitation-lead = A new temporary password for your account at { $tenant } was requested on the login page. The earlier temporary password no longer works. Log in with these details and choose a password of your own.
mail-invitation-why = You receive this mail because a password was requested on the login page of { $tenant } for your account. If that was not you, you can ignore this mail; when you next log in, use the temporary password in it.

# K3: the question to an approver.
mail-approval-subject = [{ $product }] Please approve or refuse access to your data ({ $device })
mail-approval-lead = Someone asks to view the data of { $tenant } with the Viewer on the PC below. Please check the request, then approve or refuse it.
mail-approval-request = The request, as the requester typed it
mail-approval-requester = Name
mail-approval-email = Mail address
mail-approval-organization = Company
mail-approval-requested = Asked on
mail-approval-expires = Answer by
mail-approval-outside = Attention: the requester's mail address ({ $email }) is outside your company's domains. Do not approve unless you have confirmed the request with that person directly, for example by phone.
mail-approval-checks = Before you approve, please check
mail-approval-check-person = that this person belongs to your company
mail-approval-check-address = that the mail address is your company's
mail-approval-check-address-outside = that your company agrees to this address of another domain
mail-approval-link = Approve or refuse on this page:
mail-approval-button = Check the request
mail-approval-inert = Opening the link decides nothing. The decision is made when you tick the confirmation on that page and press "Approve" or "Refuse".
mail-approval-until = The link is valid until { $expires }. A request that is not approved by then lapses.
mail-approval-first-answer = Where there are several approvers, the first answer counts.
mail-approval-why = You receive this mail because you are registered as an approver of { $tenant }. The link is for you alone: please do not forward it. If you did not expect this request, press "Refuse" on the page. Until it is approved, that PC cannot view any data.

# K3: many requests at once, told together.
mail-digest-subject = [{ $product }] Requests that wait for approval: { $count }
mail-digest-lead = So many requests to view the data of { $tenant } have arrived that they are no longer mailed one by one. Requests that this mail tells of and that wait for an answer: { $count }.
mail-digest-first = The first of them, as the requesters typed them
mail-digest-request = { $name }, { $company }, { $device }
mail-digest-more = And { $count } more.
mail-digest-link = Approve or refuse them in the console:
mail-digest-button = Open the requests
mail-digest-unknown = If you did not expect so many requests, approve none that you do not know. Until a request is approved, its PC cannot view any data.
mail-digest-why = You receive this mail because you are registered as an approver of { $tenant }.

# K2: a mistyped address is caught before an approver is asked.
mail-confirm-subject = [{ $product }] Please confirm your mail address
mail-confirm-lead = This mail address was given in a request to view the data of { $tenant }. If you made the request, please confirm the address on the page below. After that the administrators are asked to approve.
mail-confirm-link = Confirm your mail address on this page:
mail-confirm-button = Confirm the mail address
mail-confirm-inert = Opening the link alone does not confirm anything.
mail-confirm-until = The link is valid until { $expires }.
mail-confirm-why = You receive this mail because this address was typed into a Viewer. If that was not you, do nothing and delete this mail. The request then lapses by itself.

# K4: the activation code.
mail-activation-subject = [{ $product }] Your activation code ({ $device })
mail-activation-lead = Your request to view the data of { $tenant } was approved. Type this activation code into the Viewer on the PC you asked from, and press "Activate".
mail-activation-code = Activation code
mail-activation-typing = Capital and small letters make no difference. You need it only once per PC.
mail-activation-until = The code is valid until { $expires }. After 5 wrong tries it can no longer be used.
mail-activation-page = If you cannot type it into the Viewer, you can use the page below. Have the user code ready that the Viewer shows.
mail-activation-button = Enter the activation code
mail-activation-secret = Do not tell the code to anyone. The support desk will never ask for it.
mail-activation-why = You receive this mail because viewing permission was requested with your address on this PC. If that was not you, do not use the code, and tell your company's administrator.

# The approver refused.
mail-refused-subject = [{ $product }] Your request was not approved ({ $device })
mail-refused-lead = Your request to view the data of { $tenant } was not approved. This PC cannot view the data.
mail-refused-reason = Reason given by the approver
mail-refused-next = If you have questions, ask your company's administrator. If you still need access, you can ask again in the Viewer.
mail-refused-why = You receive this mail because viewing permission was requested with your address on this PC. If that was not you, someone else may have used your address: please tell your company's administrator.

# C2: a forgotten password.
mail-reset-subject = [{ $product }] Set a new password
mail-reset-lead = Somebody asked for a new password for your administrator account at { $tenant }. Please set it on the page below.
mail-reset-link = Set a new password on this page:
mail-reset-button = Set a new password
mail-reset-until = The link is valid until { $expires }, and works once. When the new password is set, you are signed out everywhere else.
mail-reset-why = You receive this mail because a new password was asked for on the login page of { $tenant }. If that was not you, do nothing and delete this mail. Your password stays as it is.

# C3: an account has another main address. To the one before.
mail-address-subject = [{ $product }] Your mail address was changed
mail-address-lead = The main mail address of your account at { $tenant } is no longer this one. From now on mails go to the new address.
mail-address-not-you = If you did not expect this, tell another administrator or the support desk at once. Until the address is put right and a new first password is issued, somebody else may use the account.
mail-address-why = You receive this mail because the address before is told when it is changed.

# C2: a passkey was added or removed.
mail-passkey-added-subject = [{ $product }] A passkey was added
mail-passkey-added-lead = A passkey was added to your administrator account at { $tenant }.
mail-passkey-removed-subject = [{ $product }] A passkey was removed
mail-passkey-removed-lead = A passkey was removed from your administrator account at { $tenant }.
mail-passkey-name = Passkey
mail-passkey-at = When
mail-passkey-not-you = If that was not you, remove every passkey you do not know under "My account" at once, and change your password. If you cannot log in, ask another administrator or the support desk for a new first password.
mail-passkey-link = See it under "My account":
mail-passkey-button = Open my account
mail-passkey-why = You receive this mail because passkeys of your account are told to its main address when they are added or removed.

# C6: alerts of the support option.
mail-alerts-subject = [{ $product }] Alerts from { $tenant }
mail-alerts-lead = This happened at { $tenant }.
mail-alert-device = { $at }: a new device is in use. { $what }
mail-alert-refused = { $at }: a request was refused. { $what }
mail-alert-lockout = { $at }: an account was locked for a while after wrong passwords. { $what }
mail-alert-token-reuse = { $at }: a used token was used again, so its device was revoked. { $what }
mail-alert-passkey-copied = { $at }: a login with a passkey was refused because its counter went back, so there may be a copy of it. { $what }
mail-alert-undeliverable = { $at }: a mail could not be delivered. { $what }
mail-alert-audit = { $at }: the audit log is not intact. { $what }
mail-alerts-more = And { $count } more.
mail-alerts-link = See the audit log:
mail-alerts-button = Open the audit log
mail-alerts-why = You receive this mail because you have the support option of { $tenant }. You can choose what you are told under "My account" in the console.

# C6: inquiries.
mail-inquiry-about = Subject
mail-inquiry-by = Asked by
mail-inquiry-answer = Answer
mail-inquiry-attachments = Files that came with it, to be found in the console: { $count }.
mail-inquiry-link = See it in the console:
mail-inquiry-button = Open the inquiry
mail-inquiry-answered-subject = [{ $product }] Answer to your inquiry: { $subject }
mail-inquiry-answered-lead = { $by } of the support desk has answered your inquiry.
mail-inquiry-answered-why = You receive this mail because you asked in the console of { $tenant }. A reply to this mail reaches nobody: please go on in the console.
mail-inquiry-arrived-subject = [{ $product }] Inquiry from { $tenant }: { $subject }
mail-inquiry-arrived-lead = { $tenant } has sent an inquiry.
mail-inquiry-arrived-why = You receive this mail because you are at the support desk.

# B12: a free question to an approver, and the answer to its asker.
mail-question-subject = [{ $product }] { $provider } asks for your approval ({ $title })
mail-question-lead = { $provider } asks { $tenant } to answer the question below with yes or no. Please read it, then approve or refuse it.
mail-question-question = The question, in the words of { $provider }
mail-question-title = Subject
mail-question-reference = Reference
mail-question-asker = Asked by
mail-question-expires = Answer by
mail-question-several = { $required } approvers have to approve this question. A single refusal decides it.
mail-question-link = Approve or refuse on this page:
mail-question-button = Read the question
mail-question-inert = Opening the link decides nothing. The decision is made when you tick the confirmation on that page and press "Approve" or "Refuse".
mail-question-until = The link is valid until { $expires }. A question that is not answered by then counts as not answered.
mail-question-why = You receive this mail because you are registered as an approver of { $tenant }. The link is for you alone: please do not forward it. If you do not know what the question is about, ask { $provider } before you answer.
mail-answered-subject = [{ $product }] { $tenant } has answered your question
mail-answered-lead-approved = { $tenant } has approved your question.
mail-answered-lead-refused = { $tenant } has refused your question.
mail-answered-title = Subject
mail-answered-reference = Reference
mail-answered-by = Answered by
mail-answered-at = Answered on
mail-answered-reason = Reason
mail-answered-link = The question and its signed record are in the console:
mail-answered-button = Show the answer
mail-answered-why = You receive this mail because you asked { $tenant } this question.
