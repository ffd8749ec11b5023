//! What people do who open a link to an attended session: they look, which changes nothing, and they consent (Z3). The
//! consent, its signed receipt and its entry in the log are one write; what the person gets is a voucher that the
//! session's object takes once.

use tegata_domain::approval::Outcome;
use tegata_domain::attended::page::AttendedPage;
use tegata_domain::attended::{Attended, Consent, Invited, NotTaken, holder_of, signed_statement, statement};
use tegata_domain::audit::Actor;
use tegata_domain::command::{ConsentAttended, GuestVoucher, ViewAttended};
use tegata_domain::email::EmailAddress;
use tegata_domain::error::Refusal;
use tegata_domain::id::{GuestId, LaunchId};
use tegata_domain::jwk::sha256_b64;
use tegata_domain::limit::CONSENTS;
use tegata_domain::link::{Link, LinkPurpose};
use tegata_domain::receipt::{ReceiptClaims, ReceiptPerson, ShownText, TYP};
use tegata_domain::session::party::Guest;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantState};
use tegata_kv_schema::attended as store;

use super::{entry, tell};
use crate::context::{Context, OrStorage as _};
use crate::tenant::object::Tenant;

/// Opens the session behind a link, and the person that the link was mailed to, if it was.
fn opened(ctx: &Context<'_>, tenant: &TenantRecord, token: &str) -> Result<(Attended, Option<Invited>), Refusal> {
    let link = Link::open(token, LinkPurpose::Attended, &ctx.signers.links, ctx.now)
        .filter(|link| link.tenant == tenant.slug)
        .ok_or(Refusal::BadLink)?;
    let id = LaunchId::parse(&link.subject).ok_or(Refusal::BadLink)?;
    let attended = store::load(ctx.sql, &id).or_storage()?.ok_or(Refusal::BadLink)?;
    let invited = holder_of(&attended, &link.holder).ok_or(Refusal::BadLink)?.cloned();
    Ok((attended, invited))
}

pub(in crate::tenant) fn view(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    command: &ViewAttended,
) -> Result<AttendedPage, Refusal> {
    let (attended, invited) = opened(ctx, tenant, &command.token)?;
    let own = invited.as_ref().map(|person| person.locale);
    let locale = command.asked.or(own).unwrap_or(command.browser);
    Ok(AttendedPage {
        tenant_name: tenant.name.clone(),
        statement: statement(locale, &tenant.time_zone, tenant.name.as_str(), &attended),
        state: attended.state(ctx.now),
        suspended: tenant.state == TenantState::Suspended,
        provider_name: attended.opened_by.provider_name,
        host: attended.opened_by.name,
        title: attended.title,
        invited: invited.map(|person| person.name),
        locale,
    })
}

impl Tenant {
    /// Records that somebody has pressed 「参加する」.
    pub(in crate::tenant) fn consent(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: ConsentAttended,
    ) -> Result<GuestVoucher, Refusal> {
        let (mut attended, invited) = opened(ctx, tenant, &command.token)?;
        let until = attended.granted.until;
        let refusal = |why| match why {
            NotTaken::NotOpenYet => Refusal::NotOpenYet,
            NotTaken::Over => Refusal::SessionOver,
            NotTaken::TooMany => Refusal::TooMany {
                retry_after: until.since(ctx.now).max(1),
            },
        };
        attended.takes_consent(ctx.now).map_err(refusal)?;
        let what = format!("consent/{}", attended.id);
        self.limited_client(ctx, &what, &command.client, CONSENTS)?;
        let consent = Consent {
            guest: GuestId::generate(ctx.random),
            name: command.name,
            email: invited.map(|person| person.email),
            at: ctx.now,
            locale: command.locale,
        };
        attended.consent(consent.clone()).map_err(refusal)?;
        let receipt = receipt(ctx, tenant, &attended, &consent);
        store::keep_receipt(ctx.sql, &attended.id, &consent.guest, &receipt).or_storage()?;
        store::save(ctx.sql, &attended).or_storage()?;
        let actor = Actor::new("guest", Some(consent.guest.as_str()), Some(&command.client));
        entry(ctx, &attended, actor, "consent", consent.name.as_str())?;
        tell(ctx, &attended.id)?;
        let by = Guest {
            guest: consent.guest,
            name: consent.name,
            email: consent.email,
            client: command.client,
        };
        let session = (tenant.slug.clone(), attended.id, attended.number);
        GuestVoucher::seal(by, session, &ctx.signers.links, ctx.random, ctx.now).ok_or(Refusal::Storage)
    }
}

/// The signed receipt of a consent, with the text that the person was shown and the name they gave.
fn receipt(ctx: &Context<'_>, tenant: &TenantRecord, attended: &Attended, consent: &Consent) -> String {
    let locale = consent.locale;
    let shown = statement(locale, &tenant.time_zone, tenant.name.as_str(), attended);
    let signed = signed_statement(locale, &shown, &consent.name);
    let host = &attended.opened_by;
    let claims = ReceiptClaims {
        iss: ctx.issuer(&tenant.slug),
        jti: consent.guest.to_string(),
        iat: consent.at,
        sub: attended.id.to_string(),
        kind: "attended".to_owned(),
        outcome: Outcome::Approved,
        reason: None,
        requested_at: attended.opened_at,
        expires_at: attended.granted.until,
        decided_at: consent.at,
        requester: ReceiptPerson {
            name: host.name.to_string(),
            email: host.email.to_string(),
            organization: Some(host.provider_name.to_string()),
        },
        device: None,
        question: None,
        launch: None,
        attended: Some(attended.in_receipt()),
        appointment: None,
        approvals: None,
        approver: ReceiptPerson {
            name: consent.name.to_string(),
            email: consent.email.as_ref().map(EmailAddress::to_string).unwrap_or_default(),
            organization: Some(tenant.name.to_string()),
        },
        text: ShownText {
            lang: locale,
            sha256: sha256_b64(&signed),
            statement: signed,
        },
    };
    ctx.signers.receipt.sign(TYP, &claims)
}
