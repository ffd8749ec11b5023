//! Support for the tests of appointments: rules of zones that change, and both sides of an appointment. The world of an
//! object is that of the tenant's tests. It contains no tests.

#[path = "../../tenant/support/flaky.rs"]
#[expect(dead_code, reason = "nothing fails here")]
pub(crate) mod flaky;
#[path = "../../tenant/support/mail.rs"]
#[expect(dead_code, reason = "mails are read with their dates here")]
pub(crate) mod mail;
pub(crate) mod meeting;
pub(crate) mod rules;
#[path = "../../tenant/support/world.rs"]
#[expect(dead_code, reason = "nobody registers a PC here")]
pub(crate) mod world;
