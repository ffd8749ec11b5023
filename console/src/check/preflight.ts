// The check itself: one thing after the other, so that none disturbs what another measures. Then the result is sent, and
// again whenever it has changed.

import { abilities } from "../join/abilities";
import { Problem } from "../problem";
import { capture, NoCapture } from "../sharing/capture";
import { type Store, store } from "../store";
import { tryPeer } from "./peer";
import { measureRate } from "./rate";
import { type Attempt, type Measured, send } from "./sending";
import { trySocket } from "./socket";
import { download, upload } from "./transfers";
import { measureTrip, type Trip } from "./trip";
import type { Check, Result } from "./verdicts";

export interface View {
  /** `done`: everything was tried that needs no choice of the person. */
  phase: "before" | "running" | "done";
  /** What is being tried. */
  running: Check | undefined;
  /** What was tried on this page, in this order. */
  tried: readonly Check[];
  measured: Measured;
  sending: boolean;
  /** What the service made of it, without what was tried since. */
  result: Result | undefined;
  /** Why the service has not got it. */
  problem: Problem | undefined;
}

/** Shares a screen for no longer than it takes to see what kind it is. */
async function shareForAMoment(): Promise<Attempt> {
  try {
    const { track, surface } = await capture();
    track.stop();
    return surface;
  } catch (error) {
    return error instanceof NoCapture ? error.why : "failed";
  }
}

export class Preflight {
  readonly view: Store<View>;

  /** `found`: what an earlier check found. */
  constructor(found: Result | undefined) {
    this.view = store({
      phase: "before",
      running: undefined,
      tried: [],
      measured: {},
      sending: false,
      result: found,
      problem: undefined,
    });
  }

  get busy(): boolean {
    const { phase, running, sending } = this.view.get();
    return phase === "running" || running !== undefined || sending;
  }

  async start(): Promise<void> {
    if (this.busy) return;
    // Whether a screen can be shared is the same on every network: it need not be tried again.
    const { sharing } = this.view.get().measured;
    this.change({ phase: "running", tried: [], measured: sharing ? { sharing } : {}, result: undefined, problem: undefined });
    let trip: Trip | undefined;
    await this.attempt("browser", async () => ({}));
    await this.attempt("socket", async () => ({ socket: await trySocket() }));
    await this.attempt("download", async () => {
      trip = await measureTrip();
      return { download: await measureRate(download, trip?.time ?? 0) };
    });
    await this.attempt("upload", async () => ({ upload: await measureRate(upload, trip?.time ?? 0) }));
    await this.attempt("peer", async () => ({ peer: await tryPeer() }));
    await this.attempt("clock", async () => ({ clock: trip?.clock }));
    // The page of the session will ask the same.
    if (!abilities().share) await this.attempt("sharing", async () => ({ sharing: "unsupported" }));
    else if (sharing) await this.attempt("sharing", async () => ({ sharing }));
    this.change({ phase: "done" });
    await this.send();
  }

  /** Has to be called by a press: without one no browser asks what to share. */
  async tryToShare(): Promise<void> {
    if (this.busy) return;
    const { result } = this.view.get();
    this.change({ problem: undefined, result: result && { ...result, checks: result.checks.filter(({ check }) => check !== "sharing") } });
    await this.attempt("sharing", async () => ({ sharing: await shareForAMoment() }));
    await this.send();
  }

  async send(): Promise<void> {
    this.change({ sending: true, problem: undefined });
    try {
      this.change({ result: await send(this.view.get().measured) });
    } catch (error) {
      this.change({ problem: Problem.from(error) });
    }
    this.change({ sending: false });
  }

  private async attempt(check: Check, measure: () => Promise<Measured>): Promise<void> {
    this.change({ running: check });
    const found = await measure();
    const { measured, tried } = this.view.get();
    this.change({ running: undefined, measured: { ...measured, ...found }, tried: [...tried.filter((one) => one !== check), check] });
  }

  private change(changes: Partial<View>): void {
    this.view.set({ ...this.view.get(), ...changes });
  }
}
