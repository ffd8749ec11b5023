//! A tenant's object from outside: commands in, replies, mails and rows out.

mod approval;
mod codes;
mod family;
mod faults;
mod flaky;
mod grant;
mod heads;
mod keyring;
mod limits;
mod mail;
mod model;
mod outbox;
mod pair;
mod path;
mod record;
mod reference;
mod refresh;
mod request;
mod steps;
mod suspension;
mod viewer;
mod world;
