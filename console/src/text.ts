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
  const next = new FluentBundle(FORMATS[tag], { useIsolating: false });
  next.addResource(new FluentResource(source.default));
  bundle = next;
  document.documentElement.lang = tag;
  locale.set(tag);
}

export function formatTag(): string {
  return FORMATS[locale.get()];
}

/** The text of `key`. */
export function t(key: string, variables?: Record<string, FluentVariable>): string {
  const message = bundle?.getMessage(key);
  return bundle && message?.value ? bundle.formatPattern(message.value, variables ?? null) : key;
}

/** The text of `key`, if there is one. */
export function maybe(key: string): string | undefined {
  const message = bundle?.getMessage(key);
  return bundle && message?.value ? bundle.formatPattern(message.value, null) : undefined;
}
