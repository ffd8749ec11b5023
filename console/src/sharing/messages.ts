// What is said on a stream of kind screen between a person who shares their screen and one who views it
// (docs/session-protocol.md, "A person's screen"): a kind, a length, and the rest. Messages begin and end anywhere in frames.

import { FURTHEST_AHEAD } from "../session/inflow";

export const CONFIG = 0;
export const KEY = 1;
export const DELTA = 2;
export const POINTER = 3;
export const STATE = 4;
export const POINT = 16;
export const WANT_KEY = 17;

/** Bytes before the rest: the kind and the length. */
export const HEAD = 5;
/** Bytes before an encoded frame: its time. */
const TIME = 8;
/** A longer message could never be paid for in full. */
const LONGEST = FURTHEST_AHEAD;

type Bytes = Uint8Array<ArrayBuffer>;

export interface Message {
  kind: number;
  rest: Bytes;
}

/** A frame of the picture. */
export interface Picture {
  /** Microseconds, by the clock of who shares. */
  time: number;
  data: Bytes;
}

const TEXT = new TextEncoder();
const READER = new TextDecoder();

export function write(kind: number, rest: Uint8Array = new Uint8Array()): Bytes {
  const bytes = new Uint8Array(HEAD + rest.length);
  bytes[0] = kind;
  new DataView(bytes.buffer).setUint32(1, rest.length);
  bytes.set(rest, HEAD);
  return bytes;
}

export function writeJson(kind: number, value: unknown): Bytes {
  return write(kind, TEXT.encode(JSON.stringify(value)));
}

/** A message of kind `KEY` or `DELTA`, without a second copy of the frame: `fill` writes its `length` bytes. */
export function writePicture(kind: number, time: number, length: number, fill: (place: Bytes) => void): Bytes {
  const bytes = new Uint8Array(HEAD + TIME + length);
  const view = new DataView(bytes.buffer);
  bytes[0] = kind;
  view.setUint32(1, TIME + length);
  view.setBigInt64(HEAD, BigInt(Math.round(time)));
  fill(bytes.subarray(HEAD + TIME));
  return bytes;
}

export function readPicture(rest: Bytes): Picture | undefined {
  if (rest.length <= TIME) return undefined;
  const time = new DataView(rest.buffer, rest.byteOffset).getBigInt64(0);
  if (time > BigInt(Number.MAX_SAFE_INTEGER) || time < BigInt(Number.MIN_SAFE_INTEGER)) return undefined;
  return { time: Number(time), data: rest.subarray(TIME) };
}

/** The object in `bytes`; undefined where there is none. Its members are still unchecked. */
export function readJson(bytes: Uint8Array | string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(typeof bytes === "string" ? bytes : READER.decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Puts the messages of one direction together again. */
export class Messages {
  private parts: Bytes[] = [];
  private size = 0;

  /** The messages that `bytes` completes; undefined where one is longer than any can be. */
  take(bytes: Bytes): Message[] | undefined {
    this.parts.push(bytes);
    this.size += bytes.length;
    const complete: Message[] = [];
    for (;;) {
      const head = this.size >= HEAD ? this.peek() : undefined;
      if (!head) return complete;
      if (head.length > LONGEST) return undefined;
      if (this.size < HEAD + head.length) return complete;
      complete.push({ kind: head.kind, rest: this.cut(HEAD + head.length).subarray(HEAD) });
    }
  }

  private peek(): { kind: number; length: number } {
    // The head alone may be in several parts; the rest is put together once it is there.
    if ((this.parts[0]?.length ?? 0) < HEAD) this.join();
    const first = this.parts[0] ?? new Uint8Array(HEAD);
    return { kind: first[0] ?? 0, length: new DataView(first.buffer, first.byteOffset).getUint32(1) };
  }

  private cut(length: number): Bytes {
    if ((this.parts[0]?.length ?? 0) < length) this.join();
    const first = this.parts[0] ?? new Uint8Array();
    const rest = first.subarray(length);
    this.parts[0] = rest;
    if (rest.length === 0) this.parts.shift();
    this.size -= length;
    return first.subarray(0, length);
  }

  private join(): void {
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    this.parts = [all];
  }
}
