// What has changed since a page was drawn: one socket to the tenant's object says so, and lists and counts are fetched
// again. While the user is away, nothing is fetched, because that would keep the session alive; it waits until they are
// back.

import { api } from "./api";
import { API } from "./place";
import { session } from "./session";
import { store } from "./store";

/** Kinds of things that lists and counts show. That of a list is its path, such as `desk_inquiries` for `/desk/inquiries`. */
export const TOPICS = [
  "registrations", "devices", "questions", "users", "policies", "inquiries", "mails", "audit", "customers", "desk_inquiries",
  "desk_questions", "desk_applications", "equipment", "launches", "desk_launches", "attended", "desk_attended", "enrolments",
  "desk_enrolments", "appointments", "desk_appointments",
] as const;

export type Topic = (typeof TOPICS)[number];

const PROTOCOL = "tegata.events.v1";
/** A person counts as away after so long without a key, a click or a look. */
const AWAY = 10 * 60_000;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;
/** The platform answers a ping at once; without an answer the connection is gone. */
const PING = 45_000;

/** What shows that a person is there. */
const PRESENT = ["pointerdown", "keydown", "visibilitychange"] as const;

const turns = store<Partial<Record<Topic, number>>>({});

/** A counter that increases when `topic` changes. */
export function useTurn(topic: Topic | readonly Topic[] | undefined): number {
  const all = turns.use();
  return [topic ?? []].flat().reduce((sum, each) => sum + (all[each] ?? 0), 0);
}

let seen = Date.now();
let held = new Set<Topic>();

function changed(topics: readonly Topic[]): void {
  for (const topic of topics) held.add(topic);
  if (document.visibilityState === "visible" && Date.now() - seen < AWAY) release();
}

function release(): void {
  if (held.size === 0) return;
  const next = { ...turns.get() };
  for (const topic of held) next[topic] = (next[topic] ?? 0) + 1;
  held = new Set();
  turns.set(next);
}

function back(): void {
  seen = Date.now();
  if (document.visibilityState === "visible") release();
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Resolves when the socket closes, with whether it had opened. */
async function attend(): Promise<boolean> {
  const { ticket } = await api.POST("/events/ticket");
  // Who has logged out meanwhile would only be refused.
  if (session.get()?.state !== "signed_in") return false;
  const url = new URL(`${API}/events`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url, [PROTOCOL, ticket]);
  let answered = true;
  const ping = setInterval(() => {
    if (!answered) return socket.close();
    answered = false;
    if (socket.readyState === WebSocket.OPEN) socket.send("ping");
  }, PING);
  return new Promise((resolve) => {
    let opened = false;
    socket.onopen = () => {
      // What happened before the socket was there is fetched once: between the page's first requests and now, too.
      changed(TOPICS);
      opened = true;
    };
    socket.onmessage = ({ data }) => {
      answered = true;
      if (data !== "pong") changed((JSON.parse(String(data)) as { changed: Topic[] }).changed);
    };
    socket.onclose = () => {
      clearInterval(ping);
      resolve(opened);
    };
  });
}

let following = false;

/** Listens for as long as somebody is logged in. */
export async function follow(): Promise<void> {
  if (following) return;
  following = true;
  for (const event of PRESENT) document.addEventListener(event, back, { passive: true });
  let longest = FIRST_WAIT;
  while (session.get()?.state === "signed_in") {
    const opened = await attend().catch(() => false);
    longest = opened ? FIRST_WAIT : Math.min(2 * longest, LONGEST_WAIT);
    // Anywhere within the wait: after a deploy all consoles lose their sockets at once.
    await wait(Math.random() * longest);
  }
  for (const event of PRESENT) document.removeEventListener(event, back);
  following = false;
}
