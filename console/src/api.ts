// Calls of the panel's API, each checked against the API's document: `api.GET("/users/{id}", { params: { path: { id } } })`
// resolves to the document, or rejects with a `Problem`. A call that needs a fresh login asks for it and is repeated; a
// call whose session has ended leads to the login.

import createClient, { createFinalURL, defaultPathSerializer } from "openapi-fetch";
import { askAgain } from "./fresh_login";
import { API } from "./place";
import { Problem } from "./problem";
import { session, sessionEnded } from "./session";
import type { Answer, ExportPath, Item, ListPath, Method, NamesOf, Options, PathOf, QueryOf, TenantPaths } from "./tenant_paths";

/** A filter that is not set is left out. */
function querySerializer(query: unknown): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== "") text.set(name, String(value));
  }
  return text.toString();
}

async function send(request: Request): Promise<Response> {
  // The body of a request is read once, and a fresh login has it sent again.
  const again = request.clone();
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    throw new Problem(0, request.signal.aborted ? "cancelled" : "offline", { detail: String(error) });
  }
  if (response.ok) return response;
  const found = await Problem.of(response);
  if (found.code === "fresh-login-required") {
    if (await askAgain({ passkey: false })) return send(again);
    throw new Problem(0, "cancelled");
  }
  if (found.code === "unauthorized") sessionEnded();
  if (found.code === "new-password-required" || found.code === "passkey-required") await loadSession();
  // A tenant may ask for a passkey where the login took none.
  if (found.code === "passkey-required" && session.get()?.state === "signed_in") {
    if (await askAgain({ passkey: true })) return send(again);
    throw new Problem(0, "cancelled");
  }
  throw found;
}

const client = createClient<TenantPaths>({
  baseUrl: API,
  credentials: "same-origin",
  cache: "no-store",
  headers: { accept: "application/json" },
  querySerializer,
  fetch: send,
});

/** The options may be left out where none of them is needed. */
type Given<O> = Record<never, never> extends O ? [options?: O] : [options: O];

/** A call of the client without its types: they cannot be told inside a function that takes any path. */
const request = client.request as (method: Method, path: string, options?: object) => Promise<{ data?: unknown }>;

/** One method of the API. What `send` rejects never becomes an answer. */
function method<M extends Method>(name: M) {
  return async <P extends PathOf<M>>(path: P, ...[options]: Given<Options<P, M>>): Promise<Answer<P, M>> =>
    (await request(name, path, options)).data as Answer<P, M>;
}

export const api = {
  GET: method("get"),
  POST: method("post"),
  PUT: method("put"),
  PATCH: method("patch"),
  DELETE: method("delete"),
};

/** A part of a list, and where the next one begins. */
export interface Part<T> {
  items: T[];
  cursor: string | null;
}

/** What a list is asked for. */
export interface Asked<P extends ListPath> {
  /** What its path names besides the tenant. */
  names?: NamesOf<P>;
  query: QueryOf<P>;
}

export async function listed<P extends ListPath>(path: P, { names, query }: Asked<P>, signal?: AbortSignal): Promise<Part<Item<P>>> {
  const limits = signal ? { signal } : {};
  return (await request("get", path, { params: { path: names, query }, ...limits })).data as Part<Item<P>>;
}

/** The parts of a list, one after the other, for as long as the reader goes on. */
export async function* parts<P extends ListPath>(path: P, query: Omit<QueryOf<P>, "cursor">): AsyncGenerator<Item<P>[]> {
  let cursor: string | null | undefined;
  do {
    const part = await listed(path, { query: { ...query, cursor: cursor ?? undefined } as unknown as QueryOf<P> });
    yield part.items;
    cursor = part.cursor;
  } while (cursor);
}

function url(path: string, params: object = {}): string {
  return createFinalURL(path, { baseUrl: API, params, querySerializer, pathSerializer: defaultPathSerializer });
}

/** The address of a download. */
export function address<P extends PathOf<"get">>(path: P, ...[options]: Given<Pick<Options<P, "get">, "params">>): string {
  return url(path, options?.params);
}

/** The address of a whole list as a file. */
export function exported<P extends ExportPath>(path: P, query: QueryOf<P>): string {
  return url(path, { query });
}

/** The same key for the same intention: a creation that is sent again creates nothing twice. */
export function under(key: string) {
  return { headers: { "idempotency-key": key } };
}

/** A key that no other call has. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Asks who is logged in. */
export async function loadSession(): Promise<void> {
  try {
    session.set(await api.GET("/session"));
  } catch (error) {
    if (Problem.from(error).status !== 401) throw error;
    session.set(null);
  }
}
