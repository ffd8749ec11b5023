// Calls of the panel API. A call that needs a fresh login asks for it and is repeated; a call whose session has ended
// leads to the login.

import { askForPassword } from "./fresh_login";
import { API } from "./place";
import { session, sessionEnded } from "./session";
import type { ProblemDocument, SessionView } from "./types";

/** Why a call failed. `offline` and `cancelled` are codes of the console's own. */
export class Problem extends Error {
  readonly field: string | undefined;
  readonly detail: string;
  readonly current: unknown;

  constructor(
    readonly status: number,
    readonly code: string,
    document: ProblemDocument = {},
    /** Seconds. */
    readonly retryAfter: number = 0,
  ) {
    super(`${status} ${code}`);
    this.field = document.field;
    this.detail = document.detail ?? "";
    this.current = document.current;
  }

  static from(error: unknown): Problem {
    return error instanceof Problem ? error : new Problem(0, "failed", { detail: String(error) });
  }
}

export type Query = Record<string, string | number | undefined>;

interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  query?: Query;
  body?: unknown;
  /** The same key for the same intention: a repeated creation creates nothing twice. */
  key?: string | undefined;
  signal?: AbortSignal;
  /** A refusal for want of a session is the answer, not the end of a session. */
  quiet?: boolean;
}

function queryText(query: Query | undefined): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== "") text.set(name, String(value));
  }
  return text.size ? `?${text}` : "";
}

/** The address of a download. */
export function address(path: string, query?: Query): string {
  return `${API}/${path}${queryText(query)}`;
}

async function problem(response: Response): Promise<Problem> {
  let document: ProblemDocument = {};
  try {
    document = (await response.json()) as ProblemDocument;
  } catch {
    // Something between here and the server answered in its own way.
  }
  const unavailable = response.status >= 500 ? "unavailable" : "failed";
  const wait = Number(response.headers.get("retry-after") ?? 0);
  return new Problem(response.status, document.code ?? unavailable, document, Number.isFinite(wait) ? wait : 0);
}

async function send(path: string, call: Call): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (call.body !== undefined) headers["content-type"] = "application/json";
  if (call.key) headers["idempotency-key"] = call.key;
  try {
    return await fetch(address(path, call.query), {
      method: call.method ?? "GET",
      headers,
      credentials: "same-origin",
      cache: "no-store",
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal ? { signal: call.signal } : {}),
    });
  } catch (error) {
    throw new Problem(0, call.signal?.aborted ? "cancelled" : "offline", { detail: String(error) });
  }
}

export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const response = await send(path, options);
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  const found = await problem(response);
  if (found.code === "fresh-login-required") {
    if (await askForPassword()) return call(path, options);
    throw new Problem(0, "cancelled");
  }
  if (found.code === "unauthorized" && !options.quiet) sessionEnded();
  if (found.code === "new-password-required" || found.code === "passkey-required") await loadSession();
  throw found;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  call<T>(path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) });
export const post = <T>(path: string, body: unknown = {}, key?: string): Promise<T> =>
  call<T>(path, { method: "POST", body, key });
export const put = <T>(path: string, body: unknown, key?: string): Promise<T> =>
  call<T>(path, { method: "PUT", body, key });
export const patch = <T>(path: string, body: unknown): Promise<T> => call<T>(path, { method: "PATCH", body });
export const remove = <T = void>(path: string): Promise<T> => call<T>(path, { method: "DELETE" });

/** Asks who is logged in. */
export async function loadSession(): Promise<void> {
  try {
    session.set(await call<SessionView>("session", { quiet: true }));
  } catch (error) {
    if (Problem.from(error).status !== 401) throw error;
    session.set(null);
  }
}

/** A key that no other call has. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One part of a path. */
export function part(id: string): string {
  return encodeURIComponent(id);
}
