//! Schemas of the documents that only the routes know: those that carry passwords or files, and problems.

use tegata_domain::command::SessionTicket;
use tegata_domain::desk::CustomerDetails;
use tegata_domain::password::PlainPassword;
use tegata_domain::schema::{self, Schemas};

use tegata_domain::appointment::{Answer, Cancel, NewAppointment, Propose};
use tegata_domain::attended::{Invited, NewAttended};
use tegata_domain::desk::NewOutcome;
use tegata_domain::launch::NewLaunch;
use tegata_domain::question::NewQuestion;

use crate::desk::launch::AtMachine;
use crate::desk::sessions::JoinDocument;
use crate::desk::{NewCustomer, NewMessage};
use crate::login::{Again, Credentials, Forgotten, New, NewByLink};
use crate::passkey::{NewPasskey, PasskeyAssertion};
use crate::problem::Document;

/// All of them under their names in the API description, together with the schemas they refer to.
#[must_use]
pub fn schemas() -> Schemas {
    let mut all = Schemas::new();
    let own = [
        schema::of::<Credentials>(&mut all),
        schema::of::<Forgotten>(&mut all),
        schema::of::<NewByLink>(&mut all),
        schema::of::<Again>(&mut all),
        schema::of::<New>(&mut all),
        schema::of::<PasskeyAssertion>(&mut all),
        schema::of::<NewPasskey>(&mut all),
        schema::of::<PlainPassword>(&mut all),
        schema::of::<NewCustomer>(&mut all),
        schema::of::<NewMessage>(&mut all),
        schema::of::<JoinDocument>(&mut all),
        schema::of::<SessionTicket>(&mut all),
        schema::of::<NewQuestion>(&mut all),
        schema::of::<NewLaunch>(&mut all),
        schema::of::<NewOutcome>(&mut all),
        schema::of::<AtMachine>(&mut all),
        schema::of::<NewAttended>(&mut all),
        schema::of::<Invited>(&mut all),
        schema::of::<NewAppointment>(&mut all),
        schema::of::<Propose>(&mut all),
        schema::of::<Answer>(&mut all),
        schema::of::<Cancel>(&mut all),
        schema::of::<CustomerDetails>(&mut all),
        schema::of::<Document<'_>>(&mut all),
    ];
    all.extend(own);
    all
}
