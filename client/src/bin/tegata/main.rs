//! The `tegata` command: parses the command line, runs one command, and exits with its exit code.

mod agent;
mod args;
mod details;
mod download;
mod exit;
mod export;
mod failure;
mod help;
mod machine;
mod moment;
mod open;
mod operator;
mod output;
mod page;
mod place;
mod printable;
mod prompt;
mod table;
mod tenant_input;
mod texts;
mod verify;
mod viewer;
mod waiting;

use args::{Cli, Command};
use clap::FromArgMatches as _;
use failure::Failure;
use output::Output;
use std::env;
use std::ffi::OsString;
use std::process::ExitCode;
use tegata_client::data_dir::DataDir;
use texts::{Languages, Texts};
use tokio::runtime::Builder;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    let texts = Texts::new(texts::choose(&arguments, language_variables()));
    let command = help::command(&texts);
    let parsed = command
        .try_get_matches_from(&arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            let json = arguments.iter().any(|argument| argument == "--json");
            let zone = moment::here();
            return end(help::answer(&error, &texts), &Output { json, texts, zone });
        }
    };
    #[cfg(windows)]
    let cli = match agent::windows_service::dispatched(cli) {
        Ok(ended) => return ended,
        Err(cli) => cli,
    };
    let texts = cli
        .global
        .language
        .map_or(texts, |language| Texts::new(language.into()));
    let output = Output {
        json: cli.global.json,
        texts,
        zone: moment::here(),
    };
    end(run(cli, &output), &output)
}

fn language_variables() -> [Option<String>; 3] {
    ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| env::var(name).ok())
}

fn end(result: Result<u8, Failure>, output: &Output) -> ExitCode {
    ExitCode::from(result.unwrap_or_else(|failure| {
        output.failure(&failure);
        failure.exit
    }))
}

fn run(cli: Cli, output: &Output) -> Result<u8, Failure> {
    let failed = |error: std::io::Error| Failure::output(&error, &output.texts);
    let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let languages = Languages {
        option: cli.global.language.map(Into::into),
        environment: texts::of_environment(language_variables()),
    };
    let result = runtime.block_on(async {
        match cli.command {
            Command::Viewer(args) => {
                let data_dir = cli
                    .global
                    .data_dir
                    .map_or_else(DataDir::default_for_user, |path| Ok(DataDir::at(path)));
                let data_dir = data_dir.map_err(|error| Failure::from_error(error, &output.texts))?;
                viewer::run(args, data_dir, &languages, output).await
            }
            Command::Agent(command) => agent::run(command, cli.global.data_dir, &languages, output).await,
            Command::Operator(args) => operator::run(args, output).await,
            Command::Verify(command) => verify::run(&command, output),
            Command::Keys(command) => verify::keys(command, output).await,
        }
    });
    // A DNS look-up may still be running on a thread; nobody needs its result any more.
    runtime.shutdown_background();
    result
}
