//! The `Tenant` object: hands commands to `objects::tenant`, and delivers its outbox by alarm.

use std::cell::Cell;
use std::rc::Rc;

use futures::future::join_all;
use serde_json::Value;
use tegata_domain::command::TenantCommand;
use tegata_domain::error::Refusal;
use tegata_domain::outbox::OutboxRow;
use tegata_kv_schema::kv::{Directory, Family, Revocations};
use tegata_kv_schema::sql::Sql as _;
use tegata_objects::context::Context;
use tegata_objects::tenant::{Delivery, MailToSend, Tenant as TenantObject};
use wasm_bindgen::prelude::wasm_bindgen;
use worker::{DurableObject, Env, Request, Response, Result, State, console_error, durable_object};

use crate::keyring::{self, Opened};
use crate::mail::{DeliveryError, Outgoing, deliver};
use crate::platform::{PlatformRandom, answer, binding, kv_put, now};
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

#[durable_object]
pub struct Tenant {
    storage: ObjectStorage,
    env: Env,
    object: TenantObject,
    alarm: Cell<Alarm>,
}

impl Tenant {
    async fn prepared(&self) -> std::result::Result<(&'static Settings, Rc<Opened>), String> {
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

    /// Sets the alarm if the object has to wake earlier than it would.
    fn arm(&self, ctx: &Context<'_>) -> std::result::Result<(), Refusal> {
        let Some(wake) = self.object.next_wake(ctx)? else {
            return Ok(());
        };
        let millis = wake.millis();
        if matches!(self.alarm.get(), Alarm::At(at) if at <= millis) {
            return Ok(());
        }
        self.storage.arm(millis).map_err(|_| Refusal::Storage)?;
        self.alarm.set(Alarm::At(millis));
        Ok(())
    }

    /// Carries out a command. What is written and the alarm that follows from it are one write: there is no await here.
    fn handle(
        &self,
        settings: &Settings,
        opened: &Opened,
        command: TenantCommand,
    ) -> std::result::Result<String, Refusal> {
        self.with_context(settings, opened, |ctx| {
            let outcome = self.object.handle(ctx, command);
            match self.arm(ctx) {
                Ok(()) => outcome,
                Err(refusal) => outcome.and(Err(refusal)),
            }
        })
    }

    async fn deliver(
        &self,
        settings: &Settings,
        row: &OutboxRow,
        delivery: &Delivery,
    ) -> std::result::Result<(), (String, bool)> {
        match delivery {
            Delivery::Mail(mail) => match deliver(&settings.mail, &self.env, &outgoing(settings, mail)).await {
                Ok(()) => Ok(()),
                Err(DeliveryError::Temporary(error)) => Err((error, false)),
                Err(DeliveryError::Permanent(error)) => Err((error, true)),
            },
            Delivery::Directory(entry) => self.publish::<Directory>(&entry.slug, entry).await,
            Delivery::Revocations(snapshot) => {
                let slug = self.slug(row)?;
                self.publish::<Revocations>(&slug, snapshot).await
            }
        }
    }

    fn slug(&self, _: &OutboxRow) -> std::result::Result<tegata_domain::slug::Slug, (String, bool)> {
        let tenant = tegata_kv_schema::tenants::load(&self.storage).map_err(|error| (error.to_string(), false))?;
        tenant
            .map(|tenant| tenant.slug)
            .ok_or_else(|| ("no tenant".to_owned(), false))
    }

    async fn publish<F: Family>(&self, name: &F::Name, record: &F::Record) -> std::result::Result<(), (String, bool)> {
        let text = serde_json::to_string(record).map_err(|error| (error.to_string(), false))?;
        kv_put(&binding(&self.env, F::NAMESPACE), &F::key(name), &text)
            .await
            .map_err(|error| (format!("{}: {error:?}", F::NAMESPACE), false))
    }

    /// Delivers what is due; whether anything was.
    async fn round(&self, settings: &Settings, opened: &Opened) -> std::result::Result<bool, Refusal> {
        let due = self.with_context(settings, opened, |ctx| self.object.due(ctx))?;
        let results = join_all(due.iter().map(|(row, delivery)| self.deliver(settings, row, delivery))).await;
        for ((row, _), result) in due.iter().zip(results) {
            if let Err((error, _)) = &result {
                console_error!("outbox {} {}: {error}", row.id, row.message.kind());
            }
            self.with_context(settings, opened, |ctx| {
                let mut settled = Err(Refusal::Storage);
                let _ = self.storage.transaction(&mut || {
                    settled = self.object.settle(ctx, row, result.clone());
                    settled.is_ok()
                });
                settled
            })?;
        }
        Ok(!due.is_empty())
    }

    async fn wake(&self) -> std::result::Result<(), String> {
        let (settings, opened) = self.prepared().await?;
        for _ in 0..ROUNDS {
            if !self
                .round(settings, &opened)
                .await
                .map_err(|refusal| refusal.to_string())?
            {
                break;
            }
        }
        self.with_context(settings, &opened, |ctx| {
            self.object.tidy(ctx).and_then(|()| {
                self.alarm.set(Alarm::Unset);
                self.arm(ctx)
            })
        })
        .map_err(|refusal| refusal.to_string())
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

impl DurableObject for Tenant {
    fn new(state: State, env: Env) -> Self {
        Self {
            storage: ObjectStorage::new(&state),
            env,
            object: TenantObject::default(),
            alarm: Cell::new(Alarm::Unknown),
        }
    }

    /// The body is a `TenantCommand`; the answer `+` and the reply's JSON, or `-` and the refusal's.
    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let body = request.text().await?;
        let Ok(command) = serde_json::from_str::<TenantCommand>(&body) else {
            return Response::error("not a command", 400);
        };
        match self.prepared().await {
            Ok((settings, opened)) => Ok(answer(&match self.handle(settings, &opened, command) {
                Ok(reply) => format!("+{reply}"),
                Err(refusal) => format!("-{}", serde_json::to_value(refusal).unwrap_or(Value::Null)),
            })
            .into()),
            Err(error) => {
                console_error!("tenant: {error}");
                Response::error("tenant", 500)
            }
        }
    }

    async fn alarm(&self) -> Result<Response> {
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
        Response::empty()
    }
}
