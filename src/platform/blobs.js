// Blobs: in R2 where the service is deployed; on plain workerd in a directory, which its disk service keeps.

/** Whether the store is a bucket. Of anything else every name is a function that would be called in another worker. */
const isBucket = (store) => store.constructor.name === "R2Bucket";

const address = (key) => `http://blobs/${key}`;

/** Writes `content`, which is the module's memory and good until the first wait. */
export async function blobPut(store, key, content) {
  const body = content.slice();
  if (isBucket(store)) {
    await store.put(key, body);
    return;
  }
  const answer = await store.fetch(address(key), { method: "PUT", body });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
}

/** The content, or null where there is none. */
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
