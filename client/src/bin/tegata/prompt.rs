//! Prompts at a terminal. A separate thread reads the lines, so that waiting for an answer does not stop the polling.

use crate::failure::Failure;
use crate::output::Output;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::thread;
use tegata_client::Error;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Maximum number of attempts for one question.
const ATTEMPTS: usize = 3;

/// The person's answers.
pub(crate) struct Prompt {
    lines: UnboundedReceiver<String>,
}

impl Prompt {
    /// Reads standard input, if it is a terminal.
    pub(crate) fn at_terminal() -> Option<Self> {
        if !io::stdin().is_terminal() {
            return None;
        }
        let (sender, lines) = unbounded_channel();
        // The thread ends with the process: a blocked read cannot be cancelled.
        thread::spawn(move || {
            for line in io::stdin().lock().lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Some(Self { lines })
    }

    /// A person who has typed `lines` and then closed the input.
    #[cfg(test)]
    pub(crate) fn typed(lines: &[&str]) -> Self {
        let (sender, receiver) = unbounded_channel();
        for line in lines {
            // Safe: the receiver is still there.
            sender.send((*line).to_owned()).unwrap();
        }
        Self { lines: receiver }
    }

    /// How many lines nobody has read.
    #[cfg(test)]
    pub(crate) fn left(&self) -> usize {
        self.lines.len()
    }

    /// The next line; `None` after the end of the input.
    pub(crate) async fn line(&mut self) -> Option<String> {
        self.lines.recv().await
    }

    /// Asks until the answer can be parsed. An empty answer means `default`.
    pub(crate) async fn ask<T>(
        &mut self,
        output: &Output,
        question: &str,
        default: Option<&str>,
        parse: impl Fn(&str) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let mut failure = Failure::usage(output.texts.get("cli-input-closed"));
        for _ in 0..ATTEMPTS {
            match default {
                Some(default) => eprint(&format!("{question} [{default}]: ")),
                None => eprint(&format!("{question}: ")),
            }
            let Some(line) = self.line().await else {
                return Err(failure);
            };
            let answer = if line.trim().is_empty() {
                default.unwrap_or("")
            } else {
                &line
            };
            match parse(answer) {
                Ok(value) => return Ok(value),
                Err(error) => failure = Failure::from_error(error, &output.texts),
            }
            output.note(&failure.message);
        }
        Err(failure)
    }

    /// Asks for a mail address twice. A typo would send the activation code to nobody, or to a stranger.
    pub(crate) async fn ask_email(&mut self, output: &Output) -> Result<String, Failure> {
        use tegata_client::registration::parse_email;
        let texts = &output.texts;
        for _ in 0..ATTEMPTS {
            let first = self.ask(output, &texts.get("cli-ask-email"), None, parse_email).await?;
            let again = self
                .ask(output, &texts.get("cli-ask-email-again"), None, parse_email)
                .await?;
            if first == again {
                return Ok(first.to_string());
            }
            output.note(&texts.get("cli-email-mismatch"));
        }
        Err(Failure::usage(texts.get("cli-email-mismatch")))
    }
}

/// Prints without a newline, so that the answer stands beside the question.
fn eprint(question: &str) {
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "{question}");
    let _ = stderr.flush();
}

#[cfg(test)]
mod tests {
    use super::Prompt;
    use crate::exit;
    use crate::failure::Failure;
    use crate::output::Output;
    use crate::texts::Texts;
    use tegata_client::registration::Locale;
    use tegata_domain::time::TimeZone;

    async fn email(typed: &[&str]) -> Result<String, Failure> {
        let output = Output {
            json: false,
            texts: Texts::new(Locale::Ja),
            zone: TimeZone::UTC,
        };
        Prompt::typed(typed).ask_email(&output).await
    }

    #[tokio::test]
    async fn a_mistyped_address_is_caught_by_the_second_question() {
        let typed = [
            "taro@aozora.example",
            "tarou@aozora.example",
            "taro@aozora.example",
            "taro@aozora.example",
        ];
        assert_eq!(email(&typed).await.unwrap(), "taro@aozora.example");
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_asked_for_again() {
        let typed = ["taro aozora.example", "taro@aozora.example", "taro@aozora.example"];
        assert_eq!(email(&typed).await.unwrap(), "taro@aozora.example");
    }

    #[tokio::test]
    async fn an_address_typed_with_an_input_method_on_is_the_same() {
        let typed = ["　ｔａｒｏ＠ａｏｚｏｒａ．ｅｘａｍｐｌｅ", "taro@aozora.example"];
        assert_eq!(email(&typed).await.unwrap(), "taro@aozora.example");
        let typed = ["a..b.@docomo.ne.jp", "a..b.@docomo.ne.jp"];
        assert_eq!(email(&typed).await.unwrap(), "a..b.@docomo.ne.jp");
        let typed = ["taro@青空.example", "taro@xn--grzr40d.example"];
        assert_eq!(email(&typed).await.unwrap(), "taro@xn--grzr40d.example");
    }

    #[tokio::test]
    async fn addresses_that_never_match_end_the_command() {
        let typed = ["a@b.example", "c@d.example"].repeat(3);
        let failure = email(&typed).await.unwrap_err();
        assert_eq!(failure.exit, exit::USAGE);
    }

    #[tokio::test]
    async fn closing_the_input_ends_the_command() {
        assert_eq!(email(&["a@b.example"]).await.unwrap_err().exit, exit::USAGE);
    }
}
