//! The responses that are problems (RFC 9457), as `routes/src/problem.rs` produces them.

use serde_json::{Value, json};

/// Responses that mean the same for every operation: status, component name, description, and the header sent along.
const SHARED: [(u16, &str, &str, Option<&str>); 7] = [
    (
        400,
        "Invalid",
        "`invalid-field`: a member or parameter is missing, unknown or invalid; `field` names it. \
         `not-now`: the confirmation is missing.",
        None,
    ),
    (
        401,
        "NotSignedIn",
        "`unauthorized`: the request carries no session or token, or one that has ended. \
         `wrong-credentials`: the account name, password or passkey is wrong.",
        Some("WWW-Authenticate"),
    ),
    (
        403,
        "Forbidden",
        "`forbidden`: the account or token is not permitted to do this. `insufficient-scope`: the token lacks the \
         scope named in `WWW-Authenticate`. `suspended`: the tenant is suspended. `new-password-required`: replace \
         the temporary password first. `fresh-login-required`: the password or a passkey was last used too long ago. \
         `passkey-required`: the account requires a passkey, which has not been used yet. `password-required`: the \
         account requires the password in addition to a passkey. `login-required`: a person must log in; a token is \
         not enough. `wrong-origin`: a browser sent the request from another site's page.",
        None,
    ),
    (
        404,
        "NotFound",
        "`unknown-tenant`, `not-found`; `bad-link`: the link has been used, has expired, or was never issued.",
        None,
    ),
    (
        413,
        "TooLarge",
        "The body exceeds 16 KiB, or 4.3 MB for a message with files or an import.",
        None,
    ),
    (
        429,
        "TooManyRequests",
        "`too-many-requests`: retry after `Retry-After` seconds.",
        Some("Retry-After"),
    ),
    (
        503,
        "Unavailable",
        "`unavailable`: nothing was changed; try again.",
        None,
    ),
];

/// Actions that can conflict with the current state, and the problem codes for it.
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
    ("create_equipment", &["conflict", "serial-number-taken"]),
    ("change_equipment", &["changed", "conflict", "serial-number-taken"]),
    ("switch_equipment", &["changed", "conflict"]),
    ("restore_equipment", &["serial-number-taken"]),
    ("enrol_equipment", &["conflict"]),
    ("create_customer_equipment", &["conflict", "serial-number-taken"]),
    (
        "change_customer_equipment",
        &["changed", "conflict", "serial-number-taken"],
    ),
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
    ("change_face", &["changed"]),
    ("create_inquiry", &["conflict"]),
    ("answer_inquiry", &["conflict"]),
    ("create_customer", &["slug-taken"]),
    ("create_application", &["conflict"]),
    ("close_application", &["conflict"]),
    ("reissue_customer_account", &["conflict"]),
    ("answer_question", &["conflict"]),
    ("ask_question", &["conflict"]),
    ("withdraw_question", &["conflict"]),
    ("answer_launch", &["conflict"]),
    ("end_launch", &["conflict"]),
    (
        "request_launch",
        &["conflict", "remote-assistance-off", "machine-forbids", "no-agent"],
    ),
    ("mail_support_steps", &["conflict"]),
    ("withdraw_launch", &["conflict"]),
    (
        "execute_launch",
        &[
            "conflict",
            "remote-assistance-off",
            "machine-forbids",
            "no-agent",
            "machine-away",
            "too-early",
            "machine-busy",
        ],
    ),
    ("end_desk_launch", &["conflict"]),
    ("note_launch", &["conflict"]),
    ("open_attended", &["conflict"]),
    ("invite_attended", &["conflict"]),
    ("withdraw_attended", &["conflict"]),
    ("create_appointment", &["conflict"]),
    ("propose_times", &["changed", "conflict"]),
    ("answer_times", &["changed", "conflict"]),
    ("cancel_desk_appointment", &["changed", "conflict"]),
    ("cancel_appointment", &["changed", "conflict"]),
    ("join_session", &["not-consented"]),
    ("answer_enrolment", &["conflict"]),
    ("answer_desk_enrolment", &["conflict"]),
];

fn problem() -> Value {
    json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } })
}

/// The responses under `components.responses`.
pub(crate) fn shared() -> Value {
    let mut all = json!({});
    for (status, name, when, header) in SHARED {
        // The adapter rejects such a request, in plain text, before the routes see it.
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

/// Adds the responses for `statuses` to `responses`, and the conflicts that `action` can have.
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
