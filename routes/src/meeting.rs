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
use tegata_domain::link::Link;
use tegata_domain::locale::Locale;
use tegata_domain::slug::Slug;
use tegata_domain::text::{PersonName, Reason};
use tegata_domain::time::TimeZone;

use crate::download;
use crate::form::Form;
use crate::html::{Posted, asked, closed, face_of, language, page, posted};
use crate::pages::{Frame, MeetingError, MeetingForm, MeetingPage, MeetingView, Page as _};
use crate::port::{Edge, Failure, ask, client_address};

/// Allows our own stylesheet and script, and forms that post back to us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

fn tenant(token: &str) -> Result<Slug, Failure> {
    Link::claimed_tenant(token).ok_or(Failure::Refused(Refusal::BadLink))
}

/// The parameters of the page, of which the last counts.
fn parameters(uri: &Uri) -> HashMap<String, String> {
    let query = uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).into_owned().take(16).collect()
}

/// What the reader wants to do, by the parameters.
fn wanted(parameters: &HashMap<String, String>, shown: &AppointmentPage) -> MeetingForm {
    let number = |name: &str| parameters.get(name).and_then(|text| text.parse::<usize>().ok());
    let has = |name: &str| parameters.contains_key(name);
    let offered = shown.view.proposal.as_ref().map(|proposal| proposal.number);
    let chosen = number("time").filter(|time| *time < shown.statements.len());
    match (number("offer").and_then(|offer| u32::try_from(offer).ok()), chosen) {
        (Some(offer), Some(time)) if Some(offer) == offered => MeetingForm::Choose { offer, time },
        // A link to an older proposal shows what there is now.
        (Some(_), _) if !shown.statements.is_empty() && !has("time") => {
            MeetingForm::Nothing(Some(MeetingError::NoTime))
        }
        _ if has("counter") && shown.can_counter() => MeetingForm::Counter,
        _ if has("decline") && !shown.statements.is_empty() => MeetingForm::Decline,
        _ if has("cancel") && shown.can_cancel() => MeetingForm::Cancel,
        // What is not the name of a zone is said to be none, and the times stay in the one before.
        _ if parameters
            .get("zone")
            .is_some_and(|name| TimeZone::parse(name).is_err()) =>
        {
            MeetingForm::Nothing(Some(MeetingError::NoZone))
        }
        _ => MeetingForm::Nothing(None),
    }
}

/// What the page needs to know about what a reader may do.
trait Can {
    fn can_counter(&self) -> bool;
    fn can_cancel(&self) -> bool;
}

impl Can for AppointmentPage {
    fn can_counter(&self) -> bool {
        MeetingView(self).can_counter()
    }

    fn can_cancel(&self) -> bool {
        MeetingView(self).can_cancel()
    }
}

async fn render(
    edge: &dyn Edge,
    token: &str,
    shown: &AppointmentPage,
    form: MeetingForm,
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
    let slug = tenant(token)?;
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
            let form = wanted(&parameters, &shown);
            render(edge, &token, &shown, form, None, None).await
        }
        Err(failure) => closed(edge, asked.unwrap_or(browser), &format!("/m/{token}"), &failure).await,
    }
}

/// What a form asks for, and what to say when it is done.
fn act(form: &Form, edge: &dyn Edge) -> Result<(AppointmentAct, &'static str), (MeetingForm, Option<MeetingError>)> {
    let number = |name: &str| form.get(name).and_then(|text| text.parse::<u32>().ok());
    let offer = number("offer").unwrap_or_default();
    // A textarea may contain line breaks, but a reason is a single line.
    let reason = form.get("reason").map(|text| text.replace(['\r', '\n', '\t'], " "));
    let reason = reason.filter(|text| !text.trim().is_empty());
    let reason = |of: MeetingForm| match &reason {
        None => Ok(None),
        Some(text) => Reason::parse(text)
            .map(Some)
            .map_err(|_| (of, Some(MeetingError::ReasonTooLong))),
    };
    match form.get("act") {
        Some("choose") => {
            let time = number("time")
                .and_then(|time| usize::try_from(time).ok())
                .unwrap_or(usize::MAX);
            Ok((
                AppointmentAct::Choose { proposal: offer, time },
                "page-meeting-agreed-now",
            ))
        }
        Some("decline") => {
            let of = MeetingForm::Decline;
            if form.get("sure") != Some("yes") {
                return Err((of, Some(MeetingError::NotSure)));
            }
            let act = AppointmentAct::Decline {
                proposal: offer,
                reason: reason(of)?,
            };
            Ok((act, "page-meeting-declined-now"))
        }
        Some("counter") => {
            let (of, now) = (MeetingForm::Counter, edge.now());
            let reason = reason(of)?;
            let times = times::read(form, now).map_err(|error| (of, Some(error)))?;
            Ok((
                AppointmentAct::Counter(Counter { times, reason }),
                "page-meeting-countered-now",
            ))
        }
        Some("cancel") => {
            let of = MeetingForm::Cancel;
            if form.get("sure") != Some("yes") {
                return Err((of, Some(MeetingError::NotSure)));
            }
            let reason = reason(of)?.ok_or((of, Some(MeetingError::NoReason)))?;
            Ok((AppointmentAct::Cancel { reason }, "page-meeting-cancelled-now"))
        }
        _ => Err((MeetingForm::Nothing(None), None)),
    }
}

/// The form that `posted` came from.
fn form_of(form: &Form) -> MeetingForm {
    let number = |name: &str| form.get(name).and_then(|text| text.parse::<u32>().ok());
    match form.get("act") {
        Some("choose") => MeetingForm::Choose {
            offer: number("offer").unwrap_or_default(),
            time: number("time")
                .and_then(|time| usize::try_from(time).ok())
                .unwrap_or_default(),
        },
        Some("decline") => MeetingForm::Decline,
        Some("counter") => MeetingForm::Counter,
        Some("cancel") => MeetingForm::Cancel,
        _ => MeetingForm::Nothing(None),
    }
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
    let zone = form.get("zone").map(str::to_owned);
    let again = async |of: MeetingForm, error: Option<MeetingError>, said: Option<&'static str>| match viewed(
        edge,
        &token,
        (asked, locale),
        zone.clone(),
    )
    .await
    {
        Ok(shown) => {
            let of = match (said, of) {
                (Some(_), _) | (None, MeetingForm::Nothing(_)) => MeetingForm::Nothing(error),
                (None, of) => of.with(error),
            };
            render(edge, &token, &shown, of, Some(&form), said).await
        }
        Err(failure) => closed(edge, locale, &path, &failure).await,
    };
    let (act, done) = match act(&form, edge) {
        Ok(act) => act,
        Err((of, error)) => return again(of, error, None).await,
    };
    let Ok(name) = PersonName::parse(form.get("name").unwrap_or_default()) else {
        return again(form_of(&form), Some(MeetingError::NoName), None).await;
    };
    let slug = match tenant(&token) {
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
        Ok(shown) => render(edge, &token, &shown, MeetingForm::Nothing(None), None, Some(done)).await,
        Err(Failure::Refused(Refusal::Changed { .. })) => {
            again(MeetingForm::Nothing(None), None, Some("page-meeting-changed")).await
        }
        Err(Failure::Refused(Refusal::Invalid(_))) => again(form_of(&form), Some(MeetingError::NotInTime), None).await,
        Err(failure) => closed(edge, locale, &path, &failure).await,
    }
}

/// Returns 200 with the signed receipt of the agreed date; 404 before there is one.
pub(crate) async fn receipt(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let fetched = match tenant(&token) {
        Ok(slug) => ask(&*edge, &slug, FetchAppointmentReceipt { token: token.clone() }).await,
        Err(failure) => Err(failure),
    };
    match fetched {
        Ok(compact) => download::receipt(&compact),
        Err(failure) => closed(&*edge, language(None, &headers), &format!("/m/{token}"), &failure).await,
    }
}
