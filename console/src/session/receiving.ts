// A file that is being received, from the press that accepts it until it can be saved (docs/session-protocol.md, "Files"):
// across pauses, breaks and reloads, and checked before anybody may open it.

import { store } from "../store";
import type { Channel } from "./channel";
import type { Offered, Received } from "./control";
import { FileProblem, fileStore, type Sink } from "./file_store";
import { FILE } from "./frames";
import { Pace } from "./pace";
import type { Stream } from "./stream";

/**
 * `waiting`: who offers it is not here, or has stopped; `ready`: it is the file that was offered, and can be saved. The
 * rest is why it is not: `mismatch`: it is another file; `full`: no space; `memory`: too large for this browser;
 * `elsewhere`: another page is receiving it; `failed`: it cannot be kept.
 */
export type ReceivingPhase =
  | "running" | "paused" | "waiting" | "checking" | "ready"
  | "mismatch" | "full" | "memory" | "elsewhere" | "failed";

export interface ReceivingState {
  phase: ReceivingPhase;
  /** Bytes that are here. */
  got: number;
  /** Bytes that come in a second, lately; undefined while that is not known. */
  rate: number | undefined;
  /** Whether what is here outlasts the page. */
  lasts: boolean;
}

const TEXT = new TextEncoder();
/** Over so long a rate is taken, and so often it is shown, in ms. */
const LATELY = 5000;
const SHOWN = 250;
/** How often the line is measured, in ms. */
const MEASURED = 500;
/** The most that may be under way to us, in bytes, and the least: a sender needs room for a frame that is worth one. */
const MOST_AHEAD = 1 << 20;
const LEAST_AHEAD = 1 << 13;

const PROBLEMS: Record<string, ReceivingPhase> = {
  QuotaExceededError: "full",
  TooLargeForMemory: "memory",
  NoModificationAllowedError: "elsewhere",
};

export class Receiving {
  readonly state = store<ReceivingState>({ phase: "running", got: 0, rate: undefined, lasts: true });
  private sink: Sink | undefined;
  private stream: Stream | undefined;
  private got = 0;
  private samples: [at: number, got: number][] = [];
  private shown = 0;
  private later: ReturnType<typeof setTimeout> | undefined;
  private go: (() => void) | undefined;
  private dropped = false;
  /** When it is known where the file goes. */
  private readonly started: Promise<void>;
  private outcome: Received | undefined;

  constructor(
    private readonly of: Channel,
    readonly offer: Offered,
    /** Until what was there of it, and is not wanted, is gone. */
    removed: Promise<void>,
  ) {
    this.started = removed.then(() => this.start());
  }

  /** Lets nothing more come until it is resumed. */
  pause(): void {
    if (this.state.get().phase === "running") this.change({ phase: "paused", rate: undefined });
  }

  /** Goes on after a pause, or after who offers it has come back. */
  resume(): void {
    const { phase } = this.state.get();
    if (phase !== "paused" && phase !== "waiting") return;
    this.samples = [];
    this.change({ phase: "running" });
    this.go?.();
    this.go = undefined;
    if (!this.stream || this.stream.over) this.connect();
  }

  /** Whoever offers it may be here again, and may not have heard how it ended. */
  cameBack(): void {
    if (this.outcome) this.of.say({ type: "received", id: this.offer.id, outcome: this.outcome });
    if (this.state.get().phase === "waiting") this.resume();
  }

  /** Without the session nothing more will come: what is here in part is removed. */
  sessionEnded(): void {
    const { phase } = this.state.get();
    if (phase === "checking" || phase === "ready") return;
    this.change({ phase: "failed", rate: undefined });
    void this.drop();
  }

  /** Gives up, and removes what is here. */
  async drop(): Promise<void> {
    this.dropped = true;
    this.stream?.close();
    this.go?.();
    await this.started;
    await this.sink?.remove();
  }

  /** Leaves what is here for later. */
  leave(): void {
    this.dropped = true;
    this.stream?.close();
    void this.started.then(() => this.sink?.close());
  }

  /** The file, once it is ready. */
  async content(): Promise<Blob | undefined> {
    return this.state.get().phase === "ready" ? this.sink?.content() : undefined;
  }

  private change(part: Partial<ReceivingState>): void {
    if (!this.dropped) this.state.set({ ...this.state.get(), ...part });
  }

  private end(phase: ReceivingPhase, outcome?: Received): void {
    this.stream?.close();
    this.change({ phase, got: this.got, rate: undefined });
    this.outcome = outcome;
    if (outcome) this.of.say({ type: "received", id: this.offer.id, outcome });
  }

  private async start(): Promise<void> {
    const { sha256, size } = this.offer;
    try {
      this.sink = await fileStore().receive(sha256, size);
    } catch (problem) {
      return this.end(PROBLEMS[(problem as FileProblem).message] ?? "failed");
    }
    this.got = this.sink.have;
    this.change({ got: this.got, lasts: this.sink.lasts });
    if (this.got >= size) return this.check();
    if (await this.lacksRoom(size - this.got)) return this.end("full");
    this.connect();
  }

  /** Whether the browser says beforehand that there is no room. */
  private async lacksRoom(needed: number): Promise<boolean> {
    const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
    return estimate?.quota !== undefined && estimate.usage !== undefined && estimate.quota - estimate.usage < needed;
  }

  /** Asks for the rest. Who offers it may have another address by now. */
  private connect(): void {
    if (this.dropped) return;
    const now = this.of.view.get().offers.find(({ id }) => id === this.offer.id);
    const stream = this.of.open(FILE, now?.by ?? this.offer.by);
    if (!now || stream.over) {
      stream.close();
      return this.change({ phase: "waiting", rate: undefined });
    }
    this.stream = stream;
    void stream.post(TEXT.encode(JSON.stringify({ offer: this.offer.id, from: this.got })));
    stream.takeAll((parts) => this.took(parts));
    this.keepPace(stream);
    void stream.ended.then(() => this.ended(stream));
  }

  private async took(parts: Uint8Array<ArrayBuffer>[]): Promise<void> {
    if (this.dropped || !this.sink) return;
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (this.got + length > this.offer.size) {
      await this.sink.remove();
      return this.end("mismatch", "mismatch");
    }
    try {
      await this.sink.write(parts);
    } catch (problem) {
      return this.end(PROBLEMS[(problem as FileProblem).message] ?? "failed");
    }
    this.got += length;
    this.showProgress();
    // While it is paused, what was taken counts as not consumed, and the sender gets no credit.
    if (this.state.get().phase === "paused") await new Promise<void>((over) => (this.go = over));
  }

  private ended(stream: Stream): void {
    if (this.dropped || this.stream !== stream) return;
    const { phase } = this.state.get();
    if (phase !== "running" && phase !== "paused") return;
    if (this.got === this.offer.size) return void this.check();
    if (phase === "running") this.change({ phase: "waiting", rate: undefined });
  }

  private async check(): Promise<void> {
    if (!this.sink) return;
    this.change({ phase: "checking", got: this.got, rate: undefined });
    const found = await this.sink.finish().catch(() => undefined);
    if (!found) return this.end("failed", "failed");
    if (found.size === this.offer.size && found.sha256 === this.offer.sha256) return this.end("ready", "done");
    await this.sink.remove();
    this.end("mismatch", "mismatch");
  }

  private showProgress(): void {
    const now = performance.now();
    if (now - this.shown < SHOWN) {
      this.later ??= setTimeout(() => this.showProgress(), SHOWN);
      return;
    }
    clearTimeout(this.later);
    this.later = undefined;
    this.shown = now;
    this.samples.push([now, this.got]);
    this.samples = this.samples.filter(([at]) => now - at <= LATELY);
    const [first] = this.samples;
    const rate = first && now - first[0] >= 2 * SHOWN ? ((this.got - first[1]) * 1000) / (now - first[0]) : undefined;
    this.change({ got: this.got, rate });
  }

  /** Pays for as much at a time as the line carries without a queue. */
  private keepPace(stream: Stream): void {
    const pace = new Pace();
    let [at, got] = [performance.now(), this.got];
    const measure = async () => {
      if (stream.over) return;
      const took = await this.of.roundTrip();
      const rate = (this.got - got) / Math.max(1, performance.now() - at);
      [at, got] = [performance.now(), this.got];
      pace.measured(took, rate);
      stream.ahead = Math.min(MOST_AHEAD, Math.max(LEAST_AHEAD, 2 * pace.window));
      setTimeout(() => void measure(), MEASURED);
    };
    void measure();
  }
}
