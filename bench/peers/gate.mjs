// The gate in JavaScript: Hono and jose, with the same checks and the same cached copies as Tegata's gate.

import { Hono } from "hono";
import { SignJWT, createLocalJWKSet, importJWK, jwtVerify } from "jose";
import { Copies, seconds } from "./copies.mjs";
import { ProofError, checkProof, hash } from "./dpop.mjs";

const MAX_BODY = 100 * 1024 * 1024;
const ORIGIN_TIMEOUT = 30_000;
const PROOF_WINDOW = 60;
const MOST_TOKENS = 4096;
const MOST_PROOFS = 250_000;
const LEEWAY = 5;

const directory = new Copies(10);
const revocations = new Copies(10);
const keySet = new Copies(300);

class Shut extends Error {
  constructor(status, challenge, detail) {
    super(detail);
    this.status = status;
    this.challenge = challenge;
  }
}

const noToken = () => new Shut(401, `DPoP algs="ES256 EdDSA", Bearer`, "send an access token of this tenant");
const badToken = (why) => new Shut(401, `DPoP algs="ES256 EdDSA", error="invalid_token", error_description="${why}"`, why);
const badProof = (why) => new Shut(401, `DPoP algs="ES256 EdDSA", error="invalid_dpop_proof", error_description="${why}"`, why);

// ---- tokens ---------------------------------------------------------------------------------------------------------

const tokens = new Map();
let jwks;

async function keysOf(env) {
  const published = await keySet.read(env.KEYS, "jwks");
  if (jwks?.published !== published) {
    jwks = { published, find: createLocalJWKSet({ keys: published.keys.filter((key) => key.tegata_use === "token") }) };
  }
  return jwks.find;
}

async function verified(env, issuer, token) {
  let known = tokens.get(token);
  if (known === undefined) {
    try {
      const { payload } = await jwtVerify(token, await keysOf(env), {
        algorithms: ["EdDSA"],
        typ: "at+jwt",
        issuer,
        audience: `${issuer}/gate`,
        clockTolerance: LEEWAY,
      });
      known = { claims: payload, ath: undefined, identity: undefined, identityOrigin: undefined };
    } catch {
      throw badToken("the access token is not valid here, or has expired");
    }
    if (tokens.size >= MOST_TOKENS) tokens.clear();
    tokens.set(token, known);
  }
  if (known.claims.iss !== issuer || seconds() >= known.claims.exp) throw badToken("the access token has expired");
  return known;
}

// ---- proofs ---------------------------------------------------------------------------------------------------------

let current = new Set();
let previous = new Set();
let since = 0;

/** Records a proof; false if it was seen before. Two sets, each covering one window, make old proofs expire. */
function isNew(jti) {
  const now = seconds();
  const width = 2 * PROOF_WINDOW + 2;
  if (now - since >= width) {
    previous = now - since < 2 * width ? current : new Set();
    current = new Set();
    since = now;
  }
  if (current.has(jti) || previous.has(jti)) return false;
  if (current.size >= MOST_PROOFS) throw new Shut(429, undefined, "too many proofs");
  current.add(jti);
  return true;
}

// ---- identity -------------------------------------------------------------------------------------------------------

let signer;

function signingKey(env) {
  if (signer === undefined) {
    const jwk = JSON.parse(env.SIGNING_KEY);
    signer = importJWK(jwk, "EdDSA").then((key) => ({ key, header: { alg: "EdDSA", typ: "tegata-identity+jwt", kid: jwk.kid } }));
  }
  return signer;
}

async function identity(env, known, origin) {
  if (known.identityOrigin === origin) return known.identity;
  const { key, header } = await signingKey(env);
  const { iss, sub, jti, name, email, exp } = known.claims;
  const claims = { iss, aud: origin, sub, jti, name, email, iat: seconds(), exp };
  known.identity = await new SignJWT(claims).setProtectedHeader(header).sign(key);
  known.identityOrigin = origin;
  return known.identity;
}

// ---- forwarding -----------------------------------------------------------------------------------------------------

const droppedFromRequest = new Set([
  "authorization", "dpop", "cookie", "host", "content-length", "connection", "keep-alive", "proxy-authenticate", "proxy-authorization",
  "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "forwarded", "x-real-ip", "x-client-ip", "true-client-ip",
  "x-original-url", "x-rewrite-url",
]);
const droppedFromResponse = [
  "connection", "keep-alive", "proxy-authenticate", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
  "set-cookie", "set-cookie2", "clear-site-data", "strict-transport-security", "service-worker-allowed", "alt-svc",
  "public-key-pins", "www-authenticate", "nel", "report-to", "reporting-endpoints", "accept-ch", "critical-ch",
];

function isDropped(written) {
  const name = written.includes("_") ? written.replaceAll("_", "-") : written;
  return droppedFromRequest.has(name) || name.startsWith("tegata-") || name.startsWith("x-forwarded-") || name.startsWith("cf-");
}

function namedByConnection(headers) {
  return headers.get("connection")?.split(",").map((name) => name.trim().toLowerCase()) ?? [];
}

function bounded(body) {
  let size = 0;
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > MAX_BODY) controller.error(new Error("too large"));
        else controller.enqueue(chunk);
      },
    }),
  );
}

async function forward(request, url, identityHeaders) {
  const headers = new Headers();
  const hops = namedByConnection(request.headers);
  for (const [name, value] of request.headers) {
    if (!isDropped(name) && !hops.includes(name)) headers.append(name, value);
  }
  for (const name in identityHeaders) headers.set(name, identityHeaders[name]);
  const body = request.body !== null && !request.headers.has("content-length") ? bounded(request.body) : request.body;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ORIGIN_TIMEOUT);
  try {
    const response = await fetch(url, { method: request.method, headers, body, redirect: "manual", cache: "no-store", signal: abort.signal });
    const answer = new Response(response.body, response);
    for (const name of namedByConnection(answer.headers)) answer.headers.delete(name);
    for (const name of droppedFromResponse) answer.headers.delete(name);
    answer.headers.set("content-security-policy", "sandbox");
    answer.headers.set("x-content-type-options", "nosniff");
    return answer;
  } catch {
    throw new Shut(abort.signal.aborted ? 504 : 502, undefined, "the data origin does not respond");
  } finally {
    clearTimeout(timer);
  }
}

// ---- the route ------------------------------------------------------------------------------------------------------

const app = new Hono();

app.all("/t/:slug/gate/*", async (c) => {
  const env = c.env;
  const request = c.req.raw;
  const slug = c.req.param("slug");
  const issuer = `${env.EDGE_URL}/t/${slug}`;
  const authorization = request.headers.get("authorization") ?? "";
  const space = authorization.indexOf(" ");
  const scheme = authorization.slice(0, space).toLowerCase();
  const token = authorization.slice(space + 1);
  if (space < 0 || (scheme !== "dpop" && scheme !== "bearer")) throw noToken();
  const known = await verified(env, issuer, token);
  const bound = known.claims.cnf?.jkt;
  if ((bound !== undefined) !== (scheme === "dpop")) throw badToken("the access token is for the other scheme");
  if (bound !== undefined) {
    const text = request.headers.get("dpop");
    if (text === null) throw badProof("the DPoP proof is missing");
    known.ath ??= await hash(token);
    const proof = await checkProof(text, { method: request.method, url: env.EDGE_URL + c.req.path, window: PROOF_WINDOW, ath: known.ath });
    if (proof.jkt !== bound) throw badProof("the DPoP proof was made with another key");
    if (!isNew(proof.jti)) throw badProof("the DPoP proof was used before");
  }
  const entry = await directory.read(env.DIRECTORY, `tenant/${slug}`);
  if (entry === undefined) throw badToken("the access token is not valid here");
  if (entry.state === "suspended") throw new Shut(403, undefined, "the tenant is suspended");
  const { devices } = await revocations.read(env.REVOCATIONS, `tenant/${slug}`, { devices: [] });
  if (devices.some(([id]) => id === known.claims.sub)) throw badToken("the device was revoked");
  if (entry.data_origin === null) throw new Shut(502, undefined, "the tenant has no data origin");
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY) throw new Shut(413, undefined, "the body is too large");
  const rest = request.url.slice(request.url.indexOf("/gate/") + 5);
  return forward(request, entry.data_origin + rest, {
    "tegata-tenant": slug,
    "tegata-device": known.claims.sub,
    "tegata-identity": await identity(env, known, entry.data_origin),
  });
});

app.onError((error, c) => {
  if (error instanceof ProofError) error = badProof(error.message);
  if (!(error instanceof Shut)) throw error;
  if (error.challenge !== undefined) c.header("www-authenticate", error.challenge);
  return c.json({ status: error.status, detail: error.message }, error.status);
});

export default app;
