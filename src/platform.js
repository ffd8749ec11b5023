// The few things that cost less in one piece on this side of the border: each function is one crossing.

import { originTrouble } from "bindings";
import { outwardPlace, outwardRefresh } from "places";

/** The values of `names` (joined by commas), one a line; absent headers are empty lines. */
export function headerValues(request, names) {
  const headers = request.headers;
  return names.split(",").map((name) => headers.get(name) ?? "").join("\n");
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

/** Pairs of names and values that stand in turn, one a line. */
function pairs(headers) {
  const lines = headers === "" ? [] : headers.split("\n");
  const list = [];
  for (let at = 0; at + 1 < lines.length; at += 2) list.push([lines[at], lines[at + 1]]);
  return list;
}

/** A response. `headers` holds names and values in turn, one a line. */
export function respond(status, headers, body) {
  const list = pairs(headers);
  const empty = status === 204 || status === 304 || body.byteLength === 0;
  return new Response(empty ? null : body, { status, headers: list });
}

/** Sends a command to the object `name` (entry.js) and returns its answer's text. */
export async function ask(namespace, name, text) {
  return await namespace.get(namespace.idFromName(name)).command(text);
}

/**
 * A response whose body is `text` and then the pieces of a list, each asked of the object `name` when the one before was
 * read. `next` is the first such command; a later one begins where the piece before it ended. A piece that cannot be had
 * breaks the body off.
 */
export function exportList(namespace, name, headers, text, next) {
  const encoder = new TextEncoder();
  let command = next === undefined ? null : JSON.parse(next);
  const body = new ReadableStream(
    {
      start(controller) {
        controller.enqueue(encoder.encode(text));
        if (command === null) controller.close();
      },
      async pull(controller) {
        const answer = await ask(namespace, name, JSON.stringify(command));
        if (!answer.startsWith("+")) return controller.error(new Error("a piece cannot be had"));
        const piece = JSON.parse(answer.slice(1));
        controller.enqueue(encoder.encode(piece.text));
        if (piece.cursor === null) controller.close();
        else command.panel.input.cursor = piece.cursor;
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers: pairs(headers) });
}

/** Promises what a library finds in an authenticator's answer (passkeys.js); it is loaded when it is first needed. */
export async function checkPasskey(text) {
  const { check } = await import("passkeys");
  return check(text);
}

/** Runs one statement; `parameters` and the rows are JSON arrays. */
export function run(sql, statement, parameters) {
  return JSON.stringify(sql.exec(statement, ...JSON.parse(parameters)).raw().toArray());
}

const undo = Symbol("undo");

/** Runs `body` in a transaction that is undone when it answers false. */
export function transaction(storage, body) {
  try {
    storage.transactionSync(() => {
      if (!body()) throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
}

/** Sets the alarm, in the same write as what was written before it. */
export function arm(storage, at) {
  void storage.setAlarm(at);
}

export function getAlarm(storage) {
  return storage.getAlarm();
}

export function kvGet(namespace, key) {
  return namespace.get(key);
}

export function kvPut(namespace, key, value) {
  return namespace.put(key, value);
}

/** Promises a file of the console, with `security` as its `Strict-Transport-Security` where there is one. */
export async function asset(assets, request, security) {
  const file = await assets.fetch(request);
  if (security === undefined) return file;
  const answer = new Response(file.body, file);
  answer.headers.set("strict-transport-security", security);
  return answer;
}

/** `text` in a Unicode normalisation form. */
export function normalize(text, form) {
  return text.normalize(form);
}

/** The A-label form of a domain by UTS 46, which the platform does for the host of a URL; undefined when it is none. */
export function asciiDomain(domain) {
  try {
    return new URL(`https://${domain}/`).hostname;
  } catch {
    return undefined;
  }
}

const zoneFormats = new Map();

/** Seconds by which the zone is ahead of UTC; undefined for an unknown zone, or an instant out of range. */
export function zoneOffset(zone, seconds) {
  try {
    let format = zoneFormats.get(zone);
    if (format === undefined) {
      format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
      if (zoneFormats.size >= 64) zoneFormats.clear();
      zoneFormats.set(zone, format);
    }
    const written = format.formatToParts(seconds * 1000).find((part) => part.type === "timeZoneName").value;
    const [, sign, hours, minutes, rest] = /^GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(written);
    if (sign === undefined) return 0;
    return (sign === "-" ? -1 : 1) * (hours * 3600 + minutes * 60 + Number(rest ?? 0));
  } catch {
    return undefined;
  }
}

/** One page of keys and their values: JSON `[cursor or null, [value, …]]`. */
export async function kvPage(namespace, prefix, limit, cursor) {
  const page = await namespace.list({ prefix, limit, cursor });
  const values = await Promise.all(page.keys.map((key) => namespace.get(key.name)));
  const next = page.list_complete ? null : page.cursor;
  return JSON.stringify([next, values.filter((value) => value !== null)]);
}

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

// Hop by hop (RFC 9110 section 7.6.1), or naming an identity or an address: the gate speaks for itself. Names that begin with
// `x-forwarded`, `x-original`, `tegata-` or `cf-` go too.
const droppedFromRequest = new Set([
  "authorization", "dpop", "cookie", "host", "content-length", "connection", "keep-alive", "proxy-authenticate", "proxy-authorization",
  "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "forwarded", "forwarded-for", "x-real-ip", "x-client-ip",
  "true-client-ip", "x-cluster-client-ip", "x-rewrite-url", "x-host", "x-script-name", "x-scheme", "x-url-scheme", "front-end-https",
]);
const dropped = Symbol("dropped");
// What the gate does to headers of an answer. Hop by hop, or speaking for the edge's host, which is not the data origin's to
// speak for: dropped. Naming a place: rewritten.
const changed = new Map([
  ...[
    "connection", "keep-alive", "proxy-authenticate", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    "set-cookie", "set-cookie2", "clear-site-data", "strict-transport-security", "service-worker-allowed", "alt-svc",
    "public-key-pins", "www-authenticate", "nel", "report-to", "reporting-endpoints", "accept-ch", "critical-ch",
  ].map((name) => [name, dropped]),
  ["location", outwardPlace],
  ["content-location", outwardPlace],
  ["refresh", outwardRefresh],
]);

/** The names that `Connection` says are for this hop alone. */
function named(headers) {
  const connection = headers.get("connection");
  return connection === null ? [] : connection.split(",").map((name) => name.trim().toLowerCase()).filter((name) => /^[a-z0-9-]+$/.test(name));
}

/** What of the request's headers goes on, with those that the gate adds: names and values in turn, from the fourth line on. */
function onwards(original, lines) {
  const headers = new Headers(original);
  for (const name of named(original)) headers.delete(name);
  for (const name of original.keys()) {
    // Many servers read `Tegata_Device` and `Tegata-Device` as one.
    const folded = name.includes("_") ? name.replaceAll("_", "-") : name;
    const prefixed = folded.startsWith("tegata-") || folded.startsWith("x-forwarded") || folded.startsWith("cf-") || folded.startsWith("x-original");
    if (prefixed || droppedFromRequest.has(folded)) headers.delete(name);
  }
  for (let at = 3; at + 1 < lines.length; at += 2) headers.set(lines[at], lines[at + 1]);
  return headers;
}

/** The data origin's answer as the caller gets it, its body streaming. `lines` are those of [forward]. */
function back(response, lines, security) {
  const answer = new Response(response.body, response);
  const headers = answer.headers;
  for (const name of named(response.headers)) headers.delete(name);
  for (const name of response.headers.keys()) {
    const change = changed.get(name);
    if (change === undefined) continue;
    if (change === dropped) {
      headers.delete(name);
    } else {
      const value = response.headers.get(name);
      const outward = change(value, { asked: lines[0], inner: lines[1], outer: lines[2] });
      if (outward !== value) headers.set(name, outward);
    }
  }
  // What the data origin serves never acts as a page of the edge's host.
  headers.set("content-security-policy", "sandbox");
  headers.set("x-content-type-options", "nosniff");
  if (security !== undefined) headers.set("strict-transport-security", security);
  return answer;
}

/** `body`, passed on up to `limit` bytes. What goes over, or breaks off, is never ended as if it were whole. */
function bounded(body, limit, broken) {
  let size = 0;
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > limit) {
          broken("too-large");
          controller.error(new Error("too large"));
        } else {
          controller.enqueue(chunk);
        }
      },
      cancel() {
        broken("unreachable");
      },
    }),
  );
}

/**
 * Forwards a request, bodies streaming in both directions, and promises the answer. `target` holds, one a line: the URL, the
 * data origin's base, the gate's URL that stands for that base, and names and values of headers in turn. Where no head of an
 * answer has come in `timeout` milliseconds, the body went over `limit` bytes, or the data origin cannot be reached, the
 * answer is the gate's own. `security` is the `Strict-Transport-Security` of the answer, where there is one.
 */
export function forward(request, target, limit, timeout, security) {
  const lines = target.split("\n");
  return new Promise((resolve) => {
    let abort;
    let answered = false;
    const fail = (why) => {
      // A data origin may answer before it has read the whole body: then its answer stands.
      if (answered) return;
      clearTimeout(timer);
      resolve(originTrouble(why));
      abort?.abort();
    };
    const timer = setTimeout(fail, timeout, "timeout");
    // Never from a cache: its key is the URL alone, and what stands there may be one device's.
    const init = { method: request.method, headers: onwards(request.headers, lines), redirect: "manual", cache: "no-store" };
    if (request.body !== null) {
      init.body = request.body;
      if (!request.headers.has("content-length")) {
        abort = new AbortController();
        init.signal = abort.signal;
        init.body = bounded(request.body, limit, fail);
      }
    }
    fetch(lines[0], init).then(
      (response) => {
        try {
          const answer = back(response, lines, security);
          answered = true;
          clearTimeout(timer);
          resolve(answer);
        } catch {
          fail("unreachable");
        }
      },
      () => fail("unreachable"),
    );
  });
}
