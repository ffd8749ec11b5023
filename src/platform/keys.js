// Signatures that the platform checks.

const ed25519 = { name: "Ed25519" };
const p256 = { name: "ECDSA", namedCurve: "P-256" };
const ecdsa = { name: "ECDSA", hash: "SHA-256" };
const imported = new Map();

async function verifyFirst(jwk, input, signature) {
  const parsed = JSON.parse(jwk);
  const [form, algorithm] = parsed.kty === "EC" ? [p256, ecdsa] : [ed25519, ed25519];
  const key = await crypto.subtle.importKey("jwk", parsed, form, false, ["verify"]);
  if (imported.size >= 4096) imported.clear();
  // The algorithm is kept beside the key, whose own would be made anew at each look.
  imported.set(jwk, { key, algorithm });
  return crypto.subtle.verify(algorithm, key, signature, input);
}

/**
 * Promises whether `signature` over `input` is that of the key; it fails for what is no key. Both bytes are the module's
 * memory, good until the first wait. On the hot path this is the platform's own promise, with none of ours around it.
 */
export function verify(jwk, input, signature) {
  const known = imported.get(jwk);
  return known === undefined
    ? verifyFirst(jwk, input.slice(), signature.slice())
    : crypto.subtle.verify(known.algorithm, known.key, signature, input);
}

const signing = new Map();
// What stands before the seed in a private Ed25519 key (RFC 8410, section 7).
const pkcs8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

async function signFirst(kid, seed, input) {
  const key = await crypto.subtle.importKey("pkcs8", new Uint8Array([...pkcs8, ...seed]), ed25519, false, ["sign"]);
  if (signing.size >= 16) signing.clear();
  signing.set(kid, key);
  return crypto.subtle.sign(ed25519, key, input);
}

/**
 * Promises the signature, an `ArrayBuffer`, of the key `kid`, whose seed is given, over `input`. Both bytes are the module's
 * memory, good until the first wait.
 */
export function sign(kid, seed, input) {
  const key = signing.get(kid);
  return key === undefined ? signFirst(kid, seed.slice(), input.slice()) : crypto.subtle.sign(ed25519, key, input);
}

/** Promises what a library finds in an authenticator's answer (passkeys.js); it is loaded when it is first needed. */
export async function checkPasskey(text) {
  const { check } = await import("passkeys");
  return check(text);
}
