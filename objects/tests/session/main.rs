//! A session's object from outside: commands and messages go in; frames, reports and refusals come out.

mod deeds;
mod joining;
mod opening;
mod support;
