// Every stylesheet of ours, taken apart into declarations. Plain CSS with at-rules; no nesting.

import { readdirSync, readFileSync } from "node:fs";

const ROOT = new URL("../../../", import.meta.url);
const FOLDERS = ["styles/", "routes/src/pages/", "client/src/bin/tegata/", "console/src/", "console/public/console/"];

/** The stylesheets' paths. */
export function sheets() {
  return FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true })
      .filter((name) => name.endsWith(".css"))
      .map((name) => folder + name),
  );
}

/** The declarations of the stylesheet at `path`. */
export function declarations(path) {
  return parse(readFileSync(new URL(path, ROOT), "utf8")).map((found) => ({ path, ...found }));
}

const ends = /[{};]/;

/** `{ around, selector, property, value }` of each declaration; `around` are the at-rules that it stands in. */
export function parse(text) {
  const source = text.replace(/\/\*[^]*?\*\//g, "");
  const found = [];
  const open = [];
  let start = 0;
  for (let at = 0; at < source.length; at += 1) {
    if (source[at] === '"') at = source.indexOf('"', at + 1);
    if (!ends.test(source[at])) continue;
    const words = source.slice(start, at).replace(/\s+/g, " ").trim();
    start = at + 1;
    if (source[at] === "{") open.push(words);
    else if (words && open.length) found.push(...declared(open, words));
    if (source[at] === "}") open.pop();
  }
  return found;
}

function declared(open, words) {
  const colon = words.indexOf(":");
  const around = open.filter((one) => one.startsWith("@"));
  const selectors = open.filter((one) => !one.startsWith("@"));
  const [property, value] = [words.slice(0, colon).trim(), words.slice(colon + 1).trim()];
  return listed(selectors.join(" ")).map((selector) => ({ around, selector, property, value }));
}

/** The selectors of a list; a comma within brackets separates none. */
function listed(selectors) {
  return selectors.split(/,(?![^()]*\))/).map((selector) => selector.trim());
}
