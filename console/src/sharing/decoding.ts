// A shared picture that comes over the edge, decoded and drawn. The sender is paid once a picture is decoded, and for no
// more than the line carries without a queue.

import type { Stream } from "../session/stream";
import { CONFIG, DELTA, KEY, type Message, Messages, POINTER, readJson, readPicture, STATE, WANT_KEY, write } from "./messages";
import { Window } from "./pace";

/** Frames that may wait for the decoder. */
const MOST_WAITING = 1;
/** Key frames are asked for no more often than this, in milliseconds. */
const ASK_AGAIN = 2000;
const LONGEST_SIDE = 8192;
/** The sender is paid each time that so many bytes are shown. */
const STEP = 8192;
/** Codecs that this page hands to the browser. */
const CODEC = /^(vp09|avc1|av01)\.[\w.]{1,40}$/;

export interface Drawn {
  size(width: number, height: number): void;
  /** A message that is no picture. */
  said(message: Record<string, unknown>): void;
  /** This browser cannot show it. */
  failed(): void;
}

export function canDecode(): boolean {
  return typeof VideoDecoder === "function";
}

export class Decoding {
  readonly canvas = document.createElement("canvas");
  private readonly drawing = this.canvas.getContext("2d", { alpha: false });
  private readonly messages = new Messages();
  private readonly window = new Window();
  private decoder: VideoDecoder | undefined;
  private config: VideoDecoderConfig | undefined;
  private begun = false;
  private asked = 0;
  private failures = 0;

  constructor(
    private readonly stream: Stream,
    private readonly drawn: Drawn,
  ) {
    stream.step = STEP;
    stream.ahead = this.window.ahead;
    stream.take((bytes) => this.take(bytes));
    void stream.ended.then(() => this.close());
  }

  close(): void {
    if (this.decoder?.state !== "closed") this.decoder?.close();
    this.decoder = undefined;
  }

  private take(bytes: Uint8Array<ArrayBuffer>): void | Promise<void> {
    const complete = this.messages.take(bytes);
    if (!complete) return this.stream.close();
    for (const message of complete) this.hear(message);
    this.stream.ahead = this.window.ahead;
    const { decoder } = this;
    if (decoder && decoder.decodeQueueSize > MOST_WAITING) {
      return new Promise((over) => decoder.addEventListener("dequeue", () => over(), { once: true }));
    }
  }

  private hear({ kind, rest }: Message): void {
    if (kind === CONFIG) return this.configure(readJson(rest));
    if (kind === POINTER || kind === STATE) {
      const said = readJson(rest);
      if (said) this.drawn.said(said);
    }
    if (kind !== KEY && kind !== DELTA) return;
    const picture = readPicture(rest);
    if (!picture) return this.stream.close();
    this.window.came(performance.now(), picture.time / 1000, rest.length);
    if (kind === KEY) this.ready();
    else if (!this.begun) return this.wantKey();
    if (!this.begun) return;
    this.decoder?.decode(new EncodedVideoChunk({ type: kind === KEY ? "key" : "delta", timestamp: picture.time, data: picture.data }));
  }

  private configure(said: Record<string, unknown> | undefined): void {
    const { codec, width, height } = said ?? {};
    const fits = (side: unknown): side is number => typeof side === "number" && side > 0 && side <= LONGEST_SIDE;
    if (typeof codec !== "string" || !CODEC.test(codec) || !fits(width) || !fits(height)) return this.stream.close();
    this.config = { codec, codedWidth: width, codedHeight: height, optimizeForLatency: true };
    this.begun = false;
  }

  /** A decoder for the key frame that has come. */
  private ready(): void {
    if (!this.config || this.begun) return;
    try {
      this.decoder ??= new VideoDecoder({ output: (frame) => this.draw(frame), error: () => this.broken() });
      this.decoder.configure(this.config);
      this.begun = true;
    } catch {
      this.drawn.failed();
    }
  }

  /** A picture that cannot be decoded: from a key frame on it may be. */
  private broken(): void {
    this.decoder = undefined;
    this.begun = false;
    this.failures += 1;
    if (this.failures > 3) this.drawn.failed();
    else this.wantKey();
  }

  private wantKey(): void {
    const now = performance.now();
    if (now - this.asked < ASK_AGAIN) return;
    this.asked = now;
    void this.stream.send(write(WANT_KEY));
  }

  private draw(frame: VideoFrame): void {
    const { displayWidth: width, displayHeight: height } = frame;
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.drawn.size(width, height);
    }
    this.drawing?.drawImage(frame, 0, 0);
    frame.close();
    this.failures = 0;
  }
}
