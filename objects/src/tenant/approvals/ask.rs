//! Opening an approval of any kind.

use tegata_domain::approval::{Approval, Subject};
use tegata_domain::error::Refusal;
use tegata_domain::id::ApprovalId;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::approvals;

use super::kind::Kind;
use crate::context::{Context, OrStorage as _};

/// Opens an approval about `subject`, which needs the consent of `required` approvers, and mails each approver.
pub(in crate::tenant) fn ask(
    ctx: &Context<'_>,
    kind: &dyn Kind,
    (id, subject): (ApprovalId, Subject),
    required: u32,
    expires_at: UnixSeconds,
) -> Result<Approval, Refusal> {
    let approval = Approval {
        id,
        subject,
        requested_at: ctx.now,
        expires_at,
        withdrawn: false,
        required,
        agreed: Vec::new(),
        decision: None,
        receipt: None,
    };
    approvals::save(ctx.sql, &approval).or_storage()?;
    kind.tell(ctx, &approval.id, kind.approvers(ctx)?)?;
    Ok(approval)
}
