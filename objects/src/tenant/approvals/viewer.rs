//! The kind "viewer": may this person view the tenant's data on this PC (K3)?

use tegata_domain::alert::AlertKind;
use tegata_domain::approval::{Approval, Decision, Follows, Outcome};
use tegata_domain::error::Refusal;
use tegata_domain::id::{ApprovalId, RegistrationId, UserId};
use tegata_domain::link::LinkPurpose;
use tegata_domain::mail::MailContent;
use tegata_domain::outbox::Message;
use tegata_domain::policy::Activation;
use tegata_domain::receipt::{ReceiptDevice, ReceiptFacts, ReceiptPerson};
use tegata_domain::registration::Registration;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::viewer::{ViewerStatement, viewer_statement};
use tegata_kv_schema::day_counts::{self, Counted};
use tegata_kv_schema::registrations;

use super::kind::{Kind, Shown};
use crate::context::{Context, OrStorage as _};
use crate::tenant::alerts::alert_by;
use crate::tenant::asking;
use crate::tenant::outbox::enqueue;

/// A Viewer's request.
pub(in crate::tenant) struct Viewing(pub(in crate::tenant) Registration);

impl Viewing {
    pub(super) fn load(ctx: &Context<'_>, id: &RegistrationId) -> Result<Option<Self>, Refusal> {
        Ok(registrations::load(ctx.sql, id).or_storage()?.map(Self))
    }
}

impl Kind for Viewing {
    fn purpose(&self) -> LinkPurpose {
        LinkPurpose::Viewer
    }

    fn tell(&self, ctx: &Context<'_>, approval: &ApprovalId, approvers: Vec<UserId>) -> Result<(), Refusal> {
        asking::tell(ctx, &self.0.id, approval, approvers)
    }

    fn asked_by(&self) -> &str {
        self.0.applicant.email.as_str()
    }

    fn needs_caution(&self) -> bool {
        self.0.outside_mail_domains
    }

    fn follows(&self, outcome: Outcome) -> Follows {
        match (outcome, self.0.activation) {
            (Outcome::Refused, _) => Follows::Refusal,
            (Outcome::Approved, Activation::MailedCode) => Follows::Code,
            (Outcome::Approved, Activation::ApprovalOnly) => Follows::Access,
        }
    }

    fn statement(&self, shown: &Shown<'_>) -> String {
        let applicant = &self.0.applicant;
        let email = applicant.email.shown();
        viewer_statement(
            shown.locale,
            shown.zone,
            &ViewerStatement {
                tenant_name: shown.tenant.name.as_str(),
                requester_name: applicant.name.as_str(),
                requester_email: &email,
                organization: applicant.organization.as_str(),
                device_name: applicant.device_name.as_str(),
                requested_at: shown.approval.requested_at,
                expires_at: shown.approval.expires_at,
                outside_mail_domains: self.0.outside_mail_domains,
            },
        )
    }

    fn facts(&self) -> ReceiptFacts {
        let applicant = &self.0.applicant;
        ReceiptFacts {
            requester: ReceiptPerson {
                name: applicant.name.to_string(),
                email: applicant.email.to_string(),
                organization: Some(applicant.organization.to_string()),
            },
            device: Some(ReceiptDevice {
                name: applicant.device_name.to_string(),
                jkt: applicant.jkt.clone(),
            }),
            question: None,
            launch: None,
        }
    }

    fn mail(&self, tenant: &TenantRecord, approval: &Approval, link: String) -> Option<MailContent> {
        let applicant = &self.0.applicant;
        Some(MailContent::ApprovalRequest {
            tenant_name: tenant.name.to_string(),
            requester_name: applicant.name.clone(),
            requester_email: applicant.email.clone(),
            organization: applicant.organization.clone(),
            device_name: applicant.device_name.clone(),
            requested_at: approval.requested_at,
            expires_at: approval.expires_at,
            outside_mail_domains: self.0.outside_mail_domains,
            link,
        })
    }

    /// Moves the registration to its next stage and enqueues the mail to the requester.
    fn settled(&mut self, ctx: &Context<'_>, tenant: &TenantRecord, decision: &Decision) -> Result<(), Refusal> {
        let registration = &mut self.0;
        let code_key = ctx.signers.links.current().map(|(kid, _)| kid.to_owned());
        let code_life = tenant.policy.code_life_seconds;
        registration.decided(decision.outcome, decision.reason.clone(), ctx.now, code_life, code_key);
        registrations::save(ctx.sql, registration).or_storage()?;
        let counted = match decision.outcome {
            Outcome::Approved => Counted::Approved,
            Outcome::Refused => Counted::Refused,
        };
        day_counts::add(ctx.sql, &tenant.time_zone.day(ctx.now), counted).or_storage()?;
        let id = registration.id.clone();
        match (decision.outcome, registration.activation) {
            (Outcome::Refused, _) => {
                let applicant = &registration.applicant;
                let email = applicant.email.shown();
                let what = format!("{} ({email}), {}", applicant.name, applicant.device_name);
                alert_by(ctx, Some(&decision.by), AlertKind::Refused, what)?;
                enqueue(ctx, Message::Refused { registration: id })
            }
            (Outcome::Approved, Activation::MailedCode) => enqueue(ctx, Message::ActivationCode { registration: id }),
            (Outcome::Approved, Activation::ApprovalOnly) => Ok(()),
        }
    }
}
