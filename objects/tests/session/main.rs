//! A session's object from outside: commands and messages go in; frames, reports and refusals come out.

mod attended;
mod deeds;
mod files;
mod joining;
mod notes;
mod opening;
mod support;
mod talk;
