// What an import says of a file, in the reader's words. The API names the column and says in English what is wrong. Each
// column has a sentence that says what is right in it; a few causes have one of their own.

import { maybe, t } from "../../text";
import type { ImportError } from "../../types";

/** The columns that an import reads, in the order of the template. */
export const COLUMNS = ["name", "serial_number", "model", "place", "organization", "responsible", "notes"] as const;

/** Beginnings of what the API says, and the texts for it. */
const CAUSES: [string, string][] = [
  ["must not be empty", "console-required"],
  ["must not stand in the file twice", "console-import-cause-twice"],
  ["belongs to other equipment", "console-problem-serial-number-taken"],
  ["must be an ID, because", "console-import-cause-several"],
  ["must be in use", "console-import-cause-retired"],
  ["must be system administrators", "console-invalid-responsible"],
  ["must contain at most 10", "console-import-cause-people"],
];

/** What is wrong with a cell, by the names of columns that forms have as well. */
const CELLS: Record<string, string> = {
  name: "console-invalid-name",
  serial_number: "console-invalid-serial",
  model: "console-invalid-name",
  place: "console-invalid-place",
  notes: "console-invalid-notes",
};

/** What is wrong with a whole file. */
const FILE_CAUSES: [RegExp, string][] = [
  [/^must be a file of at most 1 MB/, "console-import-large"],
  [/^must be text in/, "console-import-encoding"],
  [/^must not be empty/, "console-import-empty"],
  [/^must have at most 2,000 rows/, "console-import-rows-many"],
  [/^row (?<row>\d+): must be CSV/, "console-import-not-csv"],
  [/^row (?<row>\d+): must have (?<cells>\d+) cells/, "console-import-cells"],
  [/^unknown or repeated heading: "(?<name>.*)"/, "console-import-heading-unknown"],
  [/^the column (?<name>\w+) is missing/, "console-import-heading-missing"],
];

/** What the heading of a column is called. */
export function columnName(column: string): string {
  return maybe(`console-import-column-${column}`) ?? column;
}

export function cause({ column, detail }: ImportError): string {
  const [, key = CELLS[column]] = CAUSES.find(([beginning]) => detail.startsWith(beginning)) ?? [];
  return key ? t(key) : (maybe(`console-import-wrong-${column}`) ?? right(column));
}

/** What is right in a column. */
export function right(column: string): string {
  return maybe(`console-import-right-${column}`) ?? t("console-invalid-value");
}

/** Why the file cannot be read at all. */
export function fileCause(detail: string): string {
  for (const [pattern, key] of FILE_CAUSES) {
    const found = pattern.exec(detail);
    if (!found) continue;
    const { row = "", cells = "", name = "" } = found.groups ?? {};
    return t(key, { row, cells, name: columnName(name) });
  }
  return t("console-import-unreadable");
}
