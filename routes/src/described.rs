//! The schemas of what only the routes know: documents with passwords in them, and problems.

use tegata_domain::desk::CustomerDetails;
use tegata_domain::panel::{Schemas, schema_of};
use tegata_domain::password::PlainPassword;

use tegata_domain::question::NewQuestion;

use crate::desk::{NewCustomer, NewMessage};
use crate::login::{Again, Credentials, Forgotten, New, NewByLink};
use crate::passkey::{NewPasskey, PasskeyAssertion};
use crate::problem::Document;

/// All of them, each under the name that it has in the API's document, with those they refer to.
#[must_use]
pub fn schemas() -> Schemas {
    let mut all = Schemas::new();
    let own = [
        schema_of::<Credentials>(&mut all),
        schema_of::<Forgotten>(&mut all),
        schema_of::<NewByLink>(&mut all),
        schema_of::<Again>(&mut all),
        schema_of::<New>(&mut all),
        schema_of::<PasskeyAssertion>(&mut all),
        schema_of::<NewPasskey>(&mut all),
        schema_of::<PlainPassword>(&mut all),
        schema_of::<NewCustomer>(&mut all),
        schema_of::<NewMessage>(&mut all),
        schema_of::<NewQuestion>(&mut all),
        schema_of::<CustomerDetails>(&mut all),
        schema_of::<Document<'_>>(&mut all),
    ];
    all.extend(own);
    all
}
