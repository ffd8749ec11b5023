//! Who may enter: the secret in the one-time URL, and the session that it is exchanged for. There is one session for each
//! start of the program.

use crate::error::Error;
use crate::secret::Secret;
use std::sync::{Mutex, MutexGuard, PoisonError};
use subtle::ConstantTimeEq as _;
use tokio::sync::Notify;

/// Name of the session's cookie.
pub const COOKIE: &str = "tegata_local";
/// The path below which the one-time URL lies, and which its form posts to.
pub const START: &str = "/start";
/// Port that a URL leaves out.
const HTTP: u16 = 80;

/// The door of one server.
#[derive(Debug)]
pub struct Door {
    authority: String,
    place: Secret,
    session: Secret,
    key: Mutex<Option<Secret>>,
    opened: Notify,
}

impl Door {
    /// The door of a server at this port. Errors: if the operating system has no random source.
    pub fn new(port: u16) -> Result<Self, Error> {
        let authority = if port == HTTP {
            "127.0.0.1".to_owned()
        } else {
            format!("127.0.0.1:{port}")
        };
        Ok(Self {
            authority,
            place: Secret::random()?,
            session: Secret::random()?,
            key: Mutex::new(Some(Secret::random()?)),
            opened: Notify::new(),
        })
    }

    /// The only value of `Host` that is answered.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The only value of `Origin` that may change something.
    pub fn origin(&self) -> String {
        format!("http://{}", self.authority)
    }

    /// The URL that lets in once; `None` when it has.
    pub fn one_time_url(&self) -> Option<String> {
        let key = self.key();
        let key = key.as_ref()?.expose();
        Some(format!("{}{START}/{key}", self.origin()))
    }

    /// Resolves when somebody has entered.
    pub async fn opened(&self) {
        self.opened.notified().await;
    }

    /// The path of the first page, below which the session's cookie is sent.
    pub fn home(&self) -> String {
        format!("/{}/", self.place.expose())
    }

    /// What follows the place in a path: `/`, `/data`, …; `None` for any other path.
    pub fn below<'a>(&self, path: &'a str) -> Option<&'a str> {
        let (place, _) = path.strip_prefix('/')?.split_once('/')?;
        let rest = path.get(place.len() + 1..)?;
        same(place, self.place.expose()).then_some(rest)
    }

    /// Whether `key` would let in now.
    pub fn is_key(&self, key: &str) -> bool {
        self.key().as_ref().is_some_and(|own| same(own.expose(), key))
    }

    /// Exchanges the secret of the URL for the session: the value of `Set-Cookie`, the first time only.
    pub fn enter(&self, key: &str) -> Option<String> {
        self.key().take_if(|own| same(own.expose(), key))?;
        self.opened.notify_one();
        let (session, home) = (self.session.expose(), self.home());
        Some(format!("{COOKIE}={session}; Path={home}; HttpOnly; SameSite=Strict"))
    }

    /// Whether a value of `Cookie` carries the session.
    pub fn admits(&self, cookies: &str) -> bool {
        let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == COOKIE && same(value, self.session.expose()))
    }

    fn key(&self) -> MutexGuard<'_, Option<Secret>> {
        // No code panics while it holds the lock.
        self.key.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Compares in a time that does not tell how much of a guess was right.
fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::Door;

    fn key(door: &Door) -> String {
        let url = door.one_time_url().unwrap();
        url.rsplit('/').next().unwrap().to_owned()
    }

    #[test]
    fn the_url_lets_in_once() {
        let door = Door::new(4711).unwrap();
        let key = key(&door);
        assert!(door.is_key(&key), "looking spends nothing");
        assert!(door.enter("x").is_none() && door.is_key(&key), "a guess spends nothing");
        let cookie = door.enter(&key).unwrap();
        assert!(door.enter(&key).is_none() && !door.is_key(&key) && door.one_time_url().is_none());
        assert!(cookie.ends_with("/; HttpOnly; SameSite=Strict"), "{cookie}");
        let (pair, _) = cookie.split_once(';').unwrap();
        assert!(door.admits(&format!("a=b; {pair}")) && !door.admits("tegata_local=x") && !door.admits(""));
        assert!(!Door::new(4711).unwrap().admits(pair), "each start has its own session");
    }

    #[test]
    fn pages_are_below_a_place_nobody_can_guess() {
        let door = Door::new(4711).unwrap();
        let home = door.home();
        assert_eq!(door.below(&home), Some("/"));
        assert_eq!(door.below(&format!("{home}data")), Some("/data"));
        for other in ["/", "", "/x/data", &home[..home.len() - 1], &format!("/{home}")] {
            assert_eq!(door.below(other), None, "{other}");
        }
        assert!(
            !format!("{door:?}").contains(home.trim_matches('/')),
            "not in a log either"
        );
    }

    #[test]
    fn a_url_leaves_out_the_port_of_http() {
        assert_eq!(Door::new(80).unwrap().origin(), "http://127.0.0.1");
        assert_eq!(Door::new(8080).unwrap().origin(), "http://127.0.0.1:8080");
    }
}
