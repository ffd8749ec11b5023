//! The pages of the dev mailbox: a list and a reading view, without scripts.

use super::dev::CapturedMail;

/// A mail with the mailbox's own data about it.
#[derive(Clone, Debug)]
pub struct ListedMail {
    /// Number in the mailbox.
    pub id: String,
    /// Date of the mail (RFC 3339).
    pub date: String,
    /// Number of deliveries; more than one if an attempt was retried.
    pub deliveries: u32,
    /// The mail.
    pub mail: CapturedMail,
}

/// Nothing is fetched and no script runs. The HTML part is in an iframe that inherits this policy, hence the inline
/// styles; `data:` allows images embedded in mails.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem;color:#222}\
    table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ddd}\
    pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f6f6;padding:1rem;font:inherit}\
    iframe{width:100%;height:32rem;border:1px solid #ccc}code{overflow-wrap:anywhere}";

/// The list, in the given order (newest first).
pub fn list(mails: &[ListedMail]) -> String {
    let mut rows = String::new();
    for listed in mails {
        let ListedMail { id, date, mail, .. } = listed;
        rows.push_str(&format!(
            "<tr><td>{}</td><td>{}</td><td lang=\"{}\"><a href=\"/dev/mailbox?id={}\">{}</a>{}</td></tr>\n",
            escape(date),
            escape(&mail.to),
            escape(language(mail)),
            escape(id),
            escape(&mail.subject),
            repeated(listed),
        ));
    }
    let body = if mails.is_empty() {
        "<p>No mail yet. Reload the page to look again.</p>".to_owned()
    } else {
        format!("<table>\n<tr><th>Date</th><th>To</th><th>Subject</th></tr>\n{rows}</table>")
    };
    page("Dev mailbox", "en", &format!("<h1>Dev mailbox</h1>\n{body}"))
}

/// One mail: header fields, text with links, and the HTML part in a sandbox.
pub fn reading(listed: &ListedMail) -> String {
    let mail = &listed.mail;
    let lang = escape(language(mail));
    let mut fields = String::new();
    for (name, value) in [
        ("From", named(&mail.from_name, &mail.from)),
        ("To", named(&mail.to_name, &mail.to)),
        ("Date", listed.date.clone()),
    ] {
        fields.push_str(&format!("<tr><th>{name}</th><td>{}</td></tr>\n", escape(&value)));
    }
    let mut headers = String::new();
    for (name, value) in &mail.headers {
        headers.push_str(&format!(
            "<tr><th>{}</th><td><code>{}</code></td></tr>\n",
            escape(name),
            escape(value)
        ));
    }
    // Links in the mail open in a new tab outside the sandbox, as they would in a mail program.
    let document = format!(
        "<!doctype html><base target=\"_blank\"><meta charset=\"utf-8\">{}",
        mail.html
    );
    let body = format!(
        "<p><a href=\"/dev/mailbox\">All mail</a></p>\n<h1 lang=\"{lang}\">{subject}</h1>\n<table>\n{fields}</table>\n{repeated}\
         <h2>Text</h2>\n<pre lang=\"{lang}\">{text}</pre>\n\
         <h2>HTML</h2>\n<iframe sandbox=\"allow-popups allow-popups-to-escape-sandbox\" title=\"HTML part\" srcdoc=\"{document}\"></iframe>\n\
         <details><summary>Header fields</summary>\n<table>\n{headers}</table>\n</details>{message}",
        subject = escape(&mail.subject),
        repeated = repeated(listed),
        message = source(&mail.message),
        text = linked(&mail.text),
        document = escape(&document),
    );
    page(&mail.subject, language(mail), &body)
}

/// Page for an id that is not, or no longer, in the mailbox.
pub fn not_found() -> String {
    page(
        "Mail not found",
        "en",
        "<h1>Mail not found</h1>\n<p><a href=\"/dev/mailbox\">All mail</a></p>",
    )
}

/// The whole message of a mail with a date, which the page does not show otherwise.
fn source(message: &str) -> String {
    match message {
        "" => String::new(),
        _ => format!(
            "\n<details><summary>Whole message</summary>\n<pre>{}</pre>\n</details>",
            escape(message)
        ),
    }
}

fn page(title: &str, lang: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>{STYLE}</style></head>\n<body>\n{body}\n</body>\n</html>\n",
        escape(lang),
        escape(title),
    )
}

fn language(mail: &CapturedMail) -> &str {
    mail.headers.get("Content-Language").map_or("en", String::as_str)
}

fn named(name: &str, address: &str) -> String {
    if name.is_empty() {
        address.to_owned()
    } else {
        format!("{name} <{address}>")
    }
}

fn repeated(listed: &ListedMail) -> String {
    if listed.deliveries < 2 {
        String::new()
    } else {
        format!(" <small>(delivered {} times)</small>", listed.deliveries)
    }
}

/// Escapes text for element content and double-quoted attributes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Escapes plain text and turns its http and https URLs into links.
fn linked(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| rest.find(scheme))
        .min()
    {
        let (before, from_url) = rest.split_at(start);
        let in_url = |character: char| character.is_ascii_graphic() && !"<>\"`{}|\\^".contains(character);
        let length = from_url.find(|character| !in_url(character)).unwrap_or(from_url.len());
        let (url, _) = from_url.split_at(length);
        // Trailing punctuation belongs to the sentence.
        let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
        html.push_str(&escape(before));
        let escaped = escape(url);
        html.push_str(&format!(
            "<a href=\"{escaped}\" rel=\"noreferrer noopener\">{escaped}</a>"
        ));
        rest = from_url.split_at(url.len()).1;
    }
    html.push_str(&escape(rest));
    html
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{ListedMail, linked, list, reading};
    use crate::delivery::mail::dev::CapturedMail;

    fn listed() -> ListedMail {
        ListedMail {
            id: "7".into(),
            date: "2026-11-18T11:06:40Z".into(),
            deliveries: 2,
            mail: CapturedMail {
                message_id: "a@b.example".into(),
                date_unix: 1_795_000_000,
                from: "tegata@example.com".into(),
                from_name: "Tegata".into(),
                to: "hanako@aozora.example".into(),
                to_name: "<b>佐藤</b>".into(),
                subject: "承認 <script>alert(1)</script>".into(),
                headers: BTreeMap::from([("Content-Language".into(), "ja".into()), ("X-\"".into(), "<i>".into())]),
                text: "開く: https://edge.example/a/tok?lang=ja&x=1。終わり <script>".into(),
                html: "<p title=\"x\">Hej</p><script>alert(1)</script></iframe>".into(),
                message: "MIME-Version: 1.0\r\n\r\n<script>alert(1)</script>".into(),
            },
        }
    }

    #[test]
    fn nothing_of_a_mail_becomes_markup_of_the_page() {
        for page in [list(&[listed()]), reading(&listed())] {
            assert!(
                !page.contains("<script") && !page.contains("<b>") && !page.contains("<i>"),
                "{page}"
            );
            assert!(page.contains("承認 &lt;script&gt;") && page.contains("delivered 2 times"));
        }
        let page = reading(&listed());
        assert_eq!(page.matches("</iframe>").count(), 1);
        assert!(page.contains("srcdoc=\"&lt;!doctype html&gt;"));
        assert!(!page.contains("allow-scripts") && !page.contains("allow-same-origin"));
    }

    #[test]
    fn links_in_text_end_where_a_reader_would_end_them() {
        for (text, html) in [
            (
                "a http://x.example/ b",
                "a <a href=\"http://x.example/\" rel=\"noreferrer noopener\">http://x.example/</a> b",
            ),
            (
                "(https://x.example/a?b=1&c=2).",
                "(<a href=\"https://x.example/a?b=1&amp;c=2\" rel=\"noreferrer noopener\">https://x.example/a?b=1&amp;c=2</a>).",
            ),
            (
                "https://x.example/\"onclick=\"",
                "<a href=\"https://x.example/\" rel=\"noreferrer noopener\">https://x.example/</a>&quot;onclick=&quot;",
            ),
            (
                "を開く→https://x.example/。",
                "を開く→<a href=\"https://x.example/\" rel=\"noreferrer noopener\">https://x.example/</a>。",
            ),
            ("javascript:alert(1) <&>", "javascript:alert(1) &lt;&amp;&gt;"),
            ("", ""),
        ] {
            assert_eq!(linked(text), html, "{text}");
        }
    }
}
