// How well the machine's screen is shown, by what the line carries: less as soon as frames pile up on the way, more once
// it has been clear for a while. Nothing here knows noVNC; the levels are those of its `qualityLevel` and
// `compressionLevel`.

export interface Quality {
  quality: number;
  compression: number;
}

/** The best first. The last is readable at 128 kbit/s. */
export const LEVELS: readonly Quality[] = [
  { quality: 8, compression: 2 },
  { quality: 6, compression: 4 },
  { quality: 4, compression: 6 },
  { quality: 2, compression: 8 },
  { quality: 0, compression: 9 },
];
/** Where it begins: readable at once, and never far off. */
const FIRST = 1;

/** How much longer than at best an answer may take before less is sent, in ms. */
const SLOW = 250;
/** How little longer it takes where the line has room, in ms. */
const CLEAR = 80;
/** How often in a row it has to be clear before more is sent. */
const PATIENCE = 4;
/** Below this rate nothing is said about the line, in bytes a second: a still screen needs none of it. */
const QUIET = 2000;

export class QualityControl {
  level = FIRST;
  private best = Number.POSITIVE_INFINITY;
  private clear = 0;
  private patience = PATIENCE;

  /** Takes a round trip in ms and the bytes that came in the last second. Returns whether the level has changed. */
  measured(roundTrip: number, bytesPerSecond: number): boolean {
    this.best = Math.min(this.best, roundTrip);
    const late = roundTrip - this.best;
    if (late > SLOW) {
      this.clear = 0;
      // What was too much once is tried again later each time.
      this.patience = Math.min(this.patience * 2, PATIENCE * 16);
      return this.move(1);
    }
    if (late > CLEAR || bytesPerSecond < QUIET) return false;
    this.clear += 1;
    if (this.clear < this.patience) return false;
    this.clear = 0;
    return this.move(-1);
  }

  private move(by: number): boolean {
    const to = Math.min(LEVELS.length - 1, Math.max(0, this.level + by));
    const moved = to !== this.level;
    this.level = to;
    return moved;
  }
}
