// How much waits for an answer: shown in the navigation and on the overview.

import { api, parts } from "./api";
import { place } from "./place";
import { may } from "./session";
import { store } from "./store";
import type { Item, ListPath, QueryOf } from "./tenant_paths";
import type { Overview } from "./types";

export const waiting = store<Overview["waiting"] | undefined>(undefined);

/** Requests for remote support that wait. The overview does not count them, and not all who answer them may see it. */
export const waitingLaunches = store(0);

/** Machines that wait until somebody lets them enrol; the overview does not count them either. */
export const waitingEnrolments = store(0);

/** Counts stop here, as those of the overview do. */
export const MOST = 100;

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

/** What of a list `waits`, on as many pages as it has. */
async function counted<P extends ListPath>(path: P, query: Omit<QueryOf<P>, "cursor">, waits: (item: Item<P>) => boolean): Promise<number> {
  let count = 0;
  for await (const items of parts(path, query)) {
    count += items.filter(waits).length;
    if (count >= MOST) break;
  }
  return Math.min(count, MOST);
}

/** Whether there may be remote support to answer. */
export function seesLaunches(): boolean {
  return may("launches.read") && place.kind === "tenant";
}

export async function loadWaitingLaunches(): Promise<number> {
  const count = await counted("/launches", { state: "open", order: "oldest" }, ({ state }) => state === "requested");
  waitingLaunches.set(count);
  return count;
}

/** Whether there may be machines to answer. */
export function seesEnrolments(): boolean {
  return may(place.kind === "provider" ? "desk" : "equipment.read");
}

/** Where machines that want to enrol are answered. */
export function enrolmentsPath() {
  return place.kind === "provider" ? "desk/enrolments" : "enrolments";
}

export async function loadWaitingEnrolments(): Promise<number> {
  // What is on its way to the customer, or back, waits for nobody.
  const count = await counted(`/${enrolmentsPath()}`, { state: "open", order: "oldest" }, ({ waits }) => waits !== null);
  waitingEnrolments.set(count);
  return count;
}

/** Counts again. That it failed is no news: the page that needs the numbers says so itself. */
export function countAgain(): void {
  if (may("overview")) loadOverview().catch(() => undefined);
  if (seesLaunches()) loadWaitingLaunches().catch(() => undefined);
  if (seesEnrolments()) loadWaitingEnrolments().catch(() => undefined);
}

export function waitingAt(path: string): number {
  const counts = waiting.get();
  if (path === "registrations") return counts?.registrations ?? 0;
  if (path === "launches") return waitingLaunches.get();
  if (path === enrolmentsPath()) return waitingEnrolments.get();
  if (path === "questions") return counts?.questions ?? 0;
  if (path === "desk/applications") return counts?.applications_overdue ?? 0;
  // For the desk it counts the customers' inquiries, for others the answers to their own.
  if (path === (may("desk") ? "desk/inquiries" : "inquiries")) return counts?.inquiries ?? 0;
  return path === "mails" ? (counts?.mails ?? 0) : 0;
}
