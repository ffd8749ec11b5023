// The two fields that only this page has: a colour and a logo.

import { useState } from "preact/hooks";
import { failed } from "../../parts/feedback";
import { described, Field, FieldError, type FieldProps } from "../../parts/fields";
import type { Fields } from "../../parts/form_state";
import { t } from "../../text";
import { colour, SCHEMES } from "./accent";
import { logoOf, source } from "./logo";

/** A colour, typed or picked. What is typed is the value; the browser's picker follows it. */
export function ColourField(props: FieldProps) {
  const { form, name } = props;
  const typed = String(form.value(name) ?? "");
  return (
    <Field {...props}>
      <span class="colour">
        <input
          type="color"
          aria-label={t("console-face-accent-pick")}
          value={colour(typed) ?? SCHEMES.light.plain.accent}
          onInput={(event) => form.put(name, event.currentTarget.value)}
        />
        <input
          {...described(props)}
          type="text"
          name={name}
          class="mono"
          value={typed}
          placeholder="#0b5394"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          onInput={(event) => form.put(name, event.currentTarget.value)}
        />
        {typed && (
          <button type="button" class="plain" onClick={() => form.put(name, "")}>
            {t("console-face-accent-none")}
          </button>
        )}
      </span>
    </Field>
  );
}

export function LogoField({ form, name }: { form: Fields; name: string }) {
  const [refused, setRefused] = useState("");
  const image = String(form.value(name) ?? "");
  const id = `${form.id}-${name}`;
  const take = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    try {
      const found = await logoOf(file);
      setRefused("refused" in found ? found.refused : "");
      if ("image" in found) form.put(name, found.image);
    } catch (error) {
      failed(error);
    }
  };
  return (
    <div class="field">
      <label for={id}>
        {form.labels[name]}
        <span class="optional">{t("console-optional")}</span>
      </label>
      <p class="hint" id={`${id}-hint`}>
        {t("console-logo-hint")}
      </p>
      <FieldError form={form} name={name} />
      <p class="error" role="alert">
        {refused}
      </p>
      {image && (
        <p class="logo-now">
          <img src={source(image)} alt={t("console-logo-now")} />
        </p>
      )}
      <span class="acts">
        {/* The browser's own button speaks the browser's language. */}
        <label class="button secondary small file">
          <input
            id={id}
            class="unseen"
            type="file"
            accept="image/png,.png"
            aria-describedby={`${id}-hint`}
            onChange={(event) => void take(event.currentTarget)}
          />
          {t(image ? "console-logo-change" : "console-logo-choose")}
        </label>
        {image && (
          <button
            type="button"
            class="secondary small"
            onClick={() => {
              form.put(name, "");
              setRefused("");
              document.getElementById(id)?.focus();
            }}
          >
            {t("console-logo-remove")}
          </button>
        )}
      </span>
    </div>
  );
}
