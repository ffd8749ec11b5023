// The page of an attended session with made-up content, as the edge serves it at `/j/{token}`, over a relay.

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const FACE = { name: "東海サポート株式会社", contact: ["電話 052-000-0000（平日 9:00〜17:00）", "support@tokai.example"], logo: null };

const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&#34;");

function html(locale, changes) {
  const data = {
    product: "Tegata", locale, face: JSON.stringify(FACE), provider: FACE.name, host: "山田 太郎", customer: "青空精工株式会社", title: "帳票印刷の設定",
    abilities: "view_screen files", ...changes,
  };
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${attribute(value)}"`).join("");
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${FACE.name}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/console/join.css"><script type="module" src="/console/join.js"></script></head>
<body><div id="join"${attributes}></div></body></html>`;
}

/**
 * Pages for a relay. `state.locale` and `state.data` are what the edge writes into the page; `state.refusal` is the problem
 * that joining meets; `state.joined` are the names of those who have joined. Each of them becomes somebody in `people`.
 */
export function joinPages(people, state = { locale: "ja", data: {} }) {
  state.joined = [];
  state.requests = [];
  const page = () => ({ headers: { "content-security-policy": POLICY }, body: html(state.locale, state.data) });
  const join = async (request) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const sent = JSON.parse(Buffer.concat(chunks).toString());
    state.requests.push({ method: request.method, type: request.headers["content-type"], sent });
    if (state.refusal) {
      const { status, code, retryAfter, ...more } = state.refusal;
      const headers = retryAfter ? { "retry-after": String(retryAfter) } : {};
      return { status, headers, type: "application/problem+json", body: JSON.stringify({ status, code, title: code, ...more }) };
    }
    state.joined.push(sent.name);
    const ticket = `tg_st_guest${state.joined.length}`;
    people[ticket] = { role: "guest", name: sent.name };
    return { type: "application/json", body: JSON.stringify({ number: "482913705", ticket, tenant: "aozora" }) };
  };
  return { "/j/token": page, "/j/token/join": join };
}
