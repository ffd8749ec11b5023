// Verifies the responses of authenticators (WebAuthn level 3, sections 7.1 and 7.2) with a library. The library is only
// parsed until the first passkey is used. The tenant's object owns challenges, counters and accounts
// (domain/src/passkey.rs).

import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { decodeAttestationObject, isoBase64URL } from "@simplewebauthn/server/helpers";

/** COSE numbers of the requested signature algorithms (domain/src/passkey/options.rs). */
const ALGORITHMS = [-7, -8, -257];

/** The expected origin of the response; requires user verification. */
function expected({ challenge, origin, rp_id }) {
  return { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rp_id, requireUserVerification: true };
}

/** Whether a credential can be copied to other devices, and whether it has been. */
const sync = ({ credentialDeviceType, credentialBackedUp }) => ({
  can_sync: credentialDeviceType === "multiDevice",
  synced: credentialBackedUp,
});

/**
 * Whether a new credential comes without certificates of its manufacturer. None are requested, so browsers remove them;
 * verifying forged ones would fetch URLs written in them.
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
  // The previous counter is not passed in: the object that stores it checks that it increased.
  const credential = { id: response.id, publicKey: isoBase64URL.toBuffer(key), counter: 0 };
  const { verified, authenticationInfo: found } = await verifyAuthenticationResponse({ response, ...expected(ceremony), credential });
  if (!verified) return undefined;
  return { against: key, counter: found.newCounter, user_handle: response.response.userHandle ?? null, ...sync(found) };
}

/** Resolves to the result as JSON, or to undefined if the response is invalid for any reason. */
export async function check(text) {
  const ceremony = JSON.parse(text);
  try {
    const found = await (ceremony.public_key === null ? attested(ceremony) : asserted(ceremony));
    return found && JSON.stringify(found);
  } catch {
    return undefined;
  }
}
