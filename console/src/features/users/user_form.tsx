// The fields of a person, for adding and for changing one.

import { SelectField, TextField } from "../../parts/fields";
import type { Errors, FormState } from "../../parts/form_state";
import { session } from "../../session";
import { t } from "../../text";
import type { Email, NewUser, Organization, User } from "../../types";
import { places } from "../organizations/data";
import { EmailsField, emailsError, showEmails } from "./emails_field";
import { phoneticShown } from "./phonetic";

export interface UserValues {
  display_name: string;
  phonetic_name: string;
  emails: Email[];
  organization: string;
}

export const NEW_USER: UserValues = {
  display_name: "",
  phonetic_name: "",
  emails: [{ value: "", type: "work", primary: true }],
  organization: "",
};

export function userValues(user: User): UserValues {
  return {
    display_name: user.display_name,
    phonetic_name: user.phonetic_name ?? "",
    emails: user.emails.map(({ value, type, primary }) => ({ value, type, primary })),
    organization: user.organization ?? "",
  };
}

export function userBody(values: UserValues): NewUser {
  return {
    display_name: values.display_name.trim(),
    phonetic_name: values.phonetic_name.trim() || null,
    emails: values.emails.map((email) => ({ ...email, value: email.value.trim() })),
    organization: values.organization || null,
  };
}

export function userTexts(organizations: Organization[]) {
  return {
    labels: {
      display_name: t("console-field-person"),
      phonetic_name: t("console-field-phonetic"),
      emails: t("console-field-emails"),
      organization: t("console-field-organization"),
    },
    wrong: {
      display_name: t("console-invalid-name"),
      phonetic_name: t("console-invalid-phonetic"),
      emails: t("console-emails-wrong"),
      organization: t("console-invalid-organization"),
    },
    check: (values: UserValues): Errors => ({
      display_name: values.display_name.trim() ? undefined : t("console-required"),
      emails: emailsError(values.emails),
    }),
    show(name: string, value: unknown): string {
      if (name === "emails") return showEmails(value);
      if (name === "organization") return organizations.find(({ id }) => id === value)?.name ?? "";
      return "";
    },
  };
}

export function UserFields({ form, organizations }: { form: FormState; organizations: Organization[] }) {
  // Who is limited to an organisation cannot put anybody outside it.
  const everywhere = session.get()?.role !== "organization_administrator";
  return (
    <>
      <TextField form={form} name="display_name" />
      {phoneticShown() && <TextField form={form} name="phonetic_name" optional lang="ja" hint={t("console-phonetic-hint")} />}
      <EmailsField form={form} />
      {(organizations.length > 0 || !everywhere) && (
        <SelectField
          form={form}
          name="organization"
          options={[...(everywhere ? [["", t("console-organization-none")] as [string, string]] : []), ...places(organizations)]}
        />
      )}
    </>
  );
}
