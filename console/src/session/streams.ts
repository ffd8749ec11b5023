// The open streams of one connection: who numbers them how, and which frame belongs to which (docs/session-protocol.md,
// "Streams"). What is in a stream is in stream.ts.

import { type Frame, frame, LOWER_OPENS, MOST_STREAMS } from "./frames";
import { Stream } from "./stream";

export type Accept = (stream: Stream) => void;

/** Two participants may give the same number to a stream with a third. */
function key(peer: number, number: number): number {
  return peer * 2 ** 32 + number;
}

export class Streams {
  private readonly all = new Map<number, Stream>();
  private readonly own = new Set<Stream>();
  private next = 1;
  private nextAsLower = LOWER_OPENS;

  constructor(
    /** The address of this connection. */
    private readonly you: number,
    private readonly accepts: ReadonlyMap<number, Accept>,
    private readonly put: (frame: Frame) => void,
  ) {}

  /** Opens a stream to `peer`: one that is broken from the start where too many are open. */
  open(kind: number, peer: number): Stream {
    const number = this.you < peer ? this.nextAsLower : this.next;
    const stream = new Stream(kind, peer, number, this.put);
    if (this.own.size >= MOST_STREAMS) {
      stream.break();
      return stream;
    }
    if (this.you < peer) this.nextAsLower += 1;
    else this.next += 1;
    this.own.add(stream);
    this.all.set(key(peer, number), stream);
    this.put(frame("open", kind, peer, number));
    return stream;
  }

  /** Takes a frame of a participant. False where it breaks the protocol. */
  take(found: Frame): boolean {
    const stream = this.all.get(key(found.from, found.stream));
    if (found.act === "open") return !stream && this.opened(found);
    if (!stream) return true;
    if (stream.kind !== found.kind) return false;
    const good = stream.receive(found);
    this.forget(stream);
    return good;
  }

  /** Everything with `peer` has ended. */
  leave(peer: number): void {
    for (const stream of [...this.all.values()]) if (stream.peer === peer) this.break(stream);
  }

  /** Everything has ended. */
  clear(): void {
    for (const stream of [...this.all.values()]) this.break(stream);
  }

  /** Another participant opens a stream. What nobody waits for is closed at once. */
  private opened({ kind, from, stream: number }: Frame): boolean {
    if (from < this.you !== number >= LOWER_OPENS || number === 0) return false;
    const stream = new Stream(kind, from, number, this.put);
    this.all.set(key(from, number), stream);
    const accept = this.accepts.get(kind);
    if (accept) accept(stream);
    else stream.close();
    return true;
  }

  private break(stream: Stream): void {
    stream.break();
    this.forget(stream);
  }

  private forget(stream: Stream): void {
    if (!stream.gone) return;
    this.all.delete(key(stream.peer, stream.number));
    this.own.delete(stream);
  }
}
