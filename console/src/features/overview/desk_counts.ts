// What the provider's overview counts out of the desk's lists. The API counts open inquiries and mails itself.

import { listed, type Part } from "../../api";
import { now } from "../../dates";
import type { Customer, DeskQuestion } from "../../types";

/** Pages that are gone through at most: some thousand customers. */
const MOST_PAGES = 40;
/** Nothing waits for an answer longer than that, in seconds. */
const LONGEST_WAIT = 31 * 24 * 3600;

/** What `ask` lists, page by page, until `enough`. */
async function all<T>(ask: (cursor: string | undefined) => Promise<Part<T>>, enough = (_: T[]) => false): Promise<{ items: T[]; more: boolean }> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let turn = 0; turn < MOST_PAGES; turn += 1) {
    const page = await ask(cursor);
    items.push(...page.items);
    if (!page.cursor || enough(page.items)) return { items, more: false };
    cursor = page.cursor;
  }
  return { items, more: true };
}

export interface Standing {
  customers: number;
  suspended: number;
  /** In use, and not set up yet; the newest first. */
  unfinished: Customer[];
  /** There are more than were counted. */
  more: boolean;
}

export async function customers(): Promise<Standing> {
  const { signal } = new AbortController();
  const { items, more } = await all((cursor) => listed("/customers", { cursor, q: undefined, sort: undefined }, signal));
  return {
    customers: items.length,
    suspended: items.filter(({ state }) => state === "suspended").length,
    unfinished: items
      .filter(({ state, setup_done, setup_of }) => state === "active" && setup_done < setup_of)
      .sort((one, other) => other.created_at - one.created_at),
    more,
  };
}

/** Questions that customers have not answered; the one that ends first is the first. */
export async function openQuestions(): Promise<DeskQuestion[]> {
  const { signal } = new AbortController();
  const { items } = await all(
    (cursor) => listed("/desk/questions", { cursor, customer: undefined, order: undefined }, signal),
    (page) => (page.at(-1)?.question.asked_at ?? 0) < now() - LONGEST_WAIT,
  );
  return items
    .filter(({ question }) => question.state === "open" && question.expires_at > now())
    .sort((one, other) => one.question.expires_at - other.question.expires_at);
}
