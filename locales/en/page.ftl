# Pages that links in mails lead to, and the page that takes the activation code. They work without JavaScript.

page-languages = Language
page-error = Error
page-error-summary = Please check your answer
page-footer = This page is provided by { $product }.
page-contact = Support desk
page-device = PC

# The question to an approver (K3, B1).
page-approval-title = Viewing permission
page-approval-lead = Please check this request, then approve or refuse it.
page-approval-statement = The request
page-approval-answer = Your answer
page-approval-as = You are answering as { $name } ({ $email }).
page-approval-to-approve = To approve
page-approval-checks = Before you approve, please check:
page-approval-check-person = that the requester belongs to { $tenant }
page-approval-check-address = that the mail address belongs to { $tenant }
page-approval-check-outside = with the requester in person, for example by phone, that the mail address of another domain is theirs, and that { $tenant } accepts it
page-approval-to-refuse = To refuse
page-approval-confirm = I have read the request, and the answer is my own decision.
page-approval-confirm-refusal = I refuse this request.
page-approval-reason = Reason for refusing (optional)
page-approval-reason-hint = At most 500 characters. The requester is told if you refuse.
page-approval-approve = Approve
page-approval-refuse = Refuse
page-approval-final = Please answer by { $expires }. The first answer counts and cannot be changed.
page-approval-error-confirm = To approve, tick the confirmation, then press "Approve" again.
page-approval-error-refuse = To refuse, tick the box above the "Refuse" button, then press it again.
page-approval-error-decision = Press either "Approve" or "Refuse".
page-approval-error-reason = The reason can be at most 500 characters long.

# After the decision.
page-decided-approved-now = You approved the request
page-decided-refused-now = You refused the request
page-decided-approved = This request was already approved
page-decided-refused = This request was already refused
page-decided-by-approved = Approved by { $name } on { $at }.
page-decided-by-refused = Refused by { $name } on { $at }.
page-decided-closed = It has been answered and can no longer be changed.
page-decided-next-code = The activation code is on its way to the requester by mail. Once it is typed into the Viewer, the PC can view the data. You can close this page.
page-decided-next-access = The requester's Viewer can now view the data. You can close this page.
page-decided-next-refused = The requester is told by mail. You can close this page.
page-decided-reason = Reason for refusing
page-decided-receipt = Save the signed record
page-decided-receipt-hint = It says who answered, when, and to which text, and can be checked for changes.

# Where there is nothing to answer.
page-closed-expired-title = The time has passed
page-closed-expired-body = Nothing was done in time, so this request has lapsed. If access is still needed, the requester can ask again in the Viewer.
page-closed-withdrawn-title = The request has ended
page-closed-withdrawn-body = The requester withdrew it, or it ended before it was complete. There is nothing for you to do here.
page-closed-codes-title = Too many wrong activation codes
page-closed-codes-body = The activation code was wrong too many times, so this request has ended. To view the data, please ask again in the Viewer.
page-closed-invalid-title = The link is not valid
page-closed-invalid-body = It was cut off, or it is not one of ours. Copy the whole link from the mail and open it again.
page-closed-login-title = Please log in
page-closed-login-body = This company requires you to log in before you answer. Log in with your own account; the way then leads back to this request.
page-closed-login-link = Open the login page
page-closed-other-title = Another account is logged in
page-closed-other-body = Only the person who got the mail can answer this request. Log out of the console first, then open the link in the mail again.
page-closed-other-link = Open the console
page-closed-suspended-title = The service is suspended
page-closed-suspended-body = This company's use of the service is suspended at present. Please contact the support desk.
page-closed-missing-title = Page not found
page-closed-missing-body = Please check the address. If you came from a mail, copy the whole link and open it again.
page-closed-often-title = Too many attempts
page-closed-often-body = Please wait a while, then try again.
page-closed-large-title = Too much was sent
page-closed-large-body = Go back to the page before, shorten what you typed, and send it again.
page-closed-unavailable-title = Not available just now
page-closed-unavailable-body = Nothing has been changed. Please try again in a few minutes.
page-closed-failed-title = Something went wrong
page-closed-failed-body = Your request could not be completed. Please try again. If it keeps happening, contact the support desk.

# The requester's address (K2).
page-confirm-title = Confirm your mail address
page-confirm-lead = Your mail address was given in a request to view the data of { $tenant } on this PC.
page-confirm-until = Confirm by
page-confirm-check = I made this request myself.
page-confirm-button = Confirm the mail address
page-confirm-unexpected = If this was not you, do nothing and close the page. The request then lapses by itself.
page-confirm-error = If the request is yours, tick the box, then press the button again.
page-confirmed-title = Your mail address is confirmed
page-confirmed-body = The administrators of { $tenant } have been asked to approve. Please wait for their answer.
page-confirmed-close = You can close this page.

# The activation code (K4).
page-activate-title = Enter the activation code
page-activate-lead = This lets your Viewer show the data of { $tenant }.
page-activate-user-code = User code
page-activate-user-code-hint = The 8 characters that the Viewer shows.
page-activate-code = Activation code
page-activate-code-hint = The 10 characters from the mail. Capital and small letters make no difference.
page-activate-button = Activate
page-activate-caution = Only enter the user code that the Viewer on your own PC shows. Never enter a code that somebody sent you.
page-activate-error-unknown = The user code is not right, or its time has passed. Please compare it with the Viewer.
page-activate-error-wrong = The activation code is not right. Tries left: { $tries }
page-activate-error-no-user-code = This cannot be the user code. Please enter the 8 letters that the Viewer shows.
page-activate-error-no-code = This cannot be the activation code. Please enter the 10 characters from the mail. No try was used.
page-activate-error-pending = This request has not been approved yet. If an activation code is needed, it comes by mail after the approval.
page-activate-error-often = Too many attempts. Please wait a while, then try again.
page-activated-title = Your Viewer is activated
page-activated-body = The Viewer on this PC can now show the data of { $tenant }.
page-activated-return = Close this page and return to the Viewer.

# C2
page-console-title = Console of { $tenant }
page-console-script = Please allow JavaScript in your browser to use this page.

# The free question (B12), on the page of the approver.
page-question-title = Question from your service provider
page-question-lead = Please read this question, then approve it (yes) or refuse it (no).
page-question-statement = The question
page-question-confirm = I have read the question, and I am entitled to answer it.
page-question-confirm-refusal = I refuse this question.
page-question-reason-hint = At most 500 characters. It is shown to the provider if you refuse.
page-question-several = { $required } approvers have to approve this question.
page-question-agreed = { $name } approved on { $at }.
page-question-own-title = You approved this question
page-question-own-body = Another approver has to approve it too. You may close this page.
page-decided-question-approved-now = You approved the question
page-decided-question-refused-now = You refused the question
page-decided-question-approved = This question has been approved
page-decided-question-refused = This question has been refused
page-decided-question-next = The provider is informed of the answer. You may close this page.
page-closed-question-expired-body = The question was not answered in time and can no longer be answered. If it is still needed, the provider asks again.
page-closed-question-withdrawn-title = The question was withdrawn
page-closed-question-withdrawn-body = The provider has withdrawn this question. There is nothing to do on this page.
