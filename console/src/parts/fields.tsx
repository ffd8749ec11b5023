// Fields of forms: label, hint, and error beside the field.

import type { ComponentChildren } from "preact";
import { LOCALES, t } from "../text";
import type { Fields } from "./form_state";
import "./fields.css";

export interface FieldProps {
  form: Fields;
  name: string;
  hint?: string | undefined;
  optional?: boolean;
}

/** The attributes that tie a field to its label, hint and error. */
export function described({ form, name, hint }: FieldProps) {
  const id = `${form.id}-${name}`;
  const by = [hint && `${id}-hint`, form.errors[name] && `${id}-error`].filter(Boolean).join(" ");
  return {
    id,
    "aria-invalid": form.errors[name] ? ("true" as const) : ("false" as const),
    ...(by ? { "aria-describedby": by } : {}),
  };
}

export function FieldError({ form, name }: { form: Fields; name: string }) {
  const text = form.errors[name];
  return text ? (
    <p class="error" id={`${form.id}-${name}-error`}>
      {text}
    </p>
  ) : null;
}

export function Field(props: FieldProps & { children: ComponentChildren }) {
  const { form, name, hint, optional, children } = props;
  const id = `${form.id}-${name}`;
  return (
    <div class="field">
      <label for={id}>
        {form.labels[name]}
        {optional && <span class="optional">{t("console-optional")}</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError form={form} name={name} />
      {children}
    </div>
  );
}

interface TextProps extends FieldProps {
  type?: "text" | "url" | "number" | "date" | "time";
  autocomplete?: string;
  inputMode?: "numeric" | "decimal" | "email" | "url" | "tel";
  spellcheck?: boolean;
  lang?: string;
}

export function TextField(props: TextProps) {
  const { form, name, type = "text", autocomplete = "off", inputMode, spellcheck, lang } = props;
  return (
    <Field {...props}>
      <input
        {...described(props)}
        {...({ type } as { type: "text" })}
        name={name}
        value={String(form.value(name) ?? "")}
        autocomplete={autocomplete}
        {...(inputMode ? { inputMode } : {})}
        {...(spellcheck === false ? { spellcheck: false, autocapitalize: "none" } : {})}
        {...(lang ? { lang } : {})}
        required={!props.optional}
        onInput={(event) => form.put(name, event.currentTarget.value)}
      />
    </Field>
  );
}

export function AreaField(props: FieldProps & { rows?: number }) {
  const { form, name, rows = 4 } = props;
  return (
    <Field {...props}>
      <textarea
        {...described(props)}
        rows={rows}
        required={!props.optional}
        value={String(form.value(name) ?? "")}
        onInput={(event) => form.put(name, event.currentTarget.value)}
      />
    </Field>
  );
}

export function SelectField(props: FieldProps & { options: [string, string][] }) {
  const { form, name, options } = props;
  const value = String(form.value(name) ?? "");
  const known = options.some(([option]) => option === value);
  return (
    <Field {...props}>
      <select {...described(props)} value={value} onChange={(event) => form.put(name, event.currentTarget.value)}>
        {!known && <option value={value}>{value}</option>}
        {options.map(([option, label]) => (
          <option key={option} value={option}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function TickField(props: FieldProps & { disabled?: boolean; label?: string }) {
  const { form, name, hint, disabled, label } = props;
  const id = `${form.id}-${name}`;
  return (
    <div class="field">
      <FieldError form={form} name={name} />
      <div class="tick">
        <input
          {...described(props)}
          type="checkbox"
          checked={form.value(name) === true}
          disabled={disabled ?? false}
          onChange={(event) => form.put(name, event.currentTarget.checked)}
        />
        <div>
          <label for={id}>{label ?? form.labels[name]}</label>
          {hint && (
            <p class="hint" id={`${id}-hint`}>
              {hint}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

/** One of a few, each with a sentence of its own. */
export function RadioField(props: FieldProps & { options: [string, string, string?][] }) {
  const { form, name, options } = props;
  return (
    <fieldset class="field" aria-invalid={form.errors[name] ? "true" : "false"}>
      <legend>{form.labels[name]}</legend>
      {props.hint && <p class="hint">{props.hint}</p>}
      <FieldError form={form} name={name} />
      {options.map(([value, label, hint], index) => (
        <label class="choice" key={value}>
          <input
            id={index ? undefined : `${form.id}-${name}`}
            type="radio"
            name={`${form.id}-${name}`}
            value={value}
            checked={form.value(name) === value}
            onChange={() => form.put(name, value)}
          />
          <span>
            <b>{label}</b>
            {hint && <span class="hint">{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function LocaleField(props: FieldProps) {
  return <SelectField {...props} options={Object.entries(LOCALES)} />;
}
