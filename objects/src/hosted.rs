//! What the host of an object runs (`src/host.rs` on the platform): one trait, implemented once for each class.

use tegata_domain::blob::BlobKey;
use tegata_domain::device::RevocationSnapshot;
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::error::Refusal;
use tegata_domain::id::OutboxId;
use tegata_domain::mail::{ComposedMail, Recipient};
use tegata_domain::mail_budget::Mailbox;
use tegata_domain::outbox::{DeliveryError, OutboxRow};
use tegata_domain::slug::Slug;
use tegata_domain::time::UnixSeconds;
use tegata_domain::wire::object::{Object, Told};

use crate::context::Context;

/// The inside of one class of objects. It is synchronous: what a call writes is one write, and the alarm that follows
/// from it is part of that.
pub trait Hosted: Default {
    /// Its class.
    type Class: Object;

    /// Carries out a command; the JSON of its reply.
    ///
    /// # Errors
    /// The [`Refusal`]; nothing was written then, except where its variant says so.
    fn handle(&self, ctx: &Context<'_>, command: CommandOf<Self>) -> Result<String, Refusal>;

    /// What the host has to do after a command beyond answering it.
    fn aftermath(command: &CommandOf<Self>) -> Aftermath;

    /// When the object next has something to do by itself: the earliest of all its reasons.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn next_wake(&self, ctx: &Context<'_>) -> Result<Option<UnixSeconds>, Refusal>;

    /// What the alarm does besides deliveries.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn tidy(&self, ctx: &Context<'_>) -> Result<(), Refusal>;

    /// The outbox rows due now, each with what to do for it. A class without an outbox has none.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn due(&self, _: &Context<'_>) -> Result<Vec<(OutboxRow, Delivery)>, Refusal> {
        Ok(Vec::new())
    }

    /// Records what came of delivering `row`: gone, or kept with the error.
    ///
    /// # Errors
    /// [`Refusal::Storage`].
    fn settle(&self, _: &Context<'_>, _: &OutboxRow, _: &Result<(), DeliveryError>) -> Result<(), Refusal> {
        Ok(())
    }
}

/// Any command to the class of `H`.
pub type CommandOf<H> = <<H as Hosted>::Class as Object>::Command;

/// What follows a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aftermath {
    /// Nothing was left to do later, so nobody has to look at the alarm. A refusal may still leave something.
    Quiet,
    /// The alarm is set to whatever is due next.
    Alarm,
    /// Besides, copies that the edge reads are brought up to date before the command is answered.
    Copies,
    /// Quiet as long as it is carried out; a refusal may leave copies to be brought up to date.
    QuietOrCopies,
}

/// A mail ready to be handed to a transport.
pub struct MailToSend {
    /// The row's name, for the `Message-ID`.
    pub id: OutboxId,
    /// The row's time, for `Date`.
    pub date: UnixSeconds,
    /// To whom.
    pub to: Recipient,
    /// What it says.
    pub mail: ComposedMail,
    /// The deployment's budget that it is counted against, where a stranger can have caused it.
    pub budget: Option<Mailbox>,
}

/// What a due row asks for.
pub enum Delivery {
    /// A mail.
    Mail(Box<MailToSend>),
    /// The tenant's directory entry.
    Directory(DirectoryEntry),
    /// The tenant's revocations.
    Revocations(Slug, RevocationSnapshot),
    /// A command to another object, which takes it as often as it comes.
    Tell(Told),
    /// A blob to be written: where, and its content in base64.
    Blob(BlobKey, String),
}
