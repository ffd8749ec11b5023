# Pages that links in mails lead to, and the page that takes the activation code. They work without JavaScript.

page-languages = Language
page-error = Error
page-error-summary = Please check your answer
page-footer = This page is provided by { $product }.
page-contact = Support desk
page-device = PC

# The question to an approver (K3, B1).
page-approval-title = Approve access to your data
page-approval-lead = Please check this request, then approve or refuse it.
page-approval-statement = The request
page-approval-answer = Your answer
page-approval-as = You are answering as { $name } ({ $email }).
page-approval-to-approve = To approve
page-approval-checks = Before you approve, please check:
page-approval-check-person = that the requester belongs to { $tenant }
page-approval-check-address = that the email address belongs to { $tenant }
page-approval-check-outside = with the requester in person, for example by phone, that the email address of another domain is theirs, and that { $tenant } accepts it
page-approval-to-refuse = To refuse
page-approval-confirm = I have verified who the requester is, that they belong to our company, and their email address.
page-approval-confirm-refusal = I refuse this request.
page-approval-reason = Reason for refusal (optional)
page-approval-reason-hint = Up to 500 characters. If you refuse, the requester will see it.
page-approval-approve = Approve
page-approval-refuse = Refuse
page-approval-final = Please answer by { $expires }. The first answer counts and cannot be changed.
page-approval-error-confirm = To approve, tick the confirmation, then press "Approve" again.
page-approval-error-refuse = To refuse, tick the box above the "Refuse" button, then press it again.
page-approval-error-decision = Press either "Approve" or "Refuse".
page-approval-error-both = Both answers are ticked. Tick only one of them, then press its button again.
page-approval-error-reason = The reason can be up to 500 characters long.

# After the decision.
page-decided-approved-now = You approved the request
page-decided-refused-now = You refused the request
page-decided-approved = This request has already been approved
page-decided-refused = This request has already been refused
page-decided-by-approved = Approved by { $name } on { $at }.
page-decided-by-refused = Refused by { $name } on { $at }.
page-decided-closed = It has been answered and can no longer be changed.
page-decided-next-code = The activation code is on its way to the requester by email. Once it is typed into the Viewer, the PC can view the data. You can close this page.
page-decided-next-access = The requester's Viewer can now view the data. You can close this page.
page-decided-next-refused = The requester will be notified by email. You can close this page.
page-decided-reason = Reason for refusal
page-decided-receipt = Save the signed receipt
page-decided-receipt-hint = It records who answered, when, and to which text. Anyone can verify that it has not been changed.

# Where there is nothing to answer.
page-closed-expired-title = This request has expired
page-closed-expired-body = It was not completed in time. If access is still needed, the requester can send a new request from the Viewer.
page-closed-withdrawn-title = This request was withdrawn
page-closed-withdrawn-body = The requester withdrew it, or it ended before it was completed. There is nothing for you to do here.
page-closed-codes-title = Too many incorrect activation codes
page-closed-codes-body = Too many incorrect activation codes were entered, so this request has ended. To view the data, please send a new request from the Viewer.
page-closed-invalid-title = This link is not valid
page-closed-invalid-body = The link is incomplete, or it does not belong to this service. Copy the whole link from the email and open it again.
page-closed-login-title = Please log in
page-closed-login-body = This company requires you to log in before you answer. Log in with your own account, and you will return to this request.
page-closed-login-link = Open the login page
page-closed-other-title = You are logged in with another account
page-closed-other-body = Only the person who received the email can answer this request. Log out of the console, then open the link in the email again.
page-closed-other-link = Open the console
page-closed-suspended-title = The service is suspended
page-closed-suspended-body = This company's use of the service is currently suspended. Please contact the support desk.
page-closed-missing-title = Page not found
page-closed-missing-body = Please check the address. If you came from an email, copy the whole link and open it again.
page-closed-often-title = Too many attempts
page-closed-often-body = Please wait a while, then try again.
page-closed-large-title = What you sent is too large
page-closed-large-body = Go back to the previous page, shorten your text, and send it again.
page-closed-unavailable-title = Temporarily unavailable
page-closed-unavailable-body = Nothing has been changed. Please try again in a few minutes.
page-closed-failed-title = Something went wrong
page-closed-failed-body = Your request could not be completed. Please try again. If the problem persists, contact the support desk.

# The requester's address (K2).
page-confirm-title = Confirm your email address
page-confirm-lead = Your email address was entered in a request to view the data of { $tenant } on this PC.
page-confirm-until = Confirm by
page-confirm-check = I made this request myself.
page-confirm-button = Confirm email address
page-confirm-unexpected = If this was not you, do nothing and close this page. The request will expire by itself.
page-confirm-error = If this is your request, tick the box, then press the button again.
page-confirmed-title = Your email address has been confirmed
page-confirmed-body = The administrators of { $tenant } have been asked to approve. Please wait for their answer.
page-confirmed-close = You can close this page.

# The activation code (K4).
page-activate-title = Enter the activation code
page-activate-lead = This lets your Viewer show the data of { $tenant }.
page-activate-user-code = User code
page-activate-user-code-hint = The 8-character code shown by the Viewer.
page-activate-code = Activation code
page-activate-code-hint = The 10-character code from the email. It is not case-sensitive.
page-activate-button = Activate
page-activate-caution = Only enter the user code shown by the Viewer on your own PC. Never enter a code that someone sent you.
page-activate-error-unknown = The user code is incorrect or has expired. Please check it in the Viewer.
page-activate-error-wrong = The activation code is incorrect. Attempts left: { $tries }
page-activate-error-no-user-code = This is not a valid user code. Please enter the 8 characters shown by the Viewer.
page-activate-error-no-code = This is not a valid activation code. Please enter the 10 characters from the email. This does not count as an attempt.
page-activate-error-pending = This request has not been approved yet. If an activation code is needed, you will receive it by email after the approval.
page-activate-error-often = Too many attempts. Please wait a while, then try again.
page-activated-title = Your Viewer has been activated
page-activated-body = The Viewer on this PC can now show the data of { $tenant }.
page-activated-return = Close this page and return to the Viewer.

# The way to a contract's console (C2).
page-entrance-title = Open the console
page-entrance-lead = Enter the domain of your contract.
page-entrance-domain = Domain
page-entrance-domain-hint = It is in the email that confirmed your registration. Example: aozora
page-entrance-button = Continue
page-entrance-error-form = This is not a valid domain. Use lower-case letters, digits and hyphens.
page-entrance-error-unknown = There is no contract with this domain. Please check the email that confirmed your registration.
page-entrance-development = Development
page-entrance-customer = customer
page-entrance-provider = provider
page-entrance-mailbox = Development mailbox
page-entrance-api = API reference

# C2
page-console-title = Console of { $tenant }
page-console-script = Please enable JavaScript in your browser to use this page.

# The free question (B12), on the page of the approver.
page-question-title = Question from your service provider
page-question-lead = Please read this question, then approve (yes) or refuse (no).
page-question-statement = The question
page-question-confirm = I have read the question, and I am authorised to answer it.
page-question-confirm-refusal = I refuse this question.
page-question-reason-hint = Up to 500 characters. If you refuse, the provider will see it.
page-question-several = { $required } approvers must approve this question.
page-question-final = Please answer by { $expires }. The question is approved once { $required } approvers have approved it, and refused as soon as one refuses. You cannot change your answer.
page-question-agreed = { $name } approved on { $at }.
page-question-own-title = You approved this question
page-question-own-body = Other approvers must approve it too. You can close this page.
page-decided-question-approved-now = You approved the question
page-decided-question-refused-now = You refused the question
page-decided-question-approved = This question has already been approved
page-decided-question-refused = This question has already been refused
page-decided-question-next = The provider will be notified of the answer. You can close this page.
page-closed-question-expired-body = This question was not answered in time and can no longer be answered. If an answer is still needed, the provider will ask again.
page-closed-question-withdrawn-title = This question was withdrawn
page-closed-question-withdrawn-body = The provider has withdrawn this question. There is nothing for you to do here.

# Remote support (K8), on the page of the approver.
page-launch-title = Request for remote support
page-launch-lead = Please read this request, then approve or refuse remote support.
page-launch-statement = The request
page-launch-confirm = I have read the request, and I am authorised to allow remote support on this equipment.
page-launch-confirm-refusal = I refuse this request.
page-launch-several = { $required } administrators must approve this request.
page-launch-final = Please answer by { $expires }. Remote support is approved once { $required } administrators have approved it, and refused as soon as one refuses. You cannot change your answer.
page-launch-own-title = You approved this request
page-launch-own-body = Other administrators must approve it too. You can close this page.
page-decided-launch-approved-now = You approved remote support
page-decided-launch-refused-now = You refused remote support
page-decided-launch-approved = Remote support has already been approved
page-decided-launch-refused = Remote support has already been refused
page-decided-launch-next = Remote support has been approved, and an email has been sent to the support desk.
page-closed-launch-expired-body = This request was not answered in time and can no longer be answered. If remote support is still needed, the provider will ask again.
page-closed-launch-withdrawn-title = This request was withdrawn
page-closed-launch-withdrawn-body = The provider has withdrawn this request for remote support. There is nothing for you to do here.
page-closed-passkey-title = Please log in with a passkey
page-closed-passkey-body = This company requires a passkey for this answer. Log in with your own account and your passkey, and you will return to this request.

# Attended sessions (Z3): the page behind a link, before its script takes over, and the page for ID and password.
page-join-title = Taking part in screen sharing
page-join-script = This page needs a current browser with JavaScript (Chrome, Edge, Firefox or Safari on a PC). Check the settings of your browser, then open the page again. Opening it neither joins the session nor shares anything.
page-knock-title = Join with ID and password
page-knock-lead = Enter the ID and the password that the support engineer of { $provider } told you. You do not join before you have read the next page.
page-knock-number = ID
page-knock-number-hint = Nine digits.
page-knock-password = Password
page-knock-password-hint = Eight letters and digits, in capitals or not.
page-knock-button = Next
page-knock-caution = Enter them only if you got them from a support desk that you have called yourself, or whose call you expected.
page-knock-wrong = The ID or the password is wrong, or the session has ended. Please check with the support engineer.
page-knock-often = There were too many tries. Please wait a while, then try again.
page-knock-suspended = The service is suspended, so nobody can join.
