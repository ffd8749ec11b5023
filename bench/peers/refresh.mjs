// The refresh grant in JavaScript: Hono in front, a Durable Object with SQL behind, and the same rows as Tegata's.

import { DurableObject } from "cloudflare:workers";
import { Hono } from "hono";
import { SignJWT, importJWK } from "jose";
import { seconds } from "./copies.mjs";
import { ProofError, base64url, checkProof, hash } from "./dpop.mjs";

const LIFE = 600;
const PROOF_WINDOW = 300;
const RETRY_WINDOW = 60;
const SPENT_MEMORY = 200;
const SWEEP_EVERY = 256;

const random = (length) => base64url(crypto.getRandomValues(new Uint8Array(length)));

export class Tenant extends DurableObject {
  #writes = 0;

  constructor(state, env) {
    super(state, env);
    this.sql = state.storage.sql;
    this.sql.exec(`
      CREATE TABLE IF NOT EXISTS device (id TEXT PRIMARY KEY, revoked_at INTEGER, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS device_revoked_at ON device (revoked_at) WHERE revoked_at IS NOT NULL;
      CREATE TABLE IF NOT EXISTS spent_refresh (device TEXT NOT NULL, generation INTEGER NOT NULL, hash TEXT NOT NULL,
        PRIMARY KEY (device, generation)) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS dpop_proof (jti TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    `);
  }

  /** Adds devices in the state that a registration leaves them in. */
  seed(records) {
    for (const record of records) {
      this.sql.exec("INSERT INTO device (id, revoked_at, record) VALUES (?, NULL, ?)", record.id, JSON.stringify(record));
    }
  }

  /** Rotates a device's refresh token; returns the claims of the access token, or the OAuth error. */
  refresh(command) {
    return this.ctx.storage.transactionSync(() => {
      const [row] = this.sql.exec("SELECT record FROM device WHERE id = ?", command.device).toArray();
      if (row === undefined) return { error: "invalid_grant" };
      const device = JSON.parse(row.record);
      const now = seconds();
      if (device.client_id !== command.clientId || device.revoked_at !== null) return { error: "invalid_grant" };
      if (device.expires_at !== null && now >= device.expires_at) return { error: "invalid_grant" };
      const { jkt } = device.applicant;
      if (jkt !== null && command.proof?.jkt !== jkt) return { error: "invalid_dpop_proof" };
      if (command.proof !== undefined && !this.#firstUse(command.proof, now)) return { error: "invalid_dpop_proof" };
      const spent = rotate(device.refresh, command.token, command.next, now);
      if (spent === undefined) return this.#reused(device, command.token, now);
      this.#save(device);
      if (spent !== null) this.#spend(device, spent);
      const { applicant, client_id, scope, expires_at } = device;
      const exp = expires_at === null ? now + LIFE : Math.min(expires_at, now + LIFE);
      return { claims: { sub: device.id, client_id, scope, iat: now, exp, jkt, name: applicant.name, email: applicant.email } };
    });
  }

  #firstUse({ jti, iat }, now) {
    if (++this.#writes % SWEEP_EVERY === 0) this.sql.exec("DELETE FROM dpop_proof WHERE expires_at < ?", now);
    const end = Math.max(iat + PROOF_WINDOW + 1, now);
    return this.sql.exec("INSERT INTO dpop_proof (jti, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING 1", jti, end).toArray().length === 1;
  }

  #save(device) {
    this.sql.exec(
      `INSERT INTO device (id, revoked_at, record) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET revoked_at = excluded.revoked_at, record = excluded.record`,
      device.id,
      device.revoked_at,
      JSON.stringify(device),
    );
  }

  #spend(device, spent) {
    const { generation } = device.refresh;
    this.sql.exec("INSERT INTO spent_refresh (device, generation, hash) VALUES (?, ?, ?)", device.id, generation, spent);
    if (generation % 64 === 0) {
      this.sql.exec("DELETE FROM spent_refresh WHERE device = ? AND generation < ?", device.id, generation - SPENT_MEMORY);
    }
  }

  /** Reuse of a spent token revokes the family. */
  #reused(device, token, now) {
    const known =
      device.refresh.previous === token ||
      this.sql.exec("SELECT 1 FROM spent_refresh WHERE device = ? AND hash = ?", device.id, token).toArray().length > 0;
    if (known) this.#save({ ...device, revoked_at: now });
    return { error: "invalid_grant" };
  }
}

/** The token that is now spent (null if there was none), or undefined if `token` is invalid. */
function rotate(family, token, next, now) {
  if (family.current === token) {
    const spent = family.previous;
    family.previous = family.current;
    family.current = next;
    family.rotated_at = now;
    family.generation += 1;
    return spent;
  }
  if (family.previous === token && now - family.rotated_at <= RETRY_WINDOW) {
    const spent = family.current;
    family.current = next;
    family.generation += 1;
    return spent;
  }
  return undefined;
}

let signer;

function signingKey(env) {
  if (signer === undefined) {
    const jwk = JSON.parse(env.SIGNING_KEY);
    signer = importJWK(jwk, "EdDSA").then((key) => ({ key, header: { alg: "EdDSA", typ: "at+jwt", kid: jwk.kid } }));
  }
  return signer;
}

const object = (env, slug) => env.TENANT.get(env.TENANT.idFromName(slug));

const app = new Hono();

app.post("/t/:slug/seed", async (c) => {
  await object(c.env, c.req.param("slug")).seed(await c.req.json());
  return c.body(null, 204);
});

app.post("/t/:slug/oauth/token", async (c) => {
  const env = c.env;
  const slug = c.req.param("slug");
  const issuer = `${env.EDGE_URL}/t/${slug}`;
  if (!c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded")) return c.json({ error: "invalid_request" }, 400);
  const text = await c.req.text();
  if (text.length > 16 * 1024) return c.json({ error: "invalid_request" }, 413);
  const form = new URLSearchParams(text);
  const token = form.get("refresh_token") ?? "";
  if (form.get("grant_type") !== "refresh_token") return c.json({ error: "unsupported_grant_type" }, 400);
  if (!/^tg_rt_[A-Za-z0-9_-]{65}$/.test(token)) return c.json({ error: "invalid_grant" }, 400);
  const device = token.slice(6, 28);
  const next = `tg_rt_${device}${random(32)}`;
  const shown = c.req.header("dpop");
  const [hashed, nextHashed, proof] = await Promise.all([
    hash(token),
    hash(next),
    shown === undefined ? undefined : checkProof(shown, { method: "POST", url: `${issuer}/oauth/token`, window: PROOF_WINDOW }),
  ]);
  const command = { device, clientId: form.get("client_id"), token: hashed, next: nextHashed, proof };
  const { error, claims } = await object(env, slug).refresh(command);
  if (error !== undefined) return c.json({ error }, 400);
  const { jkt, ...rest } = claims;
  const payload = { ...rest, iss: issuer, aud: `${issuer}/gate`, jti: random(12), ...(jkt === null ? {} : { cnf: { jkt } }) };
  const { key, header } = await signingKey(env);
  const granted = {
    access_token: await new SignJWT(payload).setProtectedHeader(header).sign(key),
    token_type: jkt === null ? "Bearer" : "DPoP",
    expires_in: claims.exp - claims.iat,
    refresh_token: next,
    scope: claims.scope,
  };
  return c.json(granted, 200, { "cache-control": "no-store", pragma: "no-cache" });
});

app.onError((error, c) => {
  if (error instanceof ProofError) return c.json({ error: "invalid_dpop_proof" }, 400);
  throw error;
});

export default app;
