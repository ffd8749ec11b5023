// A KV namespace for plain workerd, which has none: its `kvNamespace` binding is HTTP to a service, and this is that
// service. One SQLite object holds the keys of one namespace. The protocol is that of Miniflare's simulator. Unlike in
// the real KV, a write is visible at once; nothing may rely on that.

import { DurableObject } from "cloudflare:workers";

const LIST_LIMIT = 1000;
const BULK_LIMIT = 100;

export default {
  fetch(request, env) {
    return env.NAMESPACE.get(env.NAMESPACE.idFromName("keys")).fetch(request);
  },
};

export class Namespace extends DurableObject {
  constructor(state, env) {
    super(state, env);
    this.sql = state.storage.sql;
    this.sql.exec(
      "CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value BLOB NOT NULL, metadata TEXT, expires INTEGER) WITHOUT ROWID",
    );
  }

  async fetch(request) {
    const url = new URL(request.url);
    const key = decodeURIComponent(url.pathname.slice(1));
    if (request.method === "POST" && key === "bulk/get") return this.bulkGet(await request.json());
    if (request.method === "GET") return key === "" ? this.list(url.searchParams) : this.get(key);
    if (request.method === "PUT") return this.put(key, url.searchParams, request);
    if (request.method === "DELETE") return this.delete(key);
    return new Response("Method Not Allowed", { status: 405 });
  }

  live(key) {
    return this.sql
      .exec("SELECT value, metadata, expires FROM entry WHERE key = ? AND (expires IS NULL OR expires > ?)", key, seconds())
      .toArray()[0];
  }

  get(key) {
    const entry = this.live(key);
    if (!entry) return new Response("Not Found", { status: 404 });
    const headers = new Headers();
    if (entry.expires !== null) headers.set("CF-Expiration", String(entry.expires));
    if (entry.metadata !== null) headers.set("CF-KV-Metadata", entry.metadata);
    return new Response(entry.value, { headers });
  }

  bulkGet({ keys, type, withMetadata }) {
    if (keys.length < 1 || keys.length > BULK_LIMIT) return new Response("1 to 100 keys", { status: 400 });
    const found = {};
    for (const key of keys) {
      const entry = this.live(key);
      const text = entry && new TextDecoder().decode(entry.value);
      const value = entry ? (type === "json" ? JSON.parse(text) : text) : null;
      found[key] = value !== null && withMetadata ? { value, metadata: entry.metadata && JSON.parse(entry.metadata) } : value;
    }
    return Response.json(found);
  }

  async put(key, query, request) {
    const value = await request.arrayBuffer();
    const ttl = query.get("expiration_ttl");
    const expires = ttl !== null ? seconds() + Number(ttl) : query.has("expiration") ? Number(query.get("expiration")) : null;
    // The real KV also rejects shorter lifetimes; it is cheaper to find out here.
    if (expires !== null && !(expires >= seconds() + 60)) return new Response("Expiration is under 60 seconds", { status: 400 });
    this.sql.exec(
      "INSERT OR REPLACE INTO entry (key, value, metadata, expires) VALUES (?, ?, ?, ?)",
      key,
      value,
      request.headers.get("CF-KV-Metadata"),
      expires,
    );
    return new Response();
  }

  delete(key) {
    this.sql.exec("DELETE FROM entry WHERE key = ?", key);
    return new Response();
  }

  list(query) {
    const limit = Math.min(Number(query.get("key_count_limit") ?? LIST_LIMIT), LIST_LIMIT);
    const prefix = query.get("prefix") ?? "";
    // The cursor is the last key of the previous page.
    const after = query.get("cursor") ? decodeURIComponent(query.get("cursor")) : "";
    const rows = this.sql
      .exec(
        `SELECT key AS name, metadata, expires AS expiration FROM entry
         WHERE key > ? AND substr(key, 1, length(?)) = ? AND (expires IS NULL OR expires > ?) ORDER BY key LIMIT ?`,
        after,
        prefix,
        prefix,
        seconds(),
        limit + 1,
      )
      .toArray();
    const page = rows.slice(0, limit);
    const keys = page.map(({ name, metadata, expiration }) => ({
      name,
      ...(metadata === null ? {} : { metadata }),
      ...(expiration === null ? {} : { expiration }),
    }));
    if (rows.length <= limit) return Response.json({ keys, list_complete: true, cacheStatus: null });
    const cursor = encodeURIComponent(page[page.length - 1].name);
    return Response.json({ keys, list_complete: false, cursor, cacheStatus: null });
  }
}

function seconds() {
  return Math.floor(Date.now() / 1000);
}
