//! Passwords as recommended by NIST SP 800-63B section 3.1.1: long, not commonly used, without composition rules. They
//! are stored as Argon2id hashes in PHC strings, which include the parameters they were made with.

use core::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::random::{self, Random};
use crate::unicode::nfkc;
use crate::wire::b64;

/// Minimum number of characters in a password that is the only factor.
pub const FEWEST: usize = 15;
/// Maximum number of characters.
pub const MOST: usize = 128;
/// Minimum number of letters that must remain after everything easy to guess has been removed.
const OWN: usize = 6;
/// Passwords and words that attackers try first, one per line, in lower case.
const KNOWN: &str = include_str!("password/known.txt");

/// Argon2id memory in KiB and number of passes. OWASP's first recommendation is 19 MiB and two passes.
pub type Cost = (u32, u32);
/// See [`Cost`].
pub const COST: Cost = (19 * 1024, 2);

/// A password as typed, normalised (NFKC).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(format = Password))]
#[serde(from = "String")]
pub struct PlainPassword(String);

impl From<String> for PlainPassword {
    fn from(typed: String) -> Self {
        Self::typed(&typed)
    }
}

impl fmt::Debug for PlainPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlainPassword(…)")
    }
}

fn refuse<T>(code: &str, detail: &str) -> Result<T, FieldError> {
    Err(FieldError::new("password", &format!("{code}: {detail}")))
}

impl PlainPassword {
    /// A password as typed, truncated to a length that no valid password reaches.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        let cut: String = text.chars().take(MOST.saturating_mul(4)).collect();
        Self(nfkc(&cut).into_owned())
    }

    /// Checks a new password. `context` holds facts about its owner: account name, domain, product, name.
    ///
    /// # Errors
    /// [`FieldError`] on `password` whose detail begins with `too-short`, `too-long`, `repetitive`, `known` or
    /// `context`, followed by a colon.
    pub fn check(&self, context: &[&str]) -> Result<(), FieldError> {
        let length = self.0.chars().count();
        if length < FEWEST {
            return refuse("too-short", "must be at least 15 characters long");
        }
        if length > MOST {
            return refuse("too-long", "must be at most 128 characters long");
        }
        let lower = self.0.to_lowercase();
        if is_repetitive(&lower) {
            return refuse(
                "repetitive",
                "must not be a repetition or a sequence of neighbouring characters",
            );
        }
        if left_without(&lower, KNOWN.lines()) < OWN {
            return refuse("known", "must not consist of commonly used passwords");
        }
        let context: Vec<String> = context
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
            .filter(|word| word.chars().count() >= 2)
            .map(str::to_lowercase)
            .collect();
        if left_without(&lower, context.iter().map(String::as_str).chain(KNOWN.lines())) < OWN {
            return refuse(
                "context",
                "must not consist of your name, your account or the service's name",
            );
        }
        Ok(())
    }

    /// The hash to store; `None` if the parameters are invalid.
    #[must_use]
    pub fn hashed(&self, random: &dyn Random, (memory, passes): Cost) -> Option<HashedPassword> {
        let params = Params::new(memory, passes, 1, None).ok()?;
        let salt = random::bytes::<16>(random);
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash: PasswordHash = hasher.hash_password_with_salt(self.0.as_bytes(), &salt).ok()?;
        Some(HashedPassword(hash.to_string()))
    }
}

/// A password as stored: a PHC string.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct HashedPassword(String);

impl fmt::Debug for HashedPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashedPassword(…)")
    }
}

impl HashedPassword {
    /// The hash that a password is compared with if no account has the given name: as slow as any other, and it never
    /// matches.
    #[must_use]
    pub fn nobodys((memory, passes): Cost) -> Self {
        // The format's base64 is unpadded, and neither the salt nor the hash contains a character that base64url
        // encodes differently.
        let (salt, hash) = (b64::encode([0; 16]), b64::encode([0; 32]));
        Self(format!("$argon2id$v=19$m={memory},t={passes},p=1${salt}${hash}"))
    }

    /// Whether `password` matches. Slow on purpose.
    #[must_use]
    pub fn matches(&self, password: &PlainPassword) -> bool {
        PasswordHash::new(&self.0)
            .is_ok_and(|hash| Argon2::default().verify_password(password.0.as_bytes(), &hash).is_ok())
    }

    /// Whether it was made with parameters other than `cost`, and should be replaced when the password is next known.
    #[must_use]
    pub fn is_outdated(&self, (memory, passes): Cost) -> bool {
        !self
            .0
            .starts_with(&format!("$argon2id$v=19$m={memory},t={passes},p=1$"))
    }
}

/// Whether the text is one block repeated, has few different characters, or follows the order of the alphabet or the
/// keyboard.
fn is_repetitive(text: &str) -> bool {
    const ROWS: [&str; 5] = [
        "1234567890",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "abcdefghijklmnopqrstuvwxyz",
    ];
    let characters: Vec<char> = text.chars().collect();
    let mut different = characters.clone();
    different.sort_unstable();
    different.dedup();
    let block = |size: usize| characters.iter().zip(characters.iter().skip(size)).all(|(a, b)| a == b);
    let neighbours = |pair: (&char, &char)| {
        pair.0 == pair.1
            || ROWS.iter().any(|row| {
                let at = |c: &char| row.chars().position(|other| other == *c);
                at(pair.0).zip(at(pair.1)).is_some_and(|(a, b)| a.abs_diff(b) == 1)
            })
    };
    let pairs = characters.iter().zip(characters.iter().skip(1));
    let steps = pairs.filter(|pair| !neighbours(*pair)).count();
    different.len() < 5 || (1..=characters.len().div_euclid(2)).any(block) || steps < 4
}

/// Number of letters left in `text` without `words`.
fn left_without<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> usize {
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.sort_by_key(|word| core::cmp::Reverse(word.len()));
    let mut left = text.to_owned();
    for word in words {
        if left.contains(word) {
            left = left.replace(word, " ");
        }
    }
    left.chars().filter(|c| c.is_alphabetic()).count()
}

/// A password that was correct.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Verified {
    /// The hash it was compared with; it must still be the account's.
    pub against: HashedPassword,
    /// The same password hashed with the current parameters, if the stored hash is outdated.
    pub renewed: Option<HashedPassword>,
}

#[cfg(test)]
mod tests {
    use super::{COST, HashedPassword, PlainPassword};
    use crate::random::CountingRandom;

    const CHEAP: (u32, u32) = (8, 1);

    fn refused(password: &str) -> String {
        let context = ["hanako.sato", "aozora", "Tegata", "佐藤 花子"];
        let error = PlainPassword::typed(password).check(&context).err();
        error.map_or_else(String::new, |error| {
            error.detail.split(':').next().unwrap_or_default().to_owned()
        })
    }

    #[test]
    fn long_and_unknown_is_all_that_is_asked() {
        for good in [
            "correct horse battery staple",
            "まいにちコーヒーを三杯のみます",
            "rød grød med fløde nu",
            "kdjfhgqpwoxnvbz",
        ] {
            assert_eq!(refused(good), "", "{good}");
        }
        for (bad, why) in [
            ("short", "too-short"),
            ("fourteen chars", "too-short"),
            (&"long and longer ".repeat(9), "too-long"),
            ("aaaaaaaaaaaaaaaa", "repetitive"),
            ("qwertyuiopasdfghjkl", "repetitive"),
            ("kilokilokilokilo", "repetitive"),
            ("abcdefghijklmnop1", "repetitive"),
            ("Password123456789!", "known"),
            ("iloveyou-welcome-2026", "known"),
            ("hanako.sato-aozora1", "context"),
            ("Tegata Aozora 2026-11", "context"),
            ("佐藤花子佐藤花子佐藤花子20261121", "context"),
        ] {
            assert_eq!(refused(bad), why, "{bad}");
        }
    }

    #[test]
    fn the_same_characters_typed_otherwise_are_the_same_password() {
        let random = CountingRandom::new(1);
        let hash = PlainPassword::typed("がっこうの帰り道 0123")
            .hashed(&random, CHEAP)
            .unwrap();
        assert!(hash.matches(&PlainPassword::typed("か\u{3099}っこうの帰り道 ０１２３")));
        assert!(!hash.matches(&PlainPassword::typed("がっこうの帰り道 0124")));
    }

    #[test]
    fn hashes_tell_their_parameters() {
        let random = CountingRandom::new(1);
        let hash = PlainPassword::typed("correct horse battery staple")
            .hashed(&random, CHEAP)
            .unwrap();
        assert!(hash.is_outdated(COST) && !hash.is_outdated(CHEAP));
        assert!(hash.0.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{}", hash.0);
    }

    #[test]
    fn nobodys_password_is_compared_and_never_right() {
        let nobody = HashedPassword::nobodys(CHEAP);
        assert!(argon2::password_hash::phc::PasswordHash::new(&nobody.0).is_ok());
        assert!(!nobody.is_outdated(CHEAP));
        assert!(!nobody.matches(&PlainPassword::typed("")));
    }
}
