//! Devices.

use crate::device::DeviceView;
use crate::id::DeviceId;
use crate::right::Right;
use crate::wire::page::Page;

use super::lists::{Order, search};

actions! {
    "Lists devices"
    List -> Page<DeviceView> {
        /// Filter by state.
        #[serde(default)]
        state: DeviceFilter,
        /// Search text: prefix of a name, a mail address, a company or a PC name.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// Sort order by time; search results are sorted by the matching term instead.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_devices", Right::DevicesRead).reading();

    "Shows a device"
    Show -> DeviceView {
        /// ID of the device.
        id: DeviceId,
    }
    = Action::new("show_device", Right::DevicesRead).reading();

    "Returns the signed receipt of a device's approval"
    Receipt -> String {
        /// ID of the device.
        id: DeviceId,
    }
    = Action::new("show_receipt", Right::DevicesRead).reading();

    "Revokes a device"
    Revoke -> DeviceView {
        /// ID of the device.
        id: DeviceId,
    }
    = Action::new("revoke_device", Right::DevicesRevoke).touching_copies().entering(&["device.revoke"]);
}

choices! {
    /// State filter for lists of devices.
    DeviceFilter {
        /// Usable devices.
        Active "active",
        /// Revoked devices.
        Revoked "revoked",
        /// Expired devices.
        Expired "expired",
        /// All devices.
        #[default]
        All "all",
    }
}
