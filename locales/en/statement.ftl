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
