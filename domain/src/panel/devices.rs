//! Devices.

use crate::device::DeviceView;
use crate::id::DeviceId;
use crate::right::Right;
use crate::wire::page::Page;

use super::lists::{Order, search};

actions! {
    "Devices"
    List -> Page<DeviceView> {
        /// Which of them.
        #[serde(default)]
        state: DeviceFilter,
        /// What a name, an address, a company or a PC's name begins with.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// The newest or the oldest first; where something is searched for, by what was found.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_devices", Right::DevicesRead).reading();

    "One device"
    Show -> DeviceView {
        /// Which.
        id: DeviceId,
    }
    = Action::new("show_device", Right::DevicesRead).reading();

    "The signed receipt of the decision that let a device in"
    Receipt -> String {
        /// Which device.
        id: DeviceId,
    }
    = Action::new("show_receipt", Right::DevicesRead).reading();

    "Takes a device away"
    Revoke -> DeviceView {
        /// Which.
        id: DeviceId,
    }
    = Action::new("revoke_device", Right::DevicesRevoke).touching_copies().entering(&["device.revoke"]);
}

choices! {
    /// Which devices are listed.
    DeviceFilter {
        /// Those that may be used.
        Active "active",
        /// Those that were taken away.
        Revoked "revoked",
        /// Those whose time has run out.
        Expired "expired",
        /// All.
        #[default]
        All "all",
    }
}
