// Where a data origin's answer sends its reader (`Location`, `Content-Location`, `Refresh`), as seen from outside the gate.
// A data origin may know its own address alone; what it names below its base is below the gate's path for the reader.
//
// `route` is how the request went: `asked`, the URL that the data origin was asked for; `inner`, its base; `outer`, the
// gate's URL that stands for that base. Neither base ends with a slash.

/** The URL `text` names, seen from `base`; null where it names none. */
function resolved(text, base) {
  return URL.canParse(text, base) ? new URL(text, base) : null;
}

/** What follows the base `base` in `url`; null where `url` is not below it. */
function below(url, base) {
  const { origin, pathname } = new URL(base);
  const path = pathname === "/" ? "" : pathname;
  if (url.origin !== origin || !url.pathname.startsWith(path)) return null;
  const rest = url.pathname.slice(path.length);
  if (rest !== "" && !rest.startsWith("/")) return null;
  return rest + url.search + url.hash;
}

/**
 * A reference as the reader of the answer has to follow it: below the gate where it names something below the data origin's
 * base, else unchanged. A path of the data origin that lies elsewhere becomes a whole URL: by itself it would name a path
 * of the edge.
 */
export function outwardPlace(text, route) {
  // A data origin that heeds `X-Forwarded-Prefix` writes paths as they are outside.
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

/** `Refresh` (HTML, "shared declarative refresh steps"): seconds, and after them a reference, with or without `url=` and quotes. */
export function outwardRefresh(text, route) {
  const found = /^(\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?)(.+)$/is.exec(text);
  if (found === null) return text;
  const [, before, reference] = found;
  const quote = /^["']/.exec(reference)?.[0] ?? "";
  const named = quote === "" ? reference.trim() : reference.slice(1).split(quote)[0];
  return `${before}${quote}${outwardPlace(named, route)}${quote}`;
}
