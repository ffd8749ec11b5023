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

/** Promises what a library finds in an authenticator's answer (passkeys.js); it is loaded when it is first needed. */
export async function checkPasskey(text) {
  const { check } = await import("passkeys");
  return check(text);
}
