//! The log files that `agent.toml` names: which there are, and the tail of one. A name from the desk is only compared with
//! what the configuration allows; no link is followed on the way to the file, so that nobody who may write into a log's
//! folder can show the desk another file.

use super::config::Config;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// Most bytes of a tail.
pub const LONGEST_TAIL: u64 = 256 * 1024;
/// Most files that one entry of the configuration lists.
const MOST_FILES: usize = 50;

/// The names under which log files can be asked for now, in the order of the configuration.
#[must_use]
pub fn names(config: &Config) -> Vec<String> {
    let mut names = Vec::new();
    for log in &config.logs {
        if !log.pattern.contains('*') {
            names.push(log.name.clone());
            continue;
        }
        let entries = fs::read_dir(&log.folder).into_iter().flatten().flatten();
        let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
        let files = files.filter_map(|entry| entry.file_name().into_string().ok());
        let mut files: Vec<String> = files.filter(|file| matches(&log.pattern, file)).collect();
        files.sort();
        names.extend(
            files
                .into_iter()
                .take(MOST_FILES)
                .map(|file| format!("{}/{file}", log.name)),
        );
    }
    names
}

/// The end of the log file `name`, at most `LONGEST_TAIL` bytes of it, from the beginning of a line if it has any.
///
/// Errors: `PermissionDenied` for a name that the configuration does not allow, and for a path with a link in it.
pub fn tail(config: &Config, name: &str) -> io::Result<Vec<u8>> {
    let (folder, file) = allowed(config, name).ok_or(ErrorKind::PermissionDenied)?;
    let mut file = open(folder, file)?;
    let length = file.metadata()?.len();
    let start = length.saturating_sub(LONGEST_TAIL);
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(LONGEST_TAIL).read_to_end(&mut bytes)?;
    if start > 0
        && let Some(end) = bytes.iter().position(|byte| *byte == b'\n')
    {
        bytes.drain(..=end);
    }
    Ok(bytes)
}

/// The folder and the file's name.
fn allowed<'a>(config: &'a Config, name: &'a str) -> Option<(&'a Path, &'a str)> {
    let (entry, file) = match name.split_once('/') {
        Some((entry, file)) => (entry, Some(file)),
        None => (name, None),
    };
    let log = config.logs.iter().find(|log| log.name == entry)?;
    let file = match (log.pattern.contains('*'), file) {
        (false, None) => log.pattern.as_str(),
        (true, Some(file)) if is_plain(file) && matches(&log.pattern, file) => file,
        _ => return None,
    };
    Some((&log.folder, file))
}

/// Whether it is the name of a file, and leads nowhere else.
fn is_plain(file: &str) -> bool {
    !matches!(file, "" | "." | "..") && !file.contains(['/', '\\', ':', '\0'])
}

/// Whether `name` fits `pattern`, in which `*` stands for any characters.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut name) = name.strip_prefix(first) else {
        return false;
    };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return name.ends_with(part);
        }
        match name.find(part).and_then(|at| name.get(at.saturating_add(part.len())..)) {
            Some(after) => name = after,
            None => return false,
        }
    }
    true
}

/// Opens the file, and makes sure that it is the one that was meant.
pub(super) fn open(folder: &Path, name: &str) -> io::Result<File> {
    let path = folder.join(name);
    // The configuration names real folders. A link among them was put there by somebody else, or is to be resolved in
    // the configuration by its administrator.
    if real(folder)? != *folder {
        return Err(ErrorKind::PermissionDenied.into());
    }
    let file = without_links().open(&path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => error,
        // What O_NOFOLLOW says has no kind of its own.
        _ => ErrorKind::PermissionDenied.into(),
    })?;
    let is_meant = place(&file, &path)? == path && file.metadata()?.is_file();
    if is_meant {
        Ok(file)
    } else {
        Err(ErrorKind::PermissionDenied.into())
    }
}

pub(super) fn real(path: &Path) -> io::Result<PathBuf> {
    let real = fs::canonicalize(path)?;
    // Windows returns its own long form of the same path.
    let plain = real
        .to_str()
        .and_then(|text| text.strip_prefix(r"\\?\"))
        .map(PathBuf::from);
    Ok(plain.unwrap_or(real))
}

/// Where the open file is. The kernel knows it; on other systems it is looked up again.
#[cfg(target_os = "linux")]
pub(super) fn place(file: &File, _path: &Path) -> io::Result<PathBuf> {
    use std::os::fd::AsRawFd as _;
    fs::read_link(format!("/proc/self/fd/{}", file.as_raw_fd()))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn place(_file: &File, path: &Path) -> io::Result<PathBuf> {
    real(path)
}

/// Follows no link, and does not wait for anybody to write into a pipe.
#[cfg(unix)]
fn without_links() -> OpenOptions {
    use nix::fcntl::OFlag;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options
        .read(true)
        .custom_flags((OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK).bits());
    options
}

#[cfg(windows)]
fn without_links() -> OpenOptions {
    use std::os::windows::fs::OpenOptionsExt as _;
    /// FILE_FLAG_OPEN_REPARSE_POINT: opens a link itself, which is no file.
    const NO_LINKS: u32 = 0x0020_0000;
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(NO_LINKS);
    options
}

#[cfg(all(test, unix))]
mod tests {
    use super::{LONGEST_TAIL, matches, names, tail};
    use crate::agent::config::{Config, Log};
    use std::fs;
    use std::io::ErrorKind;
    use std::os::unix::fs::symlink;
    use std::path::{Path, PathBuf};
    use tempfile::TempDir;

    struct Machine {
        root: TempDir,
    }

    impl Machine {
        fn new() -> Self {
            let root = TempDir::new().unwrap();
            let machine = Self { root };
            fs::create_dir_all(machine.path("log/jobs")).unwrap();
            fs::write(machine.path("log/logger.log"), "one\ntwo\n").unwrap();
            fs::write(machine.path("log/jobs/a.log"), "a\n").unwrap();
            fs::write(machine.path("log/jobs/b.txt"), "b\n").unwrap();
            fs::write(machine.path("secret.log"), "secret\n").unwrap();
            machine
        }

        fn path(&self, below: &str) -> PathBuf {
            self.root.path().canonicalize().unwrap().join(below)
        }

        fn config(&self) -> Config {
            let log = |name: &str, folder: &str, pattern: &str| Log {
                name: name.to_owned(),
                folder: self.path(folder),
                pattern: pattern.to_owned(),
            };
            Config {
                logs: vec![log("logger", "log", "logger.log"), log("jobs", "log/jobs", "*.log")],
                ..Config::default()
            }
        }

        fn refuses(&self, name: &str) {
            let error = tail(&self.config(), name).expect_err(name);
            assert_eq!(error.kind(), ErrorKind::PermissionDenied, "{name}: {error}");
        }
    }

    #[test]
    fn allowed_files_are_listed_and_read() {
        let machine = Machine::new();
        assert_eq!(names(&machine.config()), ["logger", "jobs/a.log"]);
        assert_eq!(tail(&machine.config(), "logger").unwrap(), b"one\ntwo\n");
        assert_eq!(tail(&machine.config(), "jobs/a.log").unwrap(), b"a\n");
        let gone = tail(&machine.config(), "jobs/z.log").unwrap_err();
        assert_eq!(gone.kind(), ErrorKind::NotFound);
    }

    #[test]
    fn a_name_leads_to_nothing_that_is_not_allowed() {
        let machine = Machine::new();
        for name in [
            "secret",
            "/etc/passwd",
            "logger/../../secret.log",
            "jobs",
            "jobs/b.txt",
            "jobs/",
            "jobs/../logger.log",
            "jobs/../../secret.log",
            "jobs/..",
            "jobs//etc/x.log",
            "jobs/x\\y.log",
            "jobs/a.log/x.log",
        ] {
            machine.refuses(name);
        }
    }

    #[test]
    fn no_link_is_followed_on_the_way() {
        let machine = Machine::new();
        symlink(machine.path("secret.log"), machine.path("log/jobs/link.log")).unwrap();
        machine.refuses("jobs/link.log");
        assert!(!names(&machine.config()).contains(&"jobs/link.log".to_owned()));
        fs::remove_file(machine.path("log/logger.log")).unwrap();
        symlink(machine.path("secret.log"), machine.path("log/logger.log")).unwrap();
        machine.refuses("logger");
        // The folder is exchanged for a link to another one.
        fs::create_dir(machine.path("other")).unwrap();
        fs::write(machine.path("other/a.log"), "secret\n").unwrap();
        fs::rename(machine.path("log/jobs"), machine.path("log/before")).unwrap();
        symlink(machine.path("other"), machine.path("log/jobs")).unwrap();
        machine.refuses("jobs/a.log");
    }

    #[test]
    fn only_files_are_read() {
        let machine = Machine::new();
        fs::create_dir(machine.path("log/jobs/folder.log")).unwrap();
        machine.refuses("jobs/folder.log");
        let pipe = machine.path("log/jobs/pipe.log");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        machine.refuses("jobs/pipe.log");
    }

    #[test]
    fn a_tail_is_bounded_and_begins_with_a_whole_line() {
        let machine = Machine::new();
        let line = format!("{}\n", "x".repeat(999));
        fs::write(machine.path("log/logger.log"), line.repeat(1000)).unwrap();
        let read = tail(&machine.config(), "logger").unwrap();
        assert!(read.len() as u64 <= LONGEST_TAIL && read.len() as u64 > LONGEST_TAIL - 1000);
        assert!(read.len().is_multiple_of(1000), "whole lines");
    }

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, name, fits) in [
            ("*.log", "a.log", true),
            ("*.log", ".log", true),
            ("*.log", "a.log.1", false),
            ("job-*-*.log", "job-1-2.log", true),
            ("job-*-*.log", "job-1.log", false),
            ("a*", "b", false),
            ("*", "anything", true),
            ("a.log", "a.log", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches(pattern, name), fits, "{pattern} {name}");
        }
        assert!(Path::new("/").is_absolute());
    }
}
