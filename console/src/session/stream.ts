// One stream of a session, in both directions (docs/session-protocol.md, "Streams"). Nothing is sent that the other side
// has not paid for, and it is paid for no more than was consumed here. Which streams there are is in streams.ts.

import { type Act, type Frame, frame, HEADER, LONGEST_PAYLOAD } from "./frames";
import { FURTHEST_AHEAD, Inflow } from "./inflow";
import { Outflow } from "./outflow";

type Bytes = Uint8Array<ArrayBuffer>;

/** `closed`: by either side, after everything that was sent before; `broken`: the connection or the other side is gone. */
export type StreamEnd = "closed" | "broken";

interface Going {
  bytes: Bytes;
  /** Bytes that have gone. */
  gone: number;
  /** It goes in one frame. */
  whole: boolean;
  over: (sent: boolean) => void;
}

export class Stream {
  /** How it ended, once everything that came before was consumed. */
  readonly ended: Promise<StreamEnd>;
  /** Called when the other side has paid for more. */
  onroom: (() => void) | undefined;
  private end!: (how: StreamEnd) => void;
  private readonly inflow = new Inflow();
  private readonly outflow = new Outflow();
  private going: Going[] = [];
  /** What has arrived and is not consumed, and how many bytes of frames that is. */
  private kept: Bytes[] = [];
  private keptBytes = 0;
  private handler: ((parts: Bytes[]) => void | Promise<void>) | undefined;
  /** How many frames it gets at a time. */
  private most = 1;
  private consuming = false;
  private closedHere = false;
  private closedThere = false;

  constructor(
    readonly kind: number,
    /** The address of the other side. */
    readonly peer: number,
    readonly number: number,
    private readonly put: (frame: Frame) => void,
  ) {
    this.ended = new Promise((over) => (this.end = over));
  }

  /** Sends bytes, in as many frames as the other side pays for. False where the stream ends before they have gone. */
  send(bytes: Bytes): Promise<boolean> {
    return this.enqueue(bytes, false);
  }

  /** Sends bytes in one frame of their own: a message. */
  post(bytes: Bytes): Promise<boolean> {
    if (bytes.length > LONGEST_PAYLOAD) throw new RangeError("a message has to fit into a frame");
    return this.enqueue(bytes, true);
  }

  /** The bytes that can be sent at once, for those who would rather leave something out than wait. */
  get room(): number {
    return this.over || this.going.length ? 0 : this.outflow.room;
  }

  /** How often the other side is paid: each time that so many bytes are consumed. A screen's sender learns its rate from it. */
  set step(bytes: number) {
    this.inflow.step = bytes;
  }

  /** How far ahead of what was consumed the other side may send, in bytes, from the next credit on. */
  set ahead(bytes: number) {
    this.inflow.ahead = Math.min(bytes, FURTHEST_AHEAD);
  }

  /** Hands each frame's bytes to `handler`, in order. The other side is paid once the handler is done with them. */
  take(handler: (bytes: Bytes) => void | Promise<void>): void {
    this.most = 1;
    this.handler = ([bytes]) => bytes && handler(bytes);
    void this.consume();
  }

  /** The same for a handler that takes its time: it gets all that has come while it was busy. */
  takeAll(handler: (parts: Bytes[]) => Promise<void>): void {
    this.most = Number.POSITIVE_INFINITY;
    this.handler = handler;
    void this.consume();
  }

  /** Ends the stream. What has not gone by now is not sent, and what comes is dropped. */
  close(): void {
    if (this.over) return;
    this.closedHere = true;
    this.reply("close");
    this.finish("closed");
  }

  /** Whether nothing more can be sent. */
  get over(): boolean {
    return this.closedHere || this.closedThere;
  }

  /** Whether both sides have closed it, so that its number means nothing any more. */
  get gone(): boolean {
    return this.closedHere && this.closedThere;
  }

  /** Takes a frame of the other side. False where it breaks the protocol. */
  receive(found: Frame): boolean {
    if (found.act === "close") {
      const first = !this.over;
      this.closedThere = true;
      if (first) {
        this.closedHere = true;
        this.reply("close");
        this.dropGoing();
        void this.consume();
      }
      return true;
    }
    if (this.over) return true;
    if (found.act === "credit") {
      this.outflow.pay(found.offset);
      this.flush();
      this.onroom?.();
      return true;
    }
    if (found.act === "open" || !this.inflow.take(found)) return false;
    this.kept.push(found.payload);
    this.keptBytes += found.payload.length + HEADER;
    void this.consume();
    return true;
  }

  /** The connection or the other side is gone. */
  break(): void {
    this.closedHere = true;
    this.closedThere = true;
    this.finish("broken");
  }

  private enqueue(bytes: Bytes, whole: boolean): Promise<boolean> {
    if (this.over) return Promise.resolve(false);
    return new Promise((over) => {
      this.going.push({ bytes, gone: 0, whole, over });
      this.flush();
    });
  }

  private flush(): void {
    for (let first = this.going[0]; first; first = this.going[0]) {
      const left = first.bytes.length - first.gone;
      const fits = this.outflow.fitting(left);
      if (fits === undefined || (first.whole && fits < left)) return;
      this.put(frame("data", this.kind, this.peer, this.number, this.outflow.next(fits), first.bytes.subarray(first.gone, first.gone + fits)));
      first.gone += fits;
      if (first.gone < first.bytes.length) continue;
      this.going.shift();
      first.over(true);
    }
  }

  /** One at a time, and without a pause where the handler makes none: a screen is shown as it comes. */
  private async consume(): Promise<void> {
    if (this.consuming || (!this.handler && this.kept.length)) return;
    this.consuming = true;
    while (this.kept.length) {
      const parts = this.kept.splice(0, this.most);
      // The handler may give the bytes away.
      const taken = parts.reduce((sum, { length }) => sum + length + HEADER, 0);
      try {
        const waits = this.handler?.(parts);
        if (waits) await waits;
      } catch {
        // What cannot be consumed is not worth more of it.
        this.close();
      }
      this.keptBytes -= taken;
      this.raise();
    }
    this.consuming = false;
    if (this.closedThere) this.finish("closed");
  }

  private raise(): void {
    if (this.over) return;
    const raised = this.inflow.raise(this.keptBytes);
    if (raised !== undefined) this.reply("credit", raised);
  }

  private reply(act: Act, offset = 0): void {
    this.put(frame(act, this.kind, this.peer, this.number, offset));
  }

  private dropGoing(): void {
    const all = this.going;
    this.going = [];
    for (const { over } of all) over(false);
    this.onroom?.();
  }

  private finish(how: StreamEnd): void {
    this.kept = [];
    this.dropGoing();
    this.end(how);
  }
}
