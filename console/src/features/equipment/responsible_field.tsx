// The administrators responsible for a piece of equipment, as ticks.

import { useRef } from "preact/hooks";
import { choice } from "../../names";
import { FieldError } from "../../parts/fields";
import type { Fields } from "../../parts/form_state";
import { t } from "../../text";
import type { Organization } from "../../types";
import { type Administrator, covers } from "./people";

interface ResponsibleProps {
  form: Fields;
  administrators: Administrator[];
  organizations: Organization[];
  hint: string;
}

/** Why somebody stands here with a remark. */
function remark(who: Administrator | undefined, fits: boolean): string | undefined {
  if (!who) return undefined;
  if (!fits) return t("console-equipment-person-elsewhere");
  return who.state === "active" ? undefined : choice("account-state", who.state);
}

export function ResponsibleField({ form, administrators, organizations, hint }: ResponsibleProps) {
  const chosen = form.value("responsible") as string[];
  const organization = String(form.value("organization") ?? "");
  const known = new Map(administrators.map((who) => [who.id, who]));
  const fits = (id: string) => {
    const who = known.get(id);
    return !who || covers(who, organization, organizations);
  };
  // A person who was chosen stays in the list after the tick is removed, so that it can be set again.
  const seen = useRef(new Set<string>());
  for (const id of chosen) seen.current.add(id);
  const shown = [
    ...administrators.filter(({ id }) => fits(id) || seen.current.has(id)).map(({ id }) => id),
    ...[...seen.current].filter((id) => !known.has(id)),
  ];
  const toggle = (id: string, on: boolean) => form.put("responsible", on ? [...chosen, id] : chosen.filter((one) => one !== id));
  const by = `${form.id}-responsible-hint`;
  return (
    <fieldset class="field" aria-describedby={by}>
      <legend>
        {form.labels["responsible"]}
        <span class="optional">{t("console-optional")}</span>
      </legend>
      <p class="hint" id={by}>
        {hint}
      </p>
      <FieldError form={form} name="responsible" />
      {shown.map((id, index) => {
        const note = remark(known.get(id), fits(id));
        return (
          <label class="choice" key={id}>
            <input
              id={index ? undefined : `${form.id}-responsible`}
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) => toggle(id, event.currentTarget.checked)}
            />
            <span>
              {known.get(id)?.name ?? t("console-equipment-person-hidden")} {note && <span class="hint">{note}</span>}
            </span>
          </label>
        );
      })}
      {shown.length === 0 && <p class="hint">{t("console-equipment-person-none")}</p>}
    </fieldset>
  );
}
