//! The kind "launch" (K7, K8): may remote support start on this equipment? An approval grants the period; executing is
//! the desk's next step.

use tegata_domain::account::Account;
use tegata_domain::approval::{Approval, Decision, Follows, Outcome};
use tegata_domain::equipment::Equipment;
use tegata_domain::equipment::responsible::{asked_about, may_be_responsible};
use tegata_domain::error::Refusal;
use tegata_domain::id::{LaunchId, OrganizationId, UserId};
use tegata_domain::launch::{Launch, Origin, statement};
use tegata_domain::link::LinkPurpose;
use tegata_domain::mail::{LaunchAsked, MailContent};
use tegata_domain::organization::Tree;
use tegata_domain::outbox::LaunchNews;
use tegata_domain::policy::{ApproverLogin, Policy};
use tegata_domain::receipt::{ReceiptFacts, ReceiptPerson};
use tegata_domain::right::Role;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::{accounts, approvals, equipment, launches};

use super::kind::{Kind, Shown};
use crate::context::{Context, OrStorage as _};
use crate::tenant::appointments;
use crate::tenant::equipment::tree;
use crate::tenant::launches as shared;
use crate::tenant::people::Person;

/// A desk's request to start remote support.
pub(in crate::tenant) struct Launching {
    launch: Launch,
    asked_by: String,
    organization: Option<OrganizationId>,
    tree: Tree,
    asked: Vec<UserId>,
}

impl Launching {
    pub(super) fn load(ctx: &Context<'_>, id: &LaunchId) -> Result<Option<Self>, Refusal> {
        let launch = launches::load(ctx.sql, id).or_storage()?;
        launch.map(|launch| Self::of(ctx, launch, None)).transpose()
    }

    /// The kind for `launch`, with those who are asked about its equipment now.
    pub(in crate::tenant) fn of(ctx: &Context<'_>, launch: Launch, known: Option<&Equipment>) -> Result<Self, Refusal> {
        let equipment = match known {
            Some(equipment) => equipment.clone(),
            None => equipment::load(ctx.sql, &launch.equipment)
                .or_storage()?
                .ok_or(Refusal::Storage)?,
        };
        let mut staff: Vec<Account> = Vec::new();
        for role in [Role::SystemAdministrator, Role::OrganizationAdministrator] {
            staff.extend(accounts::of_role(ctx.sql, role).or_storage()?);
        }
        let tree = tree(ctx)?;
        let asked = asked_about(&equipment, &staff, &tree, ctx.now)
            .into_iter()
            .cloned()
            .collect();
        let asked_by = shared::asked_by(&launch);
        Ok(Self {
            launch,
            asked_by,
            organization: equipment.description.organization,
            tree,
            asked,
        })
    }

    /// The administrators who are asked, and mailed.
    pub(in crate::tenant) fn asked(&self) -> &[UserId] {
        &self.asked
    }
}

impl Kind for Launching {
    fn purpose(&self) -> LinkPurpose {
        LinkPurpose::Launch
    }

    fn approvers(&self, _: &Context<'_>) -> Result<Vec<UserId>, Refusal> {
        Ok(self.asked.clone())
    }

    /// Every administrator who may be responsible for the equipment may answer.
    fn may_answer(&self, person: &Person) -> bool {
        may_be_responsible(&person.account, self.organization.as_ref(), &self.tree)
    }

    fn login(&self, policy: &Policy) -> ApproverLogin {
        match policy.launch_login {
            ApproverLogin::None if policy.approver_must_log_in => ApproverLogin::Login,
            login => login,
        }
    }

    fn asked_by(&self) -> &str {
        &self.asked_by
    }

    fn needs_caution(&self) -> bool {
        false
    }

    fn follows(&self, outcome: Outcome) -> Follows {
        match outcome {
            Outcome::Approved => Follows::Launch,
            Outcome::Refused => Follows::Answer,
        }
    }

    fn statement(&self, shown: &Shown<'_>) -> String {
        let tenant = shown.tenant.name.as_str();
        statement(shown.locale, shown.zone, tenant, &self.launch, Some(shown.approval))
    }

    fn facts(&self) -> ReceiptFacts {
        let launch = &self.launch;
        let requester = match &launch.origin {
            Origin::Desk { asked_by, .. } => ReceiptPerson {
                name: asked_by.name.to_string(),
                email: asked_by.email.to_string(),
                organization: Some(launch.provider_name.to_string()),
            },
            Origin::Machine { .. } => ReceiptPerson {
                name: launch.equipment_name.to_string(),
                email: String::new(),
                organization: None,
            },
        };
        ReceiptFacts {
            requester,
            device: None,
            question: None,
            launch: Some(launch.in_receipt()),
        }
    }

    fn mail(&self, tenant: &TenantRecord, approval: &Approval, link: String) -> Option<MailContent> {
        let launch = &self.launch;
        let Origin::Desk { asked_by, reason, .. } = &launch.origin else {
            return None;
        };
        Some(MailContent::LaunchAsked(Box::new(LaunchAsked {
            tenant_name: tenant.name.to_string(),
            provider_name: launch.provider_name.clone(),
            asker: asked_by.name.clone(),
            equipment: launch.equipment_name.to_string(),
            serial_number: launch.serial_number.to_string(),
            place: launch.place.as_ref().map(ToString::to_string),
            reason: reason.clone(),
            abilities: launch.abilities.clone(),
            period: launch.period,
            starts_at: launch.starts_at,
            required: approval.required,
            expires_at: approval.expires_at,
            link,
        })))
    }

    /// Starts the granted period, and tells the desk (K8).
    fn settled(&mut self, ctx: &Context<'_>, tenant: &TenantRecord, decision: &Decision) -> Result<(), Refusal> {
        self.launch.decided(decision);
        let approval = match self.launch.approval() {
            Some(id) => approvals::load(ctx.sql, id).or_storage()?,
            None => None,
        };
        shared::save(ctx, &self.launch, approval.as_ref())?;
        if let (Some(granted), Some(extended)) = (self.launch.granted, &self.launch.extends) {
            shared::session::extend(ctx, extended, granted.until, decision.name.as_str())?;
        }
        if decision.outcome == Outcome::Approved {
            appointments::launches::approved(ctx, tenant, &self.launch, &self.asked, decision)?;
            shared::end_replaced(ctx, &self.launch)?;
        }
        let news = match decision.outcome {
            Outcome::Approved => LaunchNews::Approved,
            Outcome::Refused => LaunchNews::Refused,
        };
        shared::tell(ctx, &self.launch.id, Some(news))
    }

    fn changed(&self, ctx: &Context<'_>) -> Result<(), Refusal> {
        shared::tell(ctx, &self.launch.id, None)
    }
}
