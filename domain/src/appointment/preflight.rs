//! The pre-flight check (Z2, B7): what a participant's browser, or a machine's agent, has measured, and what follows from
//! it. The page and the agent report figures; the verdicts are given here, so that both sides read the same.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::time::UnixSeconds;

/// Below this rate a session does not work, in kbit/s (Z2).
pub const LEAST_RATE: u32 = 128;
/// Below this rate a session is slow, in kbit/s (Z2).
pub const ENOUGH_RATE: u32 = 256;
/// How far a clock may be wrong, in seconds.
pub const CLOCK_TOLERANCE: i64 = 60;

/// The oldest version of each browser that has all that a session needs.
const OLDEST: [(BrowserName, u32); 5] = [
    (BrowserName::Chrome, 111),
    (BrowserName::Edge, 111),
    (BrowserName::Firefox, 120),
    (BrowserName::Safari, 17),
    (BrowserName::Opera, 97),
];

/// A browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub enum BrowserName {
    Chrome,
    Edge,
    Firefox,
    Safari,
    Opera,
    Other,
}

/// An operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub enum SystemKind {
    Windows,
    #[serde(rename = "macOS")]
    MacOs,
    Linux,
    ChromeOS,
    Android,
    #[serde(rename = "iOS")]
    Ios,
    Other,
}

/// What came of the try to share a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Sharing {
    /// A whole screen was shared.
    Shared,
    /// A window or a tab was shared.
    Window,
    /// The person, or the system, denied it.
    Denied,
    /// The browser cannot share a screen.
    Unsupported,
}

/// What a participant's browser reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// The language of the page.
    pub locale: Locale,
    /// The browser.
    pub browser: BrowserName,
    /// Its main version.
    #[serde(default)]
    pub version: Option<u32>,
    /// The operating system.
    pub system: SystemKind,
    /// Whether it is a phone or a tablet.
    pub phone: bool,
    /// Whether a WebSocket could be opened and used.
    pub socket: bool,
    /// The rate from the service, in kbit/s.
    #[serde(default)]
    pub download_kbps: Option<u32>,
    /// The rate to the service, in kbit/s.
    #[serde(default)]
    pub upload_kbps: Option<u32>,
    /// Whether peer connections come up.
    #[serde(default)]
    pub peer: Option<bool>,
    /// Whether the screen can be shared.
    #[serde(default)]
    pub sharing: Option<Sharing>,
    /// The browser's clock minus the service's, in seconds.
    #[serde(default)]
    pub clock_seconds: Option<i64>,
}

/// What a machine's agent reports. A newer agent may report more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineMeasured {
    /// Whether the way to the service is free: the agent's light is green.
    pub connection: bool,
    /// Whether the proxy on the way lets the agent through; absent without a proxy.
    #[serde(default)]
    pub proxy: Option<bool>,
    /// The rate from the service, in kbit/s.
    #[serde(default)]
    pub download_kbps: Option<u32>,
    /// The rate to the service, in kbit/s.
    #[serde(default)]
    pub upload_kbps: Option<u32>,
    /// Whether a program is there that can show the screen.
    pub screen: bool,
    /// The machine's clock minus the service's, in seconds.
    #[serde(default)]
    pub clock_seconds: Option<i64>,
}

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// The browser and its version.
    Browser,
    /// A WebSocket.
    Socket,
    /// The rate from the service.
    Download,
    /// The rate to the service.
    Upload,
    /// A peer connection.
    Peer,
    /// Sharing the screen.
    Sharing,
    /// The clock.
    Clock,
    /// A machine's way to the service.
    Connection,
    /// The proxy on that way.
    Proxy,
    /// The program that shows a machine's screen.
    Screen,
}

impl Check {
    /// The name in texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Socket => "socket",
            Self::Download => "download",
            Self::Upload => "upload",
            Self::Peer => "peer",
            Self::Sharing => "sharing",
            Self::Clock => "clock",
            Self::Connection => "connection",
            Self::Proxy => "proxy",
            Self::Screen => "screen",
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// All is well.
    Passed,
    /// It was not tried.
    Untested,
    /// It works, with something left to be desired.
    Warned,
    /// A session does not work like this.
    Failed,
}

impl Verdict {
    /// The name in records and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Untested => "untested",
            Self::Warned => "warned",
            Self::Failed => "failed",
        }
    }
}

/// One check and its verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checked {
    /// What was tried.
    pub check: Check,
    /// What came of it.
    pub verdict: Verdict,
    /// The figure: kbit/s for rates, seconds for the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<i64>,
}

/// The result of a pre-flight check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preflight {
    /// When.
    pub at: UnixSeconds,
    /// The browser; absent for a machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<BrowserName>,
    /// The operating system; absent for a machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<SystemKind>,
    /// The checks.
    pub checks: Vec<Checked>,
}

impl Preflight {
    /// The worst verdict. What was not tried is no reason to worry, and no success.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let verdicts = self.checks.iter().map(|checked| checked.verdict);
        verdicts.max().unwrap_or(Verdict::Untested)
    }
}

fn checked(check: Check, verdict: Verdict) -> Checked {
    Checked {
        check,
        verdict,
        value: None,
    }
}

fn worked(check: Check, worked: bool) -> Checked {
    checked(check, if worked { Verdict::Passed } else { Verdict::Failed })
}

fn rate(check: Check, kbps: Option<u32>) -> Checked {
    let verdict = match kbps {
        None => Verdict::Untested,
        Some(..LEAST_RATE) => Verdict::Failed,
        Some(..ENOUGH_RATE) => Verdict::Warned,
        Some(_) => Verdict::Passed,
    };
    Checked {
        check,
        verdict,
        value: kbps.map(i64::from),
    }
}

fn clock(seconds: Option<i64>) -> Checked {
    let verdict = match seconds {
        None => Verdict::Untested,
        Some(seconds) if seconds.saturating_abs() > CLOCK_TOLERANCE => Verdict::Warned,
        Some(_) => Verdict::Passed,
    };
    Checked {
        check: Check::Clock,
        verdict,
        value: seconds,
    }
}

impl Measured {
    /// The verdicts.
    #[must_use]
    pub fn judged(&self, at: UnixSeconds) -> Preflight {
        let oldest = OLDEST.iter().find(|(name, _)| *name == self.browser);
        let browser = match (oldest, self.version) {
            (Some((_, oldest)), Some(version)) if version >= *oldest => Verdict::Passed,
            (Some(_), Some(_)) => Verdict::Failed,
            _ => Verdict::Warned,
        };
        let peer = match self.peer {
            None => Verdict::Untested,
            Some(true) => Verdict::Passed,
            Some(false) => Verdict::Warned,
        };
        let sharing = match self.sharing {
            None => Verdict::Untested,
            Some(Sharing::Shared | Sharing::Window) => Verdict::Passed,
            Some(Sharing::Unsupported) if self.phone => Verdict::Warned,
            Some(Sharing::Denied | Sharing::Unsupported) => Verdict::Failed,
        };
        Preflight {
            at,
            browser: Some(self.browser),
            system: Some(self.system),
            checks: vec![
                checked(Check::Browser, browser),
                worked(Check::Socket, self.socket),
                rate(Check::Download, self.download_kbps),
                rate(Check::Upload, self.upload_kbps),
                checked(Check::Peer, peer),
                checked(Check::Sharing, sharing),
                clock(self.clock_seconds),
            ],
        }
    }
}

impl MachineMeasured {
    /// The verdicts.
    #[must_use]
    pub fn judged(&self, at: UnixSeconds) -> Preflight {
        let mut checks = vec![worked(Check::Connection, self.connection)];
        checks.extend(self.proxy.map(|passed| worked(Check::Proxy, passed)));
        checks.extend([
            rate(Check::Download, self.download_kbps),
            rate(Check::Upload, self.upload_kbps),
            worked(Check::Screen, self.screen),
            clock(self.clock_seconds),
        ]);
        Preflight {
            at,
            browser: None,
            system: None,
            checks,
        }
    }
}
