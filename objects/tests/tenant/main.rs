//! A tenant's object from outside: commands go in; replies, mails and rows come out.

mod alerts;
mod approval;
mod attended;
mod codes;
mod equipment;
mod faults;
mod floods;
mod grant;
mod heads;
mod keyring;
mod limits;
mod mail_budget;
mod model;
mod outbox;
mod path;
mod record;
mod refresh;
mod strangers;
mod support;
mod suspension;
