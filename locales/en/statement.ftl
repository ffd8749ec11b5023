# What an approver consents to. Its hash is in every receipt (B3): each message is one paragraph or one line.

statement-title = Request for viewing permission
statement-asked = Approval is asked for viewing the data of { $tenant } with the Viewer on the following PC.
statement-requester = Requester
statement-email = Mail address
statement-organization = Company
statement-device = PC
statement-requested = Asked on
statement-expires = Answer by
statement-outside = Attention: this mail address is outside the domains of { $tenant }.
statement-meaning = Approving lets this requester view the data of { $tenant } with the Viewer on this PC. The permission is for this PC only and can be revoked later. If the request is refused, or not approved in time, nothing can be viewed.
statement-checked = By approving, the approver states to have checked that the requester belongs to { $tenant } and that the mail address is one of { $tenant }.
statement-checked-outside = By approving, the approver states to have checked that the requester belongs to { $tenant }, and accepts the use of this mail address of another domain.

# The free question (B12): any yes/no question of the provider.
statement-question-title = Question from { $provider }
statement-question-asked = { $provider } asks { $tenant } to answer the following question with yes or no.
statement-question-subject = Subject
statement-question-reference = Reference
statement-question-asker = Asked by
statement-question-requested = Asked on
statement-question-meaning = Approving answers the question with yes, refusing answers it with no. The answer is recorded and signed, and { $provider } can read it. If nobody answers in time, the question counts as not answered.
statement-question-several = The question is approved only when { $required } approvers have approved it. A single refusal decides it.
statement-question-checked = By approving, the approver states to have read the question and to be entitled to answer it for { $tenant }.
