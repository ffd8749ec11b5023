// How much may be sent to one viewer over the edge, and how much one lets come: the sender learns a bit rate from what is
// paid for, the receiver keeps its window as small as the delay asks. Pure; times are in milliseconds.

import { AT_FIRST } from "../session/inflow";

/** Bits a second. */
export const LEAST_RATE = 80_000;
export const FIRST_RATE = 500_000;
export const MOST_RATE = 3_000_000;
/** How often the rate is thought over. */
const STEP = 500;
/** Over how long what was paid for is measured. */
const MEASURED = 2000;

/** The bit rate for one viewer. */
export class Pace {
  rate = FIRST_RATE;
  /** What the line carried when it was last full. */
  private line = Number.POSITIVE_INFINITY;
  private full = false;
  private sentNow = 0;
  private thought: number;
  private paid: { at: number; total: number }[];

  constructor(now: number, total = AT_FIRST) {
    this.thought = now;
    this.paid = [{ at: now, total }];
  }

  sent(bytes: number): void {
    this.sentNow += bytes;
  }

  /** Something was left out or held back, because it was not paid for. */
  held(): void {
    this.full = true;
  }

  /** Thinks over the rate; `total` is what has been paid for since the beginning, in bytes. */
  think(now: number, total: number): void {
    const passed = now - this.thought;
    if (passed < STEP) return;
    this.thought = now;
    this.paid.push({ at: now, total });
    while ((this.paid[1]?.at ?? now) < now - MEASURED) this.paid.shift();
    const used = (this.sentNow * 8000) / passed;
    this.sentNow = 0;
    if (this.full) this.lower(now, total);
    else if (used > this.rate * 0.5) this.raise();
    this.full = false;
  }

  private lower(now: number, total: number): void {
    const [first] = this.paid;
    if (!first || now - first.at < STEP) return;
    this.line = ((total - first.total) * 8000) / (now - first.at);
    this.rate = Math.max(LEAST_RATE, Math.min(this.rate, this.line * 0.85));
  }

  /** Fast until the line was full, carefully near what it carried then. */
  private raise(): void {
    const factor = this.line === Number.POSITIVE_INFINITY ? 1.5 : this.rate < this.line * 0.7 ? 1.25 : 1.04;
    this.rate = Math.min(MOST_RATE, this.rate * factor);
  }
}

/** What a bit rate is good for: frames a second, and pixels across. Letters stay legible before movement is smooth. */
export function limitsAt(rate: number): { frames: number; width: number } {
  if (rate >= 900_000) return { frames: 30, width: 1920 };
  if (rate >= 450_000) return { frames: 15, width: 1440 };
  if (rate >= 220_000) return { frames: 10, width: 1280 };
  return { frames: 5, width: 1280 };
}

/** Delays, in milliseconds: what queues longer than `LATE` is too much, and below `SOON` there is room for more. */
const LATE = 120;
const SOON = 60;
const SMALLEST = 65_536;
const LARGEST = 524_288;
/** At first: most key frames fit. */
const FIRST = 131_072;
/** How long the least delay is remembered. */
const REMEMBERED = 15_000;

/** How far ahead of what was shown the sender may be. */
export class Window {
  /** In bytes. */
  ahead = FIRST;
  private least = Number.POSITIVE_INFINITY;
  private leastBefore = Number.POSITIVE_INFINITY;
  private since = 0;
  private lowered = 0;

  /** A frame of `bytes` that was captured at `time` (of the sender's clock) has come. Returns its delay beyond the least. */
  came(now: number, time: number, bytes: number): number {
    if (now - this.since > REMEMBERED) {
      this.leastBefore = this.least;
      this.least = Number.POSITIVE_INFINITY;
      this.since = now;
    }
    this.least = Math.min(this.least, now - time);
    const delay = now - time - Math.min(this.least, this.leastBefore);
    if (delay < SOON) this.ahead = Math.min(LARGEST, this.ahead + bytes);
    else if (delay > LATE && now - this.lowered > LATE) {
      this.lowered = now;
      this.ahead = Math.max(SMALLEST, Math.floor(this.ahead * 0.75));
    }
    return delay;
  }
}
