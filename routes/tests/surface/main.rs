//! The whole HTTP surface over real objects, in memory: requests in, answers, mails and rows out.

mod authenticator;
mod call;
mod contract;
mod credentials;
mod desk;
mod desk_matrix;
mod edge;
mod gate;
mod gate_forged;
mod input;
mod key;
mod links;
mod lists;
mod login;
mod matrix;
mod oauth;
mod operator;
mod panel_matrix;
mod passkeys;
mod people;
mod rows;
mod scene;
mod staff;
mod takeover;
mod tokens;
