//! What an object knows of its alarm. There is one for each object, so it is set to the earliest of all reasons to wake.

use std::cell::Cell;

use tegata_kv_schema::sql::SqlError;
use worker::console_error;

use crate::sql_storage::ObjectStorage;

/// The alarm as the object remembers it, to save the platform's writes: each `setAlarm` is charged as a row.
#[derive(Default)]
pub(crate) struct Alarm(Cell<Known>);

#[derive(Clone, Copy, Default)]
enum Known {
    #[default]
    Nothing,
    Unset,
    At(i64),
}

impl Alarm {
    /// Asks the platform, once, after the object came into memory.
    pub(crate) async fn learn(&self, storage: &ObjectStorage) {
        if !matches!(self.0.get(), Known::Nothing) {
            return;
        }
        let at = storage.alarm().await;
        // Another request may have set it while this one waited.
        if matches!(self.0.get(), Known::Nothing) {
            self.0.set(at.map_or(Known::Unset, Known::At));
        }
    }

    /// Sets it to `millis`, unless it goes off sooner, in the same write as what was written before.
    pub(crate) fn bring_forward(&self, storage: &ObjectStorage, millis: i64) -> Result<(), SqlError> {
        if matches!(self.0.get(), Known::At(at) if at <= millis) {
            return Ok(());
        }
        storage.arm(millis)?;
        self.0.set(Known::At(millis));
        Ok(())
    }

    /// It has gone off: none is set.
    pub(crate) fn gone_off(&self) {
        self.0.set(Known::Unset);
    }

    /// Sets it after a failed round. When even that fails, the next command sets it.
    pub(crate) fn try_again(&self, storage: &ObjectStorage, millis: i64) {
        if let Err(error) = storage.arm(millis) {
            console_error!("alarm: {error}");
            return;
        }
        self.0.set(Known::At(millis));
    }
}
