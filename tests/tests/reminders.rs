//! Reminders (Z1): each is sent once, however often the edge is killed around its minute, and whether or not the mail
//! provider works at that minute. The mails go to a provider on loopback, which counts them by `Idempotency-Key` as real
//! ones do.
#![expect(
    clippy::disallowed_methods,
    reason = "the processes under test go by the real clock, and are killed by it"
)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use http_body_util::Full;
use hyper::Response;
use serde_json::{Value, json};
use tegata_acceptance::edge::{Pauses, development, killed, start, state};
use tegata_acceptance::loopback::Loopback;
use tegata_acceptance::mail::Mail;
use tegata_acceptance::tenant::Tenant;
use tegata_acceptance::world::{World, new_address};
use tegata_domain::calendar::LocalTime;
use tegata_domain::time::{TimeZone, UnixSeconds};
use xtask::counting::{self, Counts};
use xtask::edge::EdgeOptions;
use xtask::http::free_port;

/// How long before the start a reminder is given, in seconds.
const BEFORE: i64 = 600;
const PASSWORD: &str = "an old boat on a calm lake";

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_secs()).expect("a date")
}

/// A mail as the provider took it, and when it did so first.
struct Taken {
    mail: Value,
    at: i64,
    deliveries: usize,
}

/// A mail provider on loopback, which is down until `works_from`.
struct Provider {
    taken: Arc<Mutex<BTreeMap<String, Taken>>>,
    works_from: Arc<Mutex<i64>>,
    url: String,
    _server: Loopback,
}

impl Provider {
    fn start() -> Self {
        let (taken, works_from) = (
            Arc::<Mutex<BTreeMap<String, Taken>>>::default(),
            Arc::<Mutex<i64>>::default(),
        );
        let (taking, working) = (Arc::clone(&taken), Arc::clone(&works_from));
        let port = free_port().expect("a free port");
        let server = Loopback::serve(port, move |request| {
            let works = *working.lock().expect("nobody panics while holding the lock") <= now();
            if works {
                let key = request.headers["idempotency-key"].to_str().expect("ASCII").to_owned();
                let mail = serde_json::from_slice(&request.body).expect("JSON");
                let mut taken = taking.lock().expect("nobody panics while holding the lock");
                let entry = taken.entry(key).or_insert(Taken {
                    mail,
                    at: now(),
                    deliveries: 0,
                });
                entry.deliveries += 1;
            }
            Box::pin(async move {
                let response = Response::builder().status(if works { 200 } else { 500 });
                Some(response.body(Full::from("{}")).expect("a response"))
            })
        });
        Self {
            taken,
            works_from,
            url: format!("http://127.0.0.1:{port}/emails"),
            _server: server,
        }
    }

    fn options(&self, name: &str) -> EdgeOptions {
        development(env!("CARGO_TARGET_TMPDIR"), name)
            .var("MAIL_TRANSPORT", "http")
            .var("MAIL_HTTP_URL", &self.url)
            .var("MAIL_HTTP_TOKEN", "a-token-for-the-test")
    }

    fn taken(&self) -> MutexGuard<'_, BTreeMap<String, Taken>> {
        self.taken.lock().expect("nobody panics while holding the lock")
    }

    /// The text of the first mail to `to` that contains `words`, once it has come.
    async fn mail(&self, to: &str, words: &str) -> String {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let found = self.taken().values().find_map(|one| {
                let text = one.mail["text"].as_str()?;
                (one.mail["to"][0] == to && text.contains(words)).then(|| text.to_owned())
            });
            if let Some(text) = found {
                return text;
            }
            assert!(Instant::now() < deadline, "no mail to {to} about {words}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// How many mails each person at a customer was reminded by, and when the last of them came.
    fn reminders(&self) -> (BTreeMap<String, usize>, i64) {
        let (mut found, mut last) = (BTreeMap::new(), 0);
        for one in self.taken().values() {
            let reminds = one.mail["subject"]
                .as_str()
                .is_some_and(|subject| subject.contains("まもなく始まります"));
            let to = one.mail["to"][0].as_str().unwrap_or_default();
            if reminds && to.starts_with("guest") {
                *found.entry(to.to_owned()).or_default() += 1;
                last = last.max(one.at);
            }
        }
        (found, last)
    }
}

/// The edge with its worker wrapped in counters.
fn counting(mut options: EdgeOptions) -> EdgeOptions {
    let directory = state(env!("CARGO_TARGET_TMPDIR"), "reminders-counting");
    std::fs::create_dir_all(&directory).expect("a directory");
    counting::wrap(&directory).expect("bundled");
    options.build_dir = directory;
    options
}

fn counts(url: &str) -> Counts {
    Counts::of(url).expect("the sums")
}

/// Prints what a reminder costs: the session it opens, and the mails to both sides.
fn print_cost(before: &Counts, after: &Counts, reminders: usize) {
    let each = Counts::per_path(after, before, reminders);
    eprintln!(
        "each: {:.1} rows written, {:.1} rows read, {:.2} alarms, {:.2} alarms set, {:.2} object calls, ${:.2} for a million",
        each.rows_written,
        each.rows_read,
        each.alarms,
        each.set_alarms,
        each.object_calls(),
        each.price() * 1e6,
    );
}

/// The provider's desk, logged in.
struct Desk {
    world: World,
    tenant: Tenant,
    cookie: String,
}

impl Desk {
    async fn of(world: &World, provider: &Provider) -> Self {
        let tenant = world.tenant().a_provider().create().await;
        let text = provider.mail(&tenant.approvers[0], &tenant.slug).await;
        let first = Mail::captured(&json!({ "text": text }))
            .first_password()
            .expect("a password");
        let mut desk = Self {
            world: world.clone(),
            tenant,
            cookie: String::new(),
        };
        desk.log_in(&first).await;
        desk.send("PUT", "/session/password", &json!({ "password": PASSWORD }), 200)
            .await;
        desk
    }

    async fn log_in(&mut self, password: &str) {
        let login = self.world.http.post(format!("{}/api/v1/login", self.tenant.issuer));
        let login = login
            .header("cf-connecting-ip", new_address())
            .json(&json!({ "account": "kanri0", "password": password }));
        let answer = self.world.send(login).await.expect(200);
        answer
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap_or_default()
            .clone_into(&mut self.cookie);
    }

    async fn send(&self, method: &str, path: &str, body: &Value, status: u16) -> Value {
        let url = format!("{}/api/v1{path}", self.tenant.issuer);
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let request = self
            .world
            .http
            .request(method, url)
            .header("cookie", &self.cookie)
            .json(body);
        let answer = self.world.send(request).await.expect(status);
        serde_json::from_str(&answer.text).unwrap_or_default()
    }

    /// Agrees on a date at `start` with one person, by their link.
    async fn agree(&self, provider: &Provider, customer: &Tenant, guest: &str, start: i64) {
        let local = LocalTime::of(&TimeZone::UTC, UnixSeconds(start))
            .expect("a date")
            .to_string();
        let new = json!({
            "title": "印刷の確認",
            "length": 900,
            "times": [{ "start": local, "time_zone": "UTC" }],
            "participants": [{ "name": "佐藤 次郎", "email": guest, "locale": "ja" }],
        });
        let path = format!("/desk/customers/{}/appointments", customer.slug);
        self.send("POST", &path, &new, 201).await;
        let text = provider.mail(guest, "/m/").await;
        let link = text
            .split_whitespace()
            .find(|word| word.contains("/m/"))
            .expect("a link");
        let choice = [
            ("act", "choose"),
            ("offer", "1"),
            ("time", "0"),
            ("name", "佐藤 次郎"),
            ("zone", "UTC"),
        ];
        let request = self
            .world
            .posting(link, &choice)
            .header("cf-connecting-ip", new_address());
        self.world.send(request).await.expect(200);
    }
}

/// The first whole minute that is at least `seconds` from now.
fn minute_after(seconds: i64) -> i64 {
    let at = now() + seconds;
    at - at.rem_euclid(60) + 60
}

async fn sleep_until(at: i64) {
    while now() < at {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Agrees on dates of which `each` are reminded of in each of `minutes` minutes, and kills the edge `kills` times from just
/// before the first to after the last.
async fn killed_around_reminders(name: &str, kills: usize, minutes: i64, each: usize) {
    let provider = Provider::start();
    let mut edge = start(provider.options(name));
    let world = World::of(&edge).insisting();
    let desk = Desk::of(&world, &provider).await;
    let customer = world.tenant().served_by(&desk.tenant).create().await;
    let first = minute_after(15 + i64::try_from(each).unwrap() * minutes / 4);
    let mut expected = BTreeMap::new();
    for minute in 0..minutes {
        for number in 0..each {
            let guest = format!("guest{minute}-{number}@{}.example", customer.slug);
            desk.agree(&provider, &customer, &guest, first + BEFORE + 60 * minute)
                .await;
            expected.insert(guest, 1);
        }
    }
    assert!(now() < first, "the dates were agreed in time");
    sleep_until(first - 3).await;
    assert_eq!(provider.reminders().0.len(), 0, "nobody is reminded early");
    let mut pauses = Pauses::of(7);
    for _ in 0..kills {
        tokio::time::sleep(pauses.below(600)).await;
        edge = killed(edge).await;
    }
    sleep_until(first + 60 * (minutes - 1) + 1).await;
    let deadline = Instant::now() + Duration::from_secs(60);
    while provider.reminders().0.len() < expected.len() && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    // Whatever would come twice has time to come.
    customer.settled().await;
    desk.tenant.settled().await;
    let (reminders, last) = provider.reminders();
    assert_eq!(reminders, expected, "each is reminded once");
    let to_host = |one: &&Taken| {
        let subject = one.mail["subject"].as_str().unwrap_or_default();
        one.mail["to"][0] == *desk.tenant.approvers[0] && subject.contains("まもなく始まります")
    };
    let (again, hosts) = {
        let taken = provider.taken();
        let again = taken.values().filter(|one| one.deliveries > 1).count();
        (again, taken.values().filter(to_host).count())
    };
    assert_eq!(hosts, expected.len(), "and the host once for each");
    let entries = customer.intact_audit().await;
    let reminded = entries
        .iter()
        .filter(|entry| entry.act.action == "appointment.remind")
        .count();
    assert_eq!(reminded, expected.len());
    eprintln!(
        "{kills} kills, {} reminders, the last {} s after its minute; {again} mails were delivered again under their key",
        reminders.len(),
        last - (first + 60 * (minutes - 1))
    );
    edge.stop().expect("stopped");
}

#[tokio::test]
async fn killed_around_their_minute_reminders_are_sent_once() {
    killed_around_reminders("reminders", 20, 1, 6).await;
}

#[tokio::test]
#[ignore = "takes minutes: CONTRIBUTING.md"]
async fn killed_two_hundred_times_around_their_minutes_each_reminder_is_sent_once() {
    killed_around_reminders("reminders-long", 200, 4, 20).await;
}

#[tokio::test]
async fn a_mail_provider_that_is_down_at_the_minute_gets_the_reminder_when_it_is_back() {
    let provider = Provider::start();
    let mut edge = start(provider.options("reminders-down"));
    let world = World::of(&edge);
    let desk = Desk::of(&world, &provider).await;
    let customer = world.tenant().served_by(&desk.tenant).create().await;
    let first = minute_after(5);
    let guest = format!("guest@{}.example", customer.slug);
    desk.agree(&provider, &customer, &guest, first + BEFORE).await;
    provider.mail(&guest, "日程のご案内です。").await;
    customer.settled().await;
    *provider
        .works_from
        .lock()
        .expect("nobody panics while holding the lock") = first + 6;
    sleep_until(first + 5).await;
    assert_eq!(provider.reminders().0.len(), 0);
    let text = provider.mail(&guest, "セッションのページ").await;
    assert!(text.contains("/j/"), "{text}");
    assert_eq!(provider.reminders().0, BTreeMap::from([(guest, 1)]));
    edge.stop().expect("stopped");
}

#[tokio::test]
#[ignore = "takes minutes: CONTRIBUTING.md"]
async fn a_thousand_at_one_minute_are_sent_within_a_minute() {
    const CUSTOMERS: usize = 10;
    const EACH: usize = 100;
    let provider = Provider::start();
    let mut edge = start(counting(provider.options("reminders-thousand")));
    let world = World::of(&edge);
    let desk = Desk::of(&world, &provider).await;
    let mut customers = Vec::new();
    for _ in 0..CUSTOMERS {
        customers.push(world.tenant().served_by(&desk.tenant).create().await);
    }
    let first = minute_after(240);
    for (number, customer) in (0..EACH).flat_map(|number| customers.iter().map(move |customer| (number, customer))) {
        let guest = format!("guest{number}@{}.example", customer.slug);
        desk.agree(&provider, customer, &guest, first + BEFORE).await;
    }
    let agreed = now();
    assert!(agreed < first, "{} s late", agreed - first);
    sleep_until(first - 5).await;
    let before = counts(&edge.url());
    sleep_until(first).await;
    let began = Instant::now();
    while provider.reminders().0.len() < CUSTOMERS * EACH && began.elapsed() < Duration::from_secs(120) {
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    let (reminders, last) = provider.reminders();
    eprintln!(
        "{} reminders, the last {} s after the minute",
        reminders.len(),
        last - first
    );
    tokio::time::sleep(Duration::from_secs(5)).await;
    print_cost(&before, &counts(&edge.url()), CUSTOMERS * EACH);
    assert!(reminders.len() == CUSTOMERS * EACH && reminders.values().all(|count| *count == 1));
    assert!(last - first <= 60, "{} s", last - first);
    edge.stop().expect("stopped");
}
