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
