// Who is asked at the customer, by mail: one to ten people.

import { isAddress } from "../../address";
import { FieldError, SelectField, TextField } from "../../parts/fields";
import type { Errors, Fields } from "../../parts/form_state";
import { LOCALES, t } from "../../text";
import type { Locale } from "../../types";
import { fieldsOf, nextRow, type Row, rowField, withoutRow } from "./rows";

export interface Person extends Row {
  name: string;
  email: string;
  locale: string;
}

const MOST = 10;
const LIST = "participants";

export function checkPeople(people: Person[]): Errors {
  const found: Errors = {};
  const seen = new Set<string>();
  people.forEach(({ row, name, email }, index) => {
    const number = index + 1;
    const address = email.trim().toLowerCase();
    const wrong = (field: string, text: string) => (found[rowField(LIST, row, field)] = t(text, { number }));
    if (!name.trim()) wrong("name", "console-appointment-person-nameless");
    if (!isAddress(address)) wrong("email", "console-appointment-person-address");
    else if (seen.has(address)) wrong("email", "console-appointment-person-twice");
    seen.add(address);
  });
  return found;
}

export function sentPeople(people: Person[]): { name: string; email: string; locale: Locale }[] {
  return people.map(({ name, email, locale }) => ({ name: name.trim(), email: email.trim(), locale: locale as Locale }));
}

export function PeopleField({ form, locale }: { form: Fields; locale: Locale }) {
  const people = form.value(LIST) as Person[];
  const labels = { name: t("console-field-person"), email: t("console-field-email"), locale: t("console-appointment-mail-locale") };
  const add = () => form.put(LIST, [...people, { row: nextRow(people), name: "", email: "", locale }]);
  return (
    <div id={`${form.id}-${LIST}`} tabIndex={-1} class="slots">
      <FieldError form={form} name={LIST} />
      {people.map((person, index) => {
        const fields = fieldsOf(form, LIST, person, labels);
        const title = t("console-appointment-person", { number: index + 1 });
        return (
          <fieldset class="slot" key={person.row}>
            <legend>{title}</legend>
            <TextField form={fields} name="name" />
            <TextField form={fields} name="email" inputMode="email" spellcheck={false} />
            <SelectField form={fields} name="locale" options={Object.entries(LOCALES)} />
            {people.length > 1 && (
              <button
                type="button"
                class="plain"
                aria-label={t("console-act-on", { act: t("console-remove"), name: title })}
                onClick={() => withoutRow(form, LIST, person.row)}
              >
                {t("console-remove")}
              </button>
            )}
          </fieldset>
        );
      })}
      {people.length < MOST && (
        <button type="button" class="secondary small" onClick={add}>
          {t("console-appointment-add-person")}
        </button>
      )}
    </div>
  );
}
