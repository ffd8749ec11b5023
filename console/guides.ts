// The guides for a customer's people, as pages beside the console: each Markdown file of docs/ that is listed here, in
// its three languages. Mails and pages link to them. They are plain pages without scripts.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { marked } from "marked";
import type { Plugin } from "vite";

/** The guides, by the name of their files. */
const GUIDES = ["viewer", "approver", "machine", "participant"] as const;
/** Each language with its own name, and the end of its files' names. */
const LANGUAGES = [
  ["ja", "日本語", ".ja.md"],
  ["en", "English", ".md"],
  ["da", "Dansk", ".da.md"],
] as const;

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'";

/** Links lead to another guide, or to a page on the web; files of the repository are not served. */
function links(html: string, lang: string): string {
  return html.replaceAll(/<a href="([^"]+)">(.*?)<\/a>/g, (whole, href: string, text: string) => {
    const guide = GUIDES.find((name) => href === `${name}.md` || href === `${name}.${lang}.md`);
    if (guide !== undefined) return `<a href="${guide}.${lang}.html">${text}</a>`;
    return href.startsWith("https://") ? whole : text;
  });
}

function page(guide: string, lang: string, markdown: string): string {
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? guide;
  // Japanese has no spaces between words: a line's end within a sentence is none.
  const whole = markdown.replaceAll(/([\u3000-\u9fff\uff00-\uffef])\n[ \t]*(?=[\u3000-\u9fff\uff00-\uffef])/g, "$1");
  const body = links(marked.parse(whole, { async: false }), lang).replaceAll(/<table>[\s\S]*?<\/table>/g, '<div class="wide">$&</div>');
  const others = LANGUAGES.map(([other, name]) =>
    other === lang ? `<span aria-current="true">${name}</span>` : `<a href="${guide}.${other}.html" lang="${other}" hreflang="${other}">${name}</a>`,
  );
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="same-origin">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title}</title>
<link rel="icon" href="/favicon.ico">
<link rel="stylesheet" href="/assets/page.css">
<link rel="stylesheet" href="/console/guides.css">
</head>
<body class="guide">
<header class="bar"><nav class="languages">${others.join(" ")}</nav></header>
<main>
${body}</main>
</body>
</html>
`;
}

/** Writes the guides of `docs` into the build. A missing file fails it. */
export function guides(docs: string): Plugin {
  return {
    name: "guides",
    generateBundle() {
      for (const guide of GUIDES) {
        for (const [lang, , end] of LANGUAGES) {
          const source = page(guide, lang, readFileSync(join(docs, `${guide}${end}`), "utf8"));
          this.emitFile({ type: "asset", fileName: `console/guides/${guide}.${lang}.html`, source });
        }
      }
    },
  };
}
