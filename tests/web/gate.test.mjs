// The gate (K5) between a Viewer and the tenant's data origin: what it lets through, what it takes away, and that bodies
// stream. The data origin is this test's own, so both sides of the gate are seen.

import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";
import * as oauth from "openid-client";

import { operator, until } from "./support/edge.mjs";
import { startOrigin } from "./support/origin.mjs";
import { makeTenant } from "./support/tenant.mjs";
import { bearerToken, dpopKey, viewerOf } from "./support/viewer.mjs";

const MEBIBYTE = 1024 * 1024;

let origin;
let tenant;
let bearer;
const waiting = { release: () => {}, arrived: [] };

before(async () => {
  origin = await startOrigin({
    "/redirect": (_, response) => response.writeHead(307, { location: "https://elsewhere.example/next?a=1" }).end(),
    "/speaks-for-the-host": (_, response) =>
      response.writeHead(200, {
        "set-cookie": "session=1", "strict-transport-security": "max-age=1", "clear-site-data": '"cookies"',
        "www-authenticate": "Basic", etag: '"seven"', "x-machine": "cnc-07",
      }).end("body"),
    "/teapot": (_, response) => response.writeHead(418, { "content-type": "text/plain" }).end("short and stout"),
    "/events": (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).write("data: first\n\n");
      waiting.release = () => response.end("data: second\n\n");
    },
    "/upload": async (incoming, response) => {
      for await (const chunk of incoming) waiting.arrived.push(chunk.toString());
      response.end("done");
    },
    "/hangs-up": (incoming) => incoming.socket.destroy(),
    "/breaks-off": (_, response) => {
      response.writeHead(200, { "content-length": "1000" }).write("partly");
      setTimeout(() => response.destroy(), 50);
    },
  });
  tenant = await makeTenant({ policy: { data_origin: origin.url } });
  bearer = await bearerToken(tenant);
});
after(() => origin.stop());

function gate(path, { headers, ...options } = {}) {
  return fetch(`${tenant.issuer}/gate${path}`, { redirect: "manual", ...options, headers: { authorization: `Bearer ${bearer}`, ...headers } });
}

/** The same without fetch, which may not send every header; returns the answer with its body. */
function rawGate(path, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(`${tenant.issuer}/gate${path}`, { method, headers: { authorization: `Bearer ${bearer}`, ...headers } });
    sent.on("error", reject);
    sent.on("response", async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() });
      sent.destroy();
    });
    if (body === undefined) sent.end();
    else sent.write(body);
  });
}

test("without a token, and with one of another tenant, nothing reaches the origin", async () => {
  const other = await makeTenant({ policy: { data_origin: origin.url } });
  for (const authorization of ["", "Bearer nonsense", `Bearer ${await bearerToken(other)}`, `Basic ${btoa("a:b")}`, `DPoP ${bearer}`]) {
    const response = await gate("/", { headers: { authorization } });
    assert.equal(response.status, 401, authorization);
    assert.match(response.headers.get("www-authenticate"), /DPoP .*Bearer/);
  }
});

test("headers of the hop, of the caller's credentials and of an assumed identity are taken away", async () => {
  const answer = await rawGate("/machines.json?q=%E9%9D%92&q=2", {
    headers: {
      connection: "keep-alive, x-only-this-hop", "keep-alive": "timeout=5", te: "trailers", "x-only-this-hop": "1", upgrade: "h2c",
      "proxy-authorization": "Basic YTpi", cookie: "a=b", dpop: "proof", forwarded: "for=192.0.2.1", "x-forwarded-for": "192.0.2.1",
      "tegata-device": "someone-else", "Tegata-Tenant": "other", "tegata-identity": "forged", tegata_device: "folded", "tegata-new": "1",
      accept: "application/json", "x-request-id": "r-1", "if-none-match": '"six"', range: "bytes=0-9",
    },
  });
  assert.equal(answer.status, 200, answer.text);
  const seen = JSON.parse(answer.text);
  assert.equal(seen.url, "/machines.json?q=%E9%9D%92&q=2");
  const gone = ["authorization", "dpop", "cookie", "te", "keep-alive", "upgrade", "x-only-this-hop", "proxy-authorization", "forwarded",
    "x-forwarded-for", "tegata_device", "tegata-new"];
  assert.deepEqual(gone.filter((name) => name in seen.headers), []);
  assert.equal(seen.headers["tegata-tenant"], tenant.slug);
  const [device] = await tenant.devices();
  assert.equal(seen.headers["tegata-device"], device.id);
  assert.equal(seen.headers["tegata-identity"].split(".").length, 3);
  assert.equal(seen.headers.host, new URL(origin.url).host);
  for (const [name, value] of [["accept", "application/json"], ["x-request-id", "r-1"], ["if-none-match", '"six"'], ["range", "bytes=0-9"]]) {
    assert.equal(seen.headers[name], value, name);
  }
});

test("an answer keeps its status and headers, but cannot speak for the edge's host", async () => {
  const teapot = await gate("/teapot");
  assert.deepEqual([teapot.status, await teapot.text()], [418, "short and stout"]);

  const answer = await gate("/speaks-for-the-host");
  for (const name of ["set-cookie", "strict-transport-security", "clear-site-data", "www-authenticate"]) {
    assert.equal(answer.headers.get(name), null, name);
  }
  assert.deepEqual([answer.headers.get("etag"), answer.headers.get("x-machine")], ['"seven"', "cnc-07"]);
});

test("a redirect of the origin is passed on, not followed", async () => {
  const response = await gate("/redirect");
  assert.equal(response.status, 307);
  assert.equal(response.headers.get("location"), "https://elsewhere.example/next?a=1");
});

test("every method passes with its body, and HEAD without one", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const seen = await (await gate("/x", { method, body: "本文" })).json();
    assert.deepEqual([seen.method, seen.bytes], [method, 6]);
  }
  const head = await gate("/x", { method: "HEAD" });
  assert.deepEqual([head.status, await head.text()], [200, ""]);
});

test("an answer reaches the Viewer while the origin is still writing it", { timeout: 20_000 }, async () => {
  const response = await gate("/events");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader.read()).value, "data: first\n\n");
  waiting.release();
  assert.equal((await reader.read()).value, "data: second\n\n");
  assert.equal((await reader.read()).done, true);
});

test("a body reaches the origin while the Viewer is still sending it", { timeout: 20_000 }, async () => {
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  const answered = gate("/upload", { method: "POST", body: readable, duplex: "half" });
  await writer.write(encoder.encode("first"));
  await until("the first chunk at the origin", () => waiting.arrived.length > 0);
  await writer.write(encoder.encode("second"));
  await writer.close();
  assert.equal(await (await answered).text(), "done");
  assert.equal(waiting.arrived.join(""), "firstsecond");
});

test("a body that says it is larger than 100 MiB is refused before it is sent", async () => {
  const tooLarge = { "content-length": String(100 * MEBIBYTE + 1) };
  const answer = await rawGate("/x", { method: "POST", headers: tooLarge, body: "only the beginning" });
  assert.equal(answer.status, 413);
  assert.match(answer.headers["content-type"], /^application\/problem\+json/);
});

test("a body of unknown length is cut off at 100 MiB", { timeout: 60_000 }, async () => {
  async function* mebibytes(count) {
    const chunk = Buffer.alloc(MEBIBYTE);
    for (let sent = 0; sent < count; sent += 1) yield chunk;
  }
  const most = await gate("/x", { method: "POST", body: ReadableStream.from(mebibytes(100)), duplex: "half" });
  assert.equal((await most.json()).bytes, 100 * MEBIBYTE);
  const over = await gate("/x", { method: "POST", body: ReadableStream.from(mebibytes(101)), duplex: "half" });
  assert.equal(over.status, 413);
});

test("an origin that hangs up, or is not there, is 502", async () => {
  const hung = await gate("/hangs-up");
  assert.equal(hung.status, 502);
  assert.equal((await hung.json()).code, "origin-unreachable");

  const gone = await startOrigin();
  await gone.stop();
  const lost = await makeTenant({ policy: { data_origin: gone.url } });
  const headers = { authorization: `Bearer ${await bearerToken(lost)}` };
  assert.equal((await fetch(`${lost.issuer}/gate/x`, { headers })).status, 502);
});

test("an answer that breaks off is not passed on as a whole one", async () => {
  const response = await gate("/breaks-off");
  assert.equal(response.status, 200);
  await assert.rejects(response.text());
});

test("a tenant without a data origin has nothing behind its gate", async () => {
  const empty = await makeTenant();
  const headers = { authorization: `Bearer ${await bearerToken(empty)}` };
  const response = await fetch(`${empty.issuer}/gate/x`, { headers });
  assert.deepEqual([response.status, (await response.json()).code], [502, "no-data-origin"]);
});

test("a path cannot climb above the data origin's base", async () => {
  for (const path of ["/%2e%2e/secret", "/a/.%2E/b", "/a%5C..%5Cb"]) {
    const answer = await rawGate(path);
    assert.ok(answer.status === 400 || answer.status === 404 || !answer.text.includes('"url":"/secret'), `${path}: ${answer.text}`);
  }
});

test("a proof opens the gate once", async () => {
  const bound = await makeTenant({ policy: { data_origin: origin.url } });
  const config = await viewerOf(bound);
  const { handle, jkt } = await dpopKey(config);
  const approved = await bound.approved({ dpop_jkt: jkt });
  const tokens = await oauth.genericGrantRequest(config, "urn:ietf:params:oauth:grant-type:device_code",
    { device_code: approved.device_code, activation_code: approved.activation_code }, { DPoP: handle });

  let headers;
  config[oauth.customFetch] = (url, options) => {
    headers = options.headers;
    return fetch(url, options);
  };
  const url = new URL(`${bound.issuer}/gate/x`);
  const first = await oauth.fetchProtectedResource(config, tokens.access_token, url, "GET", undefined, undefined, { DPoP: handle });
  assert.equal(first.status, 200);
  for (const [place, options] of [[url, {}], [`${url}/other`, {}], [url, { method: "POST" }]]) {
    const repeated = await fetch(place, { ...options, headers });
    assert.equal(repeated.status, 401);
    assert.match(repeated.headers.get("www-authenticate"), /invalid_dpop_proof/);
  }
});

test("a suspended tenant's gate is shut, and opens again", async () => {
  const paused = await makeTenant({ policy: { data_origin: origin.url } });
  const headers = { authorization: `Bearer ${await bearerToken(paused)}` };
  const status = async () => (await fetch(`${paused.issuer}/gate/x`, { headers })).status;
  assert.equal(await status(), 200);
  await operator("POST", `/tenants/${paused.slug}/suspend`, {}, 200);
  await until("a shut gate", async () => (await status()) === 403);
  await operator("POST", `/tenants/${paused.slug}/resume`, {}, 200);
  await until("an open gate", async () => (await status()) === 200);
});

test("a revoked device is turned away", async () => {
  const one = await makeTenant({ policy: { data_origin: origin.url } });
  const headers = { authorization: `Bearer ${await bearerToken(one)}` };
  const [device] = await one.devices();
  await operator("POST", `/tenants/${one.slug}/devices/${device.id}/revoke`, {}, 204);
  await until("a 401", async () => (await fetch(`${one.issuer}/gate/x`, { headers })).status === 401);
});
