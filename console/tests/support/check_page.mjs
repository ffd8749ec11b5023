// The page of the check before a session with made-up content, as the edge serves it at `/m/{token}/check`, on a server of
// its own that plays the edge's part with the same rules for verdicts. Its line can be slow, and stall.

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocketServer } from "ws";

const DIST = new URL("../../dist/console/", import.meta.url);
const TYPES = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8" };
const PATH = "/m/token/check";
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; media-src blob:; worker-src 'self'; form-action 'none'; " +
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types tegata",
  "permissions-policy": "display-capture=(self)",
  "referrer-policy": "no-referrer",
};
/** Bytes that a throttled line carries at once. */
const PORTION = 1024;

export const FOUND = {
  at: 1794990000,
  checks: [
    { check: "browser", verdict: "passed" }, { check: "socket", verdict: "passed" }, { check: "download", verdict: "warned", value: 200 },
    { check: "upload", verdict: "failed", value: 90 }, { check: "peer", verdict: "warned" }, { check: "sharing", verdict: "untested" },
    { check: "clock", verdict: "passed", value: -3 }, { check: "quantum", verdict: "passed" }, { check: "socket", verdict: "marvellous" },
  ],
};

const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&#34;");

function html(locale, changes) {
  const data = {
    locale, product: "Tegata", provider: "北サポート株式会社", contact: JSON.stringify(["電話 011-000-0000（平日 9:00〜17:00）", "support@kita.example"]),
    customer: "青空商事株式会社", title: "印刷の設定", name: "佐藤 花子", start: "1795000000", zone: "Asia/Tokyo", ...changes,
  };
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${attribute(value)}"`).join("");
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>北サポート株式会社</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/console/check.css"><script type="module" src="/console/check.js"></script></head>
<body><div id="check"${attributes}></div><noscript>JavaScript</noscript></body></html>`;
}

const rated = (check, kbps) => ({ check, verdict: kbps === undefined ? "untested" : kbps < 128 ? "failed" : kbps < 256 ? "warned" : "passed", value: kbps });

function judge({ browser, phone, socket, download_kbps: down, upload_kbps: up, peer, sharing, clock_seconds: clock }) {
  const shared = { shared: "passed", window: "passed", denied: "failed", unsupported: phone ? "warned" : "failed" };
  return [
    { check: "browser", verdict: browser === "Other" ? "warned" : "passed" },
    { check: "socket", verdict: socket ? "passed" : "failed" },
    rated("download", down),
    rated("upload", up),
    { check: "peer", verdict: peer === undefined ? "untested" : peer ? "passed" : "warned" },
    { check: "sharing", verdict: shared[sharing] ?? "untested" },
    { check: "clock", verdict: clock === undefined ? "untested" : Math.abs(clock) > 60 ? "warned" : "passed", value: clock },
  ];
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Starts it. `state.down` and `state.up` are kbit/s of the line; `state.stalls` is after how many bytes it carries nothing more;
 * `state.refusal` is the problem that a result meets; `state.socket` is "refused", "wrong" or
 * "silent"; `state.ahead` are the seconds by which the service's clock is ahead. It remembers what it got: `reports`, `said`, `bytes` by way, `asked`.
 */
export async function startCheck(state) {
  Object.assign(state, { reports: [], said: [], bytes: { down: 0, up: 0 }, asked: [] });
  const open = new Set();

  async function bytes(request, response, url) {
    const date = new Date(Date.now() + (state.ahead ?? 0) * 1000).toUTCString();
    if (request.method === "POST") {
      const { length } = await bodyOf(request);
      state.bytes.up += length;
      if (state.stalls !== undefined) return undefined;
      if (state.up) await wait((length * 8) / state.up);
      return response.writeHead(204, { date }).end();
    }
    const size = Number(url.searchParams.get("size"));
    if (!(size >= 1 && size <= 262_144)) return response.writeHead(400).end();
    response.writeHead(200, { date, "content-type": "application/octet-stream", "content-length": size, "cache-control": "no-store" });
    if (size > 1) state.bytes.down += size;
    if (!state.down) return response.end(randomBytes(size));
    const begun = performance.now();
    for (let at = 0; at < size && open.has(response); at += PORTION) {
      if (size > 1 && at >= state.stalls) return undefined;
      const portion = Math.min(PORTION, size - at);
      // By the whole, not by the portion: timers are late, and would make the line slower than it is.
      await wait(Math.max(0, begun + ((at + portion) * 8) / state.down - performance.now()));
      response.write(randomBytes(portion));
    }
    return response.end();
  }

  async function report(request, response) {
    const sent = JSON.parse((await bodyOf(request)).toString());
    state.reports.push(sent);
    if (state.refusal) {
      const { status, code, retryAfter } = state.refusal;
      response.writeHead(status, { "content-type": "application/problem+json", ...(retryAfter ? { "retry-after": String(retryAfter) } : {}) });
      return response.end(JSON.stringify({ status, code, title: code }));
    }
    response.writeHead(200, { "content-type": "application/json" });
    return response.end(JSON.stringify({ at: Math.floor(Date.now() / 1000), checks: judge(sent) }));
  }

  function file(response, name) {
    try {
      const body = readFileSync(new URL(name, DIST));
      response.writeHead(200, { "content-type": TYPES[name.split(".").at(-1)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }

  const server = createServer((request, response) => {
    open.add(response);
    response.on("close", () => open.delete(response));
    const url = new URL(request.url, "http://127.0.0.1");
    state.asked.push(`${request.method} ${url.pathname}`);
    if (url.pathname === PATH && request.method === "POST") return report(request, response);
    if (url.pathname === PATH) return response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...HEADERS }).end(html(state.locale ?? "ja", state.data ?? {}));
    if (url.pathname === "/check/bytes") return bytes(request, response, url);
    return file(response, /^\/console\/([\w.-]+)$/.exec(url.pathname)?.[1] ?? "none");
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => "tegata.check.v1", maxPayload: 1024 });
  server.on("upgrade", (request, stream, head) => {
    const { url, headers } = request;
    if (state.socket === "refused" || url !== `${PATH}/socket` || headers["sec-websocket-protocol"] !== "tegata.check.v1") return stream.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    return sockets.handleUpgrade(request, stream, head, (socket) =>
      socket.on("message", (data) => {
        state.said.push(String(data));
        if (state.socket !== "silent") socket.send(state.socket === "wrong" ? "something else" : String(data));
      }));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const host = `127.0.0.1:${server.address().port}`;
  return {
    host,
    url: `http://${host}${PATH}`,
    /** Ends every WebSocket. */
    drop: () => sockets.clients.forEach((socket) => socket.terminate()),
    stop: () => {
      server.closeAllConnections();
      for (const socket of sockets.clients) socket.terminate();
      return new Promise((closed) => server.close(closed));
    },
  };
}
