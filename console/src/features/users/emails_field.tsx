// The mail addresses of a person: each of a kind, exactly one of them the main one (C3).

import { isAddress } from "../../address";
import { options } from "../../options";
import { FieldError } from "../../parts/fields";
import type { Fields } from "../../parts/form_state";
import { t } from "../../text";
import type { Email, EmailType } from "../../types";
import "./emails_field.css";

/** Most addresses that are offered for one person. */
const MOST = 10;

export function emailsError(emails: Email[]): string | undefined {
  if (emails.some(({ value }) => !value.trim())) return t("console-emails-empty");
  if (emails.some(({ value }) => !isAddress(value.trim()))) return t("console-emails-wrong");
  return emails.filter(({ primary }) => primary).length === 1 ? undefined : t("console-emails-main");
}

export function showEmails(value: unknown): string {
  return (value as Email[])
    .map((email) => (email.primary ? t("console-emails-main-of", { email: email.value }) : email.value))
    .join("\n");
}

export function EmailsField({ form }: { form: Fields }) {
  const emails = form.value("emails") as Email[];
  const set = (next: Email[]) => form.put("emails", next);
  const change = (at: number, changes: Partial<Email>) =>
    set(emails.map((email, index) => (index === at ? { ...email, ...changes } : email)));
  const drop = (at: number) => {
    const rest = emails.filter((_, index) => index !== at);
    // One of them stays the main one.
    set(emails[at]?.primary ? rest.map((email, index) => ({ ...email, primary: index === 0 })) : rest);
    document.getElementById(`${form.id}-emails`)?.focus();
  };
  const wrong = Boolean(form.errors["emails"]);
  return (
    <fieldset class="field emails">
      <legend>{form.labels["emails"]}</legend>
      <p class="hint">{t("console-emails-hint")}</p>
      <FieldError form={form} name="emails" />
      {emails.map((email, index) => (
        <div class="email" key={index}>
          <input
            id={index ? undefined : `${form.id}-emails`}
            type="text"
            inputMode="email"
            aria-label={t("console-emails-address", { number: index + 1 })}
            aria-invalid={wrong ? "true" : "false"}
            autocomplete="off"
            spellcheck={false}
            value={email.value}
            onInput={(event) => change(index, { value: event.currentTarget.value })}
          />
          <select
            aria-label={t("console-emails-kind", { number: index + 1 })}
            value={email.type}
            onChange={(event) => change(index, { type: event.currentTarget.value as EmailType })}
          >
            {options("email-type").map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          <label class="choice">
            <input
              type="radio"
              name={`${form.id}-main`}
              checked={email.primary}
              onChange={() => set(emails.map((one, at) => ({ ...one, primary: at === index })))}
            />
            <span>{t("console-emails-is-main")}</span>
          </label>
          {emails.length > 1 && (
            <button type="button" class="plain" aria-label={t("console-act-on", { act: t("console-remove"), name: t("console-emails-address", { number: index + 1 }) })} onClick={() => drop(index)}>
              {t("console-remove")}
            </button>
          )}
        </div>
      ))}
      {emails.length < MOST && (
        <button type="button" class="secondary small" onClick={() => set([...emails, { value: "", type: "other", primary: false }])}>
          {t("console-emails-add")}
        </button>
      )}
    </fieldset>
  );
}
