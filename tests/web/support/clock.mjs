// The clocks of objects on the development edge, which tests move ahead.

import assert from "node:assert/strict";

import { edgeUrl } from "./edge.mjs";

/** Moves the clocks of these tenants to `seconds` ahead of the real time. Their next event goes by it. */
export async function moveClocks(seconds, ...slugs) {
  for (const slug of slugs) {
    const response = await fetch(`${edgeUrl}/dev/clocks/${slug}`, { method: "PUT", body: String(seconds) });
    assert.equal(response.status, 204);
  }
}
