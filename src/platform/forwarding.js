// The gate: a request forwarded to the data origin, and its answer, with bodies streaming both ways.

import { originTrouble } from "bindings";
import { outwardPlace, outwardRefresh } from "places";

// Hop by hop (RFC 9110 section 7.6.1), or naming an identity or an address: the gate speaks for itself. Names that begin with
// `x-forwarded`, `x-original`, `tegata-` or `cf-` go too.
const droppedFromRequest = new Set([
  "authorization", "dpop", "cookie", "host", "content-length", "connection", "keep-alive", "proxy-authenticate", "proxy-authorization",
  "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "forwarded", "forwarded-for", "x-real-ip", "x-client-ip",
  "true-client-ip", "x-cluster-client-ip", "x-rewrite-url", "x-host", "x-script-name", "x-scheme", "x-url-scheme", "front-end-https",
]);
const dropped = () => undefined;
// What the gate makes of headers of an answer; undefined deletes one. Hop by hop, or speaking for the edge's host, which is
// not the data origin's to speak for: dropped. Naming a place: rewritten.
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

/** Adds those of the request's headers that may go on to the data origin to `headers`, which holds the gate's own. */
function onwards(original, headers) {
  const hops = named(original);
  original.forEach((value, name) => {
    // Many servers read `Tegata_Device` and `Tegata-Device` as one.
    const folded = name.includes("_") ? name.replaceAll("_", "-") : name;
    const prefixed = folded.startsWith("tegata-") || folded.startsWith("x-forwarded") || folded.startsWith("cf-") || folded.startsWith("x-original");
    if (!prefixed && !droppedFromRequest.has(folded) && !hops.includes(name)) headers.append(name, value);
  });
  return headers;
}

/** The data origin's answer as the caller gets it, its body streaming. */
function back(response, asked, { inner, outer, security }) {
  const answer = new Response(response.body, response);
  const headers = answer.headers;
  for (const name of named(response.headers)) headers.delete(name);
  for (const name of response.headers.keys()) {
    const change = changed.get(name);
    if (change === undefined) continue;
    const value = response.headers.get(name);
    const outward = change(value, { asked, inner, outer });
    if (outward === undefined) headers.delete(name);
    else if (outward !== value) headers.set(name, outward);
  }
  // What the data origin serves never acts as a page of the edge's host.
  headers.set("content-security-policy", "sandbox");
  headers.set("x-content-type-options", "nosniff");
  if (security !== undefined) headers.set("strict-transport-security", security);
  return answer;
}

/** `body`, passed on up to `limit` bytes. An oversized or interrupted body is never presented as complete. */
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
 * What the module decided for bearer tokens, by the `Authorization` header that it was decided for: `{ inner, outer, added,
 * security, limit, timeout, until }`, the data origin's base, the gate's URL that stands for that base, and headers to add.
 * Valid until the token, the key or a copy it depends on must be rechecked, ten seconds at most.
 */
const passes = new Map();
const MOST_PASSES = 4096;

// The module judges ambiguous paths (routes/src/gate_path.rs).
const plainPath = /^(?:\/[\w~-][\w.~-]*)+\/?(?:\?[^#]*)?$/;

/** Forwards a request under a pass granted moments ago, as [forward] does; undefined where the module has to decide. */
export function again(request) {
  const authorization = request.headers.get("authorization");
  const pass = authorization === null ? undefined : passes.get(authorization);
  if (pass === undefined) return undefined;
  if (Date.now() >= pass.until) {
    passes.delete(authorization);
    return undefined;
  }
  const url = request.url;
  const { outer, limit } = pass;
  if (!url.startsWith(outer)) return undefined;
  const rest = url.slice(outer.length);
  const headers = request.headers;
  if (!plainPath.test(rest) || headers.has("upgrade") || Number(headers.get("content-length")) > limit) return undefined;
  return sent(request, pass.inner + rest, new Headers(pass.added), pass);
}

/**
 * Forwards a request, bodies streaming in both directions, and promises the answer. `target` holds, one a line: the URL, the
 * data origin's base, the gate's URL that stands for that base, and names and values of headers in turn. Where no head of an
 * answer has come in `timeout` milliseconds, the body went over `limit` bytes, or the data origin cannot be reached, the
 * answer is the gate's own. `security` is the `Strict-Transport-Security` of the answer, where there is one. Until
 * `reusableUntil`, in seconds, requests with the same credentials need not be decided again.
 */
export function forward(request, target, limit, timeout, security, reusableUntil) {
  const [url, inner, outer, ...lines] = target.split("\n");
  const added = new Headers();
  for (let at = 0; at + 1 < lines.length; at += 2) added.append(lines[at], lines[at + 1]);
  const pass = { inner, outer, security, limit, timeout };
  if (reusableUntil > 0) {
    if (passes.size >= MOST_PASSES) passes.clear();
    passes.set(request.headers.get("authorization"), { ...pass, added: new Headers(added), until: reusableUntil * 1000 });
  }
  return sent(request, url, added, pass);
}

function sent(request, url, added, pass) {
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
    const timer = setTimeout(fail, pass.timeout, "timeout");
    // Never from a cache: its key is the URL alone, and what stands there may be one device's.
    const init = { method: request.method, headers: onwards(request.headers, added), redirect: "manual", cache: "no-store" };
    if (request.body !== null) {
      init.body = request.body;
      if (!request.headers.has("content-length")) {
        abort = new AbortController();
        init.signal = abort.signal;
        init.body = bounded(request.body, pass.limit, fail);
      }
    }
    fetch(url, init).then(
      (response) => {
        try {
          const answer = back(response, url, pass);
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
