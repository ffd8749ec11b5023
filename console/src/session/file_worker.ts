// The worker behind file_store.ts: it reads files through for their hash, and writes what arrives into the origin's own
// files on disk (OPFS), neither of which may hold up the page. Nothing leaves it but sizes and hashes.

import { sha256 } from "@noble/hashes/sha2.js";

/** What the page asks for. Each is answered with its `ask`. */
export type Ask =
  | { ask: number; what: "hash"; blob: Blob }
  | { ask: number; what: "cancel"; of: number }
  | { ask: number; what: "open"; name: string }
  | { ask: number; what: "write"; name: string; parts: Uint8Array[] }
  | { ask: number; what: "finish" | "close" | "remove"; name: string }
  | { ask: number; what: "sweep"; olderThan: number };

export type Answer =
  | { ask: number; value: unknown }
  /** The name of what went wrong. */
  | { ask: number; error: string }
  /** Bytes of a blob that were read. */
  | { ask: number; progress: number };

const FOLDER = "received";
/** Bytes of a file that are read at a time. */
const PIECE = 1 << 20;
/** Chromium's code for "no space", -8, as it is returned. */
const NO_SPACE = 4_294_967_288;
const TOLD = 16 * PIECE;

/** The part of `FileSystemSyncAccessHandle` that is used: the types of a page leave it out. */
interface AccessHandle {
  read(into: Uint8Array, at: { at: number }): number;
  write(bytes: Uint8Array, at: { at: number }): number;
  getSize(): number;
  flush(): void;
  close(): void;
}

interface Open {
  handle: AccessHandle;
  size: number;
  hash: ReturnType<typeof sha256.create>;
}

const open = new Map<string, Open>();
const cancelled = new Set<number>();

const post = (answer: Answer) => (self as unknown as { postMessage(answer: Answer): void }).postMessage(answer);
const folder = async (create: boolean) => (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create });
/** The folder, where there is one: removing something must not make it. */
const existing = () => folder(false).catch(() => undefined);

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function hashOf(ask: number, blob: Blob): Promise<string> {
  const hash = sha256.create();
  let read = 0;
  let told = 0;
  for (let at = 0; at < blob.size; at += PIECE) {
    if (cancelled.delete(ask)) throw new DOMException("", "AbortError");
    const bytes = new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
    hash.update(bytes);
    read += bytes.length;
    if (read - told < TOLD) continue;
    told = read;
    post({ ask, progress: read });
  }
  return hex(hash.digest());
}

/** Opens a file for writing behind what it has, whose hash is taken anew. Returns how much that is. */
async function openFile(name: string): Promise<number> {
  const file = await (await folder(true)).getFileHandle(name, { create: true });
  const handle = await (file as unknown as { createSyncAccessHandle(): Promise<AccessHandle> }).createSyncAccessHandle();
  const hash = sha256.create();
  const size = handle.getSize();
  const piece = new Uint8Array(PIECE);
  for (let at = 0; at < size; ) {
    const read = handle.read(piece, { at });
    hash.update(piece.subarray(0, read));
    at += read;
    // Other files go on meanwhile.
    if (at % TOLD === 0) await new Promise((over) => setTimeout(over));
  }
  open.set(name, { handle, size, hash });
  return size;
}

/** One array of many: each write takes Chromium milliseconds, whatever its length. */
function joined(parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function write(name: string, parts: Uint8Array[]): void {
  const of = open.get(name);
  if (!of) throw new DOMException("", "InvalidStateError");
  const bytes = joined(parts);
  const written = of.handle.write(bytes, { at: of.size });
  // Where it cannot, Chromium writes less, or returns the code of an error as if it were a number of bytes.
  const full = written < bytes.length || written === NO_SPACE;
  if (written !== bytes.length) throw new DOMException("", full ? "QuotaExceededError" : "OperationError");
  of.hash.update(bytes);
  of.size += written;
}

function close(name: string): Open | undefined {
  const of = open.get(name);
  open.delete(name);
  of?.handle.flush();
  of?.handle.close();
  return of;
}

async function remove(name: string): Promise<void> {
  close(name);
  await (await existing())?.removeEntry(name).catch(() => undefined);
}

/** Removes what an earlier page has left. */
async function sweep(olderThan: number): Promise<void> {
  const received = await existing();
  if (!received) return;
  const all = received as unknown as { values(): AsyncIterable<FileSystemFileHandle> };
  for await (const file of all.values()) {
    const { lastModified } = await file.getFile();
    // One that is open cannot be removed.
    if (Date.now() - lastModified > olderThan) await received.removeEntry(file.name).catch(() => undefined);
  }
}

async function answer(asked: Ask): Promise<unknown> {
  switch (asked.what) {
    case "hash":
      return hashOf(asked.ask, asked.blob);
    case "cancel":
      return void cancelled.add(asked.of);
    case "open":
      return openFile(asked.name);
    case "write":
      return write(asked.name, asked.parts);
    case "finish": {
      const of = close(asked.name);
      return of && { size: of.size, sha256: hex(of.hash.digest()) };
    }
    case "close":
      return void close(asked.name);
    case "remove":
      return remove(asked.name);
    case "sweep":
      return sweep(asked.olderThan);
  }
}

self.onmessage = ({ data }: MessageEvent<Ask>) => {
  answer(data).then(
    (value) => post({ ask: data.ask, value }),
    (error: unknown) => post({ ask: data.ask, error: error instanceof Error ? error.name : "Error" }),
  );
};
