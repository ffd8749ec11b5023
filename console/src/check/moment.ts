// Moments in the words of the reader, in the zone of the appointment.

import { formatTag, locale } from "../text";
import { place } from "./place";

const TOKYO = "Asia/Tokyo";

/** In the zone of the page; in the browser's own where this browser does not know that one, or there is none. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(formatTag(), { ...options, timeZone: place.zone });
  } catch {
    return new Intl.DateTimeFormat(formatTag(), options);
  }
}

function partsOf(milliseconds: number, options: Intl.DateTimeFormatOptions): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = format(options).formatToParts(milliseconds);
  return (type) => parts.find((found) => found.type === type)?.value ?? "";
}

/** What people call the time there: 日本時間, Central European Time. */
function zoneName(milliseconds: number): string {
  const { timeZone } = format({}).resolvedOptions();
  if (timeZone === TOKYO && locale.get() === "ja") return "日本時間";
  return partsOf(milliseconds, { timeZoneName: "longGeneric" })("timeZoneName") || timeZone;
}

/** `2026年11月28日（土）18時30分（日本時間）`. */
export function momentText(seconds: number): string {
  const moment = seconds * 1000;
  if (locale.get() !== "ja") return `${format({ dateStyle: "full", timeStyle: "short" }).format(moment)} (${zoneName(moment)})`;
  const part = partsOf(moment, { year: "numeric", month: "numeric", day: "numeric", weekday: "short", hour: "numeric", minute: "2-digit" });
  const date = `${part("year")}年${part("month")}月${part("day")}日（${part("weekday")}）`;
  return `${date}${part("hour")}時${part("minute")}分（${zoneName(moment)}）`;
}
