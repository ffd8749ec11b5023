//! The host of an object: the platform services that every class needs around its synchronous core. It provides the
//! core's context, combines write and alarm into one write, and delivers the outbox. The classes (`*_do.rs`) are thin
//! wrappers over it.

mod frames;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::{Rc, Weak};
use std::time::Duration;

use futures::future::join_all;
use http::StatusCode;
use tegata_domain::command::keyring::Opened;
use tegata_domain::control::{self, FAILED, MALFORMED, REPLACED};
use tegata_domain::error::Refusal;
use tegata_domain::events::{self, MOST_OF_SESSION, Topic};
use tegata_domain::outbox::OutboxRow;
use tegata_domain::session::frame;
use tegata_domain::socket::{Holder, Tag};
use tegata_domain::time::UnixSeconds;
use tegata_domain::wire::json;
use tegata_objects::context::{Context, News};
use tegata_objects::hosted::{Aftermath, CommandOf, Delivery, Heard, Hosted};
use tegata_objects::travelling;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;
use worker::{Env, console_error};

use crate::alarm::Alarm;
use crate::answer::plain;
use crate::delivery::deliver;
use crate::keyring;
use crate::platform::{
    PlatformRandom, PlatformSockets, accept_socket, attachment, close_sockets, crowded, farewell, header_values, now,
    send_all, send_frame, send_text, socket_attachments, tell_sockets,
};
use crate::promise::at_once;
use crate::settings::{Settings, settings};
use crate::sql_storage::ObjectStorage;
use crate::timer;

/// Maximum delivery rounds per alarm; the next alarm, set at once, handles the rest.
const ROUNDS: usize = 8;
/// Maximum number of consoles' sockets at one object.
const MOST_CONSOLES: u32 = 500;
/// How long changes are gathered before open sockets are told, so that many changes in a row cost one round.
const GATHER: Duration = Duration::from_millis(300);
/// Seconds until the alarm is retried when the object itself fails.
const AGAIN: i64 = 30;

/// One object on the platform.
pub(crate) struct Host<H>(Rc<Inside<H>>);

struct Inside<H> {
    /// Itself, for what it does later.
    own: Weak<Self>,
    /// The `DurableObjectState`, which holds the sockets.
    state: JsValue,
    storage: ObjectStorage,
    env: Env,
    hosted: H,
    alarm: Alarm,
    /// Whether `next_wake` was called since the object was loaded into memory.
    armed_once: Cell<bool>,
    /// Whether a round is updating copies.
    publishing: Cell<bool>,
    /// What has changed since open sockets were told.
    untold: RefCell<BTreeSet<Topic>>,
    /// Whether they are about to be told.
    telling: Cell<bool>,
    /// Whether the state of participants' connections is about to be kept.
    keeping: Cell<bool>,
}

/// Marks a round that updates copies until it is dropped, whatever the reason.
struct Publishing<'a>(&'a Cell<bool>);

impl<'a> Publishing<'a> {
    fn begin(flag: &'a Cell<bool>) -> Self {
        flag.set(true);
        Self(flag)
    }
}

impl Drop for Publishing<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl<H: Hosted + 'static> Host<H> {
    /// Creates the host from a `DurableObjectState`.
    pub(crate) fn new(state: &JsValue, env: JsValue) -> Self {
        let host = Self(Rc::new_cyclic(|own| Inside {
            own: own.clone(),
            state: state.clone(),
            storage: ObjectStorage::of(state),
            env: env.unchecked_into(),
            hosted: H::default(),
            alarm: Alarm::default(),
            armed_once: Cell::new(false),
            publishing: Cell::new(false),
            untold: RefCell::default(),
            telling: Cell::new(false),
            keeping: Cell::new(false),
        }));
        host.0.hosted.woken(&host.0.storage, host.0.kept());
        host
    }

    /// Runs the command in this JSON text. Returns `+` and the reply's JSON, or `-` and the refusal's.
    pub(crate) fn command(&self, text: String) -> Result<JsValue, JsValue> {
        let inside = Rc::clone(&self.0);
        at_once(async move {
            let answered = inside.command(&text).await;
            answered.map(JsValue::from).map_err(|error| {
                console_error!("{}: {error}", Inside::<H>::class());
                JsValue::from_str(Inside::<H>::class())
            })
        })
    }

    /// Opens a socket for the [`Admission`] in the header `x-admission`. Only the worker sends requests here.
    pub(crate) fn fetch(&self, request: web_sys::Request) -> Result<JsValue, JsValue> {
        let inside = Rc::clone(&self.0);
        at_once(async move {
            let admission = json::read(&header_values(&request, "x-admission")).ok();
            let socket = match (inside.prepared().await, admission) {
                (Ok((settings, opened)), Some(admission)) => inside.with_context(settings, &opened, |ctx| {
                    let holder = inside.hosted.admit(ctx, &admission).ok()?;
                    let socket = inside.accept(&holder);
                    if socket.is_none() {
                        inside.note_closed(ctx, &holder);
                    }
                    inside.arm_at_once(ctx);
                    socket
                }),
                (Ok(_), None) => None,
                (Err(error), _) => {
                    console_error!("{}: {error}", Inside::<H>::class());
                    None
                }
            };
            Ok(socket.map_or_else(
                || plain(StatusCode::FORBIDDEN, "The credential is not valid.\n").into(),
                JsValue::from,
            ))
        })
    }

    /// Hears a text on a socket. A message that is no text arrives as `None` and closes the socket.
    pub(crate) fn heard(&self, socket: JsValue, text: Option<String>) -> Result<JsValue, JsValue> {
        let inside = Rc::clone(&self.0);
        at_once(async move {
            let holder = inside.holder(&socket);
            let heard = match (inside.prepared().await, holder, text) {
                (Ok((settings, opened)), Some(holder), Some(text)) => inside.with_context(settings, &opened, |ctx| {
                    let heard = inside.hosted.heard(ctx, &holder, &text).unwrap_or(Heard::Close(FAILED));
                    // A participant may never answer the farewell.
                    if let (Heard::Close(_), Holder::Participant(_)) = (&heard, &holder) {
                        inside.note_closed(ctx, &holder);
                    }
                    inside.arm_at_once(ctx);
                    heard
                }),
                (Err(_), ..) => Heard::Close(FAILED),
                (Ok(_), ..) => Heard::Close(MALFORMED),
            };
            match heard {
                Heard::Nothing => {}
                Heard::Answer(texts) => texts.iter().for_each(|text| send_text(&socket, text)),
                Heard::Close(code) => farewell(&socket, code),
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Completes the closing handshake, and notes that the socket has closed.
    pub(crate) fn closed(&self, socket: JsValue, code: u16) -> Result<JsValue, JsValue> {
        let inside = Rc::clone(&self.0);
        at_once(async move {
            farewell(&socket, code);
            if let (Ok((settings, opened)), Some(holder)) = (inside.prepared().await, inside.holder(&socket)) {
                inside.with_context(settings, &opened, |ctx| {
                    inside.note_closed(ctx, &holder);
                    inside.arm_at_once(ctx);
                });
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Handles the alarm. It never fails: the platform drops an alarm that failed six times.
    pub(crate) fn alarm(&self) -> Result<JsValue, JsValue> {
        let inside = Rc::clone(&self.0);
        at_once(async move {
            inside.alarmed().await;
            Ok(JsValue::UNDEFINED)
        })
    }
}

impl<H: Hosted + 'static> Inside<H> {
    /// The class's name in the log.
    const fn class() -> &'static str {
        <H::Class as tegata_domain::wire::object::Object>::BINDING
    }

    /// Seconds by which this object's clock was moved ahead, as tests on a developer's machine do.
    #[cfg(feature = "dev-mailbox")]
    fn ahead(&self) -> i64 {
        i64::from(crate::platform::clock_ahead(&self.state))
    }

    /// In production, an object has the platform's time.
    #[cfg(not(feature = "dev-mailbox"))]
    const fn ahead(&self) -> i64 {
        0
    }

    async fn prepared(&self) -> Result<(&'static Settings, Rc<Opened>), String> {
        let settings = settings(&self.env)?;
        let opened = keyring::open(&self.env).await?;
        self.alarm.learn(&self.storage).await;
        Ok((settings, opened))
    }

    fn with_context<T>(&self, settings: &Settings, opened: &Opened, act: impl FnOnce(&Context<'_>) -> T) -> T {
        let news = News::default();
        let sockets = PlatformSockets(&self.state);
        let ctx = Context {
            now: now().plus(self.ahead()),
            random: &PlatformRandom,
            signers: &opened.signers,
            settings: &settings.object,
            sql: &self.storage,
            sockets: &sockets,
            news: &news,
        };
        let done = act(&ctx);
        for (tag, text) in news.take_sent() {
            send_all(&self.state, tag.as_str(), &text);
        }
        let frames = news.take_frames();
        if !frames.is_empty() {
            self.keep_soon();
        }
        for (to, frame) in frames {
            send_frame(&self.state, to, &frame);
        }
        for (tag, code) in news.take_ended() {
            close_sockets(&self.state, tag.as_str(), code);
        }
        let changed = news.take();
        if !changed.is_empty() {
            self.hear(&changed);
        }
        done
    }

    /// Has open sockets told of `changed` soon. Nobody who causes a change waits for that, and so nobody can measure how
    /// many consoles are open.
    fn hear(&self, changed: &[Topic]) {
        self.untold.borrow_mut().extend(changed);
        if self.telling.replace(true) {
            return;
        }
        let own = self.own.clone();
        spawn_local(async move {
            timer::pause(GATHER).await;
            if let Some(inside) = own.upgrade() {
                inside.tell_all().await;
            }
        });
    }

    async fn tell_all(&self) {
        self.telling.set(false);
        let changed: Vec<Topic> = self.untold.take().into_iter().collect();
        match self.prepared().await {
            Ok((settings, opened)) => self.with_context(settings, &opened, |ctx| self.tell(ctx, &changed)),
            Err(error) => console_error!("{}: {error}", Self::class()),
        }
    }

    /// Notes that a socket has closed, or was never opened.
    fn note_closed(&self, ctx: &Context<'_>, holder: &Holder) {
        if let Err(refusal) = self.hosted.closed(ctx, holder) {
            console_error!("{}: closed: {refusal}", Self::class());
        }
    }

    /// Sets the alarm for what an event on a socket has caused. If that fails, the next event or command sets it.
    fn arm_at_once(&self, ctx: &Context<'_>) {
        if let Err(refusal) = self.arm(ctx, ctx.now) {
            console_error!("{}: alarm: {refusal}", Self::class());
        }
    }

    /// Whose `socket` is.
    fn holder(&self, socket: &JsValue) -> Option<Holder> {
        json::read(&attachment(socket)?).ok()
    }

    /// Opens a socket for `holder`; `None` where there are too many. An agent has one, the newest; so there are no more of
    /// them than enrolled agents, and the platform's own limit (32,768) is the last.
    fn accept(&self, holder: &Holder) -> Option<web_sys::Response> {
        let attachment = serde_json::to_string(holder).ok()?;
        let tags = serde_json::to_string(&holder.tags()).ok()?;
        let protocol = match holder {
            Holder::Console(_) => {
                let alike = u32::try_from(MOST_OF_SESSION).unwrap_or(u32::MAX);
                if crowded(&self.state, Tag::consoles().as_str(), &attachment, MOST_CONSOLES, alike) {
                    return None;
                }
                events::PROTOCOL
            }
            Holder::Agent(agent, _) => {
                close_sockets(&self.state, Tag::agent(agent).as_str(), REPLACED);
                control::PROTOCOL
            }
            Holder::Participant(seat) => {
                close_sockets(&self.state, Tag::participant(seat.address).as_str(), REPLACED);
                frame::PROTOCOL
            }
        };
        let opened = accept_socket(&self.state, &attachment, &tags, protocol);
        opened
            .map_err(|error| console_error!("{}: socket: {error:?}", Self::class()))
            .ok()
    }

    /// Tells open consoles what has changed, and closes those whose session has ended. Each session is looked up once.
    fn tell(&self, ctx: &Context<'_>, changed: &[Topic]) {
        let attached: Vec<String> =
            json::read(&socket_attachments(&self.state, Tag::consoles().as_str())).unwrap_or_default();
        if attached.is_empty() {
            return;
        }
        let event = |attachment: &str| match json::read::<Holder>(attachment) {
            Ok(Holder::Console(session)) => self.hosted.tell(ctx, &session, changed),
            _ => Ok(None),
        };
        let told = |attachment: &str| match event(attachment) {
            Ok(Some(event)) if event.changed.is_empty() => Some(String::new()),
            Ok(Some(event)) => serde_json::to_string(&event).ok(),
            Ok(None) => None,
            Err(_) => Some(String::new()),
        };
        let mut known: BTreeMap<&str, Option<String>> = BTreeMap::new();
        for attachment in &attached {
            known.entry(attachment).or_insert_with(|| told(attachment));
        }
        let texts: Vec<_> = attached
            .iter()
            .map(|attachment| known.get(attachment.as_str()))
            .collect();
        tell_sockets(
            &self.state,
            Tag::consoles().as_str(),
            &serde_json::to_string(&texts).unwrap_or_default(),
        );
    }

    /// Sets the alarm, no earlier than `earliest`, if the object has to wake before the current alarm.
    fn arm(&self, ctx: &Context<'_>, earliest: UnixSeconds) -> Result<(), Refusal> {
        match self.hosted.next_wake(ctx)? {
            // The platform's alarms go by its own clock.
            Some(wake) => self
                .alarm
                .bring_forward(
                    &self.storage,
                    wake.max(earliest).plus(self.ahead().saturating_neg()).millis(),
                )
                .map_err(|_| Refusal::Storage),
            None => Ok(()),
        }
    }

    /// Runs a command. Its changes and the resulting alarm are a single write, because there is no await here.
    fn handle(
        &self,
        settings: &Settings,
        opened: &Opened,
        command: CommandOf<H>,
        aftermath: Aftermath,
    ) -> Result<String, Refusal> {
        let quiet = matches!(aftermath, Aftermath::Quiet | Aftermath::QuietOrCopies) && self.armed_once.get();
        self.with_context(settings, opened, |ctx| {
            let outcome = self.hosted.handle(ctx, command);
            if quiet && outcome.is_ok() {
                return outcome;
            }
            self.armed_once.set(true);
            match self.arm(ctx, ctx.now) {
                Ok(()) => outcome,
                Err(refusal) => outcome.and(Err(refusal)),
            }
        })
    }

    /// Delivers entries that are due, either copies or mails, and records the results. Returns whether there were any.
    ///
    /// Only one round at a time updates copies: of two concurrent writes the older could arrive last.
    async fn round(&self, settings: &Settings, opened: &Opened, copies: bool) -> Result<bool, Refusal> {
        if copies && self.publishing.get() {
            return Ok(false);
        }
        let mut due = self.with_context(settings, opened, |ctx| self.hosted.due(ctx))?;
        due.retain(|(row, _)| row.message.is_copy() == copies);
        if due.is_empty() {
            return Ok(false);
        }
        let publishing = copies.then(|| Publishing::begin(&self.publishing));
        let (rows, deliveries) = gathered(due, copies);
        let results = join_all(deliveries.iter().map(|delivery| deliver(settings, &self.env, delivery))).await;
        drop(publishing);
        let mut settled = Ok(());
        for (row, result) in rows
            .iter()
            .zip(&results)
            .flat_map(|(rows, result)| rows.iter().map(move |row| (row, result)))
        {
            if let Err(error) = result {
                console_error!("outbox {} {}: {error}", row.id, row.message.kind());
            }
            settled = settled.and(self.with_context(settings, opened, |ctx| self.hosted.settle(ctx, row, result)));
        }
        settled.map(|()| true)
    }

    async fn wake(&self) -> Result<(), String> {
        let (settings, opened) = self.prepared().await?;
        // Deadlines come first: a delivery may take long, and what has run out must not wait for it.
        self.with_context(settings, &opened, |ctx| self.hosted.tidy(ctx))
            .map_err(|refusal| refusal.to_string())?;
        for _ in 0..ROUNDS {
            let copies = self.round(settings, &opened, true).await;
            let mails = self.round(settings, &opened, false).await;
            let (copies, mails) = (
                copies.map_err(|refusal| refusal.to_string())?,
                mails.map_err(|refusal| refusal.to_string())?,
            );
            if !copies && !mails {
                break;
            }
        }
        self.with_context(settings, &opened, |ctx| {
            self.alarm.gone_off();
            // A copy that a request is writing right now stays due until it is done: check again in a second.
            let wait = i64::from(self.publishing.get());
            self.arm(ctx, ctx.now.plus(wait))
        })
        .map_err(|refusal| refusal.to_string())
    }

    async fn command(&self, text: &str) -> Result<String, String> {
        let command: CommandOf<H> = travelling::read(text)?;
        let (settings, opened) = self.prepared().await?;
        let aftermath = H::aftermath(&command);
        let outcome = self.handle(settings, &opened, command, aftermath);
        let copies = match aftermath {
            Aftermath::Quiet | Aftermath::Alarm => false,
            Aftermath::Copies => outcome.is_ok(),
            // Reuse of a refresh token has revoked its device.
            Aftermath::QuietOrCopies => outcome == Err(Refusal::InvalidGrant),
        };
        // The alarm retries what cannot be delivered here.
        if copies && let Err(error) = self.round(settings, &opened, true).await {
            console_error!("{}: copies: {error}", Self::class());
        }
        Ok(travelling::written(outcome))
    }

    async fn alarmed(&self) {
        // No alarm is set while it runs: a command that arrives meanwhile sets its own.
        self.alarm.gone_off();
        if let Err(error) = self.wake().await {
            console_error!("{}: alarm: {error}", Self::class());
            self.alarm.try_again(&self.storage, now().plus(AGAIN).millis());
        }
    }
}

/// The rows of each delivery. Copies of the same kind have the same content, and KV allows one write per second and
/// key, so they become one delivery.
fn gathered(due: Vec<(OutboxRow, Delivery)>, copies: bool) -> (Vec<Vec<OutboxRow>>, Vec<Delivery>) {
    let mut rows: Vec<Vec<OutboxRow>> = Vec::new();
    let mut deliveries = Vec::new();
    for (row, delivery) in due {
        let same =
            |rows: &&mut Vec<OutboxRow>| copies && rows.first().is_some_and(|first| first.message == row.message);
        match rows.iter_mut().find(same) {
            Some(same) => same.push(row),
            None => {
                rows.push(vec![row]);
                deliveries.push(delivery);
            }
        }
    }
    (rows, deliveries)
}
