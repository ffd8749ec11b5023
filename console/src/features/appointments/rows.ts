// Rows of a form: a list of values with fields of their own. Each row has a number that stays with it, so that an error
// belongs to the same row after another was removed.

import type { Fields } from "../../parts/form_state";

export interface Row {
  row: number;
}

/** The name of a field of a row, by which its error goes. */
export function rowField(list: string, row: number, name: string): string {
  return `${list}-${row}-${name}`;
}

/** The number of a row to be added. */
export function nextRow(rows: Row[]): number {
  return Math.max(0, ...rows.map(({ row }) => row)) + 1;
}

/** The fields of one row of the list `list` of `form`. */
export function fieldsOf<R extends Row>(form: Fields, list: string, { row }: R, labels: Record<string, string>): Fields {
  const rows = form.value(list) as R[];
  const beginning = rowField(list, row, "");
  return {
    id: `${form.id}-${list}-${row}`,
    labels,
    errors: Object.fromEntries(Object.keys(labels).map((name) => [name, form.errors[beginning + name]])),
    value: (name) => rows.find((one) => one.row === row)?.[name as keyof R],
    put: (name, value) =>
      form.put(list, rows.map((one) => (one.row === row ? { ...one, [name]: value } : one)), beginning + name),
  };
}

/** Removes a row and its errors. */
export function withoutRow(form: Fields, list: string, row: number): void {
  const rows = form.value(list) as Row[];
  form.put(list, rows.filter((one) => one.row !== row), `${list}-${row}`);
  document.getElementById(`${form.id}-${list}`)?.focus();
}
