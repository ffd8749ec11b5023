// A field for a password, which can be shown, and the rules of new ones.

import { useState } from "preact/hooks";
import { t } from "../text";
import { described, Field, type FieldProps } from "./fields";
import type { Errors } from "./form_state";

/** The length of a new password in characters; only these two limits are checked here, the rest by the server. */
const SHORTEST = 15;
const LONGEST = 128;

export function newPasswordError(password: string): string | undefined {
  const length = [...password].length;
  if (length < SHORTEST) return t("console-password-too-short");
  return length > LONGEST ? t("console-password-too-long") : undefined;
}

export function requirePassword(name: string, password: string): Errors {
  return { [name]: password ? undefined : t("console-required") };
}

interface PasswordProps extends FieldProps {
  autocomplete: "current-password" | "new-password";
}

export function PasswordField(props: PasswordProps) {
  const { form, name, autocomplete } = props;
  const [shown, setShown] = useState(false);
  const id = `${form.id}-${name}`;
  const length = [...String(form.value(name) ?? "")].length;
  return (
    <Field {...props}>
      <span class="with-button">
        <input
          {...described(props)}
          {...({ type: shown ? "text" : "password" } as { type: "password" })}
          name={name}
          value={String(form.value(name) ?? "")}
          autocomplete={autocomplete}
          autocapitalize="none"
          spellcheck={false}
          required={!props.optional}
          onInput={(event) => form.put(name, event.currentTarget.value)}
        />
        <button type="button" class="secondary" aria-pressed={shown} aria-controls={id} onClick={() => setShown(!shown)}>
          {t("console-password-show")}
        </button>
      </span>
      {autocomplete === "new-password" && length > 0 && (
        <span class={length < SHORTEST ? "count" : "count enough"}>{t("console-password-length", { length })}</span>
      )}
    </Field>
  );
}

export function PasswordRules() {
  return (
    <ul class="rules">
      <li>{t("console-password-rule-length")}</li>
      <li>{t("console-password-rule-any")}</li>
      <li>{t("console-password-rule-known")}</li>
    </ul>
  );
}
