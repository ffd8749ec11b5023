// The texts that people read, from the product's own Fluent files.

import { readFileSync } from "node:fs";

/** The languages of every page and mail. */
export const LANGUAGES = ["ja", "en", "da"];

/** Those in which long stories are told: the first, or with `TEGATA_EVERY_LANGUAGE` all of them. */
export const STORIES = process.env.TEGATA_EVERY_LANGUAGE ? LANGUAGES : LANGUAGES.slice(0, 1);

const texts = Object.fromEntries(LANGUAGES.map((language) => [language, read(language)]));

function read(language) {
  const found = new Map();
  for (const part of ["appointments", "attended", "check", "cli", "common", "console", "join", "local", "machine", "mail", "page", "session", "statement", "viewer"]) {
    const source = readFileSync(new URL(`../../../locales/${language}/${part}.ftl`, import.meta.url), "utf8");
    for (const [, key, value] of source.matchAll(/^([a-z_-]+) = (.*)$/gm)) found.set(key, value);
  }
  return found;
}

/** The text `key` in `language`, its variables replaced by `values`. */
export function say(language, key, values = {}) {
  const text = texts[language].get(key);
  if (text === undefined) throw new Error(`${language} has no ${key}`);
  return text.replace(/\{ \$(\w+) \}/g, (_, name) => values[name] ?? "");
}

/** The part of the text `key` before its first variable: enough to find the text. */
export function opening(language, key, values = {}) {
  const [start] = texts[language].get(key).split(/\{ \$(?!product)/);
  return start.replace(/\{ \$product \}/g, values.product ?? "Tegata");
}
