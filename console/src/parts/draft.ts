// What was typed but not saved yet survives a reload, in this tab only. Passwords are never kept.

import { session } from "../session";

export interface Draft<V> {
  values: V;
  base: V;
  version: number;
}

function key(form: string, object: string): string {
  return `tegata:draft:${session.get()?.user_id ?? ""}:${form}:${object}`;
}

export function loadDraft<V>(form: string, object: string): Draft<V> | undefined {
  try {
    const text = sessionStorage.getItem(key(form, object));
    return text ? (JSON.parse(text) as Draft<V>) : undefined;
  } catch {
    return undefined;
  }
}

export function saveDraft<V extends object>(form: string, object: string, draft: Draft<V>, secret: (keyof V)[]): void {
  const values = { ...draft.values };
  for (const name of secret) values[name] = draft.base[name];
  try {
    if (same(values, draft.base)) sessionStorage.removeItem(key(form, object));
    else sessionStorage.setItem(key(form, object), JSON.stringify({ ...draft, values }));
  } catch {
    // Storage that is full or switched off keeps nothing; the form works without.
  }
}

export function dropDraft(form: string, object: string): void {
  try {
    sessionStorage.removeItem(key(form, object));
  } catch {
    // As above.
  }
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
