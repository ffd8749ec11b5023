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
