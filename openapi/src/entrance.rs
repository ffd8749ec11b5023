//! The credentials that operations accept, and the parameters that many operations share.

use serde_json::{Value, json};

/// The credentials an operation accepts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entrance {
    /// Nothing.
    Open,
    /// A session alone.
    Session,
    /// A session or a token.
    Either,
}

/// Parameters that many operations share.
pub(crate) fn shared_parameters() -> Value {
    json!({
        "slug": {
            "name": "slug",
            "in": "path",
            "required": true,
            "description": "The tenant's slug.",
            "schema": { "$ref": "#/components/schemas/Slug" },
        },
        "idempotency_key": {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Makes it safe to repeat the request: a repeat gets the first response again. \
                The same key with another document is a conflict.",
            "schema": { "type": "string" },
        },
    })
}
