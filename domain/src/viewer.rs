//! The approval kind "viewer": the statement that an approver consents to when a Viewer requests access (K3). The page
//! shows the statement, and the receipt carries it with its hash (B3), so its bytes depend on the arguments alone. A
//! change of wording affects later statements only, because each receipt keeps its own.

use crate::locale::Locale;
use crate::texts::{date_time, text, text_with};
use crate::time::{TimeZone, UnixSeconds};

/// The facts of a Viewer's request on which the approver bases the decision. Each text is one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewerStatement<'a> {
    /// The company whose data is requested.
    pub tenant_name: &'a str,
    /// The requester's name, as typed.
    pub requester_name: &'a str,
    /// The requester's mail address.
    pub requester_email: &'a str,
    /// The requester's company, as typed.
    pub organization: &'a str,
    /// The PC's name, as typed.
    pub device_name: &'a str,
    /// Time of the request.
    pub requested_at: UnixSeconds,
    /// Expiry time of the request.
    pub expires_at: UnixSeconds,
    /// Whether the address is outside the domains that the tenant has listed as its own.
    pub outside_mail_domains: bool,
}

/// The statement for a Viewer's request: plain text, lines separated by `\n`, times in `zone`.
#[must_use]
pub fn viewer_statement(locale: Locale, zone: &TimeZone, facts: &ViewerStatement<'_>) -> String {
    let paragraph = |key| text_with(locale, key, &[("tenant", facts.tenant_name)]);
    let line = |key, value: &str| {
        text_with(
            locale,
            "common-labelled",
            &[("label", &text(locale, key)), ("value", value)],
        )
    };
    let mut lines = vec![
        text(locale, "statement-title"),
        String::new(),
        paragraph("statement-asked"),
        String::new(),
        line("statement-requester", facts.requester_name),
        line("statement-email", facts.requester_email),
        line("statement-organization", facts.organization),
        line("statement-device", facts.device_name),
        line("statement-requested", &date_time(locale, facts.requested_at, zone)),
        line("statement-expires", &date_time(locale, facts.expires_at, zone)),
        String::new(),
    ];
    if facts.outside_mail_domains {
        lines.extend([paragraph("statement-outside"), String::new()]);
    }
    let checked = if facts.outside_mail_domains {
        "statement-checked-outside"
    } else {
        "statement-checked"
    };
    lines.extend([paragraph("statement-meaning"), String::new(), paragraph(checked)]);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{ViewerStatement, viewer_statement};
    use crate::locale::Locale;
    use crate::time::{TimeZone, UnixSeconds};

    const FACTS: ViewerStatement<'static> = ViewerStatement {
        tenant_name: "あおぞら製作所",
        requester_name: "山田 太郎",
        requester_email: "taro@aozora.example",
        organization: "あおぞら製作所 大阪工場",
        device_name: "OSAKA-PC-07",
        requested_at: UnixSeconds(1_795_230_300),
        expires_at: UnixSeconds(1_795_489_500),
        outside_mail_domains: false,
    };

    #[test]
    fn japanese_statement_unchanged() {
        let zone = TimeZone::parse("Asia/Tokyo").unwrap();
        assert_eq!(
            viewer_statement(Locale::Ja, &zone, &FACTS),
            "閲覧許可の申請\n\n\
             あおぞら製作所のデータを、次のPCのViewerで閲覧することの承認が求められています。\n\n\
             申請者：山田 太郎\nメールアドレス：taro@aozora.example\n会社・組織名：あおぞら製作所 大阪工場\nPC名：OSAKA-PC-07\n\
             申請日時：2026年11月21日（土）12時05分（日本時間）\n回答期限：2026年11月24日（火）12時05分（日本時間）\n\n\
             承認すると、この申請者は、このPCのViewerであおぞら製作所のデータを閲覧できるようになります。許可はこのPCに限られ、\
             後から取り消すことができます。拒否した場合や、期限までに承認しなかった場合は、閲覧できません。\n\n\
             承認者は、申請者があおぞら製作所に所属していること、およびメールアドレスがあおぞら製作所のものであることを確認した\
             うえで承認するものとします。"
        );
    }

    #[test]
    fn english_statement_unchanged() {
        let facts = ViewerStatement {
            outside_mail_domains: true,
            requester_email: "taro@mail.example",
            ..FACTS
        };
        assert_eq!(
            viewer_statement(Locale::En, &TimeZone::UTC, &facts),
            "Request for viewing permission\n\n\
             Approval is requested to view the data of あおぞら製作所 with the Viewer on the following PC.\n\n\
             Requester: 山田 太郎\nEmail address: taro@mail.example\nCompany: あおぞら製作所 大阪工場\nPC: OSAKA-PC-07\n\
             Requested: Saturday 21 November 2026, 03:05\u{a0}UTC\nAnswer by: Tuesday 24 November 2026, 03:05\u{a0}UTC\n\n\
             Caution: this email address is outside the domains of あおぞら製作所.\n\n\
             If you approve, this requester can view the data of あおぞら製作所 with the Viewer on this PC. The permission applies to \
             this PC only and can be revoked later. If the request is refused, or is not approved in time, no data can be viewed.\n\n\
             By approving, the approver confirms having checked that the requester belongs to あおぞら製作所, and accepts the use \
             of this email address from another domain."
        );
    }

    #[test]
    fn danish_statement_unchanged() {
        let zone = TimeZone::parse("Europe/Copenhagen").unwrap();
        let facts = ViewerStatement {
            tenant_name: "Nordlys A/S",
            requester_name: "Søren Ågård",
            organization: "Nordlys A/S",
            ..FACTS
        };
        assert_eq!(
            viewer_statement(Locale::Da, &zone, &facts),
            "Anmodning om visningstilladelse\n\n\
             Der anmodes om godkendelse af, at data for Nordlys A/S kan ses med Viewer på følgende pc.\n\n\
             Anmoder: Søren Ågård\nMailadresse: taro@aozora.example\nVirksomhed: Nordlys A/S\nPc: OSAKA-PC-07\n\
             Anmodet: lørdag den 21. november 2026 kl.\u{a0}04.05\u{a0}CET\nSvar senest: tirsdag den 24. november 2026 kl.\u{a0}04.05\u{a0}CET\n\n\
             Hvis du godkender, kan anmoderen se data for Nordlys A/S med Viewer på denne pc. Tilladelsen gælder kun denne pc og kan \
             tilbagekaldes senere. Afvises anmodningen, eller godkendes den ikke inden fristen, kan ingen data ses.\n\n\
             Ved at godkende bekræfter godkenderen at have kontrolleret, at anmoderen hører til Nordlys A/S, og at mailadressen \
             tilhører Nordlys A/S."
        );
    }
}
