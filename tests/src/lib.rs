//! Fixtures shared by the acceptance tests: a running edge, and the people and programs that talk to it.

pub mod answer;
pub mod edge;
pub mod forged;
pub mod front;
pub mod loopback;
pub mod mail;
pub mod origin;
pub mod panel;
pub mod raw;
pub mod tenant;
pub mod viewer;
pub mod wait;
pub mod world;
