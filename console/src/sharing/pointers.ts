// Who points where on a shared picture. A pointer is a place in fractions of the picture, or nothing. Both ways of
// transport carry the same JSON objects.

/** A place on the picture, each from 0 to 1. */
export interface Place {
  x: number;
  y: number;
}

export interface Pointer extends Place {
  /** The address of the person. */
  who: number;
  name: string;
}

/** Pointers are sent no more often than this, in milliseconds. */
export const EVERY = 40;
const LONGEST_NAME = 100;

function isFraction(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

/** Where a viewer says that they point; null to stop, undefined where it is neither. */
export function readPlace(said: Record<string, unknown>): Place | null | undefined {
  const { x, y } = said;
  if (x === undefined && y === undefined) return null;
  return isFraction(x) && isFraction(y) ? { x, y } : undefined;
}

/** A pointer to show, or whose pointer is gone. */
export function readPointer(said: Record<string, unknown>): Pointer | { who: number } | undefined {
  const { who, name } = said;
  if (typeof who !== "number" || !Number.isInteger(who)) return undefined;
  const place = readPlace(said);
  if (place === undefined) return undefined;
  return place ? { who, name: String(name ?? "").slice(0, LONGEST_NAME), ...place } : { who };
}

/** The pointers after one has moved or gone. */
export function moved(pointers: Pointer[], change: Pointer | { who: number }): Pointer[] {
  const others = pointers.filter(({ who }) => who !== change.who);
  return "x" in change ? [...others, change] : others;
}

/** Calls `run` with the latest value, at once and then no more often than every `EVERY` milliseconds. */
export function paced<T>(run: (value: T) => void): (value: T) => void {
  let waiting: { value: T } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const due = () => {
    timer = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = undefined;
    run(value);
    timer = setTimeout(due, EVERY);
  };
  return (value) => {
    waiting = { value };
    if (timer === undefined) due();
  };
}
