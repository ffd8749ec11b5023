//! Runs a program that `agent.toml` names. No shell reads its arguments, and what it prints is dropped: it may contain
//! anything, and nobody has approved that the desk reads it.

use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

/// Runs it, and stops it after `time`. Returns whether it ended by itself and without an error.
pub(super) async fn run(words: &[String], time: Duration) -> bool {
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    #[cfg(unix)]
    command.process_group(0);
    let Ok(mut child) = command.spawn() else {
        return false;
    };
    matches!(timeout(time, child.wait()).await, Ok(Ok(status)) if status.success())
}

#[cfg(all(test, unix))]
mod tests {
    use super::run;
    use std::time::Duration;

    const LONG: Duration = Duration::from_secs(20);

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().copied().map(str::to_owned).collect()
    }

    #[tokio::test]
    async fn only_a_program_that_succeeds_in_time_counts() {
        assert!(run(&words(&["true"]), LONG).await);
        assert!(!run(&words(&["false"]), LONG).await);
        assert!(!run(&words(&["no-such-program"]), LONG).await);
        assert!(!run(&[], LONG).await);
        assert!(!run(&words(&["sleep", "20"]), Duration::from_millis(50)).await);
    }

    #[tokio::test]
    async fn no_shell_reads_the_arguments() {
        let folder = tempfile::tempdir().unwrap();
        let touched = folder.path().join("touched");
        let argument = format!("x; touch {}", touched.display());
        assert!(run(&words(&["echo", &argument]), LONG).await);
        assert!(!touched.exists());
    }
}
