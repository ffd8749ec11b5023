//! The page behind a link to an appointment (Z1, B7). Looking changes nothing, whether a person or a mail scanner does so;
//! a form decides, on a page of its own that shows what is decided. [`check`] is the pre-flight check.

pub(crate) mod check;
mod times;

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use tegata_domain::appointment::Counter;
use tegata_domain::appointment::page::AppointmentPage;
use tegata_domain::command::{AnswerAppointment, AppointmentAct, FetchAppointmentReceipt, ViewAppointment};
use tegata_domain::error::Refusal;
use tegata_domain::locale::Locale;
use tegata_domain::text::{PersonName, Reason};
use tegata_domain::time::TimeZone;

use crate::form::Form;
use crate::html::{Posted, asked, closed, face_of, language, page, posted, receipt as receipt_of, tenant_of};
use crate::pages::{Frame, MeetingError, MeetingForm, MeetingPage, MeetingView, Page as _};
use crate::port::{Edge, Failure, ask, client_address};

/// Allows our own stylesheet and script, and forms that post back to us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// The parameters of the page, of which the last counts.
fn parameters(uri: &Uri) -> HashMap<String, String> {
    let query = uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).into_owned().take(16).collect()
}

/// What the reader wants to do, by the parameters, and what is wrong with it.
fn wanted(parameters: &HashMap<String, String>, shown: MeetingView<'_>) -> (MeetingForm, Option<MeetingError>) {
    let number = |name: &str| parameters.get(name).and_then(|text| text.parse::<usize>().ok());
    let has = |name: &str| parameters.contains_key(name);
    let statements = &shown.0.statements;
    let offered = shown.0.view.proposal.as_ref().map(|proposal| proposal.number);
    let chosen = number("time").filter(|time| *time < statements.len());
    let form = match (number("offer").and_then(|offer| u32::try_from(offer).ok()), chosen) {
        (Some(offer), Some(time)) if Some(offer) == offered => MeetingForm::Choose { offer, time },
        // A link to an older proposal shows what there is now.
        (Some(_), _) if !statements.is_empty() && !has("time") => {
            return (MeetingForm::Nothing, Some(MeetingError::NoTime));
        }
        _ if has("counter") && shown.can_counter() => MeetingForm::Counter,
        _ if has("decline") && !statements.is_empty() => MeetingForm::Decline,
        _ if has("cancel") && shown.can_cancel() => MeetingForm::Cancel,
        _ => MeetingForm::Nothing,
    };
    // What is not the name of a zone is said to be none, and the times stay in the one before.
    let unknown = |name: &String| TimeZone::parse(name).is_err();
    let error = form == MeetingForm::Nothing && parameters.get("zone").is_some_and(unknown);
    (form, error.then_some(MeetingError::NoZone))
}

async fn render(
    edge: &dyn Edge,
    token: &str,
    shown: &AppointmentPage,
    (form, error): (MeetingForm, Option<MeetingError>),
    typed: Option<&Form>,
    just_now: Option<&'static str>,
) -> Response {
    let path = format!("/m/{token}");
    let face = face_of(edge, &path).await;
    let zone = form_urlencoded::byte_serialize(shown.time_zone.name().as_bytes()).collect::<String>();
    let zoned = format!("{path}?zone={zone}");
    let rendered = MeetingPage {
        frame: Frame {
            locale: shown.locale,
            product: &edge.settings().product,
            path: &zoned,
            face: face.as_deref(),
        },
        token_path: &path,
        shown: MeetingView(shown),
        now: edge.now(),
        form,
        error,
        typed: typed.map_or_else(HashMap::new, Form::values),
        just_now,
    };
    let status = match (rendered.failed(), shown.view.state.is_alive()) {
        (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, true) => StatusCode::OK,
        (false, false) if just_now.is_some() => StatusCode::OK,
        (false, false) => StatusCode::GONE,
    };
    let mut response = page(status, rendered.html());
    let own = response.headers_mut();
    own.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

async fn viewed(
    edge: &dyn Edge,
    token: &str,
    (asked, browser): (Option<Locale>, Locale),
    zone: Option<String>,
) -> Result<AppointmentPage, Failure> {
    let slug = tenant_of(token)?;
    let command = ViewAppointment {
        token: token.to_owned(),
        asked,
        browser,
        zone,
    };
    ask(edge, &slug, command).await
}

/// Returns 200 with the page; 410 with the same page once it is over, which it then says; 404 for an unknown link. The
/// parameters `offer` and `time`, `counter`, `decline` and `cancel` show the form for an answer, `zone` the zone of the
/// times. Never changes anything.
pub(crate) async fn show(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let edge = &*edge;
    let parameters = parameters(&uri);
    let browser = language(None, &headers);
    let asked = asked(uri.query());
    match viewed(edge, &token, (asked, browser), parameters.get("zone").cloned()).await {
        Ok(shown) => {
            let form = wanted(&parameters, MeetingView(&shown));
            render(edge, &token, &shown, form, None, None).await
        }
        Err(failure) => closed(edge, asked.unwrap_or(browser), &format!("/m/{token}"), &failure).await,
    }
}

/// The form that was posted.
fn form_of(form: &Form) -> MeetingForm {
    let offer = form.get("offer").and_then(|text| text.parse().ok());
    let time = form.get("time").and_then(|text| text.parse().ok());
    match (form.get("act"), offer, time) {
        (Some("choose"), Some(offer), Some(time)) => MeetingForm::Choose { offer, time },
        (Some("decline"), ..) => MeetingForm::Decline,
        (Some("counter"), ..) => MeetingForm::Counter,
        (Some("cancel"), ..) => MeetingForm::Cancel,
        _ => MeetingForm::Nothing,
    }
}

/// What the form `of` asks for, and what to say when it is done; `None` for none that we know.
fn act(form: &Form, of: MeetingForm) -> Result<Option<(AppointmentAct, &'static str)>, MeetingError> {
    // A textarea may contain line breaks, but a reason is a single line.
    let reason = || {
        let text = form.get("reason").map(|text| text.replace(['\r', '\n', '\t'], " "));
        let text = text.filter(|text| !text.trim().is_empty());
        let parsed = text.map(|text| Reason::parse(&text)).transpose();
        parsed.map_err(|_| MeetingError::ReasonTooLong)
    };
    let sure = || {
        (form.get("sure") == Some("yes"))
            .then_some(())
            .ok_or(MeetingError::NotSure)
    };
    Ok(Some(match of {
        MeetingForm::Nothing => return Ok(None),
        MeetingForm::Choose { offer, time } => (
            AppointmentAct::Choose { proposal: offer, time },
            "page-meeting-agreed-now",
        ),
        MeetingForm::Decline => {
            sure()?;
            let offer = form.get("offer").and_then(|text| text.parse().ok());
            let act = AppointmentAct::Decline {
                proposal: offer.unwrap_or_default(),
                reason: reason()?,
            };
            (act, "page-meeting-declined-now")
        }
        MeetingForm::Counter => {
            let reason = reason()?;
            let times = times::read(form)?;
            let act = AppointmentAct::Counter(Counter { times, reason });
            (act, "page-meeting-countered-now")
        }
        MeetingForm::Cancel => {
            sure()?;
            let reason = reason()?.ok_or(MeetingError::NoReason)?;
            (AppointmentAct::Cancel { reason }, "page-meeting-cancelled-now")
        }
    }))
}

/// Takes the answer, in this order:
///
/// 1. 403 when the form comes from another site.
/// 2. 422 and the form again when something is missing in it, or a time does not exist, or exists twice.
/// 3. 200 with the appointment: by this answer, or as somebody else has changed it in the meantime, which the page says.
///
/// 404 and 410 as [`show`] returns them; 403 also while the tenant is suspended; 429.
pub(crate) async fn answer(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let edge = &*edge;
    let path = format!("/m/{token}");
    let Posted { form, asked, locale } = match posted(edge, &headers, &body, &path).await {
        Ok(posted) => posted,
        Err(page) => return *page,
    };
    let (of, zone) = (form_of(&form), form.get("zone").map(str::to_owned));
    let again = async |shown: (MeetingForm, Option<MeetingError>), said: Option<&'static str>| match viewed(
        edge,
        &token,
        (asked, locale),
        zone.clone(),
    )
    .await
    {
        Ok(view) => render(edge, &token, &view, shown, Some(&form), said).await,
        Err(failure) => closed(edge, locale, &path, &failure).await,
    };
    let (act, done) = match act(&form, of) {
        Ok(Some(act)) => act,
        Ok(None) => return again((MeetingForm::Nothing, None), None).await,
        Err(error) => return again((of, Some(error)), None).await,
    };
    let Ok(name) = PersonName::parse(form.get("name").unwrap_or_default()) else {
        return again((of, Some(MeetingError::NoName)), None).await;
    };
    let slug = match tenant_of(&token) {
        Ok(slug) => slug,
        Err(failure) => return closed(edge, locale, &path, &failure).await,
    };
    let command = AnswerAppointment {
        token: token.clone(),
        act,
        name,
        locale,
        zone: zone.clone(),
        client: client_address(&headers),
    };
    match ask(edge, &slug, command).await {
        Ok(shown) => render(edge, &token, &shown, (MeetingForm::Nothing, None), None, Some(done)).await,
        Err(Failure::Refused(Refusal::Changed { .. })) => {
            again((MeetingForm::Nothing, None), Some("page-meeting-changed")).await
        }
        Err(Failure::Refused(Refusal::Invalid(_))) => again((of, Some(MeetingError::NotInTime)), None).await,
        Err(failure) => closed(edge, locale, &path, &failure).await,
    }
}

/// Returns 200 with the signed receipt of the agreed date; 404 before there is one.
pub(crate) async fn receipt(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let path = format!("/m/{token}");
    receipt_of(
        &*edge,
        &headers,
        (&path, &token),
        FetchAppointmentReceipt { token: token.clone() },
    )
    .await
}
