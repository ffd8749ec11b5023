// Times to choose from: up to five rows of a date and a time. Beside each stands what it means for both sides, and what
// speaks against it.

import { seasonName } from "../../dates";
import { FieldError, RadioField, TextField } from "../../parts/fields";
import type { Fields } from "../../parts/form_state";
import { t } from "../../text";
import type { TimeAsked } from "../../types";
import { type Busy, overlap } from "./busy";
import { type Clock, Clocks, clockTexts, spanText } from "./clocks";
import { fieldsOf, nextRow, withoutRow } from "./rows";
import { type Asked, instantOf, meaningOfRow, MOST_TIMES, taken, type TimeRow } from "./times";
import { inWorkingHours } from "./wall_clock";
import "./appointments.css";

interface TimesProps {
  form: Fields;
  zone: string;
  /** In seconds. */
  length: number;
  /** The customer's clock, and the host's. */
  clocks: Clock[];
  /** When the host is taken already. */
  busy: Busy[];
  asked: Asked;
}

/** What `at` means for both sides, and what speaks against it. */
function Beside({ at, length, clocks, busy }: Pick<TimesProps, "length" | "clocks" | "busy"> & { at: number }) {
  const outside = clocks.filter(({ zone }) => !inWorkingHours(at, length, zone));
  const taken = busy.filter((other) => overlap(other, { at, length }));
  const own = clocks.at(-1)?.zone;
  return (
    <>
      <Clocks at={at} length={length} clocks={clocks} />
      {outside.length > 0 && (
        <span class="against">
          {t("console-appointment-outside", { who: outside.map(({ label }) => label).join(t("console-appointment-and")) })}
        </span>
      )}
      {taken.map(({ id, title, customer, at: start, length: taking }) => (
        <span class="against" key={id}>
          {t("console-appointment-busy", { title, customer, span: spanText(start, taking, own ?? "UTC") })}
        </span>
      ))}
    </>
  );
}

interface WhichProps extends Pick<TimesProps, "zone" | "clocks" | "length"> {
  fields: Fields;
  choices: TimeAsked[];
}

/** The time exists twice: which of the two? */
function Which({ fields, choices, zone, clocks, length }: WhichProps) {
  const options = choices.map(({ occurrence, at }): [string, string, string] => [
    occurrence ?? "",
    t(`console-appointment-occurrence-${occurrence ?? "first"}`, { season: seasonName(at, zone) }),
    clockTexts(at, length, clocks).join(" "),
  ]);
  return <RadioField form={fields} name="occurrence" hint={t("console-appointment-twice")} options={options} />;
}

/** The time does not exist: what is meant instead? */
function Instead({ choices, take }: { choices: TimeAsked[]; take: (choice: TimeAsked) => void }) {
  return (
    <div class="outcome caution" role="group" aria-label={t("console-appointment-instead")}>
      <p>{t("console-appointment-never")}</p>
      <div class="buttons">
        {choices.map((choice) => (
          <button type="button" class="secondary small" key={choice.start} onClick={() => take(choice)}>
            {t("console-appointment-take", { time: choice.start.slice(11) })}
          </button>
        ))}
      </div>
    </div>
  );
}

function TimeFields({ of, number, removable, ...props }: TimesProps & { of: TimeRow; number: number; removable: boolean }) {
  const { form, zone, asked, length, clocks, busy } = props;
  const rows = form.value("times") as TimeRow[];
  const set = (row: TimeRow) => form.put("times", rows.map((one) => (one.row === row.row ? row : one)), `times-${row.row}`);
  const fields = fieldsOf(form, "times", of, {
    day: t("console-appointment-day"),
    time: t("console-appointment-time"),
    occurrence: t("console-appointment-which"),
  });
  const meaning = meaningOfRow(of, zone, asked);
  const at = instantOf(of, zone, asked);
  const title = t("console-appointment-candidate", { number });
  return (
    <fieldset class="slot">
      <legend>{title}</legend>
      <div class="day-and-time">
        <TextField form={fields} name="day" type="date" />
        <TextField form={fields} name="time" type="time" />
        {removable && (
          <button
            type="button"
            class="plain"
            aria-label={t("console-act-on", { act: t("console-remove"), name: title })}
            onClick={() => withoutRow(form, "times", of.row)}
          >
            {t("console-remove")}
          </button>
        )}
      </div>
      {meaning && "twice" in meaning && <Which fields={fields} choices={meaning.twice} zone={zone} clocks={clocks} length={length} />}
      {meaning && "never" in meaning && <Instead choices={meaning.never} take={(choice) => set(taken(of, choice))} />}
      <p class="beside" role="status">
        {at !== undefined && <Beside at={at} length={length} clocks={clocks} busy={busy} />}
      </p>
    </fieldset>
  );
}

export function TimesField(props: TimesProps) {
  const { form } = props;
  const rows = form.value("times") as TimeRow[];
  const add = () => form.put("times", [...rows, { row: nextRow(rows), day: rows.at(-1)?.day ?? "", time: "", occurrence: "" }]);
  return (
    <div id={`${form.id}-times`} tabIndex={-1} class="slots">
      <FieldError form={form} name="times" />
      {rows.map((of, index) => (
        <TimeFields key={of.row} {...props} of={of} number={index + 1} removable={rows.length > 1} />
      ))}
      {rows.length < MOST_TIMES && (
        <button type="button" class="secondary small" onClick={add}>
          {t("console-appointment-add-time")}
        </button>
      )}
    </div>
  );
}
