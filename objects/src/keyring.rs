//! The keyring's object: makes keys on first use, rotates them, and hands them out.

use tegata_domain::jwk::PublicKeySet;
use tegata_domain::keyring::{Key, KeysRotated, RotateKeys, Signers, public_set, rotate, rotate_out_of_turn, signers};
use tegata_domain::random::Random;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::keys;
use tegata_kv_schema::migrations;
use tegata_kv_schema::sql::{Sql, SqlError};

/// The keyring's contents at one moment.
#[derive(Debug)]
pub struct Keys {
    /// The keys that objects sign with.
    pub signers: Signers,
    /// The public keys, for everyone to see.
    pub public: PublicKeySet,
    /// Whether the public set has changed and must be published.
    pub changed: bool,
    /// When the keyring needs to be opened again.
    pub next: UnixSeconds,
}

/// Creates keys on first use, applies any due rotation, and returns the keyring.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn open(sql: &dyn Sql, random: &dyn Random, now: UnixSeconds) -> Result<Keys, SqlError> {
    migrations::apply(sql, migrations::KEYRING)?;
    let mut keys: Vec<Key> = keys::load(sql)?;
    let rotation = rotate(&keys, random, now);
    let changed = !rotation.add.is_empty() || !rotation.remove.is_empty();
    for key in &rotation.add {
        keys::insert(sql, key)?;
    }
    for kid in &rotation.remove {
        keys::delete(sql, kid)?;
    }
    keys.retain(|key| !rotation.remove.contains(&key.kid));
    keys.extend(rotation.add);
    shown(&keys, changed, rotation.next, now)
}

fn shown(keys: &[Key], changed: bool, next: UnixSeconds, now: UnixSeconds) -> Result<Keys, SqlError> {
    let signers = signers(keys, now).ok_or_else(|| SqlError::Damaged("no active key".to_owned()))?;
    Ok(Keys {
        signers,
        public: public_set(keys),
        changed,
        next,
    })
}

/// Rotates keys out of turn and returns the new keyring. It is marked as changed even when the order changed nothing:
/// the order may be a repeat, sent because publishing failed the first time.
///
/// # Errors
/// [`SqlError`] when the store fails; nothing is changed then.
pub fn rotate_now(
    sql: &dyn Sql,
    order: &RotateKeys,
    random: &dyn Random,
    now: UnixSeconds,
) -> Result<(Keys, KeysRotated), SqlError> {
    let next = open(sql, random, now)?.next;
    let before = keys::load(sql)?;
    let mut after = before.clone();
    let rotated = rotate_out_of_turn(&mut after, order, random, now);
    let mut written = Ok(());
    sql.transaction(&mut || {
        written = after
            .iter()
            .try_for_each(|key| match before.iter().find(|old| old.kid == key.kid) {
                None => keys::insert(sql, key),
                Some(old) if old != key => keys::save(sql, key),
                Some(_) => Ok(()),
            });
        written.is_ok()
    })?;
    written?;
    Ok((shown(&after, true, next, now)?, rotated))
}

#[cfg(test)]
mod tests {
    use super::open;
    use tegata_domain::random::CountingRandom;
    use tegata_domain::time::UnixSeconds;
    use tegata_kv_schema::native::NativeSql;

    #[test]
    fn keys_are_made_on_first_use_and_kept() {
        let sql = NativeSql::in_memory().unwrap();
        let random = CountingRandom::new(1);
        let first = open(&sql, &random, UnixSeconds(0)).unwrap();
        let second = open(&sql, &random, UnixSeconds(60)).unwrap();
        assert!(first.changed && !second.changed);
        assert_eq!(first.signers.token.kid, second.signers.token.kid);
        assert_eq!(second.public.keys.len(), 2);
    }
}
