//! What acceptance tests share: a running edge, and how the people and programs around it speak to it.

pub mod answer;
pub mod edge;
pub mod forged;
pub mod loopback;
pub mod mail;
pub mod origin;
pub mod panel;
pub mod raw;
pub mod tenant;
pub mod viewer;
pub mod wait;
pub mod world;
