//! The HTML part: no tables, no remote content, inline styles only. It sets no background and no text colour of its own
//! except on the button, so that a reader in dark mode sees their own colours.

use super::LOGO_ID;
use super::letter::{Letter, Letterhead, Part};

const BODY: &str = "margin:0;padding:0;font-family:system-ui,-apple-system,'Segoe UI','Hiragino Sans','Yu Gothic UI',Meiryo,\
                    'Noto Sans CJK JP',sans-serif;font-size:16px;line-height:1.7";
const PAGE: &str = "max-width:600px;margin:0 auto;padding:24px 16px";
const HEADING: &str = "margin:24px 0 8px;font-size:16px;font-weight:bold";
const WARNING: &str = "margin:24px 0;padding:4px 0 4px 12px;border-left:4px solid #d9480f;font-weight:bold";
const FACTS: &str = "margin:8px 0 24px;padding:0 0 0 12px;border-left:4px solid #868e96";
const SECRET: &str = "margin:8px 0 24px;font-family:ui-monospace,Consolas,Menlo,monospace;font-size:24px;font-weight:bold;\
                      overflow-wrap:anywhere";
const BUTTON: &str = "display:inline-block;padding:12px 24px;border-radius:6px;font-weight:bold;text-decoration:none";
/// The buttons' background unless the provider has a colour of its own.
const BLUE: &str = "#1864ab";
const ADDRESS: &str = "font-size:14px;overflow-wrap:anywhere";
const QUOTATION: &str = "margin:8px 0 24px;padding:0 0 0 12px;border-left:4px solid #868e96;overflow-wrap:anywhere";
const FOOT: &str = "margin:32px 0 0;padding:16px 0 0;border-top:1px solid #868e96;font-size:14px";

/// Lays `letter` out as a complete HTML document.
pub(super) fn render(letter: &Letter) -> String {
    let language = letter.locale.tag();
    let colours = letter.face.as_ref().and_then(|face| face.colours.as_ref());
    let (background, text) = colours.map_or((BLUE, "#ffffff"), |(background, text)| (background, text));
    let button = format!("{BUTTON};background:{background};color:{text}");
    let parts: String = letter.parts.iter().map(|part| part_html(part, &button)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{subject}</title>\n</head>\n\
         <body style=\"{BODY}\">\n<div lang=\"{language}\" style=\"{PAGE}\">\n{head}<p>{greeting}</p>\n{parts}\
         <div style=\"{FOOT}\">\n<p>{why}</p>\n{contact}<p>{product}<br>{automatic}</p>\n</div>\n</div>\n</body>\n</html>\n",
        subject = escape(&letter.subject),
        head = letter.face.as_ref().map(head_html).unwrap_or_default(),
        contact = letter.face.as_ref().map(contact_html).unwrap_or_default(),
        greeting = escape(&letter.greeting),
        why = escape(&letter.why),
        product = escape(&letter.product),
        automatic = escape(&letter.automatic),
    )
}

/// The provider's logo, or its name.
fn head_html(face: &Letterhead) -> String {
    let name = escape(&face.name);
    if face.has_logo {
        let style = "display:block;max-width:240px;max-height:64px;width:auto;height:auto";
        return format!("<p><img src=\"cid:{LOGO_ID}\" alt=\"{name}\" style=\"{style}\"></p>\n");
    }
    format!("<p style=\"font-weight:bold\">{name}</p>\n")
}

fn contact_html(face: &Letterhead) -> String {
    let Some((heading, lines)) = &face.contact else {
        return String::new();
    };
    let lines: Vec<_> = lines.iter().map(|line| escape(line)).collect();
    let (heading, name) = (escape(heading), escape(&face.name));
    format!(
        "<p>{heading}<br><strong>{name}</strong><br>{}</p>\n",
        lines.join("<br>")
    )
}

fn part_html(part: &Part, button_style: &str) -> String {
    match part {
        Part::Paragraph(words) => format!("<p>{}</p>\n", escape(words)),
        Part::Warning(words) => format!("<p style=\"{WARNING}\">{}</p>\n", escape(words)),
        Part::Heading(words) => format!("<h2 style=\"{HEADING}\">{}</h2>\n", escape(words)),
        Part::List(items) | Part::Advice(items) => {
            let items: String = items
                .iter()
                .map(|item| format!("<li>{}</li>\n", escape(item)))
                .collect();
            format!("<ul style=\"margin:8px 0 24px;padding:0 0 0 24px\">\n{items}</ul>\n")
        }
        Part::Facts(facts) => {
            let fact = |(label, value): &(String, String)| {
                let (label, value) = (escape(label), escape(value));
                format!(
                    "<dt style=\"font-size:14px\">{label}</dt>\n\
                     <dd style=\"margin:0 0 8px;font-weight:bold;overflow-wrap:anywhere\">{value}</dd>\n"
                )
            };
            format!(
                "<dl style=\"{FACTS}\">\n{}</dl>\n",
                facts.iter().map(fact).collect::<String>()
            )
        }
        Part::Secret { label, value } => {
            format!(
                "<p style=\"margin:24px 0 0\">{}</p>\n<p style=\"{SECRET}\">{}</p>\n",
                escape(label),
                escape(value)
            )
        }
        Part::Link { label, button, url } => {
            let (label, button, url) = (escape(label), escape(button), escape(url));
            format!(
                "<p>{label}</p>\n<p><a href=\"{url}\" style=\"{button_style}\">{button}</a></p>\n\
                 <p style=\"{ADDRESS}\"><a href=\"{url}\" style=\"color:inherit\">{url}</a></p>\n"
            )
        }
        Part::Reference { label, url } => {
            let (label, url) = (escape(label), escape(url));
            format!("<p style=\"{ADDRESS}\"><a href=\"{url}\" style=\"color:inherit\">{label}</a></p>\n")
        }
        Part::Quotation { label, words } => {
            format!(
                "<p style=\"margin:24px 0 0\">{}</p>\n<blockquote style=\"{QUOTATION}\">{}</blockquote>\n",
                escape(label),
                lines(words)
            )
        }
    }
}

/// `words` with their own line breaks, which HTML would join.
fn lines(words: &str) -> String {
    words.lines().map(escape).collect::<Vec<_>>().join("<br>\n")
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
