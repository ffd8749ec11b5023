// Texts in the reader's language. Each language is a chunk of its own, loaded when it is needed.

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { store } from "./store";
import type { Locale } from "./types";

/** The languages, each by its own name. */
export const LOCALES: Record<Locale, string> = { ja: "日本語", en: "English", da: "Dansk" };

const SOURCES: Record<Locale, () => Promise<{ default: string }>> = {
  ja: () => import("../../locales/ja/console.ftl?raw"),
  en: () => import("../../locales/en/console.ftl?raw"),
  da: () => import("../../locales/da/console.ftl?raw"),
};

/** English with a day before the month and a 24-hour clock, as the other two have them. */
const FORMATS: Record<Locale, string> = { ja: "ja-JP", en: "en-GB", da: "da-DK" };
const CHOSEN = "tegata:locale";

export const locale = store<Locale>("ja");
let bundle: FluentBundle | undefined;
/** The source of each text that was not asked for yet: a view needs few of them, and reading all takes its time. */
let unread = new Map<string, string>();

export function isLocale(tag: string | null | undefined): tag is Locale {
  return tag === "ja" || tag === "en" || tag === "da";
}

/** The language chosen in this browser before. */
export function chosenLocale(): Locale | undefined {
  try {
    const tag = localStorage.getItem(CHOSEN);
    return isLocale(tag) ? tag : undefined;
  } catch {
    return undefined;
  }
}

export function rememberLocale(tag: Locale): void {
  try {
    localStorage.setItem(CHOSEN, tag);
  } catch {
    // A browser that keeps nothing asks the next time as well.
  }
}

export async function speak(tag: Locale): Promise<void> {
  if (bundle && locale.get() === tag) return;
  const source = await SOURCES[tag]();
  // A text begins with its key in the first column; what continues it is indented.
  const texts = source.default.split(/\n(?=[a-z])/);
  unread = new Map(texts.map((text) => [text.slice(0, text.indexOf(" ")), text]));
  bundle = new FluentBundle(FORMATS[tag], { useIsolating: false });
  document.documentElement.lang = tag;
  locale.set(tag);
}

export function formatTag(): string {
  return FORMATS[locale.get()];
}

function message(key: string) {
  const text = unread.get(key);
  if (text !== undefined) {
    unread.delete(key);
    bundle?.addResource(new FluentResource(text));
  }
  return bundle?.getMessage(key);
}

/** The text of `key`. */
export function t(key: string, variables?: Record<string, FluentVariable>): string {
  const found = message(key);
  return bundle && found?.value ? bundle.formatPattern(found.value, variables ?? null) : key;
}

/** The text of `key`, if there is one. */
export function maybe(key: string): string | undefined {
  const found = message(key);
  return bundle && found?.value ? bundle.formatPattern(found.value, null) : undefined;
}
