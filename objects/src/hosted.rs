//! The interface between an object and its host (`src/host.rs` on the platform): one trait, implemented once per class.

use tegata_domain::blob::BlobKey;
use tegata_domain::control::MALFORMED;
use tegata_domain::device::RevocationSnapshot;
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::email::EmailAddress;
use tegata_domain::enrolment::organization::OrganizationNumber;
use tegata_domain::error::Refusal;
use tegata_domain::events::{Event, Topic};
use tegata_domain::face::Logo;
use tegata_domain::id::OutboxId;
use tegata_domain::mail::{ComposedMail, Recipient};
use tegata_domain::mail_budget::Mailbox;
use tegata_domain::outbox::{DeliveryError, OutboxRow};
use tegata_domain::secret::HashedSecret;
use tegata_domain::session::frame::Header;
use tegata_domain::session::relay::{Passed, Seat};
use tegata_domain::slug::Slug;
use tegata_domain::socket::{Admission, Holder};
use tegata_domain::time::UnixSeconds;
use tegata_domain::wire::object::{Object, Told};

use tegata_kv_schema::sql::Sql;

use crate::context::Context;

/// The logic of one class of objects. It is synchronous: everything a call writes is committed in one write, together
/// with the alarm that follows from it.
pub trait Hosted: Default {
    /// The class of the object.
    type Class: Object;

    /// Runs a command and returns its reply as JSON.
    ///
    /// # Errors
    /// The [`Refusal`]. Nothing was written then, unless the variant says otherwise.
    fn handle(&self, ctx: &Context<'_>, command: CommandOf<Self>) -> Result<String, Refusal>;

    /// What the host has to do after a command, besides answering it.
    fn aftermath(command: &CommandOf<Self>) -> Aftermath;

    /// When the object next has work of its own: the earliest of all its deadlines.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn next_wake(&self, ctx: &Context<'_>) -> Result<Option<UnixSeconds>, Refusal>;

    /// Does the alarm's work other than deliveries.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn tidy(&self, ctx: &Context<'_>) -> Result<(), Refusal>;

    /// Admits a caller that wants a socket. Returns whose it is, which the socket keeps.
    ///
    /// # Errors
    /// A [`Refusal`] unless what the caller shows is good; classes without sockets admit nobody.
    fn admit(&self, _: &Context<'_>, _: &Admission) -> Result<Holder, Refusal> {
        Err(Refusal::Forbidden)
    }

    /// The event to send to the console of this session after a change; `None` closes its socket.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn tell(&self, _: &Context<'_>, _: &HashedSecret, _: &[Topic]) -> Result<Option<Event>, Refusal> {
        Ok(None)
    }

    /// Takes up the sockets that stayed open while the object slept. Called once, before anything else.
    fn woken(&self, _: &dyn Sql, _: Vec<Seat>) {}

    /// What becomes of a frame on a participant's socket. It runs for every frame, and so stores nothing.
    fn pass(&self, _: &Seat, _: &Header) -> Passed {
        Passed::End(MALFORMED)
    }

    /// Takes a payload that passes from one participant to another and is kept for the record, at `millis` since 1970. It
    /// stores nothing yet.
    fn overhear(&self, _from: u16, _to: u16, _millis: i64, _payload: &[u8]) {}

    /// Stores what was noted while frames passed. Returns whether there was anything.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn write_down(&self, _: &Context<'_>) -> Result<bool, Refusal> {
        Ok(false)
    }

    /// What is to be kept with the sockets of participants while the object sleeps.
    fn seats(&self) -> Vec<Seat> {
        Vec::new()
    }

    /// What follows from a text that came in on a socket.
    ///
    /// # Errors
    /// A [`Refusal`], which closes the socket.
    fn heard(&self, _: &Context<'_>, _: &Holder, _: &str) -> Result<Heard, Refusal> {
        Ok(Heard::Close(MALFORMED))
    }

    /// Notes that a socket has closed.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn closed(&self, _: &Context<'_>, _: &Holder) -> Result<(), Refusal> {
        Ok(())
    }

    /// Lists the outbox entries due now, each with its delivery. A class without an outbox returns none.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn due(&self, _: &Context<'_>) -> Result<Vec<(OutboxRow, Delivery)>, Refusal> {
        Ok(Vec::new())
    }

    /// Records the result of delivering `row`: deletes the entry, or keeps it with the error.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn settle(&self, _: &Context<'_>, _: &OutboxRow, _: &Result<(), DeliveryError>) -> Result<(), Refusal> {
        Ok(())
    }
}

/// What follows from a text that came in on a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Nothing.
    Nothing,
    /// These texts are the answer.
    Answer(Vec<String>),
    /// The socket is closed with this code.
    Close(u16),
}

/// A command of the class that `H` implements.
pub type CommandOf<H> = <<H as Hosted>::Class as Object>::Command;

/// What the host does after a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aftermath {
    /// The command scheduled nothing, so the host can skip the alarm. A refusal may still have scheduled something.
    Quiet,
    /// The host sets the alarm to the next deadline.
    Alarm,
    /// Like `Alarm`, and the host also updates the copies that the edge reads before it answers the command.
    Copies,
    /// Like `Quiet` when the command succeeds; a refusal may leave copies to be updated.
    QuietOrCopies,
}

/// A mail, ready for a transport.
pub struct MailToSend {
    /// The outbox entry's id, for the `Message-ID`.
    pub id: OutboxId,
    /// The outbox entry's creation time, for `Date`.
    pub date: UnixSeconds,
    /// The recipient.
    pub to: Recipient,
    /// The content.
    pub mail: ComposedMail,
    /// The sender's name, if the provider has set one; otherwise the deployment's.
    pub sender: Option<String>,
    /// The address that replies go to, if the provider has set one.
    pub reply_to: Option<EmailAddress>,
    /// The logo that the content refers to as [`LOGO_ID`](tegata_domain::mail::LOGO_ID).
    pub logo: Option<Logo>,
    /// The deployment-wide mail budget that this mail counts against, when a stranger can have caused it.
    pub budget: Option<Mailbox>,
}

/// How to deliver a due outbox entry.
pub enum Delivery {
    /// A mail.
    Mail(Box<MailToSend>),
    /// The tenant's directory entry.
    Directory(DirectoryEntry),
    /// The provider's organisation id; permanently refused if another provider has it.
    Organization(OrganizationNumber, Slug),
    /// The tenant's revocations.
    Revocations(Slug, RevocationSnapshot),
    /// A command to another object, which must handle it idempotently.
    Tell(Told),
    /// A blob to be written: its key, and its content in base64.
    Blob(BlobKey, String),
}
