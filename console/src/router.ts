// The part of the address behind the `#`: which page, and the filters of its list.

import { store } from "./store";

export interface Route {
  path: string[];
  query: URLSearchParams;
}

/** What an address hands to its page. */
export interface PageProps {
  /** The parts of the path that stand for things, joined by a slash. */
  id: string;
}

function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  return { path: path.split("/").filter(Boolean).map(decoded), query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const route = store<Route>(parse(location.hash));

/** How often another page was opened: the first page of all does not take the focus. */
export const navigations = { count: 0 };

function follow(): void {
  const next = parse(location.hash);
  if (next.path.join("/") !== route.get().path.join("/")) navigations.count += 1;
  route.set(next);
}

addEventListener("hashchange", follow);

/** The address of a page: `href("users", id)`. */
export function href(...path: string[]): string {
  return `#/${path.map(encodeURIComponent).join("/")}`;
}

export function go(...path: string[]): void {
  location.hash = href(...path);
}

/** Opens another page in place of this one. */
export function replace(...path: string[]): void {
  history.replaceState(null, "", href(...path));
  follow();
}

/** The filter `name` of a list, where it is one of `values`. */
export function chosen<V extends string>(query: URLSearchParams, name: string, values: readonly V[]): V | undefined {
  return values.find((value) => value === query.get(name));
}

/** Sets filters; a search that is being typed makes no history of its own. */
export function filter(changes: Record<string, string>, history_ = true): void {
  const { path, query } = route.get();
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const text = next.size ? `${href(...path)}?${next}` : href(...path);
  if (history_) history.pushState(null, "", text);
  else history.replaceState(null, "", text);
  follow();
}
