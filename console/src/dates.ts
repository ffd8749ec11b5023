// Dates in the account's time zone and language.

import { session } from "./session";
import { formatTag, locale } from "./text";

const TOKYO = "Asia/Tokyo";

/** The zone of whoever is logged in; before that, the browser's. */
export function zone(): string {
  return session.get()?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions, timeZone = zone()): Intl.DateTimeFormat {
  const key = JSON.stringify([locale.get(), timeZone, options]);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(formatTag(), { ...options, timeZone });
  formats.set(key, made);
  return made;
}

export function dateTime(seconds: number, timeZone = zone()): string {
  // In columns of Japanese dates every figure has its place.
  const date: Intl.DateTimeFormatOptions =
    locale.get() === "ja" ? { month: "2-digit", day: "2-digit" } : { month: "short", day: "numeric" };
  return format({ year: "numeric", ...date, hour: "2-digit", minute: "2-digit" }, timeZone).format(seconds * 1000);
}

/** Hours and minutes, where the day is plain. */
export function timeOfDay(seconds: number, timeZone = zone()): string {
  return format({ hour: "2-digit", minute: "2-digit" }, timeZone).format(seconds * 1000);
}

/** A date to be agreed upon, with its weekday. */
export function dayAndTime(seconds: number, timeZone = zone()): string {
  const parts: Intl.DateTimeFormatOptions = { weekday: "short", year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" };
  return format(parts, timeZone).format(seconds * 1000);
}

/** A day as the server names it, `2026-11-21`, with its weekday, and without its year where that is plain. */
export function weekday(text: string, year: "numeric" | "plain" = "numeric"): string {
  const plain = year === "plain";
  const month = plain && locale.get() !== "ja" ? "short" : "long";
  const parts: Intl.DateTimeFormatOptions = { weekday: "short", month, day: "numeric", ...(!plain && { year }) };
  return format(parts, "UTC").format(Date.parse(`${text}T00:00:00Z`));
}

export function exactTime(seconds: number): string {
  if (locale.get() !== "ja") return format({ dateStyle: "full", timeStyle: "long" }).format(seconds * 1000);
  const parts = format({
    year: "numeric",
    month: "numeric",
    day: "numeric",
    weekday: "short",
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "long",
  }).formatToParts(seconds * 1000);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((found) => found.type === type)?.value ?? "";
  const date = `${part("year")}年${part("month")}月${part("day")}日（${part("weekday")}）`;
  const called = zone() === TOKYO ? zoneName() : part("timeZoneName");
  return `${date}${part("hour")}時${part("minute")}分${part("second")}秒（${called}）`;
}

/** What people call the time in `timeZone`: 日本時間, Central European Time. */
export function zoneName(timeZone = zone()): string {
  if (timeZone === TOKYO && locale.get() === "ja") return "日本時間";
  if (timeZone === "UTC") return timeZone;
  const parts = format({ timeZoneName: "longGeneric" }, timeZone).formatToParts(now() * 1000);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** What the time in `timeZone` is called at that moment: Central European Summer Time. */
export function seasonName(seconds: number, timeZone: string): string {
  const parts = format({ timeZoneName: "long" }, timeZone).formatToParts(seconds * 1000);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** A day as the server names it, `2026-11-21`. */
export function day(text: string, month: "short" | "numeric" = "numeric"): string {
  return format({ month, day: "numeric" }, "UTC").format(Date.parse(`${text}T00:00:00Z`));
}

/** A date as the server names it, with its year. */
export function date(text: string): string {
  const parts: Intl.DateTimeFormatOptions =
    locale.get() === "ja" ? { month: "2-digit", day: "2-digit" } : { month: "short", day: "numeric" };
  return format({ year: "numeric", ...parts }, "UTC").format(Date.parse(`${text}T00:00:00Z`));
}

/** The date in the account's time zone, as a form has it: `2026-11-21`. */
export function today(): string {
  const moment = Date.now();
  return new Date(moment + offset(moment, zone())).toISOString().slice(0, 10);
}

/** How far `timeZone` is ahead of UTC at `moment`, in milliseconds. */
export function offset(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value ?? 0);
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return local - moment;
}

/** The unix seconds of a time in the account's time zone that is given as if it were UTC, in milliseconds. */
function unix(local: number): number | undefined {
  if (Number.isNaN(local)) return undefined;
  const guess = local - offset(local, zone());
  return Math.floor((local - offset(guess, zone())) / 1000);
}

/** When the day `2026-11-21` begins in the account's time zone, in unix seconds; nothing where it is no day. */
export function startOfDay(text: string, daysLater = 0): number | undefined {
  return unix(Date.parse(`${text}T00:00:00Z`) + daysLater * 86_400_000);
}

/** The moment `2026-11-21`, `18:30` in the account's time zone, in unix seconds; nothing where it is none. */
export function instant(day: string, time: string): number | undefined {
  // Browsers read parts of a date in ways of their own.
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^\d\d:\d\d$/.test(time)) return undefined;
  return unix(Date.parse(`${day}T${time}:00Z`));
}

/** `mm:ss`, for a wait. */
export function countdown(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}

export function zones(): string[] {
  const all = Intl.supportedValuesOf("timeZone");
  return all.includes("UTC") ? all : [...all, "UTC"];
}

export function now(): number {
  return Math.floor(Date.now() / 1000);
}
