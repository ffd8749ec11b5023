// Requests and their responses: each function is one crossing of the boundary.

import { pairs } from "headers";

const lists = new Map();

/** The values of `names` (joined by commas), one per line; absent headers are empty lines. */
export function headerValues(request, names) {
  // There are a handful of lists, one for each kind of route (routes/src/intake.rs).
  let list = lists.get(names);
  if (list === undefined) lists.set(names, (list = names.split(",")));
  const headers = request.headers;
  let values = "";
  for (let at = 0; at < list.length; at += 1) values += (at === 0 ? "" : "\n") + (headers.get(list[at]) ?? "");
  return values;
}

/** The whole body, or null if it is larger than `limit` bytes: never holds more than that. */
export async function readBody(request, limit) {
  if (request.body === null) return new Uint8Array(0);
  const length = request.headers.get("content-length");
  // The platform ends a body at its announced length, and reading it whole is cheaper than piece by piece.
  if (length !== null) return Number(length) <= limit ? new Uint8Array(await request.arrayBuffer()) : null;
  const chunks = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  if (chunks.length === 1) return chunks[0];
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/** A response. In `headers`, name and value alternate, one per line. */
export function respond(status, headers, body) {
  const list = pairs(headers);
  const empty = status === 204 || status === 304 || body.byteLength === 0;
  return new Response(empty ? null : body, { status, headers: list });
}

/** A promise of one of the console's files, with `security` as its `Strict-Transport-Security` if given. */
export async function asset(assets, request, security) {
  const file = await assets.fetch(request);
  if (security === undefined) return file;
  const answer = new Response(file.body, file);
  answer.headers.set("strict-transport-security", security);
  return answer;
}
