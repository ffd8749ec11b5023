//! An object's knowledge of its alarm. Each object has only one, so it is set to the earliest of all reasons to wake.

use std::cell::Cell;

use tegata_kv_schema::sql::SqlError;
use worker::console_error;

use crate::sql_storage::ObjectStorage;

/// The alarm time cached in memory, to save platform writes: each `setAlarm` is billed as a row written.
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
    /// Reads the alarm from the platform, once after the object was loaded into memory.
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

    /// Sets the alarm to `millis` unless it goes off earlier, in the same write as the changes before it.
    pub(crate) fn bring_forward(&self, storage: &ObjectStorage, millis: i64) -> Result<(), SqlError> {
        if matches!(self.0.get(), Known::At(at) if at <= millis) {
            return Ok(());
        }
        storage.arm(millis)?;
        self.0.set(Known::At(millis));
        Ok(())
    }

    /// Records that the alarm has gone off and none is set.
    pub(crate) fn gone_off(&self) {
        self.0.set(Known::Unset);
    }

    /// Sets the alarm after a failed round. If even that fails, the next command sets it.
    pub(crate) fn try_again(&self, storage: &ObjectStorage, millis: i64) {
        if let Err(error) = storage.arm(millis) {
            console_error!("alarm: {error}");
            return;
        }
        self.0.set(Known::At(millis));
    }
}
