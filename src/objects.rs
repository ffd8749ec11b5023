//! Sends commands from the worker to objects of any class.

use tegata_domain::error::Refusal;
use tegata_domain::wire::json;
use tegata_domain::wire::object::{Address, Command, Object, Told};
use worker::{Env, console_error};

use crate::platform::{self, binding};

/// No object responded, or its response cannot be parsed. The log has the cause.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unanswered;

fn unanswered(to: &Address, error: &dyn core::fmt::Debug) -> Unanswered {
    console_error!("{}: {error:?}", to.binding);
    Unanswered
}

/// Sends the command in the JSON `text`. Returns the JSON of its reply, or its refusal.
pub(crate) async fn ask(env: &Env, to: &Address, text: &str) -> Result<Result<String, Refusal>, Unanswered> {
    let answer = platform::ask(&binding(env, to.binding), &to.name, text).await;
    let answer = answer.map_err(|error| unanswered(to, &error))?;
    let answer = answer.as_string().unwrap_or_default();
    match (answer.strip_prefix('+'), answer.strip_prefix('-')) {
        (Some(reply), _) => Ok(Ok(reply.to_owned())),
        (None, Some(refusal)) => json::read(refusal).map(Err).map_err(|error| unanswered(to, &error)),
        (None, None) => Err(unanswered(to, &"neither reply nor refusal")),
    }
}

/// Sends `command` to the object called `name`, and parses its reply.
pub(crate) async fn told<C: Command>(
    env: &Env,
    name: &<C::To as Object>::Name,
    command: C,
) -> Result<Result<C::Reply, Refusal>, Unanswered> {
    let Some(told) = Told::new(name, command) else {
        return Err(Unanswered);
    };
    match ask(env, &told.to, &told.command).await? {
        Ok(reply) => json::read(&reply).map(Ok).map_err(|error| unanswered(&told.to, &error)),
        Err(refusal) => Ok(Err(refusal)),
    }
}
