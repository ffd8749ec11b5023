// Bytes from the service and to it, for the measurement of the line.

import { place } from "./place";
import type { Transfer } from "./rate";

/** What one call of `getRandomValues` fills at most. */
const AT_ONCE = 65_536;

/** Bytes that nothing on the way can make fewer. */
function incompressible(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += AT_ONCE) crypto.getRandomValues(bytes.subarray(at, at + AT_ONCE));
  return bytes;
}

export const download: Transfer = async (size, signal) => {
  let across = 0;
  try {
    const response = await fetch(`${place.bytes}?size=${size}`, { cache: "no-store", signal });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      across += value.length;
    }
  } catch (error) {
    if (signal.aborted) return across;
    throw error;
  }
  // Something on the way answered instead of the service.
  if (across !== size) throw new Error(`${across} bytes instead of ${size}`);
  return across;
};

/** What is on its way when time is up counts for nothing: no browser says how much has left. */
export const upload: Transfer = async (size, signal) => {
  try {
    const headers = { "content-type": "application/octet-stream" };
    const response = await fetch(place.bytes, { method: "POST", headers, body: incompressible(size), signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return size;
  } catch (error) {
    if (signal.aborted) return 0;
    throw error;
  }
};
