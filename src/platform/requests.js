// Requests as they come in, and what answers them: each function is one crossing.

import { pairs } from "headers";

const lists = new Map();

/** The values of `names` (joined by commas), one a line; absent headers are empty lines. */
export function headerValues(request, names) {
  // There are a handful of lists, one for each kind of route (routes/src/intake.rs).
  let list = lists.get(names);
  if (list === undefined) lists.set(names, (list = names.split(",")));
  const headers = request.headers;
  let values = "";
  for (let at = 0; at < list.length; at += 1) values += (at === 0 ? "" : "\n") + (headers.get(list[at]) ?? "");
  return values;
}

/** The whole body, or null when it is larger than `limit` bytes: no more than that is ever held. */
export async function readBody(request, limit) {
  if (request.body === null) return new Uint8Array(0);
  const length = request.headers.get("content-length");
  // The platform ends a body at the length that was announced, and reads it whole for less than piece by piece.
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

/** A response. `headers` holds names and values in turn, one a line. */
export function respond(status, headers, body) {
  const list = pairs(headers);
  const empty = status === 204 || status === 304 || body.byteLength === 0;
  return new Response(empty ? null : body, { status, headers: list });
}

/** Promises a file of the console, with `security` as its `Strict-Transport-Security` where there is one. */
export async function asset(assets, request, security) {
  const file = await assets.fetch(request);
  if (security === undefined) return file;
  const answer = new Response(file.body, file);
  answer.headers.set("strict-transport-security", security);
  return answer;
}
