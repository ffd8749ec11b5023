// Checks what authenticators answer (WebAuthn level 3, sections 7.1 and 7.2), with a library. Loaded when the first passkey
// is shown; until then it is parsed, and no more. Challenges, counters and accounts are the tenant's object's (domain/src/passkey.rs).

import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { decodeAttestationObject, isoBase64URL } from "@simplewebauthn/server/helpers";

/** COSE's numbers of the signatures that were asked for (domain/src/passkey/options.rs). */
const ALGORITHMS = [-7, -8, -257];

/** Where the answer has to come from, and that a verified user gave it. */
function expected({ challenge, origin, rp_id }) {
  return { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rp_id, requireUserVerification: true };
}

/** Whether a credential may be copied to other devices, and was. */
const sync = ({ credentialDeviceType, credentialBackedUp }) => ({
  can_sync: credentialDeviceType === "multiDevice",
  synced: credentialBackedUp,
});

/**
 * Whether a new credential comes without its maker's certificates. None are asked for, so a browser takes them out; and
 * checking those that somebody made up would fetch what is written in them.
 */
function withoutCertificates({ response }) {
  const object = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format = object.get("fmt");
  return format === "none" || (format === "packed" && object.get("attStmt").get("x5c") === undefined);
}

async function attested(ceremony) {
  const { credential: response } = ceremony;
  if (!withoutCertificates(response)) return undefined;
  const options = { response, ...expected(ceremony), supportedAlgorithmIDs: ALGORITHMS };
  const { verified, registrationInfo: found } = await verifyRegistrationResponse(options);
  if (!verified) return undefined;
  const { id, publicKey, counter } = found.credential;
  const { transports } = response.response;
  const named = Array.isArray(transports) ? transports.filter((transport) => typeof transport === "string") : [];
  return { credential: id, public_key: isoBase64URL.fromBuffer(publicKey), counter, transports: named, ...sync(found) };
}

async function asserted(ceremony) {
  const { credential: response, public_key: key } = ceremony;
  // The counter before is not told: whether it went forward is decided where it is stored.
  const credential = { id: response.id, publicKey: isoBase64URL.toBuffer(key), counter: 0 };
  const { verified, authenticationInfo: found } = await verifyAuthenticationResponse({ response, ...expected(ceremony), credential });
  if (!verified) return undefined;
  return { against: key, counter: found.newCounter, user_handle: response.response.userHandle ?? null, ...sync(found) };
}

/** Promises what was found as JSON; undefined where the answer is wrong, whatever is wrong with it. */
export async function check(text) {
  const ceremony = JSON.parse(text);
  try {
    const found = await (ceremony.public_key === null ? attested(ceremony) : asserted(ceremony));
    return found && JSON.stringify(found);
  } catch {
    return undefined;
  }
}
