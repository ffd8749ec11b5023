// How much of a file is under way at a time: as little as keeps the line busy. What is under way queues in front of every
// key that is pressed after it, and on a slow line that is seconds. The edge answers pings in order, so a round trip says
// how long bytes queue. The agent does the same (client/src/agent/session/pace.rs).

/** How long bytes may queue, in ms. */
const QUEUEING = 60;
/** The least and the most that is under way, in bytes: the least is a quarter of a second at 128 kbit/s. */
const LEAST = 4096;
const MOST = 1 << 20;
const FIRST = 1 << 16;
/** So many round trips are measured before it is known what a smaller window has changed. */
const SETTLED = 2;
/** Where less under way moves less than this of the bytes, it was not they that queued. */
const SAME_RATE = 0.75;

export class Pace {
  window = FIRST;
  private best = Number.POSITIVE_INFINITY;
  /** After the window was made smaller: the rate before, and how many round trips were measured since. */
  private narrowed: { rate: number; measured: number } | undefined;

  /** Takes a round trip behind what was under way, in ms, and the bytes that moved in a ms; undefined where none came. */
  measured(roundTrip: number | undefined, rate: number): void {
    if (roundTrip === undefined) return;
    this.best = Math.min(this.best, roundTrip);
    if (this.narrowed && ++this.narrowed.measured >= SETTLED) this.judge(roundTrip, rate, this.narrowed.rate);
    const queued = roundTrip - this.best;
    if (queued < QUEUEING) {
      this.window = Math.min(MOST, this.window * 2);
      this.narrowed = undefined;
    } else if (queued > 2 * QUEUEING && this.window > LEAST && !this.narrowed) {
      this.narrowed = { rate, measured: 0 };
      this.window /= 2;
    }
  }

  /** A full line moves as much with a smaller window, and answers sooner. A computer that is busy answers as late as before
   * and moves less: then that is how long an answer takes here. */
  private judge(roundTrip: number, rate: number, before: number): void {
    this.narrowed = undefined;
    if (rate >= before * SAME_RATE) return;
    this.best = roundTrip;
  }
}
