// Somebody else changed the thing in the meantime: what they changed, what was changed here, and which shall stay.

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../text";
import { same } from "./draft";
import type { Difference, FormState } from "./form_state";

interface Compared<V> {
  values: V;
  base: V;
  theirs: V;
  labels: Record<string, string>;
  show: ((name: string, value: unknown) => string) | undefined;
}

function plain(value: unknown): string {
  if (value === "" || value === null || value === undefined) return t("console-none");
  if (typeof value === "boolean") return value ? t("console-yes") : t("console-no");
  return String(value);
}

export function differences<V extends object>({ values, base, theirs, labels, show }: Compared<V>): Difference[] {
  const names = Object.keys(theirs) as (keyof V & string)[];
  const shown = (name: string, value: unknown) => show?.(name, value) || plain(value);
  return names
    .filter((name) => !same(theirs[name], base[name]) && !same(theirs[name], values[name]))
    .map((name) => ({
      name,
      label: labels[name] ?? name,
      theirs: shown(name, theirs[name]),
      mine: shown(name, values[name]),
      both: !same(values[name], base[name]),
    }));
}

export function ConflictPanel({ form, found }: { form: FormState; found: Difference[] }) {
  const box = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<Record<string, "mine" | "theirs">>({});
  useEffect(() => box.current?.focus(), [found]);
  const open = found.filter(({ name, both }) => both && !chosen[name]);
  return (
    <div class="conflict" ref={box} tabIndex={-1} role="group" aria-label={t("console-conflict-title")}>
      <h2>{t("console-conflict-title")}</h2>
      <p>{found.length ? t("console-conflict-lead") : t("console-conflict-none")}</p>
      {found.map(({ name, label, theirs, mine, both }) => (
        <fieldset key={name}>
          <legend>{label}</legend>
          {(["theirs", "mine"] as const).map((side) => (
            <label class="choice" key={side}>
              <input
                type="radio"
                name={`${form.id}-conflict-${name}`}
                checked={(chosen[name] ?? (both ? undefined : "theirs")) === side}
                onChange={() => setChosen({ ...chosen, [name]: side })}
              />
              <span>
                {t(`console-conflict-${side}`)}
                <b class="pre-line">{side === "theirs" ? theirs : mine}</b>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <button type="button" class="primary" aria-disabled={open.length > 0} onClick={() => open.length || form.resolve(chosen)}>
        {t("console-conflict-save")}
      </button>
    </div>
  );
}
