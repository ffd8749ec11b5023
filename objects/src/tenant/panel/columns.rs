//! The columns of each list's table: where a value is, what the column is called, and how the value is written.

use serde_json::{Number, Value};
use tegata_domain::account::Account;
use tegata_domain::locale::Locale;
use tegata_domain::names;
use tegata_domain::texts::{table_time, table_time_exact, text, text_with, zone_name};
use tegata_domain::time::{TimeZone, UnixSeconds};

/// The person who reads a table, and when.
pub(super) struct Reader<'a> {
    locale: Locale,
    zone: &'a TimeZone,
    now: UnixSeconds,
}

impl<'a> Reader<'a> {
    /// The holder of `account`, who reads in their language and time zone.
    pub(super) const fn new(account: &'a Account, now: UnixSeconds) -> Self {
        Self {
            locale: account.locale,
            zone: &account.time_zone,
            now,
        }
    }

    /// The date on which the reader exports.
    pub(super) fn day(&self) -> String {
        self.zone.day(self.now)
    }
}

/// How a value is written.
#[derive(Clone, Copy)]
enum Form {
    AsItIs,
    Time,
    /// A time to the second.
    Exact,
    /// A time until which an answer is awaited; none in an item whose `state` is another.
    While(&'static str),
    YesNo,
    /// Mail addresses, the main one first.
    Addresses,
    /// Ids, separated by spaces.
    Ids,
    /// The names of people, separated by commas.
    Names,
    Language,
    /// A code whose names have keys with this beginning.
    Code(&'static str),
    Action,
    Outcome,
    MailKind,
    MailState,
}

/// One column: the JSON pointer to its value, without the leading slash; the key of its heading; the form of its
/// values.
pub(super) struct Column(&'static str, &'static str, Form);

use Form::{
    Action, Addresses, AsItIs, Code, Exact, Ids, Language, MailKind, MailState, Names, Outcome, Time, While, YesNo,
};

const ANSWER: Form = Code("console-outcome-");

pub(super) const REGISTRATIONS: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("state", "export-state", Code("console-registration-state-")),
    Column("name", "export-person", AsItIs),
    Column("email", "export-email", AsItIs),
    Column("organization", "export-company", AsItIs),
    Column("device_name", "export-device", AsItIs),
    Column("has_key", "export-key", YesNo),
    Column("outside_mail_domains", "export-outside", YesNo),
    Column("requested_at", "export-requested", Time),
    // Once it is answered, `expires_at` is about the activation code.
    Column("expires_at", "export-answer-by", While("awaiting_approval")),
    Column("decision/outcome", "export-answer", ANSWER),
    Column("decision/name", "export-answered-by", AsItIs),
    Column("decision/at", "export-answered", Time),
    Column("decision/reason", "export-reason", AsItIs),
];
pub(super) const DEVICES: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("state", "export-state", Code("console-device-state-")),
    Column("name", "export-person", AsItIs),
    Column("email", "export-email", AsItIs),
    Column("organization", "export-company", AsItIs),
    Column("device_name", "export-device", AsItIs),
    Column("approved_at", "export-approved", Time),
    Column("activated_at", "export-activated", Time),
    Column("expires_at", "export-until", Time),
    Column("revoked_at", "export-revoked", Time),
    Column("last_refresh_at", "export-last-used", Time),
    Column("jkt", "export-thumbprint", AsItIs),
];
pub(super) const EQUIPMENT: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("state", "export-state", Code("console-equipment-state-")),
    Column("name", "export-name", AsItIs),
    Column("model", "export-model", AsItIs),
    Column("serial_number", "export-serial-number", AsItIs),
    Column("place", "export-place", AsItIs),
    Column("organization", "export-organization", AsItIs),
    Column("responsible", "export-responsible", Ids),
    Column("remote_assistance", "export-remote-assistance", YesNo),
    Column("manual_launch", "export-manual-launch", YesNo),
    Column("notes", "export-notes", AsItIs),
    Column("created_at", "export-registered", Time),
    Column("updated_at", "export-updated", Time),
    Column("retired_at", "export-retired", Time),
];
pub(super) const USERS: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("display_name", "export-person", AsItIs),
    Column("phonetic_name", "export-phonetic", AsItIs),
    Column("emails", "export-email", Addresses),
    Column("organization", "export-organization", AsItIs),
    Column("external_id", "export-external", AsItIs),
    Column("account/account", "export-account", AsItIs),
    Column("account/role", "export-role", Code("console-role-")),
    Column("account/organization", "export-administered", AsItIs),
    Column("account/support_option", "export-support", YesNo),
    Column("account/state", "export-account-state", Code("console-account-state-")),
    Column("account/last_login_at", "export-last-login", Time),
    Column("created_at", "export-created", Time),
    Column("updated_at", "export-updated", Time),
];
pub(super) const AUDIT: &[Column] = &[
    Column("seq", "export-number", AsItIs),
    Column("at", "export-at", Exact),
    Column("actor/kind", "export-actor-kind", Code("console-actor-kind-")),
    Column("actor/id", "export-actor", AsItIs),
    Column("actor/address", "export-address", AsItIs),
    Column("action", "export-action", Action),
    Column("object", "export-object", AsItIs),
    Column("outcome", "export-outcome", Outcome),
    Column("requester", "export-requester", AsItIs),
    Column("approver", "export-approver", AsItIs),
    Column("previous", "export-previous", AsItIs),
    Column("hash", "export-hash", AsItIs),
    Column("actor_name", "export-actor-name", AsItIs),
    Column("object_name", "export-object-name", AsItIs),
];
pub(super) const ORGANIZATIONS: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("name", "export-name", AsItIs),
    Column("parent", "export-parent", AsItIs),
    Column("created_at", "export-created", Time),
];
pub(super) const INQUIRIES: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("subject", "export-subject", AsItIs),
    Column("state", "export-state", Code("console-inquiry-state-")),
    Column("by_name", "export-sender", AsItIs),
    Column("created_at", "export-created", Time),
    Column("updated_at", "export-updated", Time),
    Column("messages", "export-messages", AsItIs),
];
pub(super) const CUSTOMERS: &[Column] = &[
    Column("slug", "export-domain", AsItIs),
    Column("name", "export-customer", AsItIs),
    Column("state", "export-state", Code("console-customer-state-")),
    Column("locale", "export-language", Language),
    Column("time_zone", "export-zone", AsItIs),
    Column("created_at", "export-created", Time),
    Column("setup_done", "export-setup-done", AsItIs),
    Column("setup_of", "export-setup-of", AsItIs),
    Column("administrators", "export-administrators", AsItIs),
];
pub(super) const DESK_INQUIRIES: &[Column] = &[
    Column("tenant", "export-domain", AsItIs),
    Column("tenant_name", "export-customer", AsItIs),
    Column("inquiry/id", "export-id", AsItIs),
    Column("inquiry/subject", "export-subject", AsItIs),
    Column("inquiry/state", "export-state", Code("console-inquiry-state-")),
    Column("inquiry/by_name", "export-sender", AsItIs),
    Column("inquiry/created_at", "export-created", Time),
    Column("inquiry/updated_at", "export-updated", Time),
    Column("inquiry/messages", "export-messages", AsItIs),
    Column("assigned_name", "export-assigned", AsItIs),
];
pub(super) const QUESTIONS: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("title", "export-subject", AsItIs),
    Column("text", "export-question", AsItIs),
    Column("reference", "export-reference", AsItIs),
    Column("state", "export-state", Code("console-question-state-")),
    Column("asked_by/provider_name", "export-provider", AsItIs),
    Column("asked_by/name", "export-asked-by", AsItIs),
    Column("asked_at", "export-asked", Time),
    Column("expires_at", "export-answer-by", Time),
    Column("required", "export-required", AsItIs),
    Column("decision/outcome", "export-answer", ANSWER),
    Column("decision/name", "export-answered-by", AsItIs),
    Column("decision/at", "export-answered", Time),
    Column("decision/reason", "export-reason", AsItIs),
];
pub(super) const DESK_QUESTIONS: &[Column] = &[
    Column("tenant", "export-domain", AsItIs),
    Column("tenant_name", "export-customer", AsItIs),
    Column("question/id", "export-id", AsItIs),
    Column("question/title", "export-subject", AsItIs),
    Column("question/text", "export-question", AsItIs),
    Column("question/reference", "export-reference", AsItIs),
    Column("question/state", "export-state", Code("console-question-state-")),
    Column("question/asked_by/name", "export-asked-by", AsItIs),
    Column("question/asked_at", "export-asked", Time),
    Column("question/expires_at", "export-answer-by", Time),
    Column("question/required", "export-required", AsItIs),
    Column("question/decision/outcome", "export-answer", ANSWER),
    Column("question/decision/name", "export-answered-by", AsItIs),
    Column("question/decision/at", "export-answered", Time),
    Column("question/decision/reason", "export-reason", AsItIs),
];
pub(super) const LAUNCHES: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("equipment_name", "export-equipment", AsItIs),
    Column("serial_number", "export-serial-number", AsItIs),
    Column("reason", "export-launch-reason", AsItIs),
    Column("state", "export-state", Code("console-launch-state-")),
    Column("provider_name", "export-provider", AsItIs),
    Column("asked_by/name", "export-asked-by", AsItIs),
    Column("requested_at", "export-asked", Time),
    Column("answer_by", "export-answer-by", Time),
    Column("decision/outcome", "export-answer", ANSWER),
    Column("decision/name", "export-answered-by", AsItIs),
    Column("decision/at", "export-answered", Time),
    Column("granted/from", "export-granted-from", Time),
    Column("granted/until", "export-granted-until", Time),
    Column("executed_by/name", "export-executed-by", AsItIs),
    Column("running_at", "export-started", Time),
    Column("ended/at", "export-ended", Time),
    Column("ended/why", "export-outcome", Code("console-launch-end-state-")),
];
pub(super) const DESK_LAUNCHES: &[Column] = &[
    Column("tenant", "export-domain", AsItIs),
    Column("tenant_name", "export-customer", AsItIs),
    Column("launch/id", "export-id", AsItIs),
    Column("launch/equipment_name", "export-equipment", AsItIs),
    Column("launch/serial_number", "export-serial-number", AsItIs),
    Column("launch/reason", "export-launch-reason", AsItIs),
    Column("launch/state", "export-state", Code("console-launch-state-")),
    Column("launch/asked_by/name", "export-asked-by", AsItIs),
    Column("launch/requested_at", "export-asked", Time),
    Column("launch/answer_by", "export-answer-by", Time),
    Column("launch/decision/outcome", "export-answer", ANSWER),
    Column("launch/decision/name", "export-answered-by", AsItIs),
    Column("launch/decision/at", "export-answered", Time),
    Column("launch/granted/from", "export-granted-from", Time),
    Column("launch/granted/until", "export-granted-until", Time),
    Column("launch/executed_by/name", "export-executed-by", AsItIs),
    Column("launch/running_at", "export-started", Time),
    Column("launch/ended/at", "export-ended", Time),
    Column("launch/ended/why", "export-outcome", Code("console-launch-end-state-")),
];
pub(super) const ATTENDED: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("title", "export-subject", AsItIs),
    Column("state", "export-state", Code("console-attended-state-")),
    Column("opened_by/provider_name", "export-provider", AsItIs),
    Column("opened_by/name", "export-opened-by", AsItIs),
    Column("opened_at", "export-opened", Time),
    Column("granted/until", "export-granted-until", Time),
    Column("consents", "export-participants", Names),
    Column("ended/at", "export-ended", Time),
    Column("ended/why", "export-outcome", Code("console-launch-end-state-")),
];
pub(super) const DESK_ATTENDED: &[Column] = &[
    Column("tenant", "export-domain", AsItIs),
    Column("tenant_name", "export-customer", AsItIs),
    Column("attended/id", "export-id", AsItIs),
    Column("attended/title", "export-subject", AsItIs),
    Column("attended/state", "export-state", Code("console-attended-state-")),
    Column("attended/opened_by/name", "export-opened-by", AsItIs),
    Column("attended/opened_at", "export-opened", Time),
    Column("attended/granted/until", "export-granted-until", Time),
    Column("attended/consents", "export-participants", Names),
    Column("attended/ended/at", "export-ended", Time),
    Column(
        "attended/ended/why",
        "export-outcome",
        Code("console-launch-end-state-"),
    ),
];
pub(super) const APPOINTMENTS: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("title", "export-subject", AsItIs),
    Column("state", "export-state", Code("console-appointment-state-")),
    Column("host/provider_name", "export-provider", AsItIs),
    Column("host/name", "export-host", AsItIs),
    Column("agreed/time/at", "export-agreed-start", Time),
    Column("agreed/time/time_zone", "export-agreed-zone", AsItIs),
    Column("participants", "export-participants", Names),
    Column("agreed/name", "export-agreed-by", AsItIs),
    Column("over/at", "export-ended", Time),
    Column("over/reason", "export-over-reason", AsItIs),
];
pub(super) const DESK_APPOINTMENTS: &[Column] = &[
    Column("tenant", "export-domain", AsItIs),
    Column("tenant_name", "export-customer", AsItIs),
    Column("appointment/id", "export-id", AsItIs),
    Column("appointment/title", "export-subject", AsItIs),
    Column("appointment/state", "export-state", Code("console-appointment-state-")),
    Column("appointment/host/name", "export-host", AsItIs),
    Column("appointment/agreed/time/at", "export-agreed-start", Time),
    Column("appointment/agreed/time/time_zone", "export-agreed-zone", AsItIs),
    Column("appointment/participants", "export-participants", Names),
    Column("appointment/agreed/name", "export-agreed-by", AsItIs),
    Column("appointment/over/at", "export-ended", Time),
    Column("appointment/over/reason", "export-over-reason", AsItIs),
];
pub(super) const APPLICATIONS: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("company", "export-company", AsItIs),
    Column("contact/name", "export-contact", AsItIs),
    Column("contact/email", "export-email", AsItIs),
    Column("contact/phone", "export-phone", AsItIs),
    Column("domain", "export-domain", AsItIs),
    Column("applied_on", "export-applied-on", AsItIs),
    Column("answer_by", "export-answer-by", AsItIs),
    Column("state", "export-state", Code("console-application-state-")),
    Column("overdue", "export-overdue", YesNo),
    Column("note", "export-note", AsItIs),
    Column("recorded_by_name", "export-recorded-by", AsItIs),
    Column("recorded_at", "export-recorded", Time),
    Column("closed/outcome", "export-outcome", Code("console-application-state-")),
    Column("closed/customer", "export-contract", AsItIs),
    Column("closed/reason", "export-reason-given", AsItIs),
    Column("closed/by_name", "export-closed-by", AsItIs),
    Column("closed/at", "export-closed", Time),
];
pub(super) const MAILS: &[Column] = &[
    Column("id", "export-id", AsItIs),
    Column("kind", "export-kind", MailKind),
    Column("to", "export-recipient", AsItIs),
    Column("state", "export-state", MailState),
    Column("created_at", "export-created", Time),
    Column("attempts", "export-attempts", AsItIs),
    Column("last_error", "export-error", AsItIs),
];

impl Column {
    /// The name of the member that it holds, if it is a member of the item itself.
    pub(super) const fn member(&self) -> &'static str {
        self.0
    }

    /// Whether `text` is its heading in `locale`, in any time zone.
    pub(super) fn is_called(&self, locale: Locale, heading: &str) -> bool {
        let Self(_, key, form) = self;
        let name = text(locale, key);
        match heading.strip_prefix(&name) {
            Some("") => true,
            Some(rest) => matches!(form, Time) && rest.trim_start().starts_with(['(', '（']),
            None => false,
        }
    }

    /// The heading. Times are in the reader's time zone, so their heading names it (C4).
    pub(super) fn heading(&self, reader: &Reader<'_>) -> String {
        let Self(_, key, form) = self;
        let name = text(reader.locale, key);
        if !matches!(form, Time | Exact | While(_)) {
            return name;
        }
        let zone = zone_name(reader.locale, reader.zone, reader.now);
        let named = [("name", name.as_str()), ("zone", &zone)];
        text_with(reader.locale, "export-in-zone", &named)
    }

    /// The column's value in `item`, as cell text.
    pub(super) fn cell(&self, reader: &Reader<'_>, item: &Value) -> String {
        let Self(place, _, form) = self;
        let locale = reader.locale;
        let time = |at: &Number, write: fn(Locale, UnixSeconds, &TimeZone) -> String| {
            at.as_i64()
                .map_or_else(|| at.to_string(), |at| write(locale, UnixSeconds(at), reader.zone))
        };
        match (form, item.pointer(&format!("/{place}"))) {
            (_, None | Some(Value::Null)) => String::new(),
            (While(state), _) if item["state"] != **state => String::new(),
            (Time | While(_), Some(Value::Number(at))) => time(at, table_time),
            (Exact, Some(Value::Number(at))) => time(at, table_time_exact),
            (YesNo, Some(Value::Bool(yes))) => text(locale, if *yes { "export-yes" } else { "export-no" }),
            (Addresses, Some(Value::Array(addresses))) => main_first(addresses),
            (Ids, Some(Value::Array(ids))) => {
                let ids: Vec<&str> = ids.iter().filter_map(Value::as_str).collect();
                ids.join(" ")
            }
            (Names, Some(Value::Array(people))) => {
                let names: Vec<&str> = people.iter().filter_map(|person| person["name"].as_str()).collect();
                names.join(", ")
            }
            (form, Some(Value::String(code))) => form.of_text(locale, code),
            (_, Some(other)) => other.to_string(),
        }
    }
}

impl Form {
    fn of_text(self, locale: Locale, code: &str) -> String {
        match self {
            Code(list) => names::name(locale, list, code),
            Action => names::action(locale, code),
            Outcome => names::outcome(locale, code),
            MailKind => names::mail(locale, code),
            MailState if code == "undeliverable" => text(locale, "export-undeliverable"),
            MailState if code == "waiting" => text(locale, "export-waiting"),
            Language => Locale::from_tag(code).map_or_else(|| code.to_owned(), |locale| locale.endonym().to_owned()),
            AsItIs | Time | Exact | While(_) | YesNo | Addresses | Ids | Names | MailState => code.to_owned(),
        }
    }
}

fn main_first(addresses: &[Value]) -> String {
    let mut values: Vec<(bool, &str)> = addresses
        .iter()
        .filter_map(|address| Some((address["primary"] != Value::Bool(true), address["value"].as_str()?)))
        .collect();
    values.sort_unstable();
    let values: Vec<&str> = values.into_iter().map(|(_, value)| value).collect();
    values.join(" ")
}
