//! Fixtures of the acceptance tests: edges, tenants, Viewers, mailboxes, and servers on the loopback interface that stand
//! for data origins and mail providers. The tests themselves are in `tests/`. Everything here fails by panicking, with
//! what the edge said.

pub mod answer;
pub mod edge;
pub mod forged;
pub mod loopback;
pub mod mail;
pub mod origin;
pub mod raw;
pub mod tenant;
pub mod viewer;
pub mod wait;
pub mod world;
