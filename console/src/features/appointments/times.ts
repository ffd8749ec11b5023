// The times that somebody proposes, as they are typed and as they are sent.

import { now } from "../../dates";
import type { Errors } from "../../parts/form_state";
import type { Problem } from "../../problem";
import { t } from "../../text";
import type { NewTime, Occurrence, TimeAsked } from "../../types";
import { type Row, rowField } from "./rows";
import { askedAbout, type Meaning, meaningOf, startOf } from "./wall_clock";

export interface TimeRow extends Row {
  day: string;
  time: string;
  /** Which of the two it is, where the time exists twice and somebody has said which. */
  occurrence: Occurrence | "";
}

/** Most times of one proposal. */
export const MOST_TIMES = 5;
/** How far ahead a date can be agreed, in seconds. */
const FARTHEST = 60 * 24 * 3600;

/** What the service has asked about, by zone and time: its rules come before this browser's. */
export type Asked = Readonly<Record<string, Meaning>>;

const key = (start: string, zone: string) => `${zone} ${start}`;

/** What a row means in `zone`; nothing while something is missing. */
export function meaningOfRow({ day, time }: TimeRow, zone: string, asked: Asked): Meaning | undefined {
  const start = startOf(day, time);
  return start === undefined ? undefined : (asked[key(start, zone)] ?? meaningOf(start, zone));
}

/** The one instant that a row means, once there is one. */
export function instantOf(row: TimeRow, zone: string, asked: Asked): number | undefined {
  const meaning = meaningOfRow(row, zone, asked);
  if (!meaning || "never" in meaning) return undefined;
  return "at" in meaning ? meaning.at : meaning.twice.find(({ occurrence }) => occurrence === row.occurrence)?.at;
}

/** The row with one of the times that exist, in place of the one that does not. */
export function taken(row: TimeRow, { start }: TimeAsked): TimeRow {
  return { ...row, day: start.slice(0, 10), time: start.slice(11), occurrence: "" };
}

export function checkTimes(rows: TimeRow[], zone: string, asked: Asked): Errors {
  const found: Errors = {};
  const seen = new Set<number>();
  rows.forEach((row, index) => {
    const number = index + 1;
    const wrong = (name: string, text: string) => (found[rowField("times", row.row, name)] = t(text, { number }));
    const meaning = meaningOfRow(row, zone, asked);
    const at = instantOf(row, zone, asked);
    if (!meaning) wrong(row.day ? "time" : "day", "console-appointment-time-incomplete");
    else if ("never" in meaning) wrong("time", "console-appointment-never-open");
    else if (at === undefined) wrong("occurrence", "console-appointment-twice-open");
    else if (at <= now() || at > now() + FARTHEST) wrong("day", "console-appointment-time-range");
    else if (seen.has(at)) wrong("day", "console-appointment-time-same");
    if (at !== undefined) seen.add(at);
  });
  return found;
}

/** The rows as they are sent. Which of two is said only where there are two. */
export function sentTimes(rows: TimeRow[], zone: string, asked: Asked): NewTime[] {
  return rows.map((row) => {
    const meaning = meaningOfRow(row, zone, asked);
    const twice = meaning !== undefined && "twice" in meaning && row.occurrence;
    return { start: startOf(row.day, row.time) ?? "", time_zone: zone, ...(twice && { occurrence: twice }) };
  });
}

/** What the service asks about `rows`: the error beside the row, and what is to be remembered. */
export function explained(problem: Problem, rows: TimeRow[], zone: string, asked: Asked): { errors: Errors; asked: Asked } | undefined {
  const sent = sentTimes(rows, zone, asked);
  const index = askedAbout(problem, sent);
  const [row, time] = [rows[index], sent[index]];
  if (!row || !time) return undefined;
  const { choices } = problem;
  const twice = problem.code === "time-exists-twice";
  const name = rowField("times", row.row, twice ? "occurrence" : "time");
  return {
    errors: { [name]: t(twice ? "console-appointment-twice-open" : "console-appointment-never-open", { number: index + 1 }) },
    asked: { ...asked, [key(time.start, zone)]: twice ? { twice: choices } : { never: choices } },
  };
}
