//! Pages of lists, and conflicts with a newer version.

use serde::Serialize;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::panel::lists::Order;
use tegata_domain::wire::page::Page;
use tegata_domain::wire::{b64, json};
use tegata_kv_schema::search::{Listed, Place};
use tegata_kv_schema::timeline::Span;

use crate::tenant::operator::PAGE;

/// The refusal of a change that is based on an outdated version.
pub(in crate::tenant) fn changed(current: &impl Serialize) -> Refusal {
    let current = serde_json::to_string(current).and_then(|text| json::read(&text));
    current.map_or(Refusal::Storage, |current| Refusal::Changed { current })
}

/// Parses a cursor into the place in the order and the id after which the page starts. Without a cursor, the page
/// starts at the beginning.
pub(in crate::tenant) fn cursor(text: Option<&str>) -> Result<Place, Refusal> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(Default::default());
    };
    let read = |text: &str| json::read_bytes(&b64::decode(text)?);
    read(text).ok_or_else(|| FieldError::new("cursor", "must be a cursor from an earlier page").into())
}

/// The span of a page in chronological order, with one extra row to detect a next page.
pub(super) fn span(order: Order, after: &Place) -> Span<'_> {
    Span {
        order,
        after: (&after.0, &after.1),
        most: PAGE.saturating_add(1),
    }
}

/// Builds a page from `listed`. A next page exists if it contains one extra row, or if the query stopped early and says
/// where.
pub(in crate::tenant) fn page<T, V>(
    listed: Listed<T>,
    id: impl Fn(&T) -> String,
    view: impl Fn(&T) -> Result<V, Refusal>,
) -> Result<Page<V>, Refusal> {
    let Listed { mut rows, more } = listed;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let longer = rows.len() > size;
    rows.truncate(size);
    let place = |(place, item): &(String, T)| (place.clone(), id(item));
    let last = rows.last().filter(|_| longer).map(place).or(more);
    Ok(Page {
        cursor: last.and_then(|last| serde_json::to_string(&last).ok()).map(b64::encode),
        items: rows.iter().map(|(_, item)| view(item)).collect::<Result<_, _>>()?,
    })
}
