// A span of time with its unit: seconds for the API, minutes, hours or days for the reader.

import { t } from "../text";
import { described, Field, type FieldProps } from "./fields";

const UNITS = { minutes: 60, hours: 3600, days: 24 * 3600 } as const;

type Unit = keyof typeof UNITS;

/** As a form has it: the number as it was typed. Without a number it is no span. */
export interface Duration {
  amount: string;
  unit: Unit;
}

const NAMES = Object.keys(UNITS) as Unit[];

/** In the largest unit of which it is a whole number. */
export function durationOf(seconds: number | null): Duration {
  if (seconds === null) return { amount: "", unit: "days" };
  const unit = NAMES.findLast((name) => seconds % UNITS[name] === 0) ?? "minutes";
  return { amount: String(Math.round((seconds / UNITS[unit]) * 1000) / 1000), unit };
}

/** Nothing where nothing was typed, and no number where it is none. */
export function secondsOf({ amount, unit }: Duration): number | null {
  const typed = amount.normalize("NFKC").trim().replace(",", ".");
  return typed ? Math.round(Number(typed) * UNITS[unit]) : null;
}

/** 3 days, 90 minutes; nothing where it is no span. */
export function durationText(duration: Duration): string {
  const seconds = secondsOf(duration);
  if (seconds === null) return "";
  const { amount, unit } = duration;
  return Number.isNaN(seconds) ? amount : t(`console-duration-${unit}`, { count: seconds / UNITS[unit] });
}

export function DurationField(props: FieldProps) {
  const { form, name, optional } = props;
  const value = form.value(name) as Duration;
  return (
    <Field {...props}>
      <span class="with-unit">
        <input
          {...described(props)}
          type="text"
          inputMode="decimal"
          name={name}
          value={value.amount}
          autocomplete="off"
          required={!optional}
          onInput={(event) => form.put(name, { ...value, amount: event.currentTarget.value })}
        />
        <select
          aria-label={t("console-unit-of", { field: form.labels[name] ?? "" })}
          value={value.unit}
          onChange={(event) => form.put(name, { ...value, unit: event.currentTarget.value as Unit })}
        >
          {NAMES.map((unit) => (
            <option key={unit} value={unit}>
              {t(`console-unit-${unit}`)}
            </option>
          ))}
        </select>
      </span>
    </Field>
  );
}
