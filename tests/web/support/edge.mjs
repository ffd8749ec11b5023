// The running edge, as its operator and a plain HTTP client see it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const file = process.env.TEGATA_DEV_JSON ?? new URL("../../../.tegata/dev.json", import.meta.url);
const description = JSON.parse(readFileSync(file, "utf8"));

/** Base URL of the edge, without a trailing slash. */
export const edgeUrl = description.url;

/** The dev mailbox as JSON. */
export const mailboxUrl = `${description.mailbox}.json`;

/** Calls the operator API, which must respond with `expected`; returns the document. */
export async function operator(method, path, body, expected) {
  const response = await fetch(`${edgeUrl}/operator/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${description.operator_token}`, "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  assert.equal(response.status, expected, `${method} ${path}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** Every item of a list of the operator API. */
export async function operatorList(path) {
  const items = [];
  let cursor = null;
  do {
    const query = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
    const page = await operator("GET", `${path}${query}`, undefined, 200);
    items.push(...page.items);
    cursor = page.cursor ?? null;
  } while (cursor !== null);
  return items;
}

/** Posts a form, as a program other than a browser. */
export function postForm(url, fields, headers = {}) {
  return fetch(url, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });
}

/** Waits until `look` finds something, and returns it. */
export async function until(what, look, seconds = 20) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await pause(50);
  }
}
