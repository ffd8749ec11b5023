// Joining a session with its ID and password. What lets the page in, once, is kept in memory only: neither an address
// nor the browser's storage may hold it.

import { api } from "../../api";
import { API } from "../../place";

interface Admission {
  number: string;
  ticket: string;
}

let given: Admission | undefined;

/** Asks to join; the page of the session finds what it was given. */
export async function join(number: string, password: string): Promise<void> {
  const { ticket } = await api.POST("/desk/sessions/join", { body: { number, password } });
  given = { number, ticket };
}

/** The ticket for `number`, once. */
export function takeTicket(number: string): string | undefined {
  if (given?.number !== number) return undefined;
  const { ticket } = given;
  given = undefined;
  return ticket;
}

/** Where the session's socket is. */
export function socketOf(number: string): URL {
  const url = new URL(`${API.replace(/\/api\/v1$/, "")}/sessions/${number}`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  return url;
}
