//! 「Remote Service」: on or off (P1), the enrolment, the proxy (P8) and remote assistance (P10). People who do not
//! administer the machine see the same, and change nothing.

use super::fault;
use super::light::{Light, light};
use super::panel::{Panel, Running};
use super::section::{ChosenProxy, EnrolmentFields, Field, TypedEnrolment};
use crate::agent::diagnose::{check_line, outcome};
use crate::agent::identifying::ending_words;
use crate::agent::settings::named;
use crate::page::frame::{Frame, Page, render, to};
use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;
use tegata_client::Error;
use tegata_client::agent::diagnose::{Check, CheckState, Diagnosis, Outcome};
use tegata_client::agent::ipc::settings::Change;
use tegata_client::agent::ipc::{Answer, AskError, Refusal, Request};
use tegata_client::agent::parse_code;
use tegata_client::agent::status::{Enrolment, Status};
use tegata_client::edge::{EdgeUrl, parse_tenant};
use tegata_client::secret::Secret;

/// The page's path.
pub(super) const HERE: &str = "service";
/// The same after a change.
const SAVED: &str = "service?saved=true";

#[derive(Template)]
#[template(path = "machine_service.html")]
struct ServicePage<'a> {
    frame: Frame<'a>,
    light: Light,
    running: &'a Running,
    enrolment: EnrolmentFields,
    mode: String,
    address: Vec<Field>,
    authentication: Vec<Field>,
    notice: bool,
    trouble: Option<String>,
    test: Option<&'a Diagnosis>,
}

impl ServicePage<'_> {
    fn status(&self) -> &Status {
        &self.running.told.status
    }

    fn is_enrolled(&self) -> bool {
        self.status().state == Enrolment::Enrolled
    }

    /// Until when the machine waits to be accepted.
    fn waiting_until(&self) -> Option<String> {
        self.status().waiting_until.map(|until| self.moment(&until))
    }

    /// Why its request has not led to an enrolment.
    fn unaccepted(&self) -> Option<String> {
        self.status()
            .request_ending
            .map(|ending| ending_words(ending, self.frame.texts))
    }

    /// What keeps remote assistance from being allowed, in a sentence.
    fn missing(&self) -> Option<String> {
        let missing = &self.running.settings.missing_for_remote_assistance;
        let key = if self.running.settings.remote_assistance {
            "cli-setting-assistance-suspended"
        } else {
            "cli-error-assistance-not-ready"
        };
        (!missing.is_empty()).then(|| self.with(key, "missing", &named(missing, self.frame.texts)))
    }

    /// What each check of the connection test came to.
    fn checks(&self, test: &Diagnosis) -> Vec<(CheckState, String)> {
        let line = |(check, state): &(Check, CheckState)| (*state, check_line(*check, *state, self.frame.texts));
        test.checks.iter().map(line).collect()
    }

    fn outcome(&self, test: &Diagnosis) -> String {
        outcome(&test.outcome, self.frame.texts)
    }

    /// Whether the switch of remote assistance can be used: it can always be switched off.
    fn may_switch_assistance(&self) -> bool {
        self.running.settings.missing_for_remote_assistance.is_empty() || self.running.settings.remote_assistance
    }
}

impl Page for ServicePage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("machine-service")
    }

    fn failed(&self) -> bool {
        self.trouble.is_some()
    }

    fn is_live(&self) -> bool {
        // The outcome of a test, and what was wrong with what was typed, stay until the person has read it.
        self.test.is_none() && self.trouble.is_none()
    }

    fn here(&self) -> &'static str {
        HERE
    }

    fn is_read_only(&self) -> bool {
        !self.running.is_administrator()
    }
}

/// What the page says beyond the settings.
#[derive(Default)]
struct Said {
    notice: bool,
    trouble: Option<AskError>,
    enrolment: TypedEnrolment,
    proxy: Option<ChosenProxy>,
    test: Option<Box<Diagnosis>>,
}

async fn page(panel: &Panel, headers: &HeaderMap, said: Said) -> Response {
    let known = panel.known().await;
    let frame = panel.frame(headers, HERE, &known);
    // The first page says why there is nothing to set.
    let Some(running) = known.running() else {
        return to("./");
    };
    let texts = frame.texts;
    let proxy = said.proxy.unwrap_or_else(|| ChosenProxy::of(&running.settings));
    let mut enrolment = said.enrolment.or_at(running.told.status.edge.as_deref()).fields(texts);
    let (mut address, mut authentication) = proxy.fields(texts, &running.settings);
    let mut status = StatusCode::OK;
    let trouble = said.trouble.map(|error| {
        status = fault::status(&error);
        let words = fault::words(&error, texts);
        if let AskError::Refused(Refusal::Invalid { field }) = &error {
            let groups = [
                &mut enrolment.address,
                &mut enrolment.identification,
                &mut enrolment.by_code,
                &mut address,
                &mut authentication,
            ];
            for fields in groups {
                Field::mark(fields, field, &words);
            }
        }
        words
    });
    let page = ServicePage {
        light: light(&known, &frame),
        running,
        enrolment,
        mode: proxy.mode,
        address,
        authentication,
        notice: said.notice,
        trouble,
        test: said.test.as_deref(),
        frame,
    };
    render(status, &page)
}

#[derive(Deserialize)]
pub(super) struct Before {
    /// Whether the person has just changed something.
    #[serde(default)]
    saved: bool,
}

pub(super) async fn show(
    State(panel): State<Arc<Panel>>,
    Query(Before { saved }): Query<Before>,
    headers: HeaderMap,
) -> Response {
    let said = Said {
        notice: saved,
        ..Said::default()
    };
    page(&panel, &headers, said).await
}

/// Has the agent do it. 303 to `next` when it did; otherwise the page with why not and what was typed.
async fn order(
    panel: &Panel,
    headers: &HeaderMap,
    request: Result<Request, Error>,
    said: Said,
    next: &str,
) -> Response {
    let done = match request {
        Ok(request) => panel.order(&request).await,
        Err(error) => Err(Refusal::from(error).into()),
    };
    match done {
        Ok(()) => to(next),
        Err(error) => {
            let said = Said {
                trouble: Some(error),
                ..said
            };
            page(panel, headers, said).await
        }
    }
}

async fn change(panel: &Panel, headers: &HeaderMap, change: Change, said: Said) -> Response {
    order(panel, headers, Ok(Request::Change { change }), said, SAVED).await
}

/// A tick: `on=yes`, or nothing.
#[derive(Deserialize)]
pub(super) struct Tick {
    #[serde(default)]
    on: String,
}

/// Switches the remote service on or off (P1).
pub(super) async fn switch(State(panel): State<Arc<Panel>>, headers: HeaderMap, Form(tick): Form<Tick>) -> Response {
    change(
        &panel,
        &headers,
        Change::RemoteService(tick.on == "yes"),
        Said::default(),
    )
    .await
}

/// Allows or forbids remote assistance (P10).
pub(super) async fn switch_assistance(
    State(panel): State<Arc<Panel>>,
    headers: HeaderMap,
    Form(tick): Form<Tick>,
) -> Response {
    change(
        &panel,
        &headers,
        Change::RemoteAssistance(tick.on == "yes"),
        Said::default(),
    )
    .await
}

/// Chooses the proxy (P8).
pub(super) async fn choose_proxy(
    State(panel): State<Arc<Panel>>,
    headers: HeaderMap,
    Form(chosen): Form<ChosenProxy>,
) -> Response {
    let meant = Change::Proxy(chosen.meant());
    let said = Said {
        proxy: Some(chosen),
        ..Said::default()
    };
    change(&panel, &headers, meant, said).await
}

/// Copies the proxy that was found into the manual fields (P8).
pub(super) async fn adopt_proxy(State(panel): State<Arc<Panel>>, headers: HeaderMap) -> Response {
    change(&panel, &headers, Change::AdoptProxy, Said::default()).await
}

/// Identifies the machine (P2), or enrols it if only an enrolment code was typed.
///
/// 303 to the page, which shows that the machine waits; otherwise the page with why not and what was typed.
pub(super) async fn identify(
    State(panel): State<Arc<Panel>>,
    headers: HeaderMap,
    Form(typed): Form<TypedEnrolment>,
) -> Response {
    if typed.is_by_code() {
        return enrol(State(panel), headers, Form(typed)).await;
    }
    let request = EdgeUrl::parse(&typed.edge).map(|edge| Request::Identify {
        edge,
        organization: typed.organization_id.clone(),
        verification_code: Secret::new(typed.verification_code.as_str()),
        serial_number: typed.serial_number.clone(),
    });
    let said = Said {
        enrolment: typed,
        ..Said::default()
    };
    order(&panel, &headers, request, said, HERE).await
}

/// Enrols the machine with a code.
pub(super) async fn enrol(
    State(panel): State<Arc<Panel>>,
    headers: HeaderMap,
    Form(typed): Form<TypedEnrolment>,
) -> Response {
    let request = (|| {
        Ok(Request::Enrol {
            edge: EdgeUrl::parse(&typed.edge)?,
            tenant: parse_tenant(typed.tenant.trim())?,
            code: Secret::new(parse_code(&typed.enrolment_code)?.expose()),
        })
    })();
    let said = Said {
        enrolment: typed,
        ..Said::default()
    };
    order(&panel, &headers, request, said, SAVED).await
}

/// 「接続テスト」: goes the way to the edge step by step; before the enrolment, to the address in its form.
///
/// 200 with what was found, good or bad; otherwise the page with why there was no test.
pub(super) async fn test(
    State(panel): State<Arc<Panel>>,
    headers: HeaderMap,
    Form(typed): Form<TypedEnrolment>,
) -> Response {
    let edge = Some(typed.edge.trim()).filter(|edge| !edge.is_empty());
    let tested = match edge.map(EdgeUrl::parse).transpose() {
        Ok(edge) => panel.ask(&Request::Test { edge }).await,
        Err(error) => Err(Refusal::from(error).into()),
    };
    let said = match tested {
        Ok(Answer::Test(test)) => Said {
            test: Some(test),
            ..Said::default()
        },
        Ok(_) => Said {
            trouble: Some(Refusal::Unknown.into()),
            ..Said::default()
        },
        Err(error) => Said {
            trouble: Some(error),
            ..Said::default()
        },
    };
    let said = Said {
        enrolment: typed,
        ..said
    };
    page(&panel, &headers, said).await
}
