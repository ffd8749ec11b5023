//! Lists, searches and filters of two tenants in turn.

use anyhow::{Context as _, Result};
use xtask::process::now;

use crate::{
    compare::{Comparison, Pace, Spread},
    edge::Edge,
    population::{ACTION, RARE_ACTION, RARE_NAME, RARE_READING},
    report::{Row, Target},
    tenants::{Panel, Tenant},
};

/// Maximum time of a page, relative to the same page of the small tenant.
const LIMIT: f64 = 1.5;
/// Requests to each tenant in one round; the medians of the rounds are compared.
const REQUESTS: usize = 15;

/// A page to measure: its name, and its URL in a tenant.
struct Page {
    name: &'static str,
    path: Box<dyn Fn(&Tenant) -> String>,
    /// Whether to measure the page after this one.
    second: bool,
}

fn page(name: &'static str, list: &'static str, query: &'static [(&'static str, &'static str)]) -> Page {
    of(name, list, move |_| {
        query.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    })
}

fn of(
    name: &'static str,
    list: &'static str,
    query: impl Fn(&Tenant) -> Vec<(&'static str, String)> + 'static,
) -> Page {
    let path = move |tenant: &Tenant| {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(query(tenant))
            .finish();
        format!("{list}?{query}")
    };
    Page {
        name,
        path: Box::new(path),
        second: false,
    }
}

fn second(name: &'static str, list: &'static str) -> Page {
    Page {
        second: true,
        ..page(name, list, &[])
    }
}

fn pages() -> Vec<Page> {
    let mut pages = people();
    pages.extend(things());
    pages.extend(log());
    pages.push(page("overview", "overview", &[]));
    pages
}

fn people() -> Vec<Page> {
    vec![
        page("users, first page", "users", &[]),
        second("users, second page", "users"),
        page("users, by reading", "users", &[("sort", "phonetic_name")]),
        page("users, with an account", "users", &[("account", "true")]),
        of("users, of an organisation of most", "users", |tenant| {
            vec![("organization", tenant.filled.organization.clone())]
        }),
        of("users, of an organisation of 4", "users", |tenant| {
            vec![("organization", tenant.filled.rare_organization.clone())]
        }),
        page("users, search for a name of most", "users", &[("q", "佐藤")]),
        page("users, search for a name of 4", "users", &[("q", RARE_NAME)]),
        page("users, search in katakana, most", "users", &[("q", "サトウ")]),
        page("users, search in katakana, 4", "users", &[("q", RARE_READING)]),
        page("users, search in hiragana, most", "users", &[("q", "さと")]),
        page("users, search for the address of all", "users", &[("q", "s0")]),
        of("users, search for most in an organisation of 4", "users", |tenant| {
            vec![
                ("q", "サトウ".to_owned()),
                ("organization", tenant.filled.rare_organization.clone()),
            ]
        }),
    ]
}

fn things() -> Vec<Page> {
    vec![
        page("devices, first page", "devices", &[]),
        second("devices, second page", "devices"),
        page("devices, active", "devices", &[("state", "active")]),
        page("devices, expired", "devices", &[("state", "expired")]),
        page("devices, revoked: 4", "devices", &[("state", "revoked")]),
        page("devices, search for a name of most", "devices", &[("q", "佐藤")]),
        page("devices, search for a name of 4", "devices", &[("q", RARE_NAME)]),
        page("devices, search for the PC of all", "devices", &[("q", "検査室")]),
        page(
            "devices, search for most, revoked: 0",
            "devices",
            &[("q", "佐藤"), ("state", "revoked")],
        ),
        page("requests, first page", "registrations", &[]),
        second("requests, second page", "registrations"),
        page("requests, waiting", "registrations", &[("state", "waiting")]),
        page("requests, search for a name of most", "registrations", &[("q", "佐藤")]),
        page("requests, search for a name of 4", "registrations", &[("q", RARE_NAME)]),
    ]
}

fn log() -> Vec<Page> {
    let between = |tenant: &Tenant| {
        let (from, to) = tenant.filled.between;
        vec![("from", from.to_string()), ("to", to.to_string())]
    };
    vec![
        page("audit, first page", "audit", &[]),
        second("audit, second page", "audit"),
        of("audit, by actor, most", "audit", |tenant| {
            vec![("actor", tenant.filled.actor.clone())]
        }),
        of("audit, by actor, 4", "audit", |tenant| {
            vec![("actor", tenant.filled.rare_actor.clone())]
        }),
        page("audit, by kind of actor", "audit", &[("actor", "account")]),
        of("audit, by object", "audit", |tenant| {
            vec![("object", tenant.filled.rare_object.clone())]
        }),
        page("audit, by kind of object", "audit", &[("object", "user/")]),
        page("audit, by action, most", "audit", &[("action", ACTION)]),
        page("audit, by action, 4", "audit", &[("action", RARE_ACTION)]),
        page("audit, by beginning of an action", "audit", &[("action", "user.")]),
        of("audit, by time", "audit", between),
        of("audit, by action and time", "audit", move |tenant| {
            [between(tenant), vec![("action", ACTION.to_owned())]].concat()
        }),
        of("audit, by actor and action, most", "audit", |tenant| {
            vec![("actor", tenant.filled.actor.clone()), ("action", ACTION.to_owned())]
        }),
        of("audit, by actor and action, 4", "audit", |tenant| {
            vec![
                ("actor", tenant.filled.actor.clone()),
                ("action", "user.update".to_owned()),
            ]
        }),
        of("audit, by actor, kind of object and time", "audit", move |tenant| {
            let mut query = between(tenant);
            query.extend([("actor", tenant.filled.actor.clone()), ("object", "user/".to_owned())]);
            query
        }),
        of("audit, by actor and object", "audit", |tenant| {
            vec![
                ("actor", tenant.filled.actor.clone()),
                ("object", tenant.filled.rare_object.clone()),
            ]
        }),
    ]
}

/// One tenant's side of a page: the request, and the time it took in each round.
struct Asked {
    request: Vec<u8>,
    items: f64,
    times: Vec<f64>,
}

impl Asked {
    async fn prepare(panel: &mut Panel, page: &Page, tenant: &Tenant) -> Result<Self> {
        let mut path = (page.path)(tenant);
        let mut document = panel.get(&path).await?;
        if page.second {
            let cursor = document["cursor"].as_str().context("there is no second page")?;
            path.push_str(&format!("cursor={cursor}"));
            document = panel.get(&path).await?;
        }
        Ok(Self {
            request: panel.request(&path),
            items: document["items"].as_array().map_or(0, Vec::len) as f64,
            times: Vec::new(),
        })
    }

    async fn time(&mut self, panel: &mut Panel) -> Result<f64> {
        let start = now();
        panel.send(&self.request).await?;
        let took = start.elapsed().as_secs_f64() * 1000.0;
        self.times.push(took);
        Ok(took)
    }

    fn percentile(&self, part: f64) -> f64 {
        let mut times = self.times.clone();
        times.sort_unstable_by(f64::total_cmp);
        let at = (times.len() as f64 * part) as usize;
        times.get(at).copied().unwrap_or_default()
    }
}

/// Requests to each tenant before the measurement starts: the first ones compile code.
const WARM_UP: usize = 200;

/// Measures every page of both tenants, one request at a time, the tenants in turn.
pub async fn measure(pace: Pace, edge: &Edge, small: &Tenant, large: &Tenant) -> Result<Vec<Row>> {
    let (mut ours, mut theirs) = (Panel::connect(edge, large).await?, Panel::connect(edge, small).await?);
    let mut rows = Vec::new();
    for panel in [&mut ours, &mut theirs] {
        let request = panel.request("users");
        for _ in 0..WARM_UP {
            panel.send(&request).await?;
        }
    }
    for page in pages() {
        let mut larger = Asked::prepare(&mut ours, &page, large).await.context(page.name)?;
        let mut smaller = Asked::prepare(&mut theirs, &page, small).await.context(page.name)?;
        for _ in 0..REQUESTS {
            larger.time(&mut ours).await?;
            smaller.time(&mut theirs).await?;
        }
        (larger.times, smaller.times) = (Vec::new(), Vec::new());
        let mut comparison = Comparison::default();
        for _ in 0..pace.rounds {
            let (mut many, mut few) = (Vec::new(), Vec::new());
            for _ in 0..REQUESTS {
                many.push(larger.time(&mut ours).await?);
                few.push(smaller.time(&mut theirs).await?);
            }
            comparison.note(Spread::of(many).median, Spread::of(few).median);
        }
        rows.push(row(page.name, &comparison, &larger, &smaller));
    }
    Ok(rows)
}

fn row(name: &str, comparison: &Comparison, larger: &Asked, smaller: &Asked) -> Row {
    let counts = [
        ("items, large", larger.items),
        ("items, small", smaller.items),
        ("p95 ms, large", larger.percentile(0.95)),
        ("p95 ms, small", smaller.percentile(0.95)),
    ];
    Row::beside(format!("panel, large beside small: {name}"), "ms", comparison)
        .with_target(Target::RatioAtMost(LIMIT))
        .with_counts(counts.into())
}
