// The page of an attended session with made-up content, as the edge serves it at `/j/{token}`, over a relay.

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; form-action 'none'; " +
  "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types tegata";

const STATEMENT = `画面共有への参加

東海サポート株式会社が、青空精工株式会社の方に、サポートのための画面共有への参加をお願いしています。

件名：帳票印刷の設定
サポート担当者：山田 太郎
組織：東海サポート株式会社
セッションで行われること：
・画面の共有（共有する範囲は、参加した後にご自身で選びます。選ぶまでは、何も共有されません）
・チャット（参加者全員に表示され、記録されます）
・ファイルの送受信（受け取る側の承諾が必要です）
終了予定：2026年11月28日（土）18時30分（日本時間）`;

const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&#34;");

function html(locale, changes) {
  const data = {
    slug: "aozora", customer: "青空精工株式会社", locale, product: "Tegata", provider: "東海サポート株式会社",
    contact: JSON.stringify(["電話 052-000-0000（平日 9:00〜17:00）", "support@tokai.example"]), title: "帳票印刷の設定", host: "山田 太郎",
    abilities: "view_screen files", state: "open", until: "1795858200", files: JSON.stringify({ largest: 4 * 1024 ** 3, types: [] }), statement: STATEMENT,
    ...changes,
  };
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${attribute(value)}"`).join("");
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>東海サポート株式会社</title>
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
  const page = (request) => {
    const locale = new URL(request.url, "http://127.0.0.1").searchParams.get("lang") ?? state.locale;
    return { headers: { "content-security-policy": POLICY, "referrer-policy": "no-referrer" }, body: html(locale, state.data) };
  };
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
