// The authorization server, used by a stock OAuth client: discovery (RFC 8414), device grant (RFC 8628), DPoP (RFC
// 9449), refresh, introspection (RFC 7662) and revocation (RFC 7009). Only the page form and the mails are specific to
// Tegata.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as oauth from "openid-client";

import { edgeUrl, operator, postForm, until } from "./support/edge.mjs";
import { codeIn, linkIn, mailsTo } from "./support/mailbox.mjs";
import { startOrigin } from "./support/origin.mjs";
import { makeTenant } from "./support/tenant.mjs";
import { opening } from "./support/texts.mjs";
import { dpopKey, resourceServerOf, verifyAccessToken, verifyIdentity, viewerOf } from "./support/viewer.mjs";

let origin;
before(async () => (origin = await startOrigin()));
after(() => origin.stop());

const tenantWith = (policy) => makeTenant({ policy: { data_origin: origin.url, ...policy } });

/** The requester types both codes on the page from the device response. */
async function typeCodes(tenant, device) {
  const form = { user_code: device.user_code, activation_code: codeIn(await tenant.activationMail()), lang: "ja" };
  const page = await postForm(device.verification_uri, form);
  assert.equal(page.status, 200, await page.clone().text());
}

/** Device grant from the first request to the tokens, approved and activated while the client polls. */
async function deviceGrant(tenant, config, { DPoP, jkt, withCode = true } = {}) {
  const device = await oauth.initiateDeviceAuthorization(config, { ...tenant.applicant(), ...(jkt && { dpop_jkt: jkt }) });
  const polling = oauth.pollDeviceAuthorizationGrant(config, device, undefined, { DPoP });
  const acting = (async () => {
    await tenant.decide(await tenant.approvalLink(), { decision: "approve" });
    if (withCode) await typeCodes(tenant, device);
  })();
  const [tokens] = await Promise.all([polling, acting]);
  return tokens;
}

function throughGate(config, tenant, token, DPoP) {
  const url = new URL(`${tenant.issuer}/gate/machines.json?from=web`);
  return oauth.fetchProtectedResource(config, token, url, "GET", undefined, undefined, { DPoP });
}

test("device grant without DPoP, the codes typed at verification_uri, opens the gate", async () => {
  const tenant = await tenantWith();
  const config = await viewerOf(tenant);
  const tokens = await deviceGrant(tenant, config);

  assert.equal(tokens.token_type, "bearer");
  assert.equal(tokens.expires_in, 600);
  assert.equal(tokens.scope, "view");
  const claims = await verifyAccessToken(config, tokens.access_token);
  assert.equal(claims.client_id, "viewer");
  assert.equal(claims.cnf, undefined);

  const response = await throughGate(config, tenant, tokens.access_token);
  assert.equal(response.status, 200);
  const seen = await response.json();
  assert.equal(seen.url, "/machines.json?from=web");
  const identity = await verifyIdentity(tenant, origin.url, seen.headers["tegata-identity"]);
  assert.deepEqual(
    { sub: identity.sub, jti: identity.jti, name: identity.name, email: identity.email },
    { sub: claims.sub, jti: claims.jti, name: tenant.cast.requester, email: tenant.requesterEmail },
  );
});

for (const algorithm of ["ES256", "Ed25519"]) {
  test(`device grant with DPoP (${algorithm}): the tokens work with the PC's key and with no other`, async () => {
    const tenant = await tenantWith();
    const config = await viewerOf(tenant);
    const { handle, jkt } = await dpopKey(config, algorithm);
    const tokens = await deviceGrant(tenant, config, { DPoP: handle, jkt });

    assert.equal(tokens.token_type, "dpop");
    const claims = await verifyAccessToken(config, tokens.access_token);
    assert.deepEqual(claims.cnf, { jkt });
    assert.equal((await throughGate(config, tenant, tokens.access_token, handle)).status, 200);

    const stolen = await dpopKey(config);
    for (const thief of [undefined, stolen.handle]) {
      await assert.rejects(throughGate(config, tenant, tokens.access_token, thief), { status: 401 });
      await assert.rejects(oauth.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: thief }), {
        error: "invalid_dpop_proof",
      });
    }
    const renewed = await oauth.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: handle });
    assert.equal((await throughGate(config, tenant, renewed.access_token, handle)).status, 200);

    // A copy of the tokens cannot revoke the device; the PC can, with a proof of its key.
    await assert.rejects(oauth.tokenRevocation(config, renewed.refresh_token), { error: "invalid_dpop_proof" });
    assert.equal((await throughGate(config, tenant, renewed.access_token, handle)).status, 200);
    const url = new URL(config.serverMetadata().revocation_endpoint);
    const form = new URLSearchParams({ client_id: "viewer", token: renewed.refresh_token }).toString();
    const headers = new Headers({ "content-type": "application/x-www-form-urlencoded" });
    const given = await oauth.fetchProtectedResource(config, renewed.access_token, url, "POST", form, headers, { DPoP: handle });
    assert.equal(given.status, 200);
    const [device] = await tenant.devices();
    assert.equal(device.state, "revoked");
  });
}

test("a key first shown at the token endpoint binds the tokens too", async () => {
  const tenant = await tenantWith();
  const config = await viewerOf(tenant);
  const { handle, jkt } = await dpopKey(config);
  const tokens = await deviceGrant(tenant, config, { DPoP: handle });

  assert.equal(tokens.token_type, "dpop");
  assert.deepEqual((await verifyAccessToken(config, tokens.access_token)).cnf, { jkt });
});

test("under approval_only the approval is enough, and no code is mailed", async () => {
  const tenant = await tenantWith({ activation: "approval_only" });
  const config = await viewerOf(tenant);
  const tokens = await deviceGrant(tenant, config, { withCode: false });

  assert.equal((await throughGate(config, tenant, tokens.access_token)).status, 200);
  assert.deepEqual(await tenant.mailCounts(tenant.requesterEmail), [0]);
});

test("a refused device grant ends with access_denied", async () => {
  const tenant = await tenantWith();
  const config = await viewerOf(tenant);
  const device = await oauth.initiateDeviceAuthorization(config, tenant.applicant());
  const polling = oauth.pollDeviceAuthorizationGrant(config, device);
  const deciding = tenant.approvalLink().then((link) => tenant.decide(link, { decision: "refuse" }));

  await assert.rejects(polling, { error: "access_denied" });
  await deciding;
});

test("a client that polls and one that refreshes outlive a suspension", async () => {
  const tenant = await tenantWith({ activation: "approval_only" });
  const config = await viewerOf(tenant);
  const tokens = await deviceGrant(tenant, config, { withCode: false });
  const device = await oauth.initiateDeviceAuthorization(config, tenant.applicant({ email: `second@${tenant.slug}.example` }));
  await operator("POST", `/tenants/${tenant.slug}/suspend`, {}, 200);
  let polls = 0;
  config[oauth.customFetch] = async (...request) => {
    const response = await fetch(...request);
    // The tenant resumes between two polls of a client that knows nothing of the suspension.
    if (response.status === 503 && (polls += 1) === 1) await operator("POST", `/tenants/${tenant.slug}/resume`, {}, 200);
    return response;
  };
  const polling = oauth.pollDeviceAuthorizationGrant(config, device);
  await until("a poll while suspended", () => polls > 0);
  const isQuestion = (mail) => mail.subject.startsWith(opening(tenant.language, "mail-approval-subject"));
  const question = await until("the second question", async () => (await mailsTo(tenant.approver.email)).filter(isQuestion)[1]);
  await tenant.decide(linkIn(question, `${edgeUrl}/a/`), { decision: "approve" });
  assert.equal((await polling).scope, "view");

  await operator("POST", `/tenants/${tenant.slug}/suspend`, {}, 200);
  const refreshing = oauth.refreshTokenGrant(config, tokens.refresh_token);
  await assert.rejects(refreshing, (error) => !(error instanceof oauth.ResponseBodyError) && error.cause.status === 503);
  await operator("POST", `/tenants/${tenant.slug}/resume`, {}, 200);
  assert.ok((await oauth.refreshTokenGrant(config, tokens.refresh_token)).access_token);
});

test("a refresh token works once; using it again revokes the device", async () => {
  const tenant = await tenantWith();
  const config = await viewerOf(tenant);
  const first = await deviceGrant(tenant, config);
  const second = await oauth.refreshTokenGrant(config, first.refresh_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  const third = await oauth.refreshTokenGrant(config, second.refresh_token);

  await assert.rejects(oauth.refreshTokenGrant(config, first.refresh_token), { error: "invalid_grant" });
  await assert.rejects(oauth.refreshTokenGrant(config, third.refresh_token), { error: "invalid_grant" });
  const [device] = await tenant.devices();
  assert.equal(device.state, "revoked");
});

test("introspection with client_secret_basic tells a live token from a revoked one", async () => {
  const tenant = await tenantWith();
  const config = await viewerOf(tenant);
  const tokens = await deviceGrant(tenant, config);
  const { secret } = await operator("POST", `/tenants/${tenant.slug}/introspection-secret`, {}, 201);
  const server = await resourceServerOf(tenant, secret);

  const live = await oauth.tokenIntrospection(server, tokens.access_token);
  const claims = await verifyAccessToken(config, tokens.access_token);
  assert.equal(live.active, true);
  assert.deepEqual({ sub: live.sub, client_id: live.client_id, exp: live.exp, scope: live.scope },
    { sub: claims.sub, client_id: "viewer", exp: claims.exp, scope: "view" });
  assert.equal((await oauth.tokenIntrospection(server, tokens.refresh_token)).active, true);
  assert.deepEqual(await oauth.tokenIntrospection(server, "no-token-at-all"), { active: false });

  await oauth.tokenRevocation(config, tokens.refresh_token);
  assert.deepEqual(await oauth.tokenIntrospection(server, tokens.access_token), { active: false });
  assert.deepEqual(await oauth.tokenIntrospection(server, tokens.refresh_token), { active: false });
  await assert.rejects(oauth.refreshTokenGrant(config, tokens.refresh_token), { error: "invalid_grant" });
});

test("introspection needs the tenant's own secret", async () => {
  const [tenant, other] = await Promise.all([tenantWith(), tenantWith()]);
  const { secret } = await operator("POST", `/tenants/${other.slug}/introspection-secret`, {}, 201);
  for (const wrong of [secret, "tg_is_made-up"]) {
    await assert.rejects(async () => oauth.tokenIntrospection(await resourceServerOf(tenant, wrong), "any"), { status: 401 });
  }
});

test("metadata is the same at both well-known URLs, and names the requested issuer", async () => {
  const tenant = await tenantWith();
  const { origin: host, pathname } = new URL(tenant.issuer);
  const places = [`${host}/.well-known/oauth-authorization-server${pathname}`, `${tenant.issuer}/.well-known/oauth-authorization-server`];
  const [one, two] = await Promise.all(places.map(async (place) => (await fetch(place)).json()));
  assert.deepEqual(one, two);
  assert.equal(one.issuer, tenant.issuer);
  assert.ok(one.dpop_signing_alg_values_supported.includes("ES256"));
});
