// What a member of the desk's staff holds already.

import { parts } from "../../api";
import { now } from "../../dates";
import type { Appointment } from "../../types";

/** A period that somebody is taken for. */
export interface Busy {
  id: string;
  title: string;
  customer: string;
  at: number;
  length: number;
}

/** Longest appointment, and how far ahead one can be, in seconds. */
const LONGEST = 8 * 3600;
const AHEAD = 61 * 24 * 3600;

export function overlap(one: { at: number; length: number }, other: { at: number; length: number }): boolean {
  return one.at < other.at + other.length && other.at < one.at + one.length;
}

/** The agreed dates of `host` that are not over. */
export async function busyOf(host: string): Promise<Busy[]> {
  const found: Busy[] = [];
  const [from, to] = [now() - LONGEST, now() + AHEAD];
  for await (const items of parts("/desk/appointments", { host, from, to, state: "open", order: "oldest" })) {
    for (const { appointment: of, tenant_name: customer } of items) found.push(...busy(of, customer));
  }
  return found;
}

function busy({ id, title, agreed, length }: Appointment, customer: string): Busy[] {
  return agreed ? [{ id, title, customer, at: agreed.time.at, length }] : [];
}
