// Asking the machine for something that comes as bytes: the request, the stream it comes on, and why nothing came.

import type { Channel } from "../../session/channel";
import { type Deed, type DeedOutcome, newId } from "../../session/control";
import { AGENT, DIAGNOSTICS, FILE } from "../../session/frames";

/** Most bytes that one deed may bring. */
const MOST_BROUGHT = 4 * 1024 * 1024;

/** What a deed brought, or why it brought nothing. */
export type Brought = Uint8Array<ArrayBuffer> | Exclude<DeedOutcome, "done"> | "broken" | "too_long";

function joined(parts: Uint8Array<ArrayBuffer>[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Asks for something that brings bytes. How it goes stands in the view, too. */
export async function bring(of: Channel, deed: Deed): Promise<Brought> {
  const stream = of.open(deed.what === "list_files" ? FILE : DIAGNOSTICS, AGENT);
  if (stream.over) return "broken";
  const id = newId();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let why: Exclude<Brought, Uint8Array> | undefined;
  stream.take((bytes) => {
    parts.push(bytes);
    size += bytes.length;
    if (size <= MOST_BROUGHT) return;
    why = "too_long";
    stream.close();
  });
  // What was refused or failed brings nothing, and its stream may stay open on the other side.
  const unheard = of.heard((message) => {
    if (message.type !== "done" || message.id !== id || message.outcome === "done") return;
    why ??= message.outcome;
    stream.close();
  });
  of.say({ type: "request", id, deed, stream: stream.number });
  const end = await stream.ended;
  unheard();
  return why ?? (end === "broken" ? "broken" : joined(parts, size));
}
