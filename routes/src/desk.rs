//! The provider's desk at work in its customers' tenants (K1, C6). The provider's own tenant vouches for the caller,
//! and the customer's tenant decides.

pub(crate) mod appointments;
pub(crate) mod attended;
pub(crate) mod equipment;
pub(crate) mod launch;
pub(crate) mod sessions;

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::Path;
use axum::response::Response;
use http::{HeaderMap, StatusCode, Uri};
use serde::Deserialize;
use tegata_domain::account::NewAdministrator;
use tegata_domain::command::CreateTenant;
use tegata_domain::contract::ContactPerson;
use tegata_domain::date::Date;
use tegata_domain::desk::{AskQuestion, Desk, DeskAction, DeskVoucher};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{ApplicationId, AttachmentId, InquiryId, QuestionId, UserId};
use tegata_domain::inquiry::{Body, NewAttachment};
use tegata_domain::locale::Locale;
use tegata_domain::panel::Act as _;
use tegata_domain::panel::desk::{Vouch, VouchForChange};
use tegata_domain::policy::Policy;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::{TenantKind, TenantState};
use tegata_domain::text::OrganizationName;
use tegata_domain::time::TimeZone;

use crate::document::{document, idempotency_key, parameters, tenant};
use crate::download::{file, receipt};
use crate::intake::whole;
use crate::panel::Caller;
use crate::port::{Failure, ask_text, read};
use crate::problem::{Problem, json_text};

/// A new customer and its first administrator.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCustomer {
    slug: Slug,
    name: OrganizationName,
    locale: Locale,
    time_zone: TimeZone,
    administrator: NewAdministrator,
    /// The contract's contact person.
    #[serde(default)]
    contact: Option<ContactPerson>,
    /// The date of application.
    #[serde(default)]
    applied_on: Option<Date>,
    /// The application that the contract answers; creating the customer closes it.
    #[serde(default)]
    application: Option<ApplicationId>,
}

/// A message from the desk.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMessage {
    body: Body,
    #[serde(default)]
    attachments: Vec<NewAttachment>,
}

type Names = Path<HashMap<String, String>>;

/// Parses a name from the path. A malformed name is treated as unknown.
fn named<T>(names: &Names, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, Problem> {
    let found = names.get(name).and_then(|text| parse(text));
    Ok(found.ok_or(Failure::Refused(Refusal::NotFound))?)
}

/// The cursor of a list that takes no other parameter.
fn cursor(uri: &Uri) -> Result<Option<String>, Problem> {
    let mut parameters = parameters(uri).into_iter();
    match (parameters.next(), parameters.next()) {
        (None, _) => Ok(None),
        (Some((name, cursor)), None) if name == "cursor" => Ok(Some(cursor)),
        _ => Err(Problem::invalid(FieldError::new("cursor", "is the only parameter"))),
    }
}

fn customer(names: &Names) -> Result<Slug, Problem> {
    tenant(names.get("customer").map_or("", String::as_str))
}

fn inquiry(names: &Names) -> Result<InquiryId, Problem> {
    named(names, "id", InquiryId::parse)
}

/// Performs `action` at `customer` with a voucher from the caller's own tenant that covers this action only. An action
/// that changes the customer itself requires a recent login, and the provider records it first.
async fn act(caller: &Caller, customer: &Slug, action: DeskAction) -> Result<String, Problem> {
    let (customer, deed) = (customer.clone(), action.deed());
    let voucher = if deed.changes_customer() {
        let vouch = VouchForChange {
            customer: customer.clone(),
            deed,
            application: match &action {
                DeskAction::Create(create) => create.application.clone(),
                _ => None,
            },
        };
        caller.act(&vouch).await?
    } else {
        let customer = customer.clone();
        caller.act(&Vouch { customer, deed }).await?
    };
    let voucher: DeskVoucher = read(&voucher)?;
    Ok(ask_text(&*caller.edge, &customer, Desk { voucher, action }).await?)
}

/// Returns 201 with the customer, and a mail to its first administrator (C1) is queued; 400 naming the field; 409 if
/// the slug is taken. An application that the contract answers must be open; it is closed.
pub(crate) async fn create(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let new: NewCustomer = document(&headers, &body)?;
    let slug = new.slug.clone();
    let create = CreateTenant {
        slug: new.slug,
        kind: TenantKind::Tenant,
        provider: Some(caller.tenant.clone()),
        name: new.name,
        locale: new.locale,
        time_zone: new.time_zone,
        policy: Policy::default(),
        administrator: new.administrator,
        contact: new.contact,
        applied_on: new.applied_on,
        application: new.application,
        // The same key from two providers counts as two keys.
        idempotency_key: idempotency_key(&headers, &format!("customer/{}", caller.tenant)),
    };
    let action = DeskAction::Create(Box::new(create));
    let reply = act(&caller, &slug, action).await?;
    Ok(json_text(StatusCode::CREATED, reply))
}

/// Returns 200 with the customer and its administrators; 404.
pub(crate) async fn show(caller: Caller, names: Names) -> Result<Response, Problem> {
    let reply = act(&caller, &customer(&names)?, DeskAction::Show).await?;
    Ok(json_text(StatusCode::OK, reply))
}

async fn set_state(caller: &Caller, names: &Names, state: TenantState) -> Result<Response, Problem> {
    let reply = act(caller, &customer(names)?, DeskAction::SetState(state)).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the customer, suspended now or before; 404.
pub(crate) async fn suspend(caller: Caller, names: Names) -> Result<Response, Problem> {
    set_state(&caller, &names, TenantState::Suspended).await
}

/// Returns 200 with the customer, active now or before; 404.
pub(crate) async fn resume(caller: Caller, names: Names) -> Result<Response, Problem> {
    set_state(&caller, &names, TenantState::Active).await
}

/// Returns 200 with the customer. The administrator's old credential has ended and a mail with the new one is queued
/// (K1). 404.
pub(crate) async fn reissue(caller: Caller, names: Names) -> Result<Response, Problem> {
    let user = named(&names, "user", UserId::parse)?;
    let reply = act(&caller, &customer(&names)?, DeskAction::Reissue(user)).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the inquiry and its messages; 404.
pub(crate) async fn show_inquiry(caller: Caller, names: Names) -> Result<Response, Problem> {
    let reply = act(&caller, &customer(&names)?, DeskAction::ShowInquiry(inquiry(&names)?)).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the inquiry and the new answer, and a mail to the person who asked is queued; 400; 404.
pub(crate) async fn answer_inquiry(
    caller: Caller,
    names: Names,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Result<Response, Problem> {
    let (customer, inquiry) = (customer(&names)?, inquiry(&names)?);
    // The right is checked first, so that nobody without it makes us read files. The voucher is issued only after the
    // files are read, since it expires after a minute.
    caller.check(Vouch::ACTION).await?;
    let NewMessage { body, attachments } = document(&headers, &whole(body).await?)?;
    let action = DeskAction::AnswerInquiry(inquiry, body, attachments);
    Ok(json_text(StatusCode::OK, act(&caller, &customer, action).await?))
}

/// Returns 200 with the inquiry, closed now or before; 404.
pub(crate) async fn close_inquiry(caller: Caller, names: Names) -> Result<Response, Problem> {
    let reply = act(&caller, &customer(&names)?, DeskAction::CloseInquiry(inquiry(&names)?)).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the file; 404.
pub(crate) async fn attachment(caller: Caller, names: Names) -> Result<Response, Problem> {
    let id = named(&names, "attachment", AttachmentId::parse)?;
    let action = DeskAction::FetchAttachment(inquiry(&names)?, id);
    let reply = act(&caller, &customer(&names)?, action).await?;
    file(&*caller.edge, &read(&reply)?).await
}

fn question(names: &Names) -> Result<QuestionId, Problem> {
    named(names, "id", QuestionId::parse)
}

/// Returns 201 with the question, and a mail to each of the customer's approvers is queued (B12); 400 naming the field;
/// 404. With an `Idempotency-Key`, repeated requests ask the question only once.
pub(crate) async fn ask(caller: Caller, names: Names, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let customer = customer(&names)?;
    let action = DeskAction::Ask(Box::new(AskQuestion {
        question: document(&headers, &body)?,
        idempotency_key: idempotency_key(&headers, &format!("question/{customer}")),
    }));
    Ok(json_text(StatusCode::CREATED, act(&caller, &customer, action).await?))
}

/// Returns 200 with the question and its answer, if there is one yet; 404.
pub(crate) async fn show_question(caller: Caller, names: Names) -> Result<Response, Problem> {
    let reply = act(&caller, &customer(&names)?, DeskAction::ShowQuestion(question(&names)?)).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the withdrawn question; 404; 409 if it has been answered or has expired.
pub(crate) async fn withdraw_question(caller: Caller, names: Names) -> Result<Response, Problem> {
    let action = DeskAction::WithdrawQuestion(question(&names)?);
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(json_text(StatusCode::OK, reply))
}

/// Returns 200 with the signed receipt of the answer; 404 before there is one.
pub(crate) async fn question_receipt(caller: Caller, names: Names) -> Result<Response, Problem> {
    let action = DeskAction::FetchQuestionReceipt(question(&names)?);
    let reply = act(&caller, &customer(&names)?, action).await?;
    Ok(receipt(&read::<String>(&reply)?))
}
