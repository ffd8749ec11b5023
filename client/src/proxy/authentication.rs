//! What a proxy asks for (`Proxy-Authenticate`, RFC 9110 section 11.7), and what an agent answers. Schemes are tried in
//! the order of how little they give away.

use crate::proxy::exchange::{Exchange, Scheme};
use crate::proxy::obstacle::Unauthenticated;
use crate::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// An account at a proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its domain, for NTLM.
    pub domain: Option<String>,
    /// The user name.
    pub user: String,
    /// The password; `None` is an empty one.
    pub password: Option<Secret>,
}

/// One scheme that a proxy offers, with the message that came with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Its name, as the proxy writes it.
    pub scheme: String,
    /// The message, if the scheme exchanges some.
    pub token: Option<String>,
}

/// Parses the values of `Proxy-Authenticate`; one value can hold several challenges.
pub fn challenges<'a>(values: impl Iterator<Item = &'a str>) -> Vec<Challenge> {
    values.flat_map(parts).filter_map(challenge).collect()
}

/// Splits at commas outside quotes.
fn parts(value: &str) -> Vec<&str> {
    let mut quoted = false;
    let mut escaped = false;
    value
        .split(move |c: char| {
            let end = c == ',' && !quoted;
            quoted ^= c == '"' && !escaped;
            escaped = c == '\\' && quoted && !escaped;
            end
        })
        .map(str::trim)
        .collect()
}

/// `None` for a further parameter of the challenge before.
fn challenge(part: &str) -> Option<Challenge> {
    let (scheme, rest) = part.split_once(' ').unwrap_or((part, ""));
    if scheme.is_empty() || scheme.contains(['=', '"']) {
        return None;
    }
    let rest = rest.trim();
    // A message is written with base64's own padding alone, a parameter as name=value.
    let is_token = !rest.is_empty() && !rest.trim_end_matches('=').contains(['=', '"', ' ']);
    Some(Challenge {
        scheme: scheme.to_owned(),
        token: is_token.then(|| rest.to_owned()),
    })
}

/// Answers the challenges of one proxy. NTLM and Negotiate authenticate the connection on which they are exchanged.
#[derive(Debug)]
pub struct Authenticator<'a> {
    account: Option<&'a Account>,
    sent: Sent,
}

/// What the proxy was sent last.
#[derive(Debug)]
enum Sent {
    Nothing,
    Basic,
    Message(Box<Exchange>),
}

impl<'a> Authenticator<'a> {
    /// Knows the account, if there is one.
    pub const fn new(account: Option<&'a Account>) -> Self {
        Self {
            account,
            sent: Sent::Nothing,
        }
    }

    /// The next value of `Proxy-Authorization`.
    ///
    /// Errors: why there is none.
    pub fn answer(&mut self, challenges: &[Challenge]) -> Result<String, Unauthenticated> {
        let account = self.account.ok_or(Unauthenticated::NoCredentials)?;
        match &mut self.sent {
            Sent::Nothing => {}
            Sent::Basic => return Err(Unauthenticated::Refused),
            Sent::Message(exchange) => {
                // A proxy that has refused starts again, with an empty challenge.
                let message = offers(challenges, exchange.scheme.name()).and_then(|challenge| challenge.token.as_ref());
                let message = message.and_then(|message| STANDARD.decode(message).ok());
                return exchange.answer(&message.ok_or(Unauthenticated::Refused)?);
            }
        }
        let scheme = Scheme::ALL
            .into_iter()
            .find(|scheme| offers(challenges, scheme.name()).is_some());
        if let Some(scheme) = scheme {
            let mut exchange = Exchange::new(scheme, account)?;
            let first = exchange.answer(&[])?;
            self.sent = Sent::Message(Box::new(exchange));
            return Ok(first);
        }
        if offers(challenges, "Basic").is_none() {
            return Err(Unauthenticated::NoScheme);
        }
        self.sent = Sent::Basic;
        Ok(basic(account))
    }

    /// Whether the account has been used.
    pub const fn has_answered(&self) -> bool {
        !matches!(self.sent, Sent::Nothing)
    }

    /// Whether what comes next must be sent on the same connection.
    pub const fn is_bound_to_connection(&self) -> bool {
        matches!(self.sent, Sent::Message(_))
    }
}

fn offers<'c>(challenges: &'c [Challenge], scheme: &str) -> Option<&'c Challenge> {
    challenges
        .iter()
        .find(|challenge| challenge.scheme.eq_ignore_ascii_case(scheme))
}

/// RFC 7617, in UTF-8.
fn basic(account: &Account) -> String {
    let password = account.password.as_ref().map_or("", Secret::expose);
    format!("Basic {}", STANDARD.encode(format!("{}:{password}", account.user)))
}

#[cfg(test)]
mod tests {
    use super::{Account, Authenticator, challenges};
    use crate::proxy::obstacle::Unauthenticated;
    use crate::secret::Secret;

    fn read(values: &[&str]) -> Vec<(String, Option<String>)> {
        let read = challenges(values.iter().copied());
        read.into_iter().map(|one| (one.scheme, one.token)).collect()
    }

    fn account() -> Account {
        Account {
            domain: None,
            user: "line7".to_owned(),
            password: Some(Secret::new("ひみつ")),
        }
    }

    #[test]
    fn challenges_are_read_in_every_way_that_they_are_written() {
        let owned = |scheme: &str, token: Option<&str>| (scheme.to_owned(), token.map(str::to_owned));
        assert_eq!(
            read(&[r#"Negotiate, NTLM, Basic realm="a, b=c \" d", charset="UTF-8""#]),
            [owned("Negotiate", None), owned("NTLM", None), owned("Basic", None)]
        );
        assert_eq!(
            read(&["NTLM TlRMTVNTUAAC==", r#"Digest realm="x", nonce="y", qop="auth""#]),
            [owned("NTLM", Some("TlRMTVNTUAAC==")), owned("Digest", None)]
        );
        assert_eq!(read(&["", "basic realm=x"]), [owned("basic", None)]);
    }

    #[test]
    fn basic_is_sent_once_and_a_refusal_is_final() {
        let account = account();
        let mut authenticator = Authenticator::new(Some(&account));
        let asked = challenges([r#"Basic realm="x""#].into_iter());
        assert_eq!(authenticator.answer(&asked).unwrap(), "Basic bGluZTc644Gy44G/44Gk");
        assert_eq!(authenticator.answer(&asked), Err(Unauthenticated::Refused));
    }

    #[test]
    fn nothing_is_sent_without_an_account_or_a_known_scheme() {
        let asked = challenges([r#"Basic realm="x""#].into_iter());
        assert_eq!(
            Authenticator::new(None).answer(&asked),
            Err(Unauthenticated::NoCredentials)
        );
        let account = account();
        let digest = challenges([r#"Digest realm="x", nonce="y""#].into_iter());
        let answer = Authenticator::new(Some(&account)).answer(&digest);
        assert_eq!(answer, Err(Unauthenticated::NoScheme));
    }
}
