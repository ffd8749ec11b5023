// The envelope of the session protocol as bytes (docs/session-protocol.md, "Frames"; test vectors in
// docs/session-vectors.json). What frames mean is in streams.ts and channel.ts.

export const ACTS = ["data", "credit", "open", "close"] as const;
export type Act = (typeof ACTS)[number];

/** The kinds that this side speaks; frames of others are skipped. */
export const CONTROL = 0;
export const FILE = 2;
export const SCREEN = 3;
export const TERMINAL = 4;
export const DIAGNOSTICS = 5;
export const SIGNALLING = 6;
/** Those of streams. */
export const KINDS = [FILE, SCREEN, TERMINAL, DIAGNOSTICS, SIGNALLING];

/** The addresses that are the same in every session. */
export const SESSION = 0;
export const AGENT = 1;

/** The participant with the lower address of the two numbers its streams from here, the other one from 1. */
export const LOWER_OPENS = 2 ** 31;
/** Most streams that a connection has opened and that are not closed by both sides. */
export const MOST_STREAMS = 32;

const VERSION = 1;
/** Bytes before the payload. */
export const HEADER = 24;
export const LONGEST_PAYLOAD = 65_512;

export interface Frame {
  act: Act;
  kind: number;
  from: number;
  to: number;
  stream: number;
  /** Data: where the frame begins; credit: up to where frames are accepted. */
  offset: number;
  payload: Uint8Array<ArrayBuffer>;
}

/** Why a message is not a frame. */
export type Malformed = "short" | "version" | "type" | "length" | "offset";

const EMPTY = new Uint8Array();

/** A frame to `to`; the session writes whom it is from. */
export function frame(act: Act, kind: number, to: number, stream: number, offset = 0, payload = EMPTY): Frame {
  return { act, kind, from: 0, to, stream, offset, payload };
}

/** Where the next data frame of its stream begins. */
export function endOf({ offset, payload }: Frame): number {
  return offset + payload.length + HEADER;
}

export function encode({ act, kind, from, to, stream, offset, payload }: Frame): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, ACTS.indexOf(act) + 1);
  view.setUint8(2, kind);
  view.setUint16(4, from);
  view.setUint16(6, to);
  view.setUint32(8, stream);
  view.setUint32(12, payload.length);
  view.setBigUint64(16, BigInt(offset));
  bytes.set(payload, HEADER);
  return bytes;
}

/** The frame that a message holds, or why it holds none. */
export function decode(bytes: Uint8Array<ArrayBuffer>): Frame | Malformed {
  if (bytes.length < HEADER) return "short";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== VERSION) return "version";
  const act = ACTS[view.getUint8(1) - 1];
  if (!act) return "type";
  const length = view.getUint32(12);
  const payload = bytes.subarray(HEADER);
  if (length !== payload.length || length > LONGEST_PAYLOAD || (act !== "data" && length > 0)) return "length";
  const offset = view.getBigUint64(16);
  const end = act === "data" ? offset + BigInt(length + HEADER) : offset;
  if (end > BigInt(Number.MAX_SAFE_INTEGER) || ((act === "open" || act === "close") && offset !== 0n)) return "offset";
  return {
    act,
    kind: view.getUint8(2),
    from: view.getUint16(4),
    to: view.getUint16(6),
    stream: view.getUint32(8),
    offset: Number(offset),
    payload,
  };
}
