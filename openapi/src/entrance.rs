//! What is shown to get in, and parameters that many operations have.

use serde_json::{Value, json};

/// What is shown to get in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entrance {
    /// Nothing.
    Open,
    /// A session alone.
    Session,
    /// A session or a token.
    Either,
}

/// Parameters that many operations have.
pub(crate) fn shared_parameters() -> Value {
    json!({
        "slug": {
            "name": "slug",
            "in": "path",
            "required": true,
            "description": "The tenant.",
            "schema": { "$ref": "#/components/schemas/Slug" },
        },
        "idempotency_key": {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Makes it safe to send the same request again: it is answered as the first one was. \
                The same key with another document is a conflict.",
            "schema": { "type": "string" },
        },
    })
}
