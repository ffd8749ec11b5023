// Rewrites references in a data origin's response (`Location`, `Content-Location`, `Refresh`) as seen from outside the
// gate. A data origin may know only its own address; a reference below its base has to point below the gate's path.
//
// `route` describes the request: `asked`, the URL requested from the data origin; `inner`, its base; `outer`, the
// gate's URL that stands for that base. Neither base ends with a slash.

/** The URL that `text` refers to, resolved against `base`; null if it is not a URL. */
function resolved(text, base) {
  return URL.canParse(text, base) ? new URL(text, base) : null;
}

/** The rest of `url` after `base`; null if `url` is not below it. */
function below(url, base) {
  const { origin, pathname } = new URL(base);
  const path = pathname === "/" ? "" : pathname;
  if (url.origin !== origin || !url.pathname.startsWith(path)) return null;
  const rest = url.pathname.slice(path.length);
  if (rest !== "" && !rest.startsWith("/")) return null;
  return rest + url.search + url.hash;
}

/**
 * A reference rewritten for the reader of the response: below the gate if it points below the data origin's base,
 * otherwise unchanged. Another path of the data origin becomes an absolute URL: as a path it would refer to the edge.
 */
export function outwardPlace(text, route) {
  // A data origin that honours `X-Forwarded-Prefix` already writes paths as seen from outside.
  if (/^\/(?![/\\])/.test(text)) {
    const outside = resolved(text, route.outer);
    if (outside !== null && below(outside, route.outer) !== null) return text;
  }
  const place = resolved(text, route.asked);
  if (place === null) return text;
  const rest = below(place, route.inner);
  if (rest !== null) return route.outer + (rest.startsWith("/") || rest === "" ? rest : `/${rest}`);
  return place.origin === new URL(route.inner).origin ? place.href : text;
}

/** Rewrites `Refresh` (HTML, "shared declarative refresh steps"): seconds, then a reference, optionally quoted. */
export function outwardRefresh(text, route) {
  const found = /^(\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?)(.+)$/is.exec(text);
  if (found === null) return text;
  const [, before, reference] = found;
  const quote = /^["']/.exec(reference)?.[0] ?? "";
  const named = quote === "" ? reference.trim() : reference.slice(1).split(quote)[0];
  return `${before}${quote}${outwardPlace(named, route)}${quote}`;
}
