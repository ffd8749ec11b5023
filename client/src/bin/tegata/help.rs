//! Help and command line errors in the user's language. clap knows the structure; the words come from the locale files:
//! `cli-help-{command path}` for commands and `cli-arg-{id}` for arguments, so that one id has one text.

use crate::exit;
use crate::failure::Failure;
use crate::texts::Texts;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _, Error};

/// The command line with its texts filled in.
pub(crate) fn command(texts: &Texts) -> Command {
    let command = translate(crate::args::Cli::command(), "", texts);
    command
        .disable_version_flag(true)
        .arg(flag("version", 'V', ArgAction::Version, texts))
        .version(env!("CARGO_PKG_VERSION"))
        .after_help(texts.get("cli-help-exit-codes"))
}

fn translate(command: Command, path: &str, texts: &Texts) -> Command {
    let about = texts.get(if path.is_empty() { "cli-help" } else { path });
    let template = format!(
        "{{about}}\n\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        texts.get("cli-usage-heading")
    );
    let mut place = 0;
    let translated = command
        .about(about)
        .help_template(template)
        .disable_help_flag(true)
        .subcommand_help_heading(texts.get("cli-commands-heading"))
        .mut_args(|argument| {
            let heading = if argument.is_positional() {
                "cli-arguments-heading"
            } else {
                "cli-options-heading"
            };
            let help = texts.get(&argument_key(&argument));
            // clap would list the values under an English heading; the texts list them instead.
            let has_values = argument.get_action().takes_values();
            let argument = argument
                .help(help)
                .help_heading(texts.get(heading))
                .hide_possible_values(has_values);
            if argument.is_global_set() {
                return argument;
            }
            // Under a heading of its own, clap would sort arguments by name.
            place += 1;
            argument.display_order(place)
        })
        .arg(flag("help", 'h', ArgAction::Help, texts));
    translated.mut_subcommands(|below| {
        let path = format!(
            "{}-{}",
            if path.is_empty() { "cli-help" } else { path },
            below.get_name()
        );
        translate(below, &path, texts)
    })
}

fn argument_key(argument: &Arg) -> String {
    format!("cli-arg-{}", argument.get_id().as_str().replace('_', "-"))
}

fn flag(name: &'static str, short: char, action: ArgAction, texts: &Texts) -> Arg {
    Arg::new(name)
        .long(name)
        .short(short)
        .action(action)
        .display_order(890)
        .help(texts.get(&format!("cli-arg-{name}")))
        .help_heading(texts.get("cli-options-heading"))
}

/// Handles what clap returns instead of a command: prints the requested help or version, or explains the error.
pub(crate) fn answer(error: &Error, texts: &Texts) -> Result<u8, Failure> {
    if !matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Err(Failure::usage(explain(error, texts)));
    }
    error.print().map_err(|error| Failure::output(&error, texts))?;
    Ok(exit::OK)
}

/// Explains a command line error in the user's language.
fn explain(error: &Error, texts: &Texts) -> String {
    let value = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(named)) => named.join(texts.comma()),
        _ => String::new(),
    };
    let argument = value(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::MissingRequiredArgument => texts.with("cli-usage-missing", [("arguments", argument.into())]),
        ErrorKind::UnknownArgument => texts.with("cli-usage-unknown", [("argument", argument.into())]),
        ErrorKind::InvalidSubcommand => texts.with(
            "cli-usage-command",
            [("command", value(ContextKind::InvalidSubcommand).into())],
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let given = value(ContextKind::InvalidValue);
            texts.with(
                "cli-usage-value",
                [("argument", argument.into()), ("value", given.into())],
            )
        }
        ErrorKind::ArgumentConflict => texts.with("cli-usage-conflict", [("argument", argument.into())]),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            texts.get("cli-usage-incomplete")
        }
        _ => texts.get("cli-usage-other"),
    }
}

#[cfg(test)]
mod tests {
    use super::command;
    use crate::texts::Texts;
    use clap::Command;
    use tegata_client::registration::Locale;

    fn untranslated(command: &Command, found: &mut Vec<String>) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        if about.is_empty() || about.starts_with("cli-") {
            found.push(command.get_name().to_owned());
        }
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            if help.is_empty() || help.starts_with("cli-") {
                found.push(format!("{} {}", command.get_name(), argument.get_id()));
            }
        }
        command.get_subcommands().for_each(|below| untranslated(below, found));
    }

    #[test]
    fn every_command_and_argument_is_explained_in_every_language() {
        for locale in [Locale::Ja, Locale::En, Locale::Da] {
            let mut command = command(&Texts::new(locale));
            command.build();
            let mut found = Vec::new();
            untranslated(&command, &mut found);
            assert!(found.is_empty(), "{locale:?}: {found:?}");
        }
    }
}
