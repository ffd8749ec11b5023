// The few things that cost less in one piece on this side of the border: each function is one crossing.

const encoder = new TextEncoder();

/** Method and URL of a request, on two lines. */
export function requestLine(request) {
  return `${request.method}\n${request.url}`;
}

/** The values of `names` (joined by commas), one a line; absent headers are empty lines. */
export function headerValues(request, names) {
  const headers = request.headers;
  return names.split(",").map((name) => headers.get(name) ?? "").join("\n");
}

/** The whole body, or null when it is larger than `limit` bytes: no more than that is ever held. */
export async function readBody(request, limit) {
  if (Number(request.headers.get("content-length") ?? 0) > limit) return null;
  if (request.body === null) return new Uint8Array(0);
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
  const pairs = headers === "" ? [] : headers.split("\n");
  const list = [];
  for (let at = 0; at + 1 < pairs.length; at += 2) list.push([pairs[at], pairs[at + 1]]);
  const empty = status === 204 || status === 304 || body.byteLength === 0;
  return new Response(empty ? null : body, { status, headers: list });
}

/** Sends `body` to the object `name` and returns its answer's text. */
export async function ask(namespace, name, path, body) {
  const object = namespace.get(namespace.idFromName(name));
  const response = await object.fetch(`http://object${path}`, { method: "POST", body });
  if (!response.ok) throw new Error(`object answered ${response.status}`);
  return response.text();
}

/** An answer of an object. */
export function answer(text) {
  return new Response(text);
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

/** One page of keys and their values: JSON `[cursor or null, [value, …]]`. */
export async function kvPage(namespace, prefix, limit, cursor) {
  const page = await namespace.list({ prefix, limit, cursor });
  const values = await Promise.all(page.keys.map((key) => namespace.get(key.name)));
  const next = page.list_complete ? null : page.cursor;
  return JSON.stringify([next, values.filter((value) => value !== null)]);
}

const imported = new Map();

function importKey(jwk) {
  let key = imported.get(jwk);
  if (key === undefined) {
    if (imported.size >= 4096) imported.clear();
    const parsed = JSON.parse(jwk);
    const algorithm = parsed.kty === "EC" ? { name: "ECDSA", namedCurve: "P-256" } : { name: "Ed25519" };
    key = crypto.subtle.importKey("jwk", parsed, algorithm, false, ["verify"]);
    imported.set(jwk, key);
    key.catch(() => imported.delete(jwk));
  }
  return key;
}

/** Whether `signature` over `input` is that of the key. */
export async function verify(jwk, input, signature) {
  try {
    const key = await importKey(jwk);
    const algorithm = key.algorithm.name === "ECDSA" ? { name: "ECDSA", hash: "SHA-256" } : { name: "Ed25519" };
    return await crypto.subtle.verify(algorithm, key, signature, encoder.encode(input));
  } catch {
    return false;
  }
}

// Hop by hop (RFC 9110 section 7.6.1), or naming an identity or an address: the gate speaks for itself.
const droppedFromRequest = new Set([
  "authorization", "dpop", "cookie", "host", "content-length", "connection", "keep-alive", "proxy-authenticate", "proxy-authorization",
  "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "forwarded", "x-real-ip", "x-client-ip", "true-client-ip",
  "x-original-url", "x-rewrite-url",
]);
const droppedPrefixes = ["tegata-", "x-forwarded-", "cf-"];
// Hop by hop, or speaking for the edge's host, which is not the data origin's to speak for.
const droppedFromResponse = [
  "connection", "keep-alive", "proxy-authenticate", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
  "set-cookie", "set-cookie2", "clear-site-data", "strict-transport-security", "service-worker-allowed", "alt-svc",
  "public-key-pins", "www-authenticate", "nel", "report-to", "reporting-endpoints", "accept-ch", "critical-ch",
];

function named(headers) {
  const connection = headers.get("connection");
  return connection === null ? [] : connection.split(",").map((name) => name.trim().toLowerCase()).filter((name) => /^[a-z0-9-]+$/.test(name));
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
 * Forwards a request, bodies streaming in both directions. `identity` holds names and values in turn, one a line.
 * Rejects with "timeout" when no head of an answer has come in `timeout` milliseconds, with "too-large" when the body
 * went over `limit` bytes, otherwise with "unreachable".
 */
export async function forward(request, url, identity, limit, timeout) {
  const headers = new Headers(request.headers);
  for (const name of named(headers)) headers.delete(name);
  for (const name of [...headers.keys()]) {
    // Many servers read `Tegata_Device` and `Tegata-Device` as one.
    const folded = name.replaceAll("_", "-");
    if (droppedFromRequest.has(folded) || droppedPrefixes.some((prefix) => folded.startsWith(prefix))) headers.delete(name);
  }
  const pairs = identity.split("\n");
  for (let at = 0; at + 1 < pairs.length; at += 2) headers.set(pairs[at], pairs[at + 1]);
  const body = request.body;
  let why = "unreachable";
  const abort = new AbortController();
  const end = (reason) => {
    why = reason;
    abort.abort();
  };
  const unbounded = body !== null && !request.headers.has("content-length");
  const streamed = unbounded ? bounded(body, limit, end) : body;
  const timer = setTimeout(() => end("timeout"), timeout);
  try {
    // Never from a cache: its key is the URL alone, and what stands there may be one device's.
    const init = { method: request.method, headers, body: streamed, redirect: "manual", cache: "no-store", signal: abort.signal };
    const response = await fetch(url, init);
    const answer = new Response(response.body, response);
    for (const name of named(answer.headers)) answer.headers.delete(name);
    for (const name of droppedFromResponse) answer.headers.delete(name);
    // What the data origin serves never acts as a page of the edge's host.
    answer.headers.set("content-security-policy", "sandbox");
    answer.headers.set("x-content-type-options", "nosniff");
    return answer;
  } catch {
    throw why;
  } finally {
    clearTimeout(timer);
  }
}
