//! The `Tenant` object: hands commands to `objects::tenant`, and delivers its outbox by alarm.

use std::cell::Cell;
use std::rc::Rc;

use futures::future::join_all;
use tegata_domain::command::TenantCommand;
use tegata_domain::error::Refusal;
use tegata_domain::outbox::OutboxRow;
use tegata_domain::slug::Slug;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::kv::{Directory, Family, Revocations};
use tegata_kv_schema::sql::Sql as _;
use tegata_objects::context::Context;
use tegata_objects::tenant::{Delivery, MailToSend, Tenant as TenantObject};
use tegata_objects::travelling;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use worker::{Env, console_error};

use crate::at_once;
use crate::keyring::{self, Opened};
use crate::mail::{DeliveryError, Outgoing, deliver};
use crate::platform::{PlatformRandom, ask, binding, kv_put, now};
use crate::settings::{Settings, settings};
use crate::sql_storage::ObjectStorage;

/// Rounds of deliveries in one alarm; what is left waits for the next, at once.
const ROUNDS: usize = 8;
/// Seconds until the alarm is tried again when the object itself cannot work.
const AGAIN: i64 = 30;

/// What the object knows of its alarm.
#[derive(Clone, Copy)]
enum Alarm {
    Unknown,
    Unset,
    At(i64),
}

/// The object's class, called by entry.js.
#[wasm_bindgen]
pub struct Tenant(Rc<Inside>);

struct Inside {
    storage: ObjectStorage,
    env: Env,
    object: TenantObject,
    alarm: Cell<Alarm>,
    /// Whether the outbox was looked at since the object came into memory.
    armed_once: Cell<bool>,
    /// Whether a round is bringing copies up to date.
    publishing: Cell<bool>,
}

/// A round that brings copies up to date, until it is dropped, however that comes about.
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

impl Inside {
    async fn prepared(&self) -> Result<(&'static Settings, Rc<Opened>), String> {
        let settings = settings(&self.env)?;
        let opened = keyring::open(&self.env).await?;
        if matches!(self.alarm.get(), Alarm::Unknown) {
            let at = self.storage.alarm().await;
            // Another request may have set it while this one waited.
            if matches!(self.alarm.get(), Alarm::Unknown) {
                self.alarm.set(at.map_or(Alarm::Unset, Alarm::At));
            }
        }
        Ok((settings, opened))
    }

    fn with_context<T>(&self, settings: &Settings, opened: &Opened, act: impl FnOnce(&Context<'_>) -> T) -> T {
        act(&Context {
            now: now(),
            random: &PlatformRandom,
            signers: &opened.signers,
            settings: &settings.object,
            sql: &self.storage,
        })
    }

    /// Sets the alarm, not before `earliest`, if the object has to wake sooner than it would.
    fn arm(&self, ctx: &Context<'_>, earliest: UnixSeconds) -> Result<(), Refusal> {
        let Some(wake) = self.object.next_wake(ctx)? else {
            return Ok(());
        };
        let millis = wake.max(earliest).millis();
        if matches!(self.alarm.get(), Alarm::At(at) if at <= millis) {
            return Ok(());
        }
        self.storage.arm(millis).map_err(|_| Refusal::Storage)?;
        self.alarm.set(Alarm::At(millis));
        Ok(())
    }

    /// Carries out a command. What is written and the alarm that follows from it are one write: there is no await here.
    fn handle(&self, settings: &Settings, opened: &Opened, command: TenantCommand) -> Result<String, Refusal> {
        let quiet = command.is_quiet() && self.armed_once.get();
        self.with_context(settings, opened, |ctx| {
            let outcome = self.object.handle(ctx, command);
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

    async fn deliver(&self, settings: &Settings, delivery: &Delivery) -> Result<(), DeliveryError> {
        match delivery {
            Delivery::Mail(mail) => deliver(&settings.mail, &self.env, &outgoing(settings, mail)).await,
            Delivery::Directory(entry) => self.publish::<Directory>(&entry.slug, entry).await,
            Delivery::Revocations(slug, snapshot) => self.publish::<Revocations>(slug, snapshot).await,
            Delivery::Tell(slug, command) => self.tell(slug, command).await,
        }
    }

    /// Sends a command to another tenant's object, which takes it as often as it comes.
    async fn tell(&self, slug: &Slug, command: &str) -> Result<(), DeliveryError> {
        let answer = ask(&binding(&self.env, "TENANT"), slug.as_str(), "command", command).await;
        match answer.ok().and_then(|answer| answer.as_string()) {
            Some(reply) if reply.starts_with('+') => Ok(()),
            Some(refusal) => Err(DeliveryError::Temporary(format!("{slug}: {refusal}"))),
            None => Err(DeliveryError::Temporary(format!("{slug} does not answer"))),
        }
    }

    async fn publish<F: Family>(&self, name: &F::Name, record: &F::Record) -> Result<(), DeliveryError> {
        let text = serde_json::to_string(record).map_err(|error| DeliveryError::Temporary(error.to_string()))?;
        kv_put(&binding(&self.env, F::NAMESPACE), &F::key(name), &text)
            .await
            .map_err(|error| DeliveryError::Temporary(format!("{}: {error:?}", F::NAMESPACE)))
    }

    /// Delivers what is due, copies or mails, and records what came of it; whether there was anything.
    ///
    /// Only one round at a time brings copies up to date: of two writes on their way the older could arrive last.
    async fn round(&self, settings: &Settings, opened: &Opened, copies: bool) -> Result<bool, Refusal> {
        if copies && self.publishing.get() {
            return Ok(false);
        }
        let mut due = self.with_context(settings, opened, |ctx| self.object.due(ctx))?;
        due.retain(|(row, _)| row.message.is_copy() == copies);
        if due.is_empty() {
            return Ok(false);
        }
        let publishing = copies.then(|| Publishing::begin(&self.publishing));
        let mut rows: Vec<Vec<OutboxRow>> = Vec::new();
        let mut deliveries = Vec::new();
        for (row, delivery) in due {
            // Copies of one kind say the same, and KV takes one write a second.
            match rows
                .iter_mut()
                .find(|same| copies && same.first().is_some_and(|first| first.message == row.message))
            {
                Some(same) => same.push(row),
                None => {
                    rows.push(vec![row]);
                    deliveries.push(delivery);
                }
            }
        }
        let results = join_all(deliveries.iter().map(|delivery| self.deliver(settings, delivery))).await;
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
            settled = settled.and(self.with_context(settings, opened, |ctx| self.settle(ctx, row, result)));
        }
        settled.map(|()| true)
    }

    fn settle(&self, ctx: &Context<'_>, row: &OutboxRow, result: &Result<(), DeliveryError>) -> Result<(), Refusal> {
        let mut settled = Err(Refusal::Storage);
        let committed = self.storage.transaction(&mut || {
            settled = self.object.settle(ctx, row, result.clone());
            settled.is_ok()
        });
        committed.map_err(|_| Refusal::Storage).and(settled)
    }

    async fn wake(&self) -> Result<(), String> {
        let (settings, opened) = self.prepared().await?;
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
            self.object.tidy(ctx)?;
            self.alarm.set(Alarm::Unset);
            // A copy that a request is writing right now stays due until it is done: look again in a second.
            let wait = i64::from(self.publishing.get());
            self.arm(ctx, ctx.now.plus(wait))
        })
        .map_err(|refusal| refusal.to_string())
    }

    async fn command(&self, text: &str) -> Result<String, String> {
        let command = travelling::read(text)?;
        let (settings, opened) = self.prepared().await?;
        let (touches_copies, quiet) = (command.touches_copies(), command.is_quiet());
        let outcome = self.handle(settings, &opened, command);
        // Where nothing was refused, or a re-used token has ended its device. What cannot be delivered here stays for the
        // alarm.
        let changed = if quiet {
            outcome == Err(Refusal::InvalidGrant)
        } else {
            outcome.is_ok()
        };
        if touches_copies
            && changed
            && let Err(error) = self.round(settings, &opened, true).await
        {
            console_error!("tenant: copies: {error}");
        }
        Ok(travelling::written(outcome))
    }

    async fn alarmed(&self) {
        // While the alarm runs none is set: a command that comes in between sets its own.
        self.alarm.set(Alarm::Unset);
        if let Err(error) = self.wake().await {
            console_error!("tenant: alarm: {error}");
            // An alarm that fails is dropped after six tries, so it never does: it comes back.
            let again = now().plus(AGAIN).millis();
            if self.storage.arm(again).is_ok() {
                self.alarm.set(Alarm::At(again));
            }
        }
    }
}

fn outgoing(settings: &Settings, mail: &MailToSend) -> Outgoing {
    Outgoing {
        message_id: format!("{}@{}", mail.id, settings.mail.domain()),
        date_unix: mail.date.0,
        to_name: mail.to.name.to_string(),
        to_address: mail.to.address.to_string(),
        subject: mail.mail.subject.clone(),
        text: mail.mail.text.clone(),
        html: mail.mail.html.clone(),
        locale: mail.to.locale.tag().to_owned(),
    }
}

#[wasm_bindgen]
impl Tenant {
    /// The object of a `DurableObjectState`.
    #[wasm_bindgen(constructor)]
    pub fn new(state: &JsValue, env: JsValue) -> Self {
        Self(Rc::new(Inside {
            storage: ObjectStorage::of(state),
            env: env.unchecked_into(),
            object: TenantObject::default(),
            alarm: Cell::new(Alarm::Unknown),
            armed_once: Cell::new(false),
            publishing: Cell::new(false),
        }))
    }

    /// Carries out the `TenantCommand` whose JSON this is: `+` and the reply's JSON, or `-` and the refusal's.
    pub fn command(&self, text: String) -> Result<JsValue, JsValue> {
        let inside = Rc::clone(&self.0);
        at_once(async move {
            let answered = inside.command(&text).await;
            answered.map(JsValue::from).map_err(|error| {
                console_error!("tenant: {error}");
                JsValue::from_str("tenant")
            })
        })
    }

    /// Delivers what is due.
    pub fn alarm(&self) -> Result<JsValue, JsValue> {
        let inside = Rc::clone(&self.0);
        at_once(async move {
            inside.alarmed().await;
            Ok(JsValue::UNDEFINED)
        })
    }
}
