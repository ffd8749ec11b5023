//! The content of each mail, composed at delivery. A mail whose reason no longer applies is dropped.

use tegata_domain::account::{CONTRACT_ISSUE, FIRST_PASSWORD_LIFE, Password};
use tegata_domain::activation::code;
use tegata_domain::code::grouped;
use tegata_domain::email::EmailAddress;
use tegata_domain::equipment::EquipmentState;
use tegata_domain::error::Refusal;
use tegata_domain::id::{InquiryId, LaunchId, QuestionId, RegistrationId, UserId};
use tegata_domain::inquiry::InquiryState;
use tegata_domain::link::{Link, LinkPurpose};
use tegata_domain::mail::{
    LaunchReport, LaunchStarted, MailContent, Occasion, Recipient, SessionSummary, SummarySubject,
};
use tegata_domain::outbox::{LaunchNews, Message};
use tegata_domain::passkey::PasskeyName;
use tegata_domain::registration::{Registration, Stage};
use tegata_domain::session::{SessionNumber, SessionPassword};
use tegata_domain::slug::Slug;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::{desk, equipment, inquiries, launches, registrations};

use super::appointments;
use super::approvals;
use super::attended;
use super::launches::session;
use super::login::{RESET_LIFE, fingerprint};
use super::people::{self, person, plain_first_password};
use super::{alerts, asking, session_record};
use crate::context::{Context, OrStorage as _};

type Letter = Option<(Recipient, MailContent)>;

/// The recipient and content of `message`; `None` when there is nothing left to say.
pub(super) fn letter(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    message: &Message,
    created_at: UnixSeconds,
) -> Result<Letter, Refusal> {
    match message {
        Message::FirstCredential { administrator, issue } => {
            first_credential(ctx, tenant, administrator, (*issue, None))
        }
        Message::Invitation {
            user,
            issue,
            requested_at,
        } => {
            let occasion = people::invite_again(ctx, tenant, user, (*issue, *requested_at))?;
            first_credential(ctx, tenant, user, (*issue, occasion))
        }
        Message::PasswordReset { user, requested_at } => password_reset(ctx, tenant, user, *requested_at),
        Message::PasskeyChanged { user, name, added, at } => passkey_changed(ctx, tenant, user, (name, *added), *at),
        Message::AddressChanged { user, address, at } => address_changed(ctx, tenant, user, address, *at),
        Message::ApprovalRequest { approval, approver } => approvals::letter(ctx, tenant, approval, approver),
        Message::ApprovalDigest { approver, from, to } => {
            asking::letter(ctx, tenant, approver, (*from, to.unwrap_or(i64::MAX >> 11)))
        }
        Message::ConfirmAddress { registration } => waiting(
            ctx,
            registration,
            Stage::AwaitingAddress,
            |registration| {
                let link = Link {
                    tenant: tenant.slug.clone(),
                    subject: registration.id.to_string(),
                    holder: registration.id.to_string(),
                    expires_at: registration.expires_at,
                };
                let token = link.seal(LinkPurpose::ConfirmAddress, &ctx.signers.links)?;
                Some(MailContent::ConfirmAddress {
                    tenant_name: tenant.name.to_string(),
                    device_name: registration.applicant.device_name.clone(),
                    expires_at: registration.expires_at,
                    link: format!("{}/c/{token}", ctx.settings.edge_url),
                })
            },
            tenant,
        ),
        Message::ActivationCode { registration } => waiting(
            ctx,
            registration,
            Stage::AwaitingCode,
            |registration| {
                Some(MailContent::ActivationCode {
                    tenant_name: tenant.name.to_string(),
                    device_name: registration.applicant.device_name.clone(),
                    code: grouped(&code(&ctx.signers.links, &tenant.slug, registration)?, 5),
                    activate_url: format!("{}/activate", ctx.issuer(&tenant.slug)),
                    expires_at: registration.expires_at,
                })
            },
            tenant,
        ),
        Message::Refused { registration } => waiting(
            ctx,
            registration,
            Stage::Refused,
            |registration| {
                Some(MailContent::Refused {
                    tenant_name: tenant.name.to_string(),
                    device_name: registration.applicant.device_name.clone(),
                    reason: registration.reason.clone(),
                })
            },
            tenant,
        ),
        Message::Appointment {
            appointment,
            place,
            news,
            sequence,
            proposal,
        } => {
            let told = (*news, *sequence, *proposal, created_at);
            appointments::mails::to_participant(ctx, tenant, appointment, *place, told)
        }
        Message::DeskAppointment {
            tenant: customer,
            appointment,
            news,
            sequence,
        } => appointments::mails::to_host(ctx, tenant, (customer, appointment), (*news, *sequence, created_at)),
        Message::Alerts { user, from, to } => alerts::letter(ctx, tenant, user, (*from, to.unwrap_or(i64::MAX >> 11))),
        Message::InquiryAnswered { inquiry, number } => inquiry_answered(ctx, tenant, inquiry, *number),
        Message::InquiryArrived {
            tenant: customer,
            inquiry,
            user,
        } => inquiry_arrived(ctx, tenant, customer, inquiry, user),
        Message::QuestionAnswered {
            tenant: customer,
            question,
            user,
        } => question_answered(ctx, tenant, customer, question, user),
        Message::LaunchStarted { launch, user } => launch_started(ctx, tenant, launch, user),
        Message::AttendedSummary { attended, user } => attended::mails::summary(ctx, tenant, attended, user),
        Message::SessionSummary { launch, user } => session_summary(ctx, tenant, launch, user),
        Message::SupportSteps {
            equipment: id,
            to,
            provider_name,
        } => {
            let found = equipment::load(ctx.sql, id).or_storage()?;
            let found =
                found.filter(|equipment| equipment.manual_launch && equipment.state() == EquipmentState::Active);
            Ok(found.map(|equipment| {
                let content = MailContent::SupportSteps {
                    tenant_name: tenant.name.to_string(),
                    provider_name: provider_name.clone(),
                    equipment: equipment.description.name.to_string(),
                    serial_number: equipment.description.serial_number.to_string(),
                    edge: ctx.settings.edge_url.clone(),
                };
                (to.clone(), content)
            }))
        }
        Message::AttendedInvitation { attended: id, place } => attended::mails::invitation(ctx, tenant, id, *place),
        Message::DeskLaunch {
            tenant: customer,
            launch,
            user,
            news,
            credential,
        } => desk_launch(ctx, tenant, (customer, launch), user, *news, credential.as_ref()),
        Message::PublishDirectory
        | Message::PublishRevocations
        | Message::ReportSession { .. }
        | Message::ReportTaken { .. }
        | Message::MoveAttachment { .. }
        | Message::TellCustomer
        | Message::TellFace { .. }
        | Message::TellInquiry { .. }
        | Message::TellLaunch { .. }
        | Message::TellAttended { .. }
        | Message::TellAppointment { .. }
        | Message::OpenSession { .. }
        | Message::ExtendSession { .. }
        | Message::EndSession { .. }
        | Message::EndDeskSession { .. }
        | Message::TellQuestion { .. }
        | Message::TellEquipment { .. }
        | Message::TellMachine { .. }
        | Message::TellMachineAnswer { .. }
        | Message::PublishOrganization => Ok(None),
    }
}

fn first_credential(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &UserId,
    (wanted, occasion): (i64, Option<Occasion>),
) -> Result<Letter, Refusal> {
    let Some(person) = person(ctx, id)? else {
        return Ok(None);
    };
    let Password::First {
        key: Some(key),
        issue,
        until,
        ..
    } = &person.account.password
    else {
        return Ok(None);
    };
    let Some(key) = ctx.signers.links.find(key) else {
        return Ok(None);
    };
    if ctx.now >= *until || *issue != wanted {
        return Ok(None);
    }
    let occasion = if let Some(occasion) = occasion {
        occasion
    } else if wanted == CONTRACT_ISSUE {
        Occasion::Contract
    } else if until.since(person.account.created_at) == FIRST_PASSWORD_LIFE {
        Occasion::Account
    } else {
        Occasion::Reissue
    };
    let content = MailContent::FirstCredential {
        occasion,
        tenant_name: tenant.name.to_string(),
        slug: tenant.slug.clone(),
        login_url: format!("{}/", ctx.issuer(&tenant.slug)),
        account: person.account.name.as_str().to_owned(),
        password: plain_first_password(key, &tenant.slug, id, wanted),
        valid_until: *until,
    };
    Ok(person.recipient().map(|to| (to, content)))
}

fn password_reset(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &UserId,
    requested_at: UnixSeconds,
) -> Result<Letter, Refusal> {
    let expires_at = requested_at.plus(RESET_LIFE);
    let Some(person) = person(ctx, id)?.filter(|_| ctx.now < expires_at) else {
        return Ok(None);
    };
    let link = Link {
        tenant: tenant.slug.clone(),
        subject: id.to_string(),
        holder: fingerprint(&person),
        expires_at,
    };
    let Some(token) = link.seal(LinkPurpose::PasswordReset, &ctx.signers.links) else {
        return Ok(None);
    };
    let content = MailContent::PasswordReset {
        tenant_name: tenant.name.to_string(),
        account: person.account.name.as_str().to_owned(),
        // The fragment is not sent to any server, so scanners that fetch links never submit the token.
        link: format!("{}/#/reset/{token}", ctx.issuer(&tenant.slug)),
        valid_until: expires_at,
    };
    Ok(person.recipient().map(|to| (to, content)))
}

fn address_changed(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &UserId,
    before: &EmailAddress,
    at: UnixSeconds,
) -> Result<Letter, Refusal> {
    let Some(person) = person(ctx, id)? else {
        return Ok(None);
    };
    let content = MailContent::AddressChanged {
        tenant_name: tenant.name.to_string(),
        account: person.account.name.as_str().to_owned(),
        at,
    };
    let to = person.recipient().map(|to| Recipient {
        address: before.clone(),
        ..to
    });
    Ok(to.map(|to| (to, content)))
}

/// Sent even if the passkey was removed since: its owner must learn that it existed.
fn passkey_changed(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &UserId,
    (name, added): (&PasskeyName, bool),
    at: UnixSeconds,
) -> Result<Letter, Refusal> {
    let Some(person) = person(ctx, id)? else {
        return Ok(None);
    };
    let content = MailContent::PasskeyChanged {
        tenant_name: tenant.name.to_string(),
        account: person.account.name.as_str().to_owned(),
        name: name.clone(),
        added,
        at,
        link: format!("{}/#/account", ctx.issuer(&tenant.slug)),
    };
    Ok(person.recipient().map(|to| (to, content)))
}

/// The desk's answer, mailed to the person who asked as long as they still have the support option.
fn inquiry_answered(ctx: &Context<'_>, tenant: &TenantRecord, id: &InquiryId, number: i64) -> Result<Letter, Refusal> {
    let inquiry = inquiries::load(ctx.sql, id).or_storage()?;
    let message = inquiries::message(ctx.sql, id, number).or_storage()?;
    let (Some(inquiry), Some(message)) = (inquiry, message) else {
        return Ok(None);
    };
    let Some(person) = person(ctx, &inquiry.by)?.filter(|person| person.account.support_option) else {
        return Ok(None);
    };
    let content = MailContent::InquiryAnswered {
        tenant_name: tenant.name.to_string(),
        subject: inquiry.subject.to_string(),
        by: message.name,
        body: message.body,
        attachments: message.attachments.len(),
        link: format!("{}/#/inquiries/{id}", ctx.issuer(&tenant.slug)),
    };
    Ok(person.recipient().map(|to| (to, content)))
}

fn inquiry_arrived(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    customer: &Slug,
    id: &InquiryId,
    user: &UserId,
) -> Result<Letter, Refusal> {
    let Some(entry) = desk::load_inquiry(ctx.sql, customer, id).or_storage()? else {
        return Ok(None);
    };
    let Some(person) = person(ctx, user)?.filter(|_| entry.inquiry.state == InquiryState::Open) else {
        return Ok(None);
    };
    let content = MailContent::InquiryArrived {
        tenant_name: entry.tenant_name.to_string(),
        subject: entry.inquiry.subject.to_string(),
        by: entry.inquiry.by_name,
        link: format!("{}/#/desk/inquiries/{customer}/{id}", ctx.issuer(&tenant.slug)),
    };
    Ok(person.recipient().map(|to| (to, content)))
}

fn question_answered(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    customer: &Slug,
    id: &QuestionId,
    user: &UserId,
) -> Result<Letter, Refusal> {
    let entry = desk::load_question(ctx.sql, customer, id).or_storage()?;
    let Some((entry, person)) = entry.zip(person(ctx, user)?) else {
        return Ok(None);
    };
    let Some(decision) = entry.question.decision else {
        return Ok(None);
    };
    let content = MailContent::QuestionAnswered {
        tenant_name: entry.tenant_name.to_string(),
        title: entry.question.title,
        reference: entry.question.reference,
        decision,
        link: format!("{}/#/desk/questions/{customer}/{id}", ctx.issuer(&tenant.slug)),
    };
    Ok(person.recipient().map(|to| (to, content)))
}

/// ID and password to an administrator (K9); nothing once the launch has ended, when they are worth nothing.
fn launch_started(ctx: &Context<'_>, tenant: &TenantRecord, id: &LaunchId, user: &UserId) -> Result<Letter, Refusal> {
    let launch = launches::load(ctx.sql, id)
        .or_storage()?
        .filter(|launch| launch.ended.is_none());
    let Some((launch, person)) = launch.zip(person(ctx, user)?) else {
        return Ok(None);
    };
    let (Some((number, password)), Some(granted)) = (session::password(ctx, &launch), launch.granted) else {
        return Ok(None);
    };
    if ctx.now >= granted.until {
        return Ok(None);
    }
    let executed_by = launch.execution.and_then(|execution| execution.by);
    let content = MailContent::LaunchStarted(Box::new(LaunchStarted {
        tenant_name: tenant.name.to_string(),
        equipment: launch.equipment_name.to_string(),
        serial_number: launch.serial_number.to_string(),
        executed_by: executed_by.map(|by| by.name),
        number,
        password: password.shown(),
        until: granted.until,
        to_desk: false,
        link: format!("{}/#/launches/{id}", ctx.issuer(&tenant.slug)),
    }));
    Ok(person.recipient().map(|to| (to, content)))
}

/// What happened in a session that has ended, to an administrator.
fn session_summary(ctx: &Context<'_>, tenant: &TenantRecord, id: &LaunchId, user: &UserId) -> Result<Letter, Refusal> {
    let launch = launches::load(ctx.sql, id).or_storage()?;
    let Some((launch, person)) = launch.zip(person(ctx, user)?) else {
        return Ok(None);
    };
    let summary = session_record::summary(ctx, id)?;
    // Nobody came: there is nothing to tell.
    if summary.desk.is_empty() {
        return Ok(None);
    }
    let content = MailContent::SessionSummary(Box::new(SessionSummary {
        tenant_name: tenant.name.to_string(),
        provider_name: launch.provider_name,
        subject: SummarySubject::Equipment(launch.equipment_name.to_string(), launch.serial_number.to_string()),
        summary,
        link: format!("{}/#/launches/{id}", ctx.issuer(&tenant.slug)),
    }));
    Ok(person.recipient().map(|to| (to, content)))
}

/// What has happened to a customer's launch, to a member of the desk's staff (K8, K9).
fn desk_launch(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    (customer, id): (&Slug, &LaunchId),
    user: &UserId,
    news: LaunchNews,
    credential: Option<&(SessionNumber, String)>,
) -> Result<Letter, Refusal> {
    let entry = desk::load_launch(ctx.sql, customer, id).or_storage()?;
    let Some((entry, person)) = entry.zip(person(ctx, user)?) else {
        return Ok(None);
    };
    let launch = entry.launch;
    let link = format!("{}/#/desk/launches/{customer}/{id}", ctx.issuer(&tenant.slug));
    let password = credential.and_then(|(number, kid)| SessionPassword::derive(&ctx.signers.links, kid, number, id));
    let content = match (news, credential, password, launch.granted) {
        (LaunchNews::Started, Some((number, _)), Some(password), Some(granted)) => {
            if launch.ended.is_some() || ctx.now >= granted.until {
                return Ok(None);
            }
            MailContent::LaunchStarted(Box::new(LaunchStarted {
                tenant_name: entry.tenant_name.to_string(),
                equipment: launch.equipment_name.to_string(),
                serial_number: launch.serial_number.to_string(),
                executed_by: launch.executed_by.map(|by| by.name),
                number: number.clone(),
                password: password.shown(),
                until: granted.until,
                to_desk: true,
                link,
            }))
        }
        (LaunchNews::Started, ..) => return Ok(None),
        _ => MailContent::LaunchReport(Box::new(LaunchReport {
            tenant_name: entry.tenant_name.to_string(),
            equipment: launch.equipment_name.to_string(),
            serial_number: launch.serial_number.to_string(),
            news,
            decision: launch.decision,
            granted: launch.granted,
            link,
        })),
    };
    Ok(person.recipient().map(|to| (to, content)))
}

/// A mail to the requester, sent only while the registration is at `stage`.
fn waiting(
    ctx: &Context<'_>,
    id: &RegistrationId,
    stage: Stage,
    content: impl Fn(&Registration) -> Option<MailContent>,
    tenant: &TenantRecord,
) -> Result<Letter, Refusal> {
    let Some(registration) = registrations::load(ctx.sql, id).or_storage()? else {
        return Ok(None);
    };
    if registration.stage(ctx.now) != stage {
        return Ok(None);
    }
    let Some(content) = content(&registration) else {
        return Ok(None);
    };
    let applicant = registration.applicant;
    let to = Recipient {
        name: applicant.name,
        address: applicant.email,
        locale: applicant.locale,
        time_zone: tenant.time_zone.clone(),
    };
    Ok(Some((to, content)))
}
