//! The composition of each kind of mail from Fluent texts.

mod appointment;
mod attended;
mod launch;

use super::letter::{Letter, Part};
use super::{MailContent, Named, Occasion, Recipient, unlinked};
use crate::alert::{Alert, AlertKind};
use crate::approval::{Decision, Outcome};
use crate::email::EmailAddress;
use crate::inquiry::Body;
use crate::locale::Locale;
use crate::passkey::PasskeyName;
use crate::slug::Slug;
use crate::text::{DeviceName, PersonName, QuestionReference, QuestionTitle, Reason};
use crate::texts::{date_time, text_with};
use crate::time::UnixSeconds;

/// Writes the letter about `content` for `to`. Replies to it go to `reply_to`, if anywhere.
pub(super) fn letter(content: &MailContent, to: &Recipient, product: &str, reply_to: Option<&EmailAddress>) -> Letter {
    let writer = Writer {
        to,
        product,
        tenant: &unlinked::name(tenant_name(content)),
    };
    let mut invite = None;
    let (subject, parts, why) = match content {
        MailContent::FirstCredential {
            occasion,
            slug,
            login_url,
            account,
            password,
            valid_until,
            ..
        } => first_credential(&writer, *occasion, slug, login_url, (account, password), *valid_until),
        MailContent::PasswordReset {
            account,
            link,
            valid_until,
            ..
        } => password_reset(&writer, account, link, *valid_until),
        MailContent::AddressChanged { account, at, .. } => address_changed(&writer, account, *at),
        MailContent::PasskeyChanged {
            account,
            name,
            added,
            at,
            link,
            ..
        } => passkey_changed(&writer, (account, name), *added, *at, link),
        MailContent::ApprovalRequest {
            requester_name,
            requester_email,
            organization,
            device_name,
            requested_at,
            expires_at,
            outside_mail_domains,
            link,
            ..
        } => {
            let facts = vec![
                writer.fact("mail-approval-requester", &unlinked::name(requester_name.as_str())),
                writer.fact("mail-approval-email", &unlinked::address(requester_email)),
                writer.fact("mail-approval-organization", &unlinked::name(organization.as_str())),
                writer.fact("mail-device", &unlinked::name(device_name.as_str())),
                writer.fact("mail-approval-requested", &writer.at(*requested_at)),
                writer.fact("mail-approval-expires", &writer.at(*expires_at)),
            ];
            let outside = outside_mail_domains.then_some(requester_email);
            approval_request(&writer, device_name, facts, outside, *expires_at, link)
        }
        MailContent::ApprovalDigest { count, named, link, .. } => approval_digest(&writer, *count, named, link),
        MailContent::ConfirmAddress {
            device_name,
            expires_at,
            link,
            ..
        } => confirm_address(&writer, device_name, *expires_at, link),
        MailContent::ActivationCode {
            device_name,
            code,
            activate_url,
            expires_at,
            ..
        } => activation_code(&writer, device_name, code, activate_url, *expires_at),
        MailContent::Alerts { alerts, more, link, .. } => told(&writer, alerts, *more, link),
        MailContent::InquiryAnswered {
            subject,
            by,
            body,
            attachments,
            link,
            ..
        } => inquiry_answered(&writer, (subject, by, body), *attachments, reply_to, link),
        MailContent::InquiryArrived { subject, by, link, .. } => inquiry_arrived(&writer, subject, by, link),
        MailContent::QuestionAsked {
            provider_name,
            asker,
            title,
            text,
            reference,
            required,
            expires_at,
            link,
            ..
        } => {
            let mut facts = vec![writer.fact("mail-question-title", &unlinked::words(title.as_str()))];
            facts.extend(
                reference
                    .as_ref()
                    .map(|reference| writer.fact("mail-question-reference", &unlinked::words(reference.as_str()))),
            );
            facts.extend([
                writer.fact("mail-question-asker", &unlinked::name(asker.as_str())),
                writer.fact("mail-question-expires", &writer.at(*expires_at)),
            ]);
            let provider = unlinked::name(provider_name.as_str());
            question_asked(&writer, (&provider, title, text), facts, *required, *expires_at, link)
        }
        MailContent::QuestionAnswered {
            title,
            reference,
            decision,
            link,
            ..
        } => question_answered(&writer, title, reference.as_ref(), decision, link),
        MailContent::LaunchAsked(asked) => launch::asked(&writer, asked),
        MailContent::LaunchStarted(started) => launch::started(&writer, started),
        MailContent::SessionSummary(summary) => launch::summary(&writer, summary),
        MailContent::SupportSteps {
            provider_name,
            equipment,
            serial_number,
            edge,
            ..
        } => launch::steps(&writer, provider_name, (equipment, serial_number), edge),
        MailContent::LaunchReport(report) => launch::report(&writer, report),
        MailContent::AttendedInvitation(invited) => attended::invitation(&writer, invited),
        MailContent::Appointment(mail) => {
            let (written, enclosed) = appointment::written(&writer, mail);
            invite = enclosed;
            written
        }
        MailContent::Refused {
            device_name, reason, ..
        } => refused(&writer, device_name, reason.as_ref()),
    };
    Letter {
        locale: to.locale,
        subject,
        greeting: writer.say_with("mail-greeting", "name", &unlinked::name(to.name.as_str())),
        parts,
        why,
        automatic: writer.say("mail-automatic"),
        product: product.to_owned(),
        face: None,
        invite,
    }
}

fn tenant_name(content: &MailContent) -> &str {
    match content {
        MailContent::FirstCredential { tenant_name, .. }
        | MailContent::PasswordReset { tenant_name, .. }
        | MailContent::AddressChanged { tenant_name, .. }
        | MailContent::PasskeyChanged { tenant_name, .. }
        | MailContent::ApprovalRequest { tenant_name, .. }
        | MailContent::ApprovalDigest { tenant_name, .. }
        | MailContent::ConfirmAddress { tenant_name, .. }
        | MailContent::ActivationCode { tenant_name, .. }
        | MailContent::Alerts { tenant_name, .. }
        | MailContent::InquiryAnswered { tenant_name, .. }
        | MailContent::InquiryArrived { tenant_name, .. }
        | MailContent::QuestionAsked { tenant_name, .. }
        | MailContent::QuestionAnswered { tenant_name, .. }
        | MailContent::SupportSteps { tenant_name, .. }
        | MailContent::Refused { tenant_name, .. } => tenant_name,
        MailContent::LaunchAsked(asked) => &asked.tenant_name,
        MailContent::LaunchStarted(started) => &started.tenant_name,
        MailContent::LaunchReport(report) => &report.tenant_name,
        MailContent::SessionSummary(summary) => &summary.tenant_name,
        MailContent::AttendedInvitation(invited) => &invited.tenant_name,
        MailContent::Appointment(mail) => &mail.tenant_name,
    }
}

/// Subject, parts, and the reason why the recipient got the mail.
type Written = (String, Vec<Part>, String);

struct Writer<'a> {
    to: &'a Recipient,
    product: &'a str,
    tenant: &'a str,
}

impl Writer<'_> {
    fn locale(&self) -> Locale {
        self.to.locale
    }

    fn say(&self, key: &str) -> String {
        text_with(
            self.locale(),
            key,
            &[("product", self.product), ("tenant", self.tenant)],
        )
    }

    fn say_with(&self, key: &str, name: &str, value: &str) -> String {
        text_with(
            self.locale(),
            key,
            &[("product", self.product), ("tenant", self.tenant), (name, value)],
        )
    }

    fn at(&self, instant: UnixSeconds) -> String {
        date_time(self.locale(), instant, &self.to.time_zone)
    }

    fn paragraph(&self, key: &str) -> Part {
        Part::Paragraph(self.say(key))
    }

    fn until(&self, key: &str, instant: UnixSeconds) -> Part {
        Part::Paragraph(self.say_with(key, "expires", &self.at(instant)))
    }

    fn fact(&self, key: &str, value: &str) -> (String, String) {
        (self.say(key), value.to_owned())
    }

    fn secret(&self, key: &str, value: &str) -> Part {
        Part::Secret {
            label: self.say(key),
            value: value.to_owned(),
        }
    }

    fn link(&self, label: &str, button: &str, url: &str) -> Part {
        Part::Link {
            label: self.say(label),
            button: self.say(button),
            url: url.to_owned(),
        }
    }

    /// A link to one of the guides for customers, at the edge that `link` leads to.
    fn guide(&self, label: &str, guide: &str, link: &str) -> Option<Part> {
        let (scheme, rest) = link.split_once("://")?;
        let host = rest.split('/').next()?;
        let language = self.locale().tag();
        Some(Part::Reference {
            label: self.say(label),
            url: format!("{scheme}://{host}/console/guides/{guide}.{language}.html"),
        })
    }

    fn device(&self, name: &DeviceName) -> Part {
        Part::Facts(vec![self.fact("mail-device", &unlinked::name(name.as_str()))])
    }
}

fn first_credential(
    w: &Writer<'_>,
    occasion: Occasion,
    slug: &Slug,
    login_url: &str,
    (account, password): (&str, &str),
    valid_until: UnixSeconds,
) -> Written {
    let (subject, lead, why) = match occasion {
        Occasion::Contract => (
            "mail-first-credential-subject",
            "mail-first-credential-lead",
            "mail-first-credential-why",
        ),
        Occasion::Account => ("mail-account-subject", "mail-account-lead", "mail-account-why"),
        Occasion::Invitation => ("mail-invitation-subject", "mail-invitation-lead", "mail-invitation-why"),
        Occasion::Reissue => ("mail-reissue-subject", "mail-reissue-lead", "mail-reissue-why"),
    };
    let parts = vec![
        w.paragraph(lead),
        w.link("mail-first-credential-login", "mail-first-credential-button", login_url),
        Part::Facts(vec![
            w.fact("mail-first-credential-domain", slug.as_str()),
            w.fact("mail-first-credential-account", account),
        ]),
        w.secret("mail-first-credential-password", password),
        w.until("mail-first-credential-until", valid_until),
        w.paragraph("mail-first-credential-personal"),
        w.paragraph("mail-first-credential-reissue"),
    ];
    (w.say(subject), parts, w.say(why))
}

fn password_reset(w: &Writer<'_>, account: &str, link: &str, valid_until: UnixSeconds) -> Written {
    let parts = vec![
        w.paragraph("mail-reset-lead"),
        Part::Facts(vec![w.fact("mail-first-credential-account", account)]),
        w.link("mail-reset-link", "mail-reset-button", link),
        w.until("mail-reset-until", valid_until),
    ];
    (w.say("mail-reset-subject"), parts, w.say("mail-reset-why"))
}

fn address_changed(w: &Writer<'_>, account: &str, at: UnixSeconds) -> Written {
    let parts = vec![
        w.paragraph("mail-address-lead"),
        Part::Facts(vec![
            w.fact("mail-first-credential-account", account),
            w.fact("mail-passkey-at", &w.at(at)),
        ]),
        w.paragraph("mail-address-not-you"),
    ];
    (w.say("mail-address-subject"), parts, w.say("mail-address-why"))
}

fn passkey_changed(
    w: &Writer<'_>,
    (account, name): (&str, &PasskeyName),
    added: bool,
    at: UnixSeconds,
    link: &str,
) -> Written {
    let (subject, lead) = match added {
        true => ("mail-passkey-added-subject", "mail-passkey-added-lead"),
        false => ("mail-passkey-removed-subject", "mail-passkey-removed-lead"),
    };
    let parts = vec![
        w.paragraph(lead),
        Part::Facts(vec![
            w.fact("mail-first-credential-account", account),
            w.fact("mail-passkey-name", &unlinked::name(name.as_str())),
            w.fact("mail-passkey-at", &w.at(at)),
        ]),
        w.paragraph("mail-passkey-not-you"),
        w.link("mail-passkey-link", "mail-passkey-button", link),
    ];
    (w.say(subject), parts, w.say("mail-passkey-why"))
}

fn approval_request(
    w: &Writer<'_>,
    device: &DeviceName,
    facts: Vec<(String, String)>,
    outside: Option<&EmailAddress>,
    expires_at: UnixSeconds,
    link: &str,
) -> Written {
    let mut parts = vec![
        w.paragraph("mail-approval-lead"),
        Part::Heading(w.say("mail-approval-request")),
        Part::Facts(facts),
    ];
    if let Some(address) = outside {
        parts.push(Part::Warning(w.say_with(
            "mail-approval-outside",
            "email",
            &unlinked::address(address),
        )));
    }
    parts.extend([
        Part::Heading(w.say("mail-approval-checks")),
        Part::List(vec![
            w.say("mail-approval-check-person"),
            w.say(if outside.is_some() {
                "mail-approval-check-address-outside"
            } else {
                "mail-approval-check-address"
            }),
        ]),
        w.link("mail-approval-link", "mail-approval-button", link),
        w.paragraph("mail-approval-inert"),
        w.until("mail-approval-until", expires_at),
        w.paragraph("mail-approval-first-answer"),
    ]);
    parts.extend(w.guide("mail-guide-approver", "approver", link));
    (
        w.say_with("mail-approval-subject", "device", &unlinked::name(device.as_str())),
        parts,
        w.say("mail-approval-why"),
    )
}

fn approval_digest(w: &Writer<'_>, count: i64, named: &[Named], link: &str) -> Written {
    let line = |request: &Named| {
        let (name, company, device) = (
            unlinked::name(request.name.as_str()),
            unlinked::name(request.organization.as_str()),
            unlinked::name(request.device_name.as_str()),
        );
        text_with(
            w.locale(),
            "mail-digest-request",
            &[("name", &name), ("company", &company), ("device", &device)],
        )
    };
    let total = count.to_string();
    let mut parts = vec![
        Part::Paragraph(w.say_with("mail-digest-lead", "count", &total)),
        Part::Heading(w.say("mail-digest-first")),
        Part::List(named.iter().map(line).collect()),
    ];
    let more = count.saturating_sub(i64::try_from(named.len()).unwrap_or(i64::MAX));
    if more > 0 {
        let more = more.to_string();
        parts.push(Part::Paragraph(w.say_with("mail-digest-more", "count", &more)));
    }
    parts.extend([
        w.link("mail-digest-link", "mail-digest-button", link),
        w.paragraph("mail-digest-unknown"),
    ]);
    (
        w.say_with("mail-digest-subject", "count", &total),
        parts,
        w.say("mail-digest-why"),
    )
}

fn confirm_address(w: &Writer<'_>, device: &DeviceName, expires_at: UnixSeconds, link: &str) -> Written {
    let parts = vec![
        w.paragraph("mail-confirm-lead"),
        w.device(device),
        w.link("mail-confirm-link", "mail-confirm-button", link),
        w.paragraph("mail-confirm-inert"),
        w.until("mail-confirm-until", expires_at),
    ];
    (w.say("mail-confirm-subject"), parts, w.say("mail-confirm-why"))
}

fn activation_code(
    w: &Writer<'_>,
    device: &DeviceName,
    code: &str,
    activate_url: &str,
    expires_at: UnixSeconds,
) -> Written {
    let mut parts = vec![
        w.paragraph("mail-activation-lead"),
        w.device(device),
        w.secret("mail-activation-code", code),
        w.paragraph("mail-activation-typing"),
        w.until("mail-activation-until", expires_at),
        w.link("mail-activation-page", "mail-activation-button", activate_url),
        w.paragraph("mail-activation-secret"),
    ];
    parts.extend(w.guide("mail-guide-viewer", "viewer", activate_url));
    (
        w.say_with("mail-activation-subject", "device", &unlinked::name(device.as_str())),
        parts,
        w.say("mail-activation-why"),
    )
}

fn alert_key(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Device => "mail-alert-device",
        AlertKind::Refused => "mail-alert-refused",
        AlertKind::Lockout => "mail-alert-lockout",
        AlertKind::TokenReuse => "mail-alert-token-reuse",
        AlertKind::AgentEnrolled => "mail-alert-agent-enrolled",
        AlertKind::MachineWaits => "mail-alert-machine-waits",
        AlertKind::AgentCloned => "mail-alert-agent-cloned",
        AlertKind::PasskeyCopied => "mail-alert-passkey-copied",
        AlertKind::Undeliverable => "mail-alert-undeliverable",
        AlertKind::Audit => "mail-alert-audit",
        AlertKind::DataOrigin => "mail-alert-data-origin",
        AlertKind::RemoteAssistance => "mail-alert-remote-assistance",
        AlertKind::LaunchUnanswered => "mail-alert-launch-unanswered",
        AlertKind::SessionLocked => "mail-alert-session-locked",
        AlertKind::AppointmentUnanswered => "mail-alert-appointment-unanswered",
        AlertKind::AppointmentMissed => "mail-alert-appointment-missed",
        AlertKind::Suspended => "mail-alert-suspended",
        AlertKind::Resumed => "mail-alert-resumed",
    }
}

fn told(w: &Writer<'_>, alerts: &[Alert], more: usize, link: &str) -> Written {
    let line = |alert: &Alert| {
        let at = w.at(alert.at);
        let what = match alert.what.as_str() {
            "" => w.say("mail-alert-operator"),
            what => unlinked::name(what),
        };
        text_with(w.locale(), alert_key(alert.kind), &[("at", &at), ("what", &what)])
    };
    let mut parts = vec![
        w.paragraph("mail-alerts-lead"),
        Part::List(alerts.iter().map(line).collect()),
    ];
    if more > 0 {
        parts.push(Part::Paragraph(w.say_with(
            "mail-alerts-more",
            "count",
            &more.to_string(),
        )));
    }
    parts.push(w.link("mail-alerts-link", "mail-alerts-button", link));
    (w.say("mail-alerts-subject"), parts, w.say("mail-alerts-why"))
}

fn inquiry_answered(
    w: &Writer<'_>,
    (subject, by, body): (&str, &PersonName, &Body),
    attachments: usize,
    reply_to: Option<&EmailAddress>,
    link: &str,
) -> Written {
    let subject = &unlinked::words(subject);
    let mut parts = vec![
        Part::Paragraph(w.say_with("mail-inquiry-answered-lead", "by", &unlinked::name(by.as_str()))),
        Part::Facts(vec![w.fact("mail-inquiry-about", subject)]),
        Part::Quotation {
            label: w.say("mail-inquiry-answer"),
            words: body.as_str().to_owned(),
        },
    ];
    if attachments > 0 {
        let count = attachments.to_string();
        parts.push(Part::Paragraph(w.say_with("mail-inquiry-attachments", "count", &count)));
    }
    parts.push(w.link("mail-inquiry-link", "mail-inquiry-button", link));
    (
        w.say_with("mail-inquiry-answered-subject", "subject", subject),
        parts,
        reply_to.map_or_else(
            || w.say("mail-inquiry-answered-why"),
            |address| {
                let address = unlinked::address(address);
                w.say_with("mail-inquiry-answered-why-reply", "address", &address)
            },
        ),
    )
}

fn inquiry_arrived(w: &Writer<'_>, subject: &str, by: &PersonName, link: &str) -> Written {
    let subject = &unlinked::words(subject);
    let parts = vec![
        w.paragraph("mail-inquiry-arrived-lead"),
        Part::Facts(vec![
            w.fact("mail-inquiry-about", subject),
            w.fact("mail-inquiry-by", &unlinked::name(by.as_str())),
        ]),
        w.link("mail-inquiry-link", "mail-inquiry-button", link),
    ];
    (
        w.say_with("mail-inquiry-arrived-subject", "subject", subject),
        parts,
        w.say("mail-inquiry-arrived-why"),
    )
}

fn question_asked(
    w: &Writer<'_>,
    (provider, title, text): (&str, &QuestionTitle, &Body),
    facts: Vec<(String, String)>,
    required: u32,
    expires_at: UnixSeconds,
    link: &str,
) -> Written {
    let title = unlinked::words(title.as_str());
    let say = |key| {
        let known = [
            ("product", w.product),
            ("tenant", w.tenant),
            ("provider", provider),
            ("title", &title),
        ];
        text_with(w.locale(), key, &known)
    };
    let mut parts = vec![
        Part::Paragraph(say("mail-question-lead")),
        Part::Facts(facts),
        Part::Quotation {
            label: say("mail-question-question"),
            words: unlinked::words(text.as_str()),
        },
    ];
    if required > 1 {
        let several = w.say_with("mail-question-several", "required", &required.to_string());
        parts.push(Part::Paragraph(several));
    }
    parts.extend([
        w.link("mail-question-link", "mail-question-button", link),
        w.paragraph("mail-question-inert"),
        w.until("mail-question-until", expires_at),
    ]);
    parts.extend(w.guide("mail-guide-approver", "approver", link));
    (say("mail-question-subject"), parts, say("mail-question-why"))
}

fn question_answered(
    w: &Writer<'_>,
    title: &QuestionTitle,
    reference: Option<&QuestionReference>,
    decision: &Decision,
    link: &str,
) -> Written {
    let lead = match decision.outcome {
        Outcome::Approved => "mail-answered-lead-approved",
        Outcome::Refused => "mail-answered-lead-refused",
    };
    let mut facts = vec![w.fact("mail-answered-title", &unlinked::words(title.as_str()))];
    facts.extend(reference.map(|reference| w.fact("mail-answered-reference", &unlinked::words(reference.as_str()))));
    facts.extend([
        w.fact("mail-answered-by", &unlinked::name(decision.name.as_str())),
        w.fact("mail-answered-at", &w.at(decision.at)),
    ]);
    let mut parts = vec![w.paragraph(lead), Part::Facts(facts)];
    if let Some(reason) = &decision.reason {
        parts.push(Part::Quotation {
            label: w.say("mail-answered-reason"),
            words: unlinked::words(reason.as_str()),
        });
    }
    parts.push(w.link("mail-answered-link", "mail-answered-button", link));
    (w.say("mail-answered-subject"), parts, w.say("mail-answered-why"))
}

fn refused(w: &Writer<'_>, device: &DeviceName, reason: Option<&Reason>) -> Written {
    let mut parts = vec![w.paragraph("mail-refused-lead"), w.device(device)];
    if let Some(reason) = reason {
        parts.push(Part::Quotation {
            label: w.say("mail-refused-reason"),
            words: unlinked::words(reason.as_str()),
        });
    }
    parts.push(w.paragraph("mail-refused-next"));
    (
        w.say_with("mail-refused-subject", "device", &unlinked::name(device.as_str())),
        parts,
        w.say("mail-refused-why"),
    )
}
