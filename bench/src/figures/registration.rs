//! The full path of a Viewer: request, approval, tokens; and with the mailed code between the last two.

use std::{cell::RefCell, collections::HashMap, rc::Rc, time::Duration};

use anyhow::{Context, Result};
use serde_json::json;

use crate::{
    compare::{Pace, Spread},
    edge::{Edge, Viewer, approval, collection, registration, requester, text},
    http1::Reply,
    load::{CONNECTIONS, Round, Source, run},
    mailbox::{self, Mail},
    proofs::PcKey,
    report::Row,
};

/// An approver gets at most 20 single requests by mail per hour, which limits the paths per tenant; one is for warm-up,
/// and some are to spare. The mailbox keeps 1,000 mails.
const TENANTS: usize = 30;
const MOST_PATHS: usize = 480;
/// Devices per approver.
const EACH_APPROVER: usize = 20;
/// Interval for checking the mailbox while a single path waits for its mail.
const GLANCE: Duration = Duration::from_millis(5);
const LOOK: Duration = Duration::from_millis(100);

/// Registers and admits `count` devices, with `keys` if there are any. Returns their refresh tokens.
pub async fn admit(edge: &Edge, slug: &str, count: usize, keys: &[PcKey]) -> Result<Vec<String>> {
    let mut viewer = Viewer::connect(edge, slug).await?;
    mailbox::empty(edge).await?;
    let mut codes = Vec::new();
    for first in (0..count).step_by(EACH_APPROVER) {
        let approver = edge.add_approver(slug, first)?;
        let numbers = first..count.min(first + EACH_APPROVER);
        for number in numbers.clone() {
            let jkt = keys.get(number).map(|key| key.thumbprint().as_str());
            codes.push(viewer.register(number, jkt).await?);
        }
        let is_theirs = |mail: &Mail| mail.to == approver && mail.approval_path().is_some();
        for mail in mailbox::wait(edge, numbers.len(), LOOK, is_theirs).await? {
            viewer.approve(mail.approval_path().unwrap_or_default()).await?;
        }
    }
    let url = format!("{}/t/{slug}/oauth/token", edge.url());
    let mut tokens = Vec::new();
    for (number, code) in codes.iter().enumerate() {
        let proof = keys.get(number).map(|key| key.proof("POST", &url, None)).transpose()?;
        tokens.push(viewer.collect(code, None, proof.as_deref()).await?);
    }
    Ok(tokens)
}

/// The requests of one step of many paths; keeps the texts from the replies.
struct Step {
    requests: Vec<(usize, Vec<u8>)>,
    asked: Option<usize>,
    wanted: Option<&'static str>,
    replies: Rc<RefCell<Vec<(usize, String)>>>,
}

impl Source for Step {
    fn next(&mut self) -> Option<Rc<[u8]>> {
        let (number, request) = self.requests.pop()?;
        self.asked = Some(number);
        Some(request.into())
    }

    fn answered(&mut self, reply: &Reply) -> Result<()> {
        if let (Some(number), Some(wanted)) = (self.asked, self.wanted) {
            self.replies.borrow_mut().push((number, text(reply, wanted)?));
        }
        Ok(())
    }
}

/// Sends one step of all paths over all connections. Returns the `wanted` texts of the replies, in the order of the
/// requests.
async fn step(edge: &Edge, requests: Vec<Vec<u8>>, wanted: Option<&'static str>) -> Result<(Round, Vec<String>)> {
    let replies = Rc::<RefCell<Vec<_>>>::default();
    let mut shares = vec![Vec::new(); CONNECTIONS];
    for (number, request) in requests.into_iter().enumerate() {
        shares[number % CONNECTIONS].push((number, request));
    }
    let sources = shares.into_iter().map(|requests| Step {
        requests,
        asked: None,
        wanted,
        replies: Rc::clone(&replies),
    });
    let round = run(edge.port(), sources.collect()).await?;
    let mut replies = replies.take();
    replies.sort_unstable();
    Ok((round, replies.into_iter().map(|(_, text)| text).collect()))
}

/// Measures both policies: many paths side by side, and one alone.
pub async fn measure(pace: Pace) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (policy, with_code) in [("approval_only", false), ("mailed_code", true)] {
        let edge = Edge::start()?;
        for tenant in 0..TENANTS {
            edge.create_tenant(&format!("hayate-{tenant}"), &json!({"activation": policy}))?;
        }
        edge.create_tenant("hayate-alone", &json!({"activation": policy}))?;
        let paths = MOST_PATHS
            .min((pace.round.as_secs_f64() * 160.0) as usize)
            .max(CONNECTIONS);
        // Warm-up.
        side_by_side(&edge, CONNECTIONS.max(TENANTS), 100_000, with_code).await?;
        rows.extend(side_by_side(&edge, paths, 0, with_code).await?.rows(policy));
        let mut alone = Vec::new();
        for number in 0..pace.rounds {
            alone.push(one_alone(&edge, 200_000 + number, with_code).await?);
        }
        let name = format!("registration, {policy}: one path alone, mails included");
        rows.push(Row::of(name, "ms", Spread::of(alone).median));
    }
    Ok(rows)
}

/// The times of many paths, step by step.
struct SideBySide {
    paths: usize,
    asking: Round,
    approving: Round,
    collecting: Round,
}

impl SideBySide {
    fn rows(&self, policy: &str) -> Vec<Row> {
        let steps = [
            ("asking", &self.asking),
            ("approving", &self.approving),
            ("collecting", &self.collecting),
        ];
        let busy: f64 = steps.iter().map(|(_, round)| round.elapsed.as_secs_f64()).sum();
        let mut rows = vec![Row::of(
            format!("registration, {policy}, {CONNECTIONS} at once: whole paths, mails not waited for"),
            "/s",
            self.paths as f64 / busy,
        )];
        for (name, round) in steps {
            let name = format!("registration, {policy}, {CONNECTIONS} at once: {name}, median");
            rows.push(Row::of(name, "ms", round.percentile(0.5)));
        }
        let slowest = steps
            .iter()
            .map(|(_, round)| round.percentile(0.99))
            .fold(0.0, f64::max);
        let name = format!("registration, {policy}, {CONNECTIONS} at once: slowest step, p99");
        rows.push(Row::of(name, "ms", slowest));
        rows
    }
}

async fn side_by_side(edge: &Edge, paths: usize, first: usize, with_code: bool) -> Result<SideBySide> {
    mailbox::empty(edge).await?;
    let host = edge.host();
    let slug = |path: usize| format!("hayate-{}", path % TENANTS);
    let requests = (0..paths)
        .map(|path| registration(&host, &slug(path), first + path, None))
        .collect();
    let (asking, codes) = step(edge, requests, Some("device_code")).await?;
    let mails = mailbox::wait(edge, paths, LOOK, |mail| mail.approval_path().is_some()).await?;
    let requests = mails
        .iter()
        .filter_map(Mail::approval_path)
        .map(|path| approval(&host, path))
        .collect();
    let (approving, _) = step(edge, requests, None).await?;
    let mut typed = HashMap::new();
    if with_code {
        for mail in mailbox::wait(edge, paths, LOOK, |mail| mail.activation_code().is_some()).await? {
            typed.insert(mail.to.clone(), mail.activation_code().unwrap_or_default().to_owned());
        }
    }
    let requests = codes.iter().enumerate().map(|(path, code)| {
        let typed = typed.get(&requester(first + path)).map(String::as_str);
        collection(&host, &slug(path), code, typed, None)
    });
    let (collecting, _) = step(edge, requests.collect(), None).await?;
    Ok(SideBySide {
        paths,
        asking,
        approving,
        collecting,
    })
}

/// Milliseconds from the first request to the tokens, with nothing else running.
async fn one_alone(edge: &Edge, number: usize, with_code: bool) -> Result<f64> {
    mailbox::empty(edge).await?;
    let mut viewer = Viewer::connect(edge, "hayate-alone").await?;
    let start = xtask::process::now();
    let code = viewer.register(number, None).await?;
    let asked = mailbox::wait(edge, 1, GLANCE, |mail| mail.approval_path().is_some()).await?;
    let link = asked
        .first()
        .and_then(Mail::approval_path)
        .context("the mail has no link")?;
    viewer.approve(link).await?;
    let typed = if with_code {
        let mails = mailbox::wait(edge, 1, GLANCE, |mail| mail.activation_code().is_some()).await?;
        mails.first().and_then(Mail::activation_code).map(str::to_owned)
    } else {
        None
    };
    viewer.collect(&code, typed.as_deref(), None).await?;
    Ok(start.elapsed().as_secs_f64() * 1000.0)
}
