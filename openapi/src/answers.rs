//! The answers that are problems (RFC 9457), as `routes/src/problem.rs` makes them.

use serde_json::{Value, json};

/// Answers that mean the same wherever they are given: status, name, when, and which header comes with it.
const SHARED: [(u16, &str, &str, Option<&str>); 7] = [
    (
        400,
        "Invalid",
        "`invalid-field`: a member or parameter is missing, unknown or wrong; `field` names it. `not-now`: a confirmation is missing.",
        None,
    ),
    (
        401,
        "NotSignedIn",
        "`unauthorized`: no session and no token, or one that has ended. `wrong-credentials`: account name, password or passkey.",
        Some("WWW-Authenticate"),
    ),
    (
        403,
        "Forbidden",
        "`forbidden`: the account or the token may not do this. `insufficient-scope`: the token lacks the scope that \
         `WWW-Authenticate` names. `suspended`: the tenant is. `new-password-required`: the first password is still to be replaced. `fresh-login-required`: the password or a passkey was last given too long ago. \
         `passkey-required`: the account takes a passkey, and it is still to come. `password-required`: the account takes the \
         password besides a passkey. \
         `login-required`: a person has to log in for this, and a token is none. `wrong-origin`: a browser sent it from another site's page.",
        None,
    ),
    (
        404,
        "NotFound",
        "`unknown-tenant`, `not-found`; `bad-link`: the link has been used, has run out, or never was.",
        None,
    ),
    (
        413,
        "TooLarge",
        "The body is larger than 16 KiB; a message with files may have 4.3 MB.",
        None,
    ),
    (
        429,
        "TooManyRequests",
        "`too-many-requests`: wait for `Retry-After` seconds.",
        Some("Retry-After"),
    ),
    (
        503,
        "Unavailable",
        "`unavailable`: nothing was changed; try again.",
        None,
    ),
];

/// Actions that the state of things can stand against, and the codes that say so.
const CONFLICTS: &[(&str, &[&str])] = &[
    ("decide", &["conflict"]),
    ("start_passkey_check", &["no-passkey"]),
    ("start_passkey", &["conflict"]),
    ("add_passkey", &["conflict"]),
    ("remove_passkey", &["last-passkey"]),
    ("set_second_factor", &["no-passkey"]),
    ("create_organization", &["conflict"]),
    ("change_organization", &["changed"]),
    ("delete_organization", &["not-empty"]),
    ("create_user", &["conflict"]),
    ("change_user", &["changed"]),
    ("delete_user", &["not-empty"]),
    (
        "create_account",
        &["conflict", "account-taken", "support-options-used-up"],
    ),
    (
        "change_account",
        &["changed", "last-administrator", "support-options-used-up"],
    ),
    ("delete_account", &["last-administrator"]),
    ("change_policies", &["changed"]),
    ("create_inquiry", &["conflict"]),
    ("answer_inquiry", &["conflict"]),
    ("create_customer", &["slug-taken"]),
    ("reissue_customer_account", &["conflict"]),
    ("answer_question", &["conflict"]),
    ("ask_question", &["conflict"]),
    ("withdraw_question", &["conflict"]),
];

fn problem() -> Value {
    json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } })
}

/// The answers under `components.responses`.
pub(crate) fn shared() -> Value {
    let mut all = json!({});
    for (status, name, when, header) in SHARED {
        // It ends before the routes, at the edge of the platform.
        let plain = json!({ "text/plain": { "schema": { "type": "string" } } });
        let content = if status == 413 { plain } else { problem() };
        all[name] = json!({ "description": when, "content": content });
        if let Some(header) = header {
            let kind = if status == 429 { "integer" } else { "string" };
            all[name]["headers"] = json!({ header: { "schema": { "type": kind } } });
        }
    }
    all
}

/// Adds the answers of these statuses to `responses`, and those that `action` gives when the state stands against it.
pub(crate) fn add(responses: &mut Value, statuses: &[u16], action: &str) {
    for (status, name, ..) in SHARED.iter().filter(|(status, ..)| statuses.contains(status)) {
        responses[status.to_string()] = json!({ "$ref": format!("#/components/responses/{name}") });
    }
    if let Some((_, codes)) = CONFLICTS.iter().find(|(name, _)| *name == action) {
        let when = codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>();
        responses["409"] = json!({ "description": when.join(", "), "content": problem() });
    }
}

#[cfg(test)]
mod tests {
    use tegata_domain::panel::described;

    use super::CONFLICTS;
    use crate::by_hand::BY_HAND;

    #[test]
    fn conflicts_are_those_of_actions() {
        for (action, codes) in CONFLICTS {
            let by_hand = BY_HAND.iter().any(|route| route.id == *action);
            assert!(by_hand || described(action).is_some(), "{action}");
            assert!(!codes.is_empty(), "{action}");
        }
    }
}
