// The copies that the edge keeps in KV.

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
