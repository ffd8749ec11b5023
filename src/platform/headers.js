// Conversion of headers at the boundary to the module.

/** Pairs of names and values from lines in which they alternate. */
export function pairs(headers) {
  const lines = headers === "" ? [] : headers.split("\n");
  const list = [];
  for (let at = 0; at + 1 < lines.length; at += 2) list.push([lines[at], lines[at + 1]]);
  return list;
}
