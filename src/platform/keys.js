// Signatures that the platform checks.

const ed25519 = { name: "Ed25519" };
const p256 = { name: "ECDSA", namedCurve: "P-256" };
const ecdsa = { name: "ECDSA", hash: "SHA-256" };
const imported = new Map();

async function importKey(jwk) {
  const parsed = JSON.parse(jwk);
  const key = await crypto.subtle.importKey("jwk", parsed, parsed.kty === "EC" ? p256 : ed25519, false, ["verify"]);
  if (imported.size >= 4096) imported.clear();
  imported.set(jwk, key);
  return key;
}

/** Whether `signature` over `input` is that of the key. Both bytes are the module's memory, good until the first wait. */
export async function verify(jwk, input, signature) {
  try {
    let key = imported.get(jwk);
    if (key === undefined) {
      [input, signature] = [input.slice(), signature.slice()];
      key = await importKey(jwk);
    }
    return await crypto.subtle.verify(key.algorithm.name === "ECDSA" ? ecdsa : ed25519, key, signature, input);
  } catch {
    return false;
  }
}

const signing = new Map();
// What stands before the seed in a private Ed25519 key (RFC 8410, section 7).
const pkcs8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/** The signature of the key `kid`, whose seed is given, over `input`. Both bytes are the module's memory, good until the first wait. */
export async function sign(kid, seed, input) {
  let key = signing.get(kid);
  if (key === undefined) {
    input = input.slice();
    key = await crypto.subtle.importKey("pkcs8", new Uint8Array([...pkcs8, ...seed]), ed25519, false, ["sign"]);
    if (signing.size >= 16) signing.clear();
    signing.set(kid, key);
  }
  return new Uint8Array(await crypto.subtle.sign(ed25519, key, input));
}

/** Promises what a library finds in an authenticator's answer (passkeys.js); it is loaded when it is first needed. */
export async function checkPasskey(text) {
  const { check } = await import("passkeys");
  return check(text);
}
