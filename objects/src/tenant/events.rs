//! Event sockets of open consoles: who may open one, and what each is told.

use tegata_domain::console_session::SessionState;
use tegata_domain::error::Refusal;
use tegata_domain::events::{Event, EventTicket, TICKET_LIFE, Topic};
use tegata_domain::right::allows;
use tegata_domain::secret::{HashedSecret, PlainEventTicket};
use tegata_domain::socket::Holder;
use tegata_kv_schema::sessions;

use super::object::Tenant;
use super::people::{Person, person};
use crate::context::{Context, OrStorage as _};

impl Tenant {
    /// Issues a ticket to the session stored under `session`.
    pub(super) fn issue_ticket(&self, ctx: &Context<'_>, session: HashedSecret) -> EventTicket {
        let ticket = PlainEventTicket::generate(ctx.random);
        self.tickets.borrow_mut().issue(ticket.hashed(), session, ctx.now);
        EventTicket {
            ticket,
            expires_in: TICKET_LIFE,
        }
    }

    /// Spends a ticket. Returns the session whose socket it opens.
    pub(super) fn admit_console(&self, ctx: &Context<'_>, ticket: &PlainEventTicket) -> Result<Holder, Refusal> {
        let session = self.tickets.borrow_mut().take(&ticket.hashed(), ctx.now);
        let session = session.ok_or(Refusal::Forbidden)?;
        holder(ctx, &session)?.ok_or(Refusal::Forbidden)?;
        self.tenant(ctx.sql)?.working()?;
        Ok(Holder::Console(session))
    }

    /// What the socket of a session is told of `topics`: only those that its holder may list now. `None` ends the socket,
    /// because the session, or the tenant's service, has ended.
    pub(super) fn tell_console(
        &self,
        ctx: &Context<'_>,
        session: &HashedSecret,
        topics: &[Topic],
    ) -> Result<Option<Event>, Refusal> {
        let tenant = self.tenant(ctx.sql)?;
        let Some(Person { account, .. }) = holder(ctx, session)?.filter(|_| tenant.clone().working().is_ok()) else {
            return Ok(None);
        };
        let may = |topic: &&Topic| allows(account.role, tenant.kind, account.support_option, topic.right());
        let changed = topics.iter().filter(may).copied().collect();
        Ok(Some(Event { changed }))
    }
}

/// The person whose session, stored under `hash`, is alive and whole.
fn holder(ctx: &Context<'_>, hash: &HashedSecret) -> Result<Option<Person>, Refusal> {
    let session = sessions::load(ctx.sql, hash).or_storage()?;
    let alive = session.filter(|session| session.state == SessionState::SignedIn && session.is_alive(ctx.now));
    alive.map_or(Ok(None), |session| person(ctx, &session.user))
}
