// Texts in the reader's language. Each language and part is a chunk of its own, loaded when it is needed.

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { store } from "./store";
import type { Locale } from "./types";

/** The languages, each by its own name. */
export const LOCALES: Record<Locale, string> = { ja: "日本語", en: "English", da: "Dansk" };

const SOURCES = {
  console: {
    ja: () => import("../../locales/ja/console.ftl?raw"),
    en: () => import("../../locales/en/console.ftl?raw"),
    da: () => import("../../locales/da/console.ftl?raw"),
  },
  session: {
    ja: () => import("../../locales/ja/session.ftl?raw"),
    en: () => import("../../locales/en/session.ftl?raw"),
    da: () => import("../../locales/da/session.ftl?raw"),
  },
  attended: {
    ja: () => import("../../locales/ja/attended.ftl?raw"),
    en: () => import("../../locales/en/attended.ftl?raw"),
    da: () => import("../../locales/da/attended.ftl?raw"),
  },
  appointments: {
    ja: () => import("../../locales/ja/appointments.ftl?raw"),
    en: () => import("../../locales/en/appointments.ftl?raw"),
    da: () => import("../../locales/da/appointments.ftl?raw"),
  },
  join: {
    ja: () => import("../../locales/ja/join.ftl?raw"),
    en: () => import("../../locales/en/join.ftl?raw"),
    da: () => import("../../locales/da/join.ftl?raw"),
  },
  check: {
    ja: () => import("../../locales/ja/check.ftl?raw"),
    en: () => import("../../locales/en/check.ftl?raw"),
    da: () => import("../../locales/da/check.ftl?raw"),
  },
} satisfies Record<string, Record<Locale, () => Promise<{ default: string }>>>;

/** A file of texts. */
export type TextPart = keyof typeof SOURCES;

/** English with a day before the month and a 24-hour clock, as the other two have them. */
const FORMATS: Record<Locale, string> = { ja: "ja-JP", en: "en-GB", da: "da-DK" };
const CHOSEN = "tegata:locale";

export const locale = store<Locale>("ja");
let bundle: FluentBundle | undefined;
/** The source of each text that was not asked for yet: a view needs few of them, and reading all takes its time. */
let unread = new Map<string, string>();
/** The files that what is shown needs. */
const parts = new Set<TextPart>();
/** Those that were loaded, and in which language. */
let loaded = new Map<TextPart, Locale>();
/** The latest choice of a language. */
let speaking: Promise<void> | undefined;

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

/** The texts of a file by their keys. A text begins with its key in the first column; what continues it is indented. */
async function textsOf(part: TextPart, tag: Locale): Promise<[string, string][]> {
  const { default: source } = await SOURCES[part][tag]();
  return source.split(/\n(?=[a-z])/).map((text) => [text.slice(0, text.indexOf(" ")), text]);
}

/** Loads the texts of `part`, in this language and in each that is chosen later. */
export async function need(part: TextPart): Promise<void> {
  parts.add(part);
  // Before the first language is chosen, they come with the rest of it.
  if (!speaking) return;
  await speaking;
  const tag = locale.get();
  if (loaded.get(part) === tag) return;
  const texts = await textsOf(part, tag);
  if (locale.get() !== tag) return need(part);
  for (const [key, text] of texts) unread.set(key, text);
  loaded.set(part, tag);
}

/** Speaks `tag`, with the texts of `first` and of every part that is needed already. */
export async function speak(tag: Locale, first: TextPart = "console"): Promise<void> {
  if (bundle && locale.get() === tag) return;
  parts.add(first);
  speaking = speakAnew(tag);
  await speaking;
}

async function speakAnew(tag: Locale): Promise<void> {
  const spoken = [...parts];
  const texts = await Promise.all(spoken.map((part) => textsOf(part, tag)));
  unread = new Map(texts.flat());
  loaded = new Map(spoken.map((part) => [part, tag]));
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
