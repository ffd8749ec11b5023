// 「参加する」: the one request of this page that changes something. Before it nothing is connected; after it this person's
// consent is recorded, and a ticket lets the page into the session once.

import { Problem } from "../problem";
import { Channel } from "../session/channel";
import { locale } from "../text";

interface Admission {
  /** The session's number. */
  number: string;
  ticket: string;
  /** The customer's slug. */
  tenant: string;
}

const MOST_TRIES = 5;

async function admit(name: string): Promise<Admission> {
  let response: Response;
  try {
    response = await fetch(`${location.pathname.replace(/\/$/, "")}/join`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ name, locale: locale.get() }),
    });
  } catch {
    throw new Problem(0, "offline");
  }
  if (!response.ok) throw await Problem.of(response);
  return (await response.json()) as Admission;
}

/** A session that has just been opened can be joined within moments. */
async function admitSoon(name: string): Promise<Admission> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await admit(name);
    } catch (error) {
      const { code, retryAfter } = Problem.from(error);
      if (code !== "not-open-yet" || tries >= MOST_TRIES) throw error;
      await new Promise((over) => setTimeout(over, Math.max(1, retryAfter) * 1000));
    }
  }
}

/** Joins as `name`. Fails with a `Problem`. */
export async function join(name: string): Promise<Channel> {
  const { number, ticket, tenant } = await admitSoon(name);
  const url = new URL(`/t/${encodeURIComponent(tenant)}/sessions/${encodeURIComponent(number)}`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  return new Channel(url, ticket);
}

/** Which text says why: the edge's code of the problem, else what its status means. */
const BY_CODE: Record<string, string> = { "session-over": "ended", "not-open-yet": "early", suspended: "suspended", offline: "offline" };
const BY_STATUS: Record<number, string> = { 404: "unknown", 410: "ended", 429: "many" };

export function whyNot({ code, status }: Problem): string {
  return BY_CODE[code] ?? BY_STATUS[status] ?? "failed";
}
