//! The whole HTTP surface over real objects in memory: requests go in; responses, mails and rows come out.

mod applications;
mod audit_log;
mod contracts;
mod desk;
mod desk_matrix;
mod faces;
mod gate;
mod gate_forged;
mod input;
mod japanese;
mod keys;
mod links;
mod lists;
mod login;
mod matrix;
mod oauth;
mod operator;
mod panel_matrix;
mod passkeys;
mod people;
mod questions;
mod support;
mod takeover;
mod tokens;
mod upgrade;
mod vouchers;
