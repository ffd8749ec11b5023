// Blobs: in R2 where the service is deployed; on plain workerd in a directory behind its disk service.

/** Whether the store is a bucket. Any other store has a function of every name, which would call another worker. */
const isBucket = (store) => store.constructor.name === "R2Bucket";

const address = (key) => `http://blobs/${key}`;

/** Writes `content`, a view of the module's memory that is valid only until the first await. */
export async function blobPut(store, key, content) {
  const body = content.slice();
  if (isBucket(store)) {
    await store.put(key, body);
    return;
  }
  const answer = await store.fetch(address(key), { method: "PUT", body });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
}

/** The content, or null if there is none. */
export async function blobGet(store, key) {
  if (isBucket(store)) {
    const found = await store.get(key);
    return found === null ? null : new Uint8Array(await found.arrayBuffer());
  }
  const answer = await store.fetch(address(key));
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
