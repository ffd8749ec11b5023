// How much waits for an answer: shown in the navigation and on the overview.

import { api } from "./api";
import { place } from "./place";
import { may } from "./session";
import { store } from "./store";
import type { Overview } from "./types";

export const waiting = store<Overview["waiting"] | undefined>(undefined);

/** Requests for remote support that wait. The overview does not count them, and not all who answer them may see it. */
export const waitingLaunches = store(0);

let asked: Promise<Overview> | undefined;

/** Asks before anything is drawn; the next who wants to know gets this answer. */
export function askEarly(): void {
  asked = api.GET("/overview");
  asked.catch(() => undefined);
}

export async function loadOverview(): Promise<Overview> {
  const early = asked;
  asked = undefined;
  const overview = await (early ?? api.GET("/overview"));
  waiting.set(overview.waiting);
  return overview;
}

/** Whether there may be remote support to answer. */
export function seesLaunches(): boolean {
  return may("launches.read") && place.kind === "tenant";
}

export async function loadWaitingLaunches(): Promise<number> {
  const { items } = await api.GET("/launches", { params: { query: { state: "open", order: "oldest" } } });
  const { length } = items.filter(({ state }) => state === "requested");
  waitingLaunches.set(length);
  return length;
}

/** Counts again. That it failed is no news: the page that needs the numbers says so itself. */
export function countAgain(): void {
  if (may("overview")) loadOverview().catch(() => undefined);
  if (seesLaunches()) loadWaitingLaunches().catch(() => undefined);
}

export function waitingAt(path: string): number {
  const counts = waiting.get();
  if (path === "registrations") return counts?.registrations ?? 0;
  if (path === "launches") return waitingLaunches.get();
  if (path === "questions") return counts?.questions ?? 0;
  if (path === "desk/applications") return counts?.applications_overdue ?? 0;
  // For the desk it counts the customers' inquiries, for others the answers to their own.
  if (path === (may("desk") ? "desk/inquiries" : "inquiries")) return counts?.inquiries ?? 0;
  return path === "mails" ? (counts?.mails ?? 0) : 0;
}
