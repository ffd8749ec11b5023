// How fast a line is, one way. It starts small and grows with what the line takes, so that a slow line is measured within
// the same few seconds as a fast one, and a line that stalls ends in a low figure.

/** Carries `size` bytes and resolves to how many came across: fewer only where `signal` ended it. Rejects if refused. */
export type Transfer = (size: number, signal: AbortSignal) => Promise<number>;

/** Bytes: 256 KiB in all. */
const PLAN = [8, 24, 64, 160].map((kib) => kib * 1024);
/** Less says nothing about a rate. */
const LEAST = 4096;
/** For all of it, in milliseconds. */
const TIME = 5000;
/** How much of the time that is left a transfer may be expected to take. */
const SHARE = 0.8;
/** The largest part of a transfer's time that counts as its round trip, which was measured in other moments. */
const MOST_TRIP = 1 / 3;
/** kbit/s. So few bytes tell nothing about faster lines. */
export const MOST_RATE = 100_000;

interface Sample {
  bytes: number;
  /** Milliseconds. */
  time: number;
}

function rate({ bytes, time }: Sample): number {
  return Math.min(MOST_RATE, Math.round((bytes * 8) / Math.max(time, 1)));
}

/** kbit/s, or undefined where it cannot be measured. `trip` is the round trip in milliseconds, which is none of the rate. */
export async function measureRate(transfer: Transfer, trip: number): Promise<number | undefined> {
  const until = performance.now() + TIME;
  const all: Sample = { bytes: 0, time: 0 };
  let largest: Sample | undefined;
  try {
    for (const planned of PLAN) {
      const left = until - performance.now();
      const fits = largest ? (all.bytes / all.time) * (left - trip) * SHARE : planned;
      const size = Math.floor(Math.min(planned, fits));
      if (left <= 0 || size < LEAST) break;
      const start = performance.now();
      const bytes = await transfer(size, AbortSignal.timeout(left));
      const taken = performance.now() - start;
      const time = Math.max(taken - trip, taken * (1 - MOST_TRIP));
      all.bytes += bytes;
      all.time += time;
      // It would have fitted, so the line has slowed down or stalls: that counts, whatever came before.
      if (bytes < size) return rate(all);
      if (!largest || bytes > largest.bytes) largest = { bytes, time };
    }
  } catch {
    return undefined;
  }
  return largest && rate(largest);
}
