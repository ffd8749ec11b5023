// How much of a file is under way at a time: as little as keeps the line busy. What is under way queues in front of every
// key that is pressed after it, and on a slow line that is seconds. The edge answers pings in order, so a round trip says
// how long bytes queue. The agent does the same (client/src/agent/session/pace.rs).

/** How long bytes may queue, in ms. */
const QUEUEING = 60;
/** The least and the most that is under way, in bytes: the least is a quarter of a second at 128 kbit/s. */
const LEAST = 4096;
const MOST = 1 << 20;
const FIRST = 1 << 16;

export class Pace {
  window = FIRST;
  private best = Number.POSITIVE_INFINITY;

  /** Takes a round trip behind what was under way, in ms, and the bytes that moved in a ms; undefined where none came. */
  measured(roundTrip: number | undefined, rate: number): void {
    if (roundTrip === undefined) return;
    this.best = Math.min(this.best, roundTrip);
    const queued = roundTrip - this.best;
    // What is gone in less cannot be what makes the answer late: a busy computer does.
    const short = this.window < rate * QUEUEING;
    if (short || queued < QUEUEING) this.window = Math.min(MOST, this.window * 2);
    else if (queued > 2 * QUEUEING) this.window = Math.max(LEAST, this.window / 2);
  }
}
