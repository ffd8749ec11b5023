// How headers cross the border.

/** Pairs of names and values that stand in turn, one a line. */
export function pairs(headers) {
  const lines = headers === "" ? [] : headers.split("\n");
  const list = [];
  for (let at = 0; at + 1 < lines.length; at += 2) list.push([lines[at], lines[at + 1]]);
  return list;
}
