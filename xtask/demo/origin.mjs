// The demo tenant's data origin: the machine data that a Viewer reads through the gate. It stands for a customer's own
// server, which only the edge can reach and which trusts the edge's headers about the caller.
//
// Usage: node xtask/demo/origin.mjs PORT

import { createServer } from "node:http";

const MACHINES = [
  { id: "cnc-07", name: "5軸加工機 7号機", site: "松本工場 第二棟", state: "稼働中", spindle_rpm: 8200, alarms: [] },
  { id: "cnc-08", name: "5軸加工機 8号機", site: "松本工場 第二棟", state: "段取り中", spindle_rpm: 0, alarms: [] },
  { id: "press-02", name: "サーボプレス 2号機", site: "諏訪工場", state: "停止", spindle_rpm: null, alarms: ["E-214 油圧低下"] },
];

const port = Number(process.argv[2]);
if (!Number.isInteger(port)) {
  console.error("usage: node xtask/demo/origin.mjs PORT");
  process.exit(2);
}

createServer((request, response) => {
  const path = new URL(request.url, "http://origin.example").pathname;
  // The caller, as the edge's headers name it. A real origin also checks the signature of `Tegata-Identity`.
  const device = request.headers["tegata-device"] ?? null;
  if (path === "/healthz") return send(response, 200, "text/plain", "ok");
  if (request.method === "POST" && path === "/echo") return echo(request, response, device);
  if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, "text/plain", "Method Not Allowed");
  if (path === "/") return send(response, 200, "text/html", overview(device));
  if (path === "/machines.json") return json(response, { device, machines: MACHINES });
  const machine = MACHINES.find(({ id }) => path === `/machines/${id}.json`);
  if (machine) return json(response, { device, ...machine });
  return send(response, 404, "text/plain", "Not Found");
}).listen(port, "127.0.0.1");

function overview(device) {
  const rows = MACHINES.map(({ id, name, site, state, alarms }) =>
    `<tr><td><a href="machines/${id}.json">${escape(name)}</a><td>${escape(site)}<td>${escape(state)}<td>${escape(alarms.join("、"))}`);
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><title>稼働状況</title>
<h1>稼働状況</h1><p>閲覧端末: <code>${escape(device ?? "なし")}</code></p>
<table><tr><th>機械<th>設置場所<th>状態<th>アラーム${rows.join("\n")}</table></html>`;
}

/** Returns the request's body and header names unchanged, to show what the gate passes on. */
function echo(request, response, device) {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    json(response, { device, headers: Object.keys(request.headers).sort(), body: Buffer.concat(chunks).toString("utf8") });
  });
}

function json(response, value) {
  send(response, 200, "application/json", JSON.stringify(value));
}

function send(response, status, type, body) {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8` }).end(body);
}

function escape(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}
