// Checks a receipt (B3) as a stranger would: with jose and the public keys only.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { compactVerify, decodeProtectedHeader, importJWK } from "jose";

import { edgeUrl } from "./edge.mjs";

/** The claims of a receipt whose signature and statement hash are valid. */
export async function verifyReceipt(receipt) {
  const { alg, typ, kid } = decodeProtectedHeader(receipt);
  assert.deepEqual([alg, typ], ["EdDSA", "tegata-receipt+jwt"]);
  const { keys } = await (await fetch(`${edgeUrl}/.well-known/jwks.json`)).json();
  const jwk = keys.find((key) => key.kid === kid);
  assert.equal(jwk.tegata_use, "receipt");
  const { payload } = await compactVerify(receipt, await importJWK(jwk, "EdDSA"));
  const claims = JSON.parse(new TextDecoder().decode(payload));
  assert.equal(claims.text.sha256, createHash("sha256").update(claims.text.statement).digest("base64url"));
  return claims;
}
