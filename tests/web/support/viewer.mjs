// A Viewer and a resource server, built from stock libraries: openid-client for the protocol, jose for the tokens.

import { createRemoteJWKSet, jwtVerify } from "jose";
import * as oauth from "openid-client";

import { edgeUrl } from "./edge.mjs";

// The edge under test is on loopback, without TLS.
const options = { algorithm: "oauth2", execute: [oauth.allowInsecureRequests] };

/** The tenant's issuer as a public client sees it. */
export function viewerOf(tenant) {
  return oauth.discovery(new URL(tenant.issuer), "viewer", undefined, oauth.None(), options);
}

/** The tenant's issuer as its resource server sees it. */
export function resourceServerOf(tenant, secret) {
  return oauth.discovery(new URL(tenant.issuer), "data-server", secret, oauth.ClientSecretBasic(secret), options);
}

/** A new DPoP key, and the thumbprint that binds a registration to it from the start. */
export async function dpopKey(config, algorithm = "ES256") {
  const handle = oauth.getDPoPHandle(config, await oauth.randomDPoPKeyPair(algorithm));
  return { handle, jkt: await handle.calculateThumbprint() };
}

/** Checks an access token as a resource server would, with only the metadata. */
export async function verifyAccessToken(config, token) {
  const { issuer, jwks_uri: keys } = config.serverMetadata();
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(keys)), {
    issuer, audience: `${issuer}/gate`, typ: "at+jwt", algorithms: ["EdDSA"],
    requiredClaims: ["sub", "client_id", "iat", "exp", "jti", "scope"],
  });
  return payload;
}

/** Checks an identity header as a data origin would. */
export async function verifyIdentity(tenant, origin, token) {
  const keys = createRemoteJWKSet(new URL(`${edgeUrl}/.well-known/jwks.json`));
  const { payload } = await jwtVerify(token, keys, {
    issuer: tenant.issuer, audience: origin, typ: "tegata-identity+jwt", algorithms: ["EdDSA"],
  });
  return payload;
}

/** An unbound access token of an approved Viewer. */
export async function bearerToken(tenant) {
  const response = await tenant.redeem(await tenant.approved());
  const { access_token: token } = await response.json();
  return token;
}
