// A file on its way to one receiver: on a stream that the receiver has opened (docs/session-protocol.md, "Files").

import type { Channel } from "./channel";
import { Pace } from "./pace";
import type { Stream } from "./stream";

/** Bytes of a file that are read at a time. */
const PIECE = 1 << 18;

/** How it ended: the receiver has all of it, has gone, or the file is not what it was. */
export type Sent = "all" | "left" | "changed";

/** Sends `file` from `from` on, and closes the stream. `progress` gets where it is. */
export async function sendFile(of: Channel, stream: Stream, file: Blob, from: number, progress: (at: number) => void): Promise<Sent> {
  const pace = new Pace();
  /** The round trips behind what is under way: two windows, so that the line stays busy while the first is answered. */
  const under: Promise<void>[] = [];
  let began = performance.now();
  const next = async (bytes: number) => {
    const rate = bytes / Math.max(1, performance.now() - began);
    began = performance.now();
    under.push(of.roundTrip().then((took) => pace.measured(took, rate)));
    if (under.length > 1) await under.shift();
  };
  let sent = 0;
  for (let at = from; at < file.size; at += PIECE) {
    const piece = await file.slice(at, at + PIECE).arrayBuffer().catch(() => undefined);
    if (!piece) {
      // Without the rest the receiver's size is wrong, so it does not take it for the file.
      stream.close();
      return "changed";
    }
    for (let part = 0; part < piece.byteLength; ) {
      const size = Math.min(piece.byteLength - part, pace.window - sent);
      if (!(await stream.send(new Uint8Array(piece, part, size)))) return "left";
      part += size;
      sent += size;
      progress(at + part);
      if (sent < pace.window) continue;
      await next(sent);
      sent = 0;
    }
  }
  await Promise.all(under);
  stream.close();
  return "all";
}
