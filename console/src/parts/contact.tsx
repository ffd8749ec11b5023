// The contact person (担当者) of a contract or an application: how they are shown, and their fields in a form (C1).

import { isAddress } from "../address";
import type { Problem } from "../problem";
import { t } from "../text";
import type { ContactPerson } from "../types";
import { TextField } from "./fields";
import type { Errors, Fields } from "./form_state";

export interface ContactValues {
  contact_name: string;
  contact_email: string;
  contact_phone: string;
}

/** Most characters of a telephone number. */
const LONGEST_PHONE = 40;

export function readContact(contact: ContactPerson | null): ContactValues {
  return { contact_name: contact?.name ?? "", contact_email: contact?.email ?? "", contact_phone: contact?.phone ?? "" };
}

/** The contact as the API takes it; nothing where no field is filled in. */
export function writeContact(values: ContactValues): ContactPerson | null {
  const [name, email, phone] = [values.contact_name.trim(), values.contact_email.trim(), values.contact_phone.trim()];
  return name || email || phone ? { name, email, phone: phone || null } : null;
}

/** What is wrong. Where the contact is not needed, all fields may stay empty. */
export function checkContact(values: ContactValues, needed: boolean): Errors {
  if (!needed && !writeContact(values)) return {};
  const [name, email] = [values.contact_name.trim(), values.contact_email.trim()];
  return {
    contact_name: name ? undefined : t("console-required"),
    contact_email: email ? (isAddress(email) ? undefined : t("console-invalid-email")) : t("console-required"),
    ...checkPhone(values),
  };
}

export function checkPhone({ contact_phone: phone }: { contact_phone: string }): Errors {
  return { contact_phone: [...phone.trim()].length > LONGEST_PHONE ? t("console-contact-phone-wrong") : undefined };
}

export function contactLabels(): Record<keyof ContactValues, string> {
  return {
    contact_name: t("console-contact-name"),
    contact_email: t("console-contact-email"),
    contact_phone: t("console-contact-phone"),
  };
}

/** Puts a refusal of the contact beside its field. The last part alone would be ambiguous. */
export function explainContact({ field }: Problem): Errors | undefined {
  if (field === "contact.name") return { contact_name: t("console-invalid-name") };
  if (field === "contact.email") return { contact_email: t("console-emails-wrong") };
  return field === "contact.phone" ? { contact_phone: t("console-contact-phone-wrong") } : undefined;
}

export function ContactFields({ form, optional }: { form: Fields; optional?: boolean }) {
  const may = optional ? { optional } : {};
  return (
    <>
      <TextField form={form} name="contact_name" {...may} />
      <TextField form={form} name="contact_email" {...may} inputMode="email" spellcheck={false} />
      <TextField form={form} name="contact_phone" optional inputMode="tel" />
    </>
  );
}

/** The contact with the ways to reach them. */
export function Contact({ of }: { of: ContactPerson | null }) {
  if (!of) return <>{t("console-none")}</>;
  return (
    <>
      {of.name}
      <br />
      <a href={`mailto:${of.email}`}>{of.email}</a>
      {of.phone && (
        <>
          <br />
          {of.phone}
        </>
      )}
    </>
  );
}
