// The round trip to the service, and how far the clock of this browser is from the service's.

import { place } from "./place";

const TIMES = 3;
/** For all of them, in milliseconds. */
const PATIENCE = 5000;

export interface Trip {
  /** Milliseconds. */
  time: number;
  /** Seconds by which the browser's clock is ahead. */
  clock: number | undefined;
}

/** `Date` has whole seconds, and what it leaves out is half a second on average. */
export function ahead(date: string | null, moment: number): number | undefined {
  const service = Date.parse(date ?? "");
  return Number.isNaN(service) ? undefined : Math.round((moment - service) / 1000 - 0.5);
}

async function once(signal: AbortSignal): Promise<Trip> {
  const [start, moment] = [performance.now(), Date.now()];
  const response = await fetch(`${place.bytes}?size=1`, { cache: "no-store", signal });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`status ${response.status}`);
  const time = performance.now() - start;
  return { time, clock: ahead(response.headers.get("date"), moment + time / 2) };
}

/** The quickest of a few, or undefined where none comes about. */
export async function measureTrip(): Promise<Trip | undefined> {
  let quickest: Trip | undefined;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    for (let count = 0; count < TIMES; count += 1) {
      const trip = await once(signal);
      if (!quickest || trip.time < quickest.time) quickest = trip;
    }
  } catch {
    // Those that came about before are good enough.
  }
  return quickest;
}
