//! The session's period: it is opened by the tenant, extended, and ended by the tenant, by a participant, or by time.

use tegata_domain::command::{EndSession, ExtendSession, OpenSession};
use tegata_domain::error::Refusal;
use tegata_domain::outbox::Message;
use tegata_domain::session::control::{ToParticipant, WARNING};
use tegata_domain::session::party::Party;
use tegata_domain::session::record::SessionRecord;
use tegata_domain::session::relay::Relay;
use tegata_domain::session::{DeedOutcome, SessionEnd, SessionEvent};
use tegata_kv_schema::{migrations, support_session};

use super::deeds::did;
use super::reports::{enqueue, report};
use super::{Audience, Outcome, Session, live, load, save};
use crate::context::{Context, OrStorage as _};

impl Session {
    /// Claims the number. The first caller gets it; the same launch may ask again.
    pub(super) fn open(&self, ctx: &Context<'_>, command: &OpenSession) -> Result<(), Refusal> {
        let opened = self.change(ctx, |_| {
            migrations::apply(ctx.sql, migrations::SESSION).or_storage()?;
            match support_session::load(ctx.sql).or_storage()? {
                Some(session) if session.launch == command.launch && session.tenant == command.tenant => Ok(false),
                Some(_) => {
                    let (tenant, launch) = (command.tenant.clone(), command.launch.clone());
                    enqueue(ctx, Message::ReportTaken { tenant, launch }).map(|()| false)
                }
                None => {
                    let mut session = SessionRecord::open(command.clone(), ctx.now);
                    report(ctx, &mut session, SessionEvent::Opened)?;
                    support_session::save(ctx.sql, &session).or_storage()?;
                    Ok(true)
                }
            }
        })?;
        if opened {
            *self.relay.borrow_mut() = Relay::new(command.abilities.clone(), Vec::new());
        }
        Ok(())
    }

    /// Moves the end. A session that has ended stays ended.
    pub(super) fn extend(&self, ctx: &Context<'_>, command: &ExtendSession) -> Result<(), Refusal> {
        self.change(ctx, |outcome| {
            let Some((mut session, mut live)) = live(ctx)?.filter(|(session, _)| session.launch == command.launch)
            else {
                return Ok(());
            };
            if live.until == command.until {
                return Ok(());
            }
            live.until = command.until;
            live.warned = false;
            outcome.say(Audience::All, ToParticipant::Extended { until: live.until });
            save(ctx, &mut session, live)
        })
    }

    /// Ends the session, for the tenant.
    pub(super) fn end(&self, ctx: &Context<'_>, command: &EndSession) -> Result<(), Refusal> {
        self.change(ctx, |outcome| match live(ctx)? {
            Some((session, _)) if session.launch == command.launch => finish(ctx, session, command.why, None, outcome),
            _ => Ok(()),
        })
    }

    /// Does what is due: warns of the end, ends, or forgets.
    pub(super) fn pass_time(&self, ctx: &Context<'_>) -> Result<(), Refusal> {
        self.change(ctx, |outcome| {
            if let Some((mut session, mut live)) = live(ctx)? {
                if !live.warned && ctx.now >= live.until.plus(WARNING.saturating_neg()) {
                    live.warned = true;
                    outcome.say(Audience::All, ToParticipant::Warning { until: live.until });
                    save(ctx, &mut session, live)?;
                }
                return Ok(());
            }
            match load(ctx)?.and_then(|session| session.next_wake()) {
                Some(free) if ctx.now >= free => support_session::forget(ctx.sql).or_storage(),
                _ => Ok(()),
            }
        })
    }
}

/// Ends a session, whose state was taken out of it. What has no outcome by then is reported as unknown.
pub(super) fn finish(
    ctx: &Context<'_>,
    mut session: SessionRecord,
    why: SessionEnd,
    by: Option<Party>,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    for deed in support_session::waiting_deeds(ctx.sql).or_storage()? {
        report(ctx, &mut session, did(deed, DeedOutcome::Unknown))?;
    }
    report(ctx, &mut session, SessionEvent::Ended { why, by })?;
    session.live = None;
    session.ended_at = Some(ctx.now);
    support_session::empty(ctx.sql).or_storage()?;
    support_session::save(ctx.sql, &session).or_storage()?;
    outcome.say(Audience::All, ToParticipant::Ended { why });
    outcome.ended = true;
    Ok(())
}
