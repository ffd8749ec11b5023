// What the browser does with passkeys (WebAuthn level 3). It reads the server's documents and writes its own; browsers that
// cannot have no passkeys here.

import { Problem } from "./problem";
import type { PasskeyCreation, PasskeyCredential, PasskeyRequest } from "./types";

export const PASSKEYS =
  typeof PublicKeyCredential === "function" && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function";

/** What went wrong, where the reader can do something about it; the browser has told them the rest. */
const CODES: Record<string, string> = {
  NotAllowedError: "passkey-unused",
  AbortError: "passkey-unused",
  InvalidStateError: "passkey-known",
  SecurityError: "passkey-host",
};

async function answered(asked: Promise<Credential | null>): Promise<PasskeyCredential> {
  try {
    const credential = await asked;
    // The API's document does not describe what browsers make.
    if (credential instanceof PublicKeyCredential) return credential.toJSON() as unknown as PasskeyCredential;
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    throw new Problem(0, CODES[name] ?? "failed", { detail: String(error) });
  }
  throw new Problem(0, "passkey-unused");
}

/** Has a passkey made. */
export function make(options: PasskeyCreation): Promise<PasskeyCredential> {
  const json = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return answered(navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) }));
}

/** Has a challenge signed. */
export function sign(options: PasskeyRequest): Promise<PasskeyCredential> {
  const json = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return answered(navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) }));
}
