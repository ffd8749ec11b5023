// What a wall-clock time means in a zone: one instant, two where clocks are put back, or none where they are put forward.
// The service decides by the same rules (domain/src/calendar/local.rs); here the question is asked before anything is sent.

import { offset } from "../../dates";
import type { Problem } from "../../problem";
import type { NewTime, TimeAsked } from "../../types";

const DAY = 24 * 3600;

/** A choice is asked for where the time does not mean one instant. */
export type Meaning = { at: number } | { twice: TimeAsked[] } | { never: TimeAsked[] };

const inSeconds = (at: number, zone: string) => offset(at * 1000, zone) / 1000;

/** `2026-12-03T14:00` in `zone`. */
export function localTime(at: number, zone: string): string {
  return new Date((at + inSeconds(at, zone)) * 1000).toISOString().slice(0, 16);
}

/** The zone, or UTC where this browser has no rules for it: one that was stored may not be known here. */
export function knownZone(zone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return "UTC";
  }
}

/** The date and the time of a row, as the API has them; nothing while one of the two is missing. */
export function startOf(day: string, time: string): string | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(day) && /^\d\d:\d\d$/.test(time) ? `${day}T${time}` : undefined;
}

/** What `start` can mean in `zone`; nothing where it is no date. */
export function meaningOf(start: string, zone: string): Meaning | undefined {
  const noted = Date.parse(`${start}:00Z`) / 1000;
  if (Number.isNaN(noted)) return undefined;
  // No zone is further than 14 hours from UTC, so the instant lies between these two.
  const offsets = [inSeconds(noted - DAY, zone), inSeconds(noted + DAY, zone)];
  const instants = [...new Set(offsets.map((ahead) => noted - ahead))].sort((one, other) => one - other);
  const [first, second] = instants.filter((at) => localTime(at, zone) === start);
  if (first !== undefined && second !== undefined) {
    return { twice: [{ start, at: first, occurrence: "first" }, { start, at: second, occurrence: "second" }] };
  }
  if (first !== undefined) return { at: first };
  return { never: instants.map((at) => ({ start: localTime(at, zone), at })) };
}

/** Whether the service asks about `sent`: its rules may be newer than this browser's, and its answer names no row. */
function isAbout({ choices }: Problem, { start, time_zone: zone, occurrence }: NewTime): boolean {
  const [first, second] = choices;
  if (!first || !second) return false;
  if (first.occurrence) return !occurrence && first.start === start;
  return first.start < start && start < second.start && localTime(first.at, knownZone(zone)) === first.start;
}

/** The place of the time that `problem` asks about, among those that were sent; -1 where it is about none. */
export function askedAbout(problem: Problem, sent: NewTime[]): number {
  const asks = problem.code === "no-such-time" || problem.code === "time-exists-twice";
  return asks ? sent.findIndex((time) => isAbout(problem, time)) : -1;
}

const HOURS = { from: "09:00", to: "18:00" };

/** Whether the time lies within Monday to Friday, 9:00 to 18:00, in `zone`. */
export function inWorkingHours(at: number, length: number, zone: string): boolean {
  const [start, end] = [localTime(at, zone), localTime(at + length, zone)];
  const weekday = new Date(`${start}:00Z`).getUTCDay();
  const sameDay = start.slice(0, 10) === end.slice(0, 10);
  return sameDay && weekday >= 1 && weekday <= 5 && start.slice(11) >= HOURS.from && end.slice(11) <= HOURS.to;
}
