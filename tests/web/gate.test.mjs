// The gate (K5) between a Viewer and the tenant's data origin: which requests it forwards, and which headers it removes
// in both directions. The test runs its own data origin, so it sees both sides of the gate.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as oauth from "openid-client";

import { operator, until } from "./support/edge.mjs";
import { openGate } from "./support/gate.mjs";
import { startOrigin } from "./support/origin.mjs";
import { makeTenant } from "./support/tenant.mjs";
import { bearerToken, dpopKey, viewerOf } from "./support/viewer.mjs";

let gate;
before(async () => {
  gate = await openGate({
    "/here": (request, response) =>
      response.writeHead(201, {
        location: `http://${request.headers.host}/machines/7?a=1`, "content-location": "/machines/7", refresh: "5; url=next",
      }).end(),
    "/deep/here": (_, response) => response.writeHead(302, { location: "there" }).end(),
    "/redirect": (_, response) => response.writeHead(307, { location: "https://elsewhere.example/next?a=1" }).end(),
    "/speaks-for-the-host": (_, response) =>
      response.writeHead(200, {
        "set-cookie": "session=1", "strict-transport-security": "max-age=1", "clear-site-data": '"cookies"',
        "www-authenticate": "Basic", etag: '"seven"', "x-machine": "cnc-07",
      }).end("body"),
    "/teapot": (_, response) => response.writeHead(418, { "content-type": "text/plain" }).end("short and stout"),
    "/hangs-up": (incoming) => incoming.socket.destroy(),
  });
});
after(() => gate.origin.stop());

test("without a token of this tenant nothing reaches the origin", async () => {
  const other = await makeTenant({ policy: { data_origin: gate.origin.url } });
  for (const authorization of ["", "Bearer nonsense", `Bearer ${await bearerToken(other)}`, `Basic ${btoa("a:b")}`, `DPoP ${gate.bearer}`]) {
    const response = await gate.fetch("/x", { headers: { authorization } });
    assert.equal(response.status, 401, authorization);
    assert.match(response.headers.get("www-authenticate"), /DPoP .*Bearer/);
  }
});

test("the origin's root is behind the gate like every other path", async () => {
  const response = await gate.fetch("/");
  assert.equal(response.status, 200);
  assert.equal((await response.json()).url, "/");
});

test("hop-by-hop headers, credentials and forged identity headers are removed", async () => {
  const answer = await gate.raw("/machines.json?q=%E9%9D%92&q=2", {
    "keep-alive": "timeout=5", te: "trailers", "proxy-authorization": "Basic YTpi", cookie: "a=b", dpop: "proof",
    forwarded: "for=192.0.2.1", "x-forwarded-for": "192.0.2.1", "tegata-device": "someone-else", "Tegata-Tenant": "other",
    "tegata-identity": "forged", tegata_device: "folded", "tegata-new": "1",
    accept: "application/json", "x-request-id": "r-1", "if-none-match": '"six"', range: "bytes=0-9",
  });
  assert.equal(answer.status, 200, answer.text);
  const seen = JSON.parse(answer.text);
  assert.equal(seen.url, "/machines.json?q=%E9%9D%92&q=2");
  const gone = ["authorization", "dpop", "cookie", "te", "keep-alive", "proxy-authorization", "forwarded", "x-forwarded-for",
    "tegata_device", "tegata-new"];
  assert.deepEqual(gone.filter((name) => name in seen.headers), []);
  assert.equal(seen.headers["tegata-tenant"], gate.tenant.slug);
  const [device] = await gate.tenant.devices();
  assert.equal(seen.headers["tegata-device"], device.id);
  assert.match(seen.headers["tegata-identity"], /^[\w-]+\.[\w-]+\.[\w-]+$/);
  assert.equal(seen.headers.host, new URL(gate.origin.url).host);
  for (const [name, value] of [["accept", "application/json"], ["x-request-id", "r-1"], ["if-none-match", '"six"'], ["range", "bytes=0-9"]]) {
    assert.equal(seen.headers[name], value, name);
  }
});

test("a response keeps its status and headers, but cannot act for the edge's host", async () => {
  const teapot = await gate.fetch("/teapot");
  assert.deepEqual([teapot.status, await teapot.text()], [418, "short and stout"]);

  const answer = await gate.fetch("/speaks-for-the-host");
  for (const name of ["set-cookie", "strict-transport-security", "clear-site-data", "www-authenticate"]) {
    assert.equal(answer.headers.get(name), null, name);
  }
  assert.deepEqual([answer.headers.get("etag"), answer.headers.get("x-machine")], ['"seven"', "cnc-07"]);
});

test("a redirect of the origin is passed on, not followed", async () => {
  const response = await gate.fetch("/redirect");
  assert.equal(response.status, 307);
  assert.equal(response.headers.get("location"), "https://elsewhere.example/next?a=1");
});

test("references from the origin are rewritten for the outside", async () => {
  const outer = `${gate.tenant.issuer}/gate`;
  const made = await gate.fetch("/here", { method: "POST" });
  assert.equal(made.status, 201);
  assert.deepEqual(["location", "content-location", "refresh"].map((name) => made.headers.get(name)),
    [`${outer}/machines/7?a=1`, `${outer}/machines/7`, `5; url=${outer}/next`]);
  const moved = await gate.fetch("/deep/here");
  assert.deepEqual([moved.status, moved.headers.get("location")], [302, `${outer}/deep/there`]);
});

test("every method passes with its body, and HEAD without one", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const seen = await (await gate.fetch("/x", { method, body: "本文" })).json();
    assert.deepEqual([seen.method, seen.bytes], [method, 6]);
  }
  const head = await gate.fetch("/x", { method: "HEAD" });
  assert.deepEqual([head.status, await head.text()], [200, ""]);
});

test("an origin that hangs up or is down gives 502", async () => {
  const hung = await gate.fetch("/hangs-up");
  assert.deepEqual([hung.status, (await hung.json()).code], [502, "origin-unreachable"]);

  const gone = await startOrigin();
  await gone.stop();
  const lost = await makeTenant({ policy: { data_origin: gone.url } });
  const headers = { authorization: `Bearer ${await bearerToken(lost)}` };
  assert.equal((await fetch(`${lost.issuer}/gate/x`, { headers })).status, 502);
});

test("a tenant without a data origin has nothing behind its gate", async () => {
  const empty = await makeTenant();
  const headers = { authorization: `Bearer ${await bearerToken(empty)}` };
  const response = await fetch(`${empty.issuer}/gate/x`, { headers });
  assert.deepEqual([response.status, (await response.json()).code], [502, "no-data-origin"]);
});

test("no spelling of a parent path leaves the data origin's base", async () => {
  const based = await makeTenant({ policy: { data_origin: `${gate.origin.url}/base` } });
  const headers = { authorization: `Bearer ${await bearerToken(based)}` };
  for (const path of ["%2e%2e/secret", "a/.%2E/.%2e/secret", "a%5C..%5C..%5Csecret", "..%2fsecret"]) {
    const response = await fetch(`${based.issuer}/gate/${path}`, { headers });
    const text = await response.text();
    assert.ok(response.status === 400 || response.status === 404 || JSON.parse(text).url.startsWith("/base/"), `${path}: ${text}`);
  }
});

test("a proof opens the gate once, for its own request", async () => {
  const bound = await makeTenant({ policy: { data_origin: gate.origin.url } });
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

// The gate reads copies up to ten seconds old; the rest allows for a slow machine.
describe("what was decided elsewhere reaches the gate within its bound", { concurrency: true }, () => {
  const changes = [
    ["a suspended tenant's gate is shut", 403, ({ slug }) => operator("POST", `/tenants/${slug}/suspend`, {}, 200)],
    ["a revoked device is turned away", 401, async (tenant) => {
      const [device] = await tenant.devices();
      await operator("POST", `/tenants/${tenant.slug}/devices/${device.id}/revoke`, {}, 204);
    }],
  ];
  for (const [name, expected, change] of changes) {
    test(name, async () => {
      const tenant = await makeTenant({ policy: { data_origin: gate.origin.url } });
      const headers = { authorization: `Bearer ${await bearerToken(tenant)}` };
      const status = async () => (await fetch(`${tenant.issuer}/gate/x`, { headers })).status;
      assert.equal(await status(), 200);
      await change(tenant);
      await until(`a ${expected}`, async () => (await status()) === expected, 15);
    });
  }
});
