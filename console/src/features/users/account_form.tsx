// The fields of an account (C4 to C6), for giving and for changing one.

import { CHOICES } from "../../choices";
import { zoneName } from "../../dates";
import { choice } from "../../names";
import { LocaleField, RadioField, SelectField, TickField } from "../../parts/fields";
import type { FormState } from "../../parts/form_state";
import { ZoneField } from "../../parts/zone_field";
import { place } from "../../place";
import { session } from "../../session";
import { LOCALES, t } from "../../text";
import type { Locale, NewAccount, Organization, Role } from "../../types";
import { places } from "../organizations/data";

export interface AccountValues {
  role: Role;
  organization: string;
  support_option: boolean;
  locale: Locale;
  time_zone: string;
}

/** What a new account has before somebody chooses. */
export function newAccount(role: Role): AccountValues {
  const mine = session.get();
  return {
    role,
    organization: mine?.organization ?? "",
    support_option: false,
    locale: mine?.tenant.locale ?? "ja",
    time_zone: mine?.tenant.time_zone ?? "Asia/Tokyo",
  };
}

/** Roles that whoever is logged in can give here. */
function roles(current?: Role): Role[] {
  const mine = session.get()?.role;
  return CHOICES.role.filter((role) => {
    if (role === current) return true;
    if (mine === "organization_administrator") return role === "organization_administrator";
    return role !== "support_agent" || place.kind === "provider";
  });
}

export function accountBody(values: AccountValues): Omit<NewAccount, "account"> {
  return {
    role: values.role,
    organization: values.role === "organization_administrator" ? values.organization || null : null,
    support_option: values.role === "system_administrator" && values.support_option,
    locale: values.locale,
    time_zone: values.time_zone,
  };
}

export function accountCheck(values: AccountValues) {
  const needed = values.role === "organization_administrator" && !values.organization;
  return { organization: needed ? t("console-required-choice", { field: t("console-field-organization") }) : undefined };
}

export function accountNameError(typed: string): string | undefined {
  const name = typed.trim();
  if (!name) return t("console-required");
  return /^[a-z0-9][a-z0-9._-]{1,63}$/.test(name) ? undefined : t("console-invalid-account");
}

export function accountLabels() {
  return {
    role: t("console-field-role"),
    organization: t("console-field-organization"),
    support_option: t("console-field-support"),
    locale: t("console-field-locale"),
    time_zone: t("console-field-zone"),
  };
}

export function showAccount(organizations: Organization[]) {
  return (name: string, value: unknown): string => {
    if (name === "role") return choice("role", String(value));
    if (name === "organization") return organizations.find(({ id }) => id === value)?.name ?? "";
    if (name === "time_zone") return zoneName(String(value));
    return name === "locale" ? LOCALES[value as Locale] : "";
  };
}

interface AccountFieldsProps {
  form: FormState & { values: AccountValues };
  organizations: Organization[];
  current?: Role;
}

export function AccountFields({ form, organizations, current }: AccountFieldsProps) {
  const { role } = form.values;
  return (
    <>
      <RadioField
        form={form}
        name="role"
        options={roles(current).map((value) => [value, choice("role", value), t(`console-role-hint-${value}`)])}
      />
      {role === "organization_administrator" && (
        <SelectField
          form={form}
          name="organization"
          hint={t("console-account-organization-hint")}
          options={[["", t("console-choose")], ...places(organizations)]}
        />
      )}
      {role === "system_administrator" && <TickField form={form} name="support_option" hint={t("console-support-hint")} />}
      <LocaleField form={form} name="locale" />
      <ZoneField form={form} name="time_zone" />
    </>
  );
}
