//! The audit log as an administrator reads it (B4).

use tegata_domain::approval::Subject;
use tegata_domain::audit::filter::AuditFilter;
use tegata_domain::audit::{Act, AuditEntry};
use tegata_domain::command::ListAudit;
use tegata_domain::error::Refusal;
use tegata_domain::id::{
    ApplicationId, AppointmentId, ApprovalId, DeviceId, EquipmentId, GuestId, InquiryId, LaunchId, OrganizationId,
    QuestionId, RegistrationId, UserId,
};
use tegata_domain::locale::Locale;
use tegata_domain::panel::audit::{List, NamedEntry};
use tegata_domain::panel::lists::Order;
use tegata_domain::registration::Applicant;
use tegata_domain::right::Right;
use tegata_domain::slug::Slug;
use tegata_domain::text::PersonName;
use tegata_domain::wire::page::Page;
use tegata_kv_schema::sql::SqlError;
use tegata_kv_schema::{
    applications, appointments, approvals, attended, desk, devices, equipment, inquiries, launches, organizations,
    questions, registrations, users,
};

use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::audit as log;

/// The filter of a request.
pub(super) fn filter(input: List) -> AuditFilter {
    AuditFilter {
        actor: input.actor,
        object: input.object,
        action: input.action,
        from: input.from,
        to: input.to,
    }
}

/// The current name of `object`, if the visitor may see it.
fn called(ctx: &Context<'_>, visitor: &Visitor, object: &str) -> Result<Option<String>, Refusal> {
    let Some((kind, id)) = object.split_once('/') else {
        return Ok(None);
    };
    let comma = match visitor.person.account.locale {
        Locale::Ja => "、",
        Locale::En | Locale::Da => ", ",
    };
    let with_pc = |applicant: &Applicant| format!("{}{comma}{}", applicant.name, applicant.device_name);
    Ok(match kind {
        "user" | "account" | "administrator" if visitor.may(Right::UsersRead) => {
            named_user(ctx, UserId::parse(id))?.map(|name| name.to_string())
        }
        "device" if visitor.may(Right::DevicesRead) => {
            loaded(DeviceId::parse(id), |id| devices::load(ctx.sql, id))?.map(|device| with_pc(&device.applicant))
        }
        "equipment" if visitor.may(Right::EquipmentRead) => {
            loaded(EquipmentId::parse(id), |id| equipment::load(ctx.sql, id))?.map(|of| of.called())
        }
        "registration" if visitor.may(Right::RegistrationsRead) => {
            loaded(RegistrationId::parse(id), |id| registrations::load(ctx.sql, id))?.map(|of| with_pc(&of.applicant))
        }
        "approval" if visitor.may(Right::RegistrationsRead) => {
            match loaded(ApprovalId::parse(id), |id| approvals::load(ctx.sql, id))?.map(|approval| approval.subject) {
                Some(Subject::Viewer(id)) => {
                    let registration = registrations::load(ctx.sql, &id).or_storage()?;
                    registration.map(|of| with_pc(&of.applicant))
                }
                Some(Subject::Question(id)) => question_title(ctx, Some(id))?,
                Some(Subject::Launch(id)) => launched(ctx, Some(id))?,
                None => None,
            }
        }
        "launch" if visitor.may(Right::LaunchesRead) => launched(ctx, LaunchId::parse(id))?,
        "attended" if visitor.may(Right::LaunchesRead) => {
            loaded(LaunchId::parse(id), |id| attended::load(ctx.sql, id))?.map(|of| of.title.to_string())
        }
        "appointment" if visitor.may(Right::LaunchesRead) => {
            loaded(AppointmentId::parse(id), |id| appointments::load(ctx.sql, id))?.map(|of| of.title.to_string())
        }
        "question" if visitor.may(Right::QuestionsRead) => question_title(ctx, QuestionId::parse(id))?,
        "organization" if visitor.may(Right::UsersRead) => {
            loaded(OrganizationId::parse(id), |id| organizations::load(ctx.sql, id))?.map(|of| of.name.to_string())
        }
        "inquiry" if visitor.may(Right::Inquiries) => {
            loaded(InquiryId::parse(id), |id| inquiries::load(ctx.sql, id))?.map(|of| of.subject.to_string())
        }
        "customer" if visitor.may(Right::Desk) => {
            loaded(Slug::parse(id).ok(), |slug| desk::load_customer(ctx.sql, slug))?.map(|of| of.name.to_string())
        }
        "application" if visitor.may(Right::Desk) => {
            let found = loaded(ApplicationId::parse(id), |id| applications::load(ctx.sql, id))?;
            found.map(|application| application.company.to_string())
        }
        _ => None,
    })
}

/// The equipment of a launch.
fn launched(ctx: &Context<'_>, id: Option<LaunchId>) -> Result<Option<String>, Refusal> {
    let launch = loaded(id, |id| launches::load(ctx.sql, id))?;
    Ok(launch.map(|launch| format!("{} ({})", launch.equipment_name, launch.serial_number)))
}

fn question_title(ctx: &Context<'_>, id: Option<QuestionId>) -> Result<Option<String>, Refusal> {
    Ok(loaded(id, |id| questions::load(ctx.sql, id))?.map(|question| question.title.to_string()))
}

fn loaded<I, T>(id: Option<I>, load: impl FnOnce(&I) -> Result<Option<T>, SqlError>) -> Result<Option<T>, Refusal> {
    id.map_or(Ok(None), |id| load(&id).or_storage())
}

fn named_user(ctx: &Context<'_>, id: Option<UserId>) -> Result<Option<PersonName>, Refusal> {
    let user = loaded(id, |id| users::load(ctx.sql, id))?;
    Ok(user.map(|user| user.display_name))
}

/// The name of the member of the provider's desk who acted on a launch or an attended session, or of the person at the
/// customer who took part in one: only its record knows them here, and of the desk's staff only who asked for it, executed
/// or opened it.
fn named_participant(ctx: &Context<'_>, visitor: &Visitor, act: &Act) -> Result<Option<PersonName>, Refusal> {
    let Some((kind, id)) = act.object.split_once('/') else {
        return Ok(None);
    };
    if !matches!(act.actor.kind.as_str(), "desk" | "guest") || !visitor.may(Right::LaunchesRead) {
        return Ok(None);
    }
    let who = act.actor.id.as_deref().unwrap_or_default();
    let user = who.split_once('/').and_then(|(_, user)| UserId::parse(user));
    if kind == "appointment" {
        let appointment = loaded(AppointmentId::parse(id), |id| appointments::load(ctx.sql, id))?;
        let host = appointment.map(|appointment| appointment.host);
        return Ok(host
            .filter(|host| Some(&host.user) == user.as_ref())
            .map(|host| host.name));
    }
    let id = LaunchId::parse(id);
    Ok(match kind {
        "launch" => {
            let launch = loaded(id, |id| launches::load(ctx.sql, id))?;
            launch
                .zip(user)
                .and_then(|(launch, user)| launch.person(&user).cloned())
        }
        "attended" => {
            let attended = loaded(id, |id| attended::load(ctx.sql, id))?;
            attended.and_then(|of| match user {
                Some(user) => (of.opened_by.user == user).then_some(of.opened_by.name),
                None => GuestId::parse(who).and_then(|guest| of.guest(&guest).cloned()),
            })
        }
        _ => None,
    })
}

/// Adds the current names of an entry's actor and object.
pub(super) fn named(ctx: &Context<'_>, visitor: &Visitor, entry: AuditEntry) -> Result<NamedEntry, Refusal> {
    let own = named_user(ctx, entry.act.actor.user())?;
    Ok(NamedEntry {
        actor_name: own.map_or_else(|| named_participant(ctx, visitor, &entry.act), |own| Ok(Some(own)))?,
        object_name: called(ctx, visitor, &entry.act.object)?,
        entry,
    })
}

pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor, input: List) -> Result<Page<NamedEntry>, Refusal> {
    let command = ListAudit {
        cursor: input.cursor.clone(),
        newest_first: input.order == Order::Newest,
        filter: filter(input),
    };
    let page = log::list(ctx, &command)?;
    Ok(Page {
        items: page
            .items
            .into_iter()
            .map(|entry| named(ctx, visitor, entry))
            .collect::<Result<_, _>>()?,
        cursor: page.cursor,
    })
}
