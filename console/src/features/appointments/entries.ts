// What the desk's calendar shows: agreed dates, and the times that are only proposed; and where two dates of one person
// overlap.

import { parts } from "../../api";
import { startOfDay } from "../../dates";
import type { DeskAppointment } from "../../types";
import { overlap } from "./busy";
import { isOpen } from "./standing";

/** A period in the calendar. */
export interface Entry {
  of: DeskAppointment;
  at: number;
  /** In seconds. */
  length: number;
  /** It is only proposed. */
  tentative: boolean;
}

/** Longest appointment, in seconds: what began so long before a day may reach into it. */
const LONGEST = 8 * 3600;

/** The day `days` after `day`. */
export function dayAfter(day: string, days: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

/** The seven days from Monday of the week that `day` is in. */
export function weekOf(day: string): string[] {
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, index) => dayAfter(day, index - sinceMonday));
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

/** The day from its first second to that of the next. */
export function boundsOf(day: string): { at: number; length: number } {
  const at = startOfDay(day) ?? 0;
  return { at, length: (startOfDay(day, 1) ?? at) - at };
}

interface Asked {
  host: string;
  customer: string;
  days: string[];
}

/** The appointments that may have a time on one of the days. */
export async function fetched({ host, customer, days }: Asked): Promise<DeskAppointment[]> {
  const found = new Map<string, DeskAppointment>();
  const from = boundsOf(days[0] ?? "").at - LONGEST;
  const last = boundsOf(days.at(-1) ?? "");
  const who = { host: host || undefined, customer: customer || undefined, order: "oldest" as const };
  const within = parts("/desk/appointments", { ...who, state: "all", from, to: last.at + last.length });
  // The list knows an appointment by its date, or by the first of its proposed times. Other proposed times may lie on these
  // days all the same, so that whatever is open is looked through.
  const open = parts("/desk/appointments", { ...who, state: "open" });
  for (const list of [within, open]) {
    for await (const items of list) for (const one of items) found.set(`${one.tenant}/${one.appointment.id}`, one);
  }
  return [...found.values()];
}

/** The periods of an appointment. What was declined or cancelled has none, nor has a proposal that nobody answered. */
export function entriesOf(of: DeskAppointment): Entry[] {
  const { agreed, proposal, length, state, awaits } = of.appointment;
  const takesPlace = isOpen(of.appointment) || state === "past";
  const date = agreed && takesPlace ? [{ of, at: agreed.time.at, length, tentative: false }] : [];
  const proposed = awaits && proposal ? proposal.times.map(({ at }) => ({ of, at, length, tentative: true })) : [];
  return [...date, ...proposed];
}

/** The entries that have a part of `day`, in order. */
export function entriesOn(entries: Entry[], day: string): Entry[] {
  const bounds = boundsOf(day);
  return entries.filter((entry) => overlap(entry, bounds)).sort((one, other) => one.at - other.at);
}

/** Pairs of agreed dates of one person that overlap. */
export function conflictsOf(entries: Entry[]): [Entry, Entry][] {
  const dates = entries.filter(({ tentative }) => !tentative).sort((one, other) => one.at - other.at);
  const clash = (one: Entry, other: Entry) => one.of.appointment.host.user === other.of.appointment.host.user && overlap(one, other);
  return dates.flatMap((one, index) => dates.slice(index + 1).flatMap((other): [Entry, Entry][] => (clash(one, other) ? [[one, other]] : [])));
}
