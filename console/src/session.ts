// Who is logged in, and what they may do. `undefined`: not asked yet; `null`: nobody.

import { store } from "./store";
import type { Right, SessionView } from "./types";

export const session = store<SessionView | null | undefined>(undefined);

/** Why the login page is shown, where it is not the first thing somebody sees. */
export const ended = store<"expired" | "left" | "reset" | undefined>(undefined);

export function may(right: Right): boolean {
  return session.get()?.rights.includes(right) ?? false;
}

/** The session is over on the server; the page stays where it is, for whoever logs in again. */
export function sessionEnded(): void {
  if (session.get()) ended.set("expired");
  session.set(null);
}

/** Forgets what was typed but not sent. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("tegata:draft:")) sessionStorage.removeItem(key);
  }
}
