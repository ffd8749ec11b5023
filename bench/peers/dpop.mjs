// DPoP proofs (RFC 9449) with jose, shared by the peer's gate and token endpoint.

import { calculateJwkThumbprint, compactVerify, importJWK } from "jose";
import { seconds } from "./copies.mjs";

const MOST_KEYS = 4096;
const MAX_PROOF = 4096;
const ALGORITHMS = { algorithms: ["ES256", "EdDSA"] };

const keys = new Map();
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The imported key of a proof's header with its thumbprint, cached because importing is the expensive part. */
function knownKey({ alg, jwk }) {
  if (jwk === undefined || jwk.d !== undefined || jwk.k !== undefined) throw new ProofError("malformed");
  const { kty, crv, x, y } = jwk;
  if (!((alg === "ES256" && kty === "EC" && crv === "P-256") || (alg === "EdDSA" && kty === "OKP" && crv === "Ed25519"))) {
    throw new ProofError("algorithm");
  }
  const name = `${crv}.${x}.${y}`;
  let known = keys.get(name);
  if (known === undefined) {
    if (keys.size >= MOST_KEYS) keys.clear();
    const bare = kty === "EC" ? { kty, crv, x, y } : { kty, crv, x };
    known = Promise.all([importJWK(bare, alg), calculateJwkThumbprint(bare)]).then(([key, jkt]) => ({ key, jkt }));
    keys.set(name, known);
    known.catch(() => keys.delete(name));
  }
  return known;
}

export class ProofError extends Error {}

/** Checks everything about a proof except whether it is new. Returns its key's thumbprint, its id and its time. */
export async function checkProof(text, { method, url, window, ath }) {
  if (text.length > MAX_PROOF) throw new ProofError("malformed");
  let known;
  let verified;
  try {
    verified = await compactVerify(text, async (header) => (known = await knownKey(header)).key, ALGORITHMS);
  } catch (error) {
    throw error instanceof ProofError ? error : new ProofError("signature");
  }
  if (verified.protectedHeader.typ !== "dpop+jwt") throw new ProofError("malformed");
  const { jti, htm, htu, iat, ath: shown } = JSON.parse(decoder.decode(verified.payload));
  if (typeof jti !== "string" || jti === "" || jti.length > 256 || typeof iat !== "number") throw new ProofError("malformed");
  if (htm !== method || !sameTarget(htu, url)) throw new ProofError("other request");
  if (Math.abs(seconds() - iat) > window) throw new ProofError("time");
  if (ath !== undefined && shown !== ath) throw new ProofError("other token");
  return { jkt: known.jkt, jti: `${known.jkt}.${jti}`, iat };
}

function sameTarget(left, right) {
  if (left === right) return true;
  const bare = (text) => {
    const url = new URL(text);
    url.search = url.hash = "";
    return url.href;
  };
  try {
    return bare(left) === bare(right);
  } catch {
    return false;
  }
}

/** SHA-256 in base64url. */
export async function hash(text) {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text))));
}

/** Bytes in base64url without padding. */
export function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
