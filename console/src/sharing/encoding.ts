// The one encoder of a shared picture, for everybody who sees it over the edge. It encodes nothing that nobody can take:
// a frame that is held back is encoded later, or replaced by a newer one, so that no viewer has to start afresh for it.

import { CONFIG, DELTA, KEY, writeJson, writePicture } from "./messages";
import { FIRST_RATE, LEAST_RATE, limitsAt, MOST_RATE } from "./pace";
import { eachFrame, type Source } from "./source";

type Bytes = Uint8Array<ArrayBuffer>;

export interface Encoded {
  key: boolean;
  message: Bytes;
  /** What has to come before it, where it is a key frame. */
  config: Bytes;
}

/** Who the pictures are for. */
export interface Takers {
  /** Whether somebody can take a frame of about `bytes`. */
  canTake(bytes: number): boolean;
  take(encoded: Encoded): void;
  failed(): void;
}

/** How long a lower limit of the picture lasts at least, in milliseconds. */
const SETTLED = 8000;

/** After so long without a frame nothing moves, in milliseconds. */
const STILL = 150;

/** What is held back is tried again after so long, in milliseconds. */
const HELD = 100;

/** More than this is not expected of a frame: every window has room for it. In bytes. */
const MOST_USUAL = 48_000;

interface Size {
  width: number;
  height: number;
}

/** The codecs, best first: VP9 is fast in every browser that has it, and has fine letters; Safari has H.264. */
const CODECS: ((pixels: number) => string)[] = [
  (pixels) => `vp09.00.${pixels <= 983_040 ? "31" : pixels <= 2_228_224 ? "40" : "50"}.08`,
  (pixels) => `avc1.4200${pixels <= 2_088_960 ? "28" : "32"}`,
];

function configuration(codec: string, { width, height }: Size, bitrate: number, framerate: number): VideoEncoderConfig {
  const shown: VideoEncoderConfig = { codec, width, height, bitrate, framerate, latencyMode: "realtime", contentHint: "detail" };
  return codec.startsWith("avc1") ? { ...shown, avc: { format: "annexb" } } : shown;
}

/** The place in `CODECS` of the first that this browser encodes pictures of this size with. */
async function chooseCodec(size: Size): Promise<number | undefined> {
  for (const [index, name] of CODECS.entries()) {
    const config = configuration(name(size.width * size.height), size, MOST_RATE / 2, 30);
    const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }));
    if (supported) return index;
  }
  return undefined;
}

export function canEncode(): boolean {
  return typeof VideoEncoder === "function" && typeof VideoFrame === "function";
}

/** Even, at most `width` across, and of the same form. */
function fitted(frame: VideoFrame, width: number): Size {
  const scale = Math.min(1, width / frame.displayWidth);
  const even = (length: number) => Math.max(2, Math.round((length * scale) / 2) * 2);
  return { width: even(frame.displayWidth), height: even(frame.displayHeight) };
}

export class Encoding {
  private encoder: VideoEncoder | undefined;
  private codec: number | undefined;
  private choosing = false;
  private source: Source | undefined;
  /** The newest frame that is not encoded. No other is kept: browsers give few at a time. */
  private pending: VideoFrame | undefined;
  private cameAt = 0;
  private encodedAt = 0;
  private keyWanted = true;
  private rate = FIRST_RATE;
  private tier = { ...limitsAt(FIRST_RATE), since: Number.NEGATIVE_INFINITY };
  private shrunk = 1;
  private config: Bytes = new Uint8Array();
  private configured = { width: 0, height: 0, rate: 0, frames: 0, at: 0 };
  private usual = 4000;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private over = false;

  constructor(
    private readonly track: MediaStreamTrack,
    private readonly takers: Takers,
  ) {}

  close(): void {
    this.over = true;
    this.pause();
    if (this.encoder?.state !== "closed") this.encoder?.close();
  }

  /** Takes frames from now on. A captured track gives one at once, even where nothing moves. */
  start(): void {
    this.keyWanted = true;
    this.cameAt = performance.now();
    this.source ??= eachFrame(this.track, (frame) => {
      this.cameAt = performance.now();
      this.pending?.close();
      this.pending = frame;
      this.go();
    });
  }

  /** Takes no frames, and encodes none that was taken before. */
  pause(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.source?.stop();
    this.source = undefined;
    this.pending?.close();
    this.pending = undefined;
  }

  wantKey(): void {
    this.keyWanted = true;
    if (!this.pending && performance.now() - this.cameAt > STILL) this.source?.again();
    this.go();
  }

  /** The bit rate that the viewers can take. */
  aim(rate: number): void {
    this.rate = Math.max(LEAST_RATE, Math.min(MOST_RATE, rate));
  }

  /** A key frame is larger than a viewer ever pays for. */
  shrink(): void {
    this.shrunk = Math.max(0.25, this.shrunk * 0.7);
    this.wantKey();
  }

  /** Encodes what waits, if its time has come and somebody can take it. */
  go(): void {
    if (this.over || !this.pending) return;
    if (!this.encoder) return void this.begin();
    if (this.encoder.state === "closed" || this.encoder.encodeQueueSize > 1) return;
    const now = performance.now();
    const { frames, width } = this.limits(now);
    const due = this.encodedAt + 1000 / frames - 8;
    if (now < due && frames < 30) return this.later(due - now);
    if (!this.takers.canTake(this.keyWanted ? 0 : this.usual)) {
      // The next one may be smaller than the last.
      this.usual *= 0.97;
      return this.later(HELD);
    }
    const frame = this.pending;
    this.pending = undefined;
    this.encode(frame, width, frames, now);
    this.encodedAt = now;
    frame.close();
  }

  /** Lower at once, higher after a while: each change of the width takes a key frame. */
  private limits(now: number): { frames: number; width: number } {
    const lower = limitsAt(this.rate);
    const higher = limitsAt(this.rate * 0.7);
    if (lower.frames < this.tier.frames) this.tier = { ...lower, since: now };
    else if (higher.frames > this.tier.frames && now - this.tier.since > SETTLED) this.tier = { ...higher, since: now };
    return this.tier;
  }

  /** In a page in the background this may take a second. */
  private later(wait: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.go();
    }, wait);
  }

  private async begin(): Promise<void> {
    if (this.choosing || !this.pending) return;
    this.choosing = true;
    this.codec = await chooseCodec(fitted(this.pending, this.tier.width));
    if (this.over) return;
    if (this.codec === undefined) return this.takers.failed();
    this.encoder = new VideoEncoder({
      output: (chunk) => this.put(chunk),
      error: () => this.over || this.takers.failed(),
    });
    this.encoder.ondequeue = () => this.go();
    this.go();
  }

  private encode(frame: VideoFrame, width: number, frames: number, now: number): void {
    const size = fitted(frame, width * this.shrunk);
    const { configured } = this;
    const resized = size.width !== configured.width || size.height !== configured.height;
    const changed = frames !== configured.frames || Math.abs(this.rate / configured.rate - 1) > 0.15;
    if (resized || (changed && now - configured.at > 1000)) {
      const codec = CODECS[this.codec ?? 0]?.(size.width * size.height) ?? "";
      this.encoder?.configure(configuration(codec, size, Math.round(this.rate), frames));
      this.configured = { ...size, rate: this.rate, frames, at: now };
      this.config = writeJson(CONFIG, { codec, ...size });
      if (resized) this.keyWanted = true;
    }
    this.encoder?.encode(frame, { keyFrame: this.keyWanted });
    this.keyWanted = false;
  }

  private put(chunk: EncodedVideoChunk): void {
    const key = chunk.type === "key";
    const message = writePicture(key ? KEY : DELTA, chunk.timestamp, chunk.byteLength, (place) => chunk.copyTo(place));
    if (!key) this.usual = Math.min(MOST_USUAL, Math.max(message.length, this.usual * 0.9));
    this.takers.take({ key, message, config: this.config });
    this.go();
  }
}
