//! The routes that do more than pass an action on: logging in and out, and every route whose body carries a password.

use serde_json::{Value, json};
use tegata_domain::panel::{Act as _, Action, accounts, attended, desk, equipment, launches, me, passkeys};

use crate::entrance::Entrance;

/// What the routing table does not say about such a route. The tests compare each entry with the table.
pub(crate) struct ByHand {
    /// Method, and the path after `/t/{slug}/api/v1`.
    pub(crate) route: (&'static str, &'static str),
    pub(crate) id: &'static str,
    pub(crate) summary: &'static str,
    /// The action whose right and refusals apply.
    pub(crate) action: Option<&'static Action>,
    pub(crate) entrance: Entrance,
    /// The list whose filters are its query parameters.
    pub(crate) query: Option<&'static Action>,
    /// The schema of the request body.
    pub(crate) body: Option<&'static str>,
    pub(crate) status: u16,
    /// The schema of the response.
    pub(crate) reply: Option<&'static str>,
    /// The effect on the session cookie.
    pub(crate) cookie: Option<&'static str>,
    /// Statuses of its problems, besides conflicts with the current state.
    pub(crate) problems: &'static [u16],
}

pub(crate) const BY_HAND: &[ByHand] = &[
    ByHand {
        route: ("post", "/login"),
        id: "login",
        summary: "Logs in with account name and password, and begins a session",
        action: None,
        entrance: Entrance::Open,
        query: None,
        body: Some("Credentials"),
        status: 200,
        reply: Some("SessionView"),
        cookie: Some("The session; lasts until the browser is closed. `HttpOnly`."),
        problems: &[400, 401, 403, 404, 413, 429, 503],
    },
    ByHand {
        route: ("post", "/login/passkey/challenge"),
        id: "start_passkey_login",
        summary: "Starts a login with a passkey: issues a challenge for the authenticator to sign within 5 minutes",
        action: None,
        entrance: Entrance::Open,
        query: None,
        body: None,
        status: 200,
        reply: Some("PasskeyRequest"),
        cookie: None,
        problems: &[403, 404, 413, 429, 503],
    },
    ByHand {
        route: ("post", "/login/passkey"),
        id: "login_with_passkey",
        summary: "Logs in with a passkey alone, and begins a session",
        action: None,
        entrance: Entrance::Open,
        query: None,
        body: Some("PasskeyAssertion"),
        status: 200,
        reply: Some("SessionView"),
        cookie: Some("The session; lasts until the browser is closed. `HttpOnly`."),
        problems: &[400, 401, 403, 404, 413, 429, 503],
    },
    ByHand {
        route: ("post", "/password-reset"),
        id: "request_reset",
        summary: "Mails a link to set a new password if the account exists; the response is the same either way",
        action: None,
        entrance: Entrance::Open,
        query: None,
        body: Some("ForgottenPassword"),
        status: 202,
        reply: Some("Accepted"),
        cookie: None,
        problems: &[400, 403, 404, 413, 429, 503],
    },
    ByHand {
        route: ("post", "/password-reset/complete"),
        id: "complete_reset",
        summary: "Sets a new password through the mailed link, and ends every session and token of the account",
        action: None,
        entrance: Entrance::Open,
        query: None,
        body: Some("NewPasswordByLink"),
        status: 204,
        reply: None,
        cookie: None,
        problems: &[400, 403, 404, 413, 503],
    },
    ByHand {
        route: ("delete", "/session"),
        id: "end_session",
        summary: "Signs out",
        action: Some(me::End::ACTION),
        entrance: Entrance::Session,
        query: None,
        body: None,
        status: 204,
        reply: None,
        cookie: Some("Clears the session cookie."),
        problems: &[401, 403, 404, 413, 503],
    },
    ByHand {
        route: ("post", "/session/fresh"),
        id: "renew_login",
        summary: "Confirms the password again, for actions that require a recent login",
        action: Some(me::FinishFresh::ACTION),
        entrance: Entrance::Session,
        query: None,
        body: Some("PasswordAgain"),
        status: 200,
        reply: Some("SessionView"),
        cookie: None,
        problems: &[400, 401, 403, 404, 413, 429, 503],
    },
    ByHand {
        route: ("post", "/session/passkey"),
        id: "confirm_with_passkey",
        summary: "Confirms with a passkey: the second step of a login, or for actions that require a recent login",
        action: Some(passkeys::Answer::ACTION),
        entrance: Entrance::Session,
        query: None,
        body: Some("PasskeyAssertion"),
        status: 200,
        reply: Some("SessionView"),
        cookie: None,
        problems: &[400, 401, 403, 404, 413, 429, 503],
    },
    ByHand {
        route: ("post", "/passkeys"),
        id: "add_passkey",
        summary: "Adds a passkey",
        action: Some(passkeys::Add::ACTION),
        entrance: Entrance::Session,
        query: None,
        body: Some("NewPasskey"),
        status: 201,
        reply: Some("PasskeyView"),
        cookie: None,
        problems: &[400, 401, 403, 404, 413, 503],
    },
    ByHand {
        route: ("put", "/session/password"),
        id: "set_password",
        summary: "Sets the user's own password, and ends every other session",
        action: Some(me::SetPassword::ACTION),
        entrance: Entrance::Session,
        query: None,
        body: Some("NewPassword"),
        status: 200,
        reply: Some("SessionView"),
        cookie: None,
        problems: &[400, 401, 403, 404, 413, 429, 503],
    },
    ByHand {
        route: ("put", "/users/{id}/account"),
        id: "create_account",
        summary: "Creates a user's account; if no password is given, a temporary one is mailed",
        action: Some(accounts::Create::ACTION),
        entrance: Entrance::Either,
        query: None,
        body: Some("CreateAccount"),
        status: 201,
        reply: Some("UserView"),
        cookie: None,
        problems: &[400, 401, 403, 404, 413, 429, 503],
    },
    ByHand {
        body: Some("NewCustomer"),
        status: 201,
        ..at_desk(
            "post",
            "/customers",
            "create_customer",
            "Creates a customer, and mails its first administrator",
            CHANGE,
        )
    },
    at_desk(
        "get",
        "/customers/{customer}",
        "show_customer",
        "Shows a customer, its contract and its administrators",
        LOOK,
    ),
    at_desk(
        "post",
        "/customers/{customer}/suspend",
        "suspend_customer",
        "Suspends a customer",
        CHANGE,
    ),
    at_desk(
        "post",
        "/customers/{customer}/resume",
        "resume_customer",
        "Resumes a customer",
        CHANGE,
    ),
    at_desk(
        "post",
        "/customers/{customer}/administrators/{user}/reissue",
        "reissue_customer_account",
        "Resets a customer administrator's password, mails a temporary one, and ends the old credential",
        CHANGE,
    ),
    ByHand {
        body: Some("NewQuestion"),
        status: 201,
        reply: Some("QuestionView"),
        ..at_desk(
            "post",
            "/customers/{customer}/questions",
            "ask_question",
            "Asks a customer's approvers a yes/no question, and mails each of them",
            LOOK,
        )
    },
    ByHand {
        query: Some(equipment::List::ACTION),
        reply: Some("EquipmentViewPage"),
        ..at_desk(
            "get",
            "/customers/{customer}/equipment",
            "list_customer_equipment",
            "Lists a customer's equipment, sorted by name",
            LOOK,
        )
    },
    ByHand {
        body: Some("CreateEquipment"),
        status: 201,
        reply: Some("EquipmentView"),
        ..at_desk(
            "post",
            "/customers/{customer}/equipment",
            "create_customer_equipment",
            "Registers a piece of equipment at a customer",
            LOOK,
        )
    },
    ByHand {
        reply: Some("EquipmentView"),
        ..at_desk(
            "get",
            "/customers/{customer}/equipment/{id}",
            "show_customer_equipment",
            "Shows a piece of equipment of a customer",
            LOOK,
        )
    },
    ByHand {
        body: Some("ChangeEquipment"),
        reply: Some("EquipmentView"),
        ..at_desk(
            "patch",
            "/customers/{customer}/equipment/{id}",
            "change_customer_equipment",
            "Changes a piece of equipment of a customer; the customer alone decides what may start on it",
            LOOK,
        )
    },
    ByHand {
        reply: Some("EquipmentView"),
        ..at_desk(
            "post",
            "/customers/{customer}/equipment/{id}/retire",
            "retire_customer_equipment",
            "Retires a piece of equipment of a customer",
            LOOK,
        )
    },
    ByHand {
        reply: Some("QuestionView"),
        ..at_desk(
            "get",
            "/desk/questions/{customer}/{id}",
            "show_desk_question",
            "Shows a question to a customer, with its answer",
            LOOK,
        )
    },
    ByHand {
        reply: Some("QuestionView"),
        ..at_desk(
            "post",
            "/desk/questions/{customer}/{id}/withdraw",
            "withdraw_question",
            "Withdraws a question that nobody has answered",
            LOOK,
        )
    },
    ByHand {
        reply: Some(RECEIPT),
        ..at_desk(
            "get",
            "/desk/questions/{customer}/{id}/receipt",
            "show_desk_question_receipt",
            "Downloads the signed receipt of the answer to a question",
            LOOK,
        )
    },
    ByHand {
        body: Some("AtMachine"),
        reply: Some("EquipmentView"),
        ..at_desk(
            "post",
            "/customers/{customer}/equipment/{id}/support-steps",
            "mail_support_steps",
            "Mails somebody at a customer's machine how to start remote support there",
            LOOK,
        )
    },
    ByHand {
        body: Some("NewLaunch"),
        status: 201,
        reply: Some("LaunchView"),
        ..at_desk(
            "post",
            "/customers/{customer}/launches",
            "request_launch",
            "Asks the administrators responsible for a customer's equipment to allow remote support",
            LOOK,
        )
    },
    ByHand {
        reply: Some("LaunchView"),
        ..at_desk(
            "get",
            "/desk/launches/{customer}/{id}",
            "show_desk_launch",
            "Shows remote support at a customer, with its timeline",
            LOOK,
        )
    },
    ByHand {
        reply: Some("LaunchView"),
        ..at_desk(
            "post",
            "/desk/launches/{customer}/{id}/withdraw",
            "withdraw_launch",
            "Withdraws a request for remote support that nobody has answered",
            LOOK,
        )
    },
    ByHand {
        reply: Some("LaunchView"),
        ..at_desk(
            "post",
            "/desk/launches/{customer}/{id}/execute",
            "execute_launch",
            "Executes approved remote support: tells the machine to start",
            desk::VouchForLaunch::ACTION,
        )
    },
    ByHand {
        reply: Some("LaunchView"),
        ..at_desk(
            "post",
            "/desk/launches/{customer}/{id}/end",
            "end_desk_launch",
            "Ends remote support at a customer, before or while it runs",
            LOOK,
        )
    },
    ByHand {
        query: Some(launches::Record::ACTION),
        reply: Some("SessionReportPage"),
        ..at_desk(
            "get",
            "/desk/launches/{customer}/{id}/record",
            "show_desk_launch_record",
            "Lists what happened in a session at a customer",
            LOOK,
        )
    },
    ByHand {
        body: Some("NewOutcome"),
        reply: Some("LaunchView"),
        ..at_desk(
            "post",
            "/desk/launches/{customer}/{id}/note",
            "note_launch",
            "Notes the outcome of remote support, and the inquiry that it belongs to",
            LOOK,
        )
    },
    ByHand {
        reply: Some(RECEIPT),
        ..at_desk(
            "get",
            "/desk/launches/{customer}/{id}/receipt",
            "show_desk_launch_receipt",
            "Downloads the signed receipt of the consent to remote support",
            LOOK,
        )
    },
    ByHand {
        body: Some("NewAttended"),
        status: 201,
        reply: Some("AttendedView"),
        ..at_desk(
            "post",
            "/desk/customers/{customer}/attended",
            "open_attended",
            "Opens an attended session, in which people at a customer show their screens; mails who is invited",
            LOOK,
        )
    },
    ByHand {
        reply: Some("AttendedView"),
        ..at_desk(
            "get",
            "/desk/attended/{customer}/{id}",
            "show_desk_attended",
            "Shows an attended session at a customer, with the link, the ID and the password to hand over",
            LOOK,
        )
    },
    ByHand {
        body: Some("Invited"),
        reply: Some("AttendedView"),
        ..at_desk(
            "post",
            "/desk/attended/{customer}/{id}/invite",
            "invite_attended",
            "Invites one person to an attended session by mail, or mails them again",
            LOOK,
        )
    },
    ByHand {
        reply: Some("AttendedView"),
        ..at_desk(
            "post",
            "/desk/attended/{customer}/{id}/withdraw",
            "withdraw_attended",
            "Withdraws an attended session that nobody has joined",
            LOOK,
        )
    },
    ByHand {
        reply: Some("AttendedView"),
        ..at_desk(
            "post",
            "/desk/attended/{customer}/{id}/end",
            "end_desk_attended",
            "Ends an attended session at a customer",
            LOOK,
        )
    },
    ByHand {
        query: Some(attended::Record::ACTION),
        reply: Some("SessionReportPage"),
        ..at_desk(
            "get",
            "/desk/attended/{customer}/{id}/record",
            "show_desk_attended_record",
            "Lists what happened in an attended session at a customer",
            LOOK,
        )
    },
    ByHand {
        body: Some("NewOutcome"),
        reply: Some("AttendedView"),
        ..at_desk(
            "post",
            "/desk/attended/{customer}/{id}/note",
            "note_attended",
            "Notes the outcome of an attended session, and the inquiry that it belongs to",
            LOOK,
        )
    },
    ByHand {
        reply: Some(RECEIPT),
        ..at_desk(
            "get",
            "/desk/attended/{customer}/{id}/receipts/{guest}",
            "show_desk_attended_receipt",
            "Downloads the signed receipt of a participant's consent",
            LOOK,
        )
    },
    ByHand {
        body: Some("NewAppointment"),
        status: 201,
        reply: Some("AppointmentView"),
        ..at_desk(
            "post",
            "/desk/customers/{customer}/appointments",
            "create_appointment",
            "Proposes times for an appointment with people at a customer; mails them",
            LOOK,
        )
    },
    ByHand {
        reply: Some("AppointmentView"),
        ..at_desk(
            "get",
            "/desk/appointments/{customer}/{id}",
            "show_desk_appointment",
            "Shows an appointment at a customer",
            LOOK,
        )
    },
    ByHand {
        body: Some("NewTimes"),
        reply: Some("AppointmentView"),
        ..at_desk(
            "post",
            "/desk/appointments/{customer}/{id}/proposal",
            "propose_times",
            "Proposes other times for an appointment, before or after a date was agreed",
            LOOK,
        )
    },
    ByHand {
        body: Some("TimesAnswer"),
        reply: Some("AppointmentView"),
        ..at_desk(
            "post",
            "/desk/appointments/{customer}/{id}/answer",
            "answer_times",
            "Accepts one of the times that the customer proposes, or declines them",
            LOOK,
        )
    },
    ByHand {
        body: Some("AppointmentCancellation"),
        reply: Some("AppointmentView"),
        ..at_desk(
            "post",
            "/desk/appointments/{customer}/{id}/cancel",
            "cancel_desk_appointment",
            "Cancels an appointment at a customer; mails everybody",
            LOOK,
        )
    },
    ByHand {
        reply: Some(RECEIPT),
        ..at_desk(
            "get",
            "/desk/appointments/{customer}/{id}/receipt",
            "show_desk_appointment_receipt",
            "Downloads the signed receipt of the agreed date",
            LOOK,
        )
    },
    ByHand {
        reply: Some("InquiryThread"),
        ..at_desk(
            "get",
            "/desk/inquiries/{customer}/{id}",
            "show_desk_thread",
            "Shows a customer's inquiry with its messages",
            LOOK,
        )
    },
    ByHand {
        body: Some("NewMessage"),
        reply: Some("InquiryThread"),
        ..at_desk(
            "post",
            "/desk/inquiries/{customer}/{id}/messages",
            "answer_desk_inquiry",
            "Answers a customer's inquiry",
            LOOK,
        )
    },
    ByHand {
        reply: Some("InquiryThread"),
        ..at_desk(
            "post",
            "/desk/inquiries/{customer}/{id}/close",
            "close_desk_inquiry",
            "Closes a customer's inquiry",
            LOOK,
        )
    },
    ByHand {
        reply: Some(FILE),
        ..at_desk(
            "get",
            "/desk/inquiries/{customer}/{id}/attachments/{attachment}",
            "fetch_desk_attachment",
            "Downloads a file attached to a customer's inquiry",
            LOOK,
        )
    },
    ByHand {
        body: Some("JoinDocument"),
        reply: Some("SessionTicket"),
        entrance: Entrance::Session,
        problems: &[400, 401, 403, 413, 429, 503],
        ..at_desk(
            "post",
            "/desk/sessions/join",
            "join_session",
            "Joins a remote support session with its ID and password; issues a ticket for its socket",
            JOIN,
        )
    },
];

/// Placeholder for a file, which has no schema.
pub(crate) const FILE: &str = "(file)";
/// Placeholder for a receipt, which has no schema either.
pub(crate) const RECEIPT: &str = "(receipt)";

/// The actions by which the provider vouches for a caller at the desk.
const LOOK: &Action = desk::Vouch::ACTION;
const CHANGE: &Action = desk::VouchForChange::ACTION;
const JOIN: &Action = desk::VouchForSession::ACTION;

const fn at_desk(
    method: &'static str,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    action: &'static Action,
) -> ByHand {
    ByHand {
        route: (method, path),
        id,
        summary,
        action: Some(action),
        entrance: Entrance::Either,
        query: None,
        body: None,
        status: 200,
        reply: Some("CustomerDetails"),
        cookie: None,
        problems: &[400, 401, 403, 404, 413, 429, 503],
    }
}

/// The placeholders in the paths of these routes, with their schemas.
pub(crate) fn placeholders(path: &str) -> Value {
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    json!({ "properties": {
        "customer": of("Slug"), "user": of("UserId"), "attachment": of("AttachmentId"),
        "guest": of("GuestId"),
        "id": of(match path {
            path if path.contains("/questions/") => "QuestionId",
            path if path.contains("/equipment/") => "EquipmentId",
            path if path.contains("/appointments/") => "AppointmentId",
            path if path.contains("/launches/") || path.contains("/attended/") => "LaunchId",
            _ => "InquiryId",
        }),
    } })
}

/// The response to a request for a reset link.
pub(crate) fn accepted() -> Value {
    json!({ "type": "object", "description": "An empty object, whether or not the account exists.",
        "additionalProperties": false })
}

/// The members that `routes` removes from a new account before it passes the action on.
pub(crate) fn account_passwords() -> Value {
    let password = |text: &str| {
        json!({
            "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/PlainPassword" }],
            "description": text,
        })
    };
    json!({
        "password": password("The temporary password, 15 to 128 characters. If absent, one is generated and mailed."),
        "password_confirmation": password("The same password again; required with `password`."),
    })
}
