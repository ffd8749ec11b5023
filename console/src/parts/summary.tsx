// What is wrong with a form, above it; it takes the focus and leads to the fields.

import { useEffect, useRef } from "preact/hooks";
import { t } from "../text";
import type { FormState } from "./form_state";

/** An error that names its field needs no label before it. */
function line(label: string, error: string): string {
  return error.toLowerCase().includes(label.toLowerCase()) ? error : t("console-error-of", { field: label, error });
}

export function ErrorSummary({ form }: { form: FormState }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (form.refusals) box.current?.focus();
  }, [form.refusals]);
  const found = Object.entries(form.errors).filter(([, text]) => text);
  if (!found.length && !form.general) return null;
  return (
    <div class="errors" ref={box} tabIndex={-1}>
      <h2>{t("console-errors")}</h2>
      {form.general && <p>{form.general}</p>}
      {found.map(([name, text]) => (
        <p key={name}>
          <button type="button" class="plain" onClick={() => document.getElementById(`${form.id}-${name}`)?.focus()}>
            {line(form.labels[name] ?? "", text ?? "")}
          </button>
        </p>
      ))}
    </div>
  );
}
