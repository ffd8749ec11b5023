//! The invitation to an attended session (Z1, Z3).

use super::{Part, Writer, Written};
use crate::mail::{AttendedInvitation, unlinked};
use crate::texts::text_with;

/// The invitation. It has the link, and the ID for those who cannot open it. The password is never in it: with the ID it
/// lets whoever reads a forwarded mail in, while the link is the one person's own, and names them in the log.
pub(super) fn invitation(w: &Writer<'_>, invitation: &AttendedInvitation) -> Written {
    let provider = unlinked::name(invitation.provider_name.as_str());
    let title = unlinked::words(invitation.title.as_str());
    let say = |key| {
        let known = [
            ("product", w.product),
            ("tenant", w.tenant),
            ("provider", &provider),
            ("title", &title),
        ];
        text_with(w.locale(), key, &known)
    };
    let host = unlinked::name(invitation.host.as_str());
    let mut parts = vec![
        Part::Paragraph(say("mail-attended-lead")),
        Part::Facts(vec![
            w.fact("mail-attended-title", &title),
            w.fact("mail-attended-host", &format!("{host} ({provider})")),
            w.fact(
                "mail-attended-guest",
                &format!("{} ({})", unlinked::name(w.to.name.as_str()), w.tenant),
            ),
        ]),
        w.link("mail-attended-link", "mail-attended-button", &invitation.link),
        w.paragraph("mail-attended-inert"),
        Part::Warning(say("mail-attended-whole-screen")),
        w.paragraph("mail-attended-nothing-installed"),
        w.until("mail-attended-until", invitation.until),
        w.paragraph("mail-attended-typed"),
        w.secret("mail-attended-number", &invitation.number.shown()),
        Part::Reference {
            label: w.say("mail-attended-page"),
            url: invitation.page.clone(),
        },
    ];
    parts.extend(w.guide("mail-guide-participant", "participant", &invitation.link));
    (say("mail-attended-subject"), parts, say("mail-attended-why"))
}
