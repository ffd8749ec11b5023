// Policies as a form has them: spans of time in hours or days, domains one a line.

import { type ContactValues, readContact, writeContact } from "../../parts/contact";
import type { Errors } from "../../parts/form_state";
import { t } from "../../text";
import type { ChangedPolicies, Locale, Policies, Policy } from "../../types";

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Limits of the API, in seconds. */
const LIFE: [number, number] = [60, 30 * DAY];
const DEVICE_LIFE: [number, number] = [HOUR, 10 * 366 * DAY];

export interface PolicyValues extends ContactValues {
  name: string;
  locale: Locale;
  time_zone: string;
  activation: Policy["activation"];
  mail_domains: string;
  confirm_address_first: boolean;
  approver_must_log_in: boolean;
  key_required: boolean;
  approval_life_seconds: string;
  code_life_seconds: string;
  device_life_seconds: string;
  data_origin: string;
}

function shown(seconds: number, unit: number): string {
  return String(Math.round((seconds / unit) * 1000) / 1000);
}

function seconds(text: string, unit: number): number {
  return Math.round(Number(text.replace(",", ".")) * unit);
}

function inside(text: string, unit: number, [least, most]: [number, number]): boolean {
  const value = seconds(text, unit);
  return text.trim() !== "" && value >= least && value <= most;
}

export function read({ name, locale, time_zone, policy, contract }: Policies): PolicyValues {
  return {
    name,
    locale,
    time_zone,
    activation: policy.activation,
    mail_domains: policy.mail_domains.join("\n"),
    confirm_address_first: policy.confirm_address_first,
    approver_must_log_in: policy.approver_must_log_in,
    key_required: policy.key_required ?? false,
    approval_life_seconds: shown(policy.approval_life_seconds, HOUR),
    code_life_seconds: shown(policy.code_life_seconds, HOUR),
    device_life_seconds: policy.device_life_seconds === null ? "" : shown(policy.device_life_seconds, DAY),
    data_origin: policy.data_origin ?? "",
    ...readContact(contract.contact),
  };
}

export function check(values: PolicyValues): Errors {
  const device = values.device_life_seconds.trim();
  return {
    name: values.name.trim() ? undefined : t("console-required"),
    approval_life_seconds: inside(values.approval_life_seconds, HOUR, LIFE) ? undefined : t("console-invalid-life"),
    code_life_seconds: inside(values.code_life_seconds, HOUR, LIFE) ? undefined : t("console-invalid-life"),
    device_life_seconds: !device || inside(device, DAY, DEVICE_LIFE) ? undefined : t("console-invalid-device-life"),
  };
}

export function write(values: PolicyValues): Omit<ChangedPolicies, "version"> {
  const device = values.device_life_seconds.trim();
  const policy: Policy = {
    activation: values.activation,
    mail_domains: values.mail_domains.split(/[\s,、]+/).filter(Boolean),
    confirm_address_first: values.confirm_address_first,
    approver_must_log_in: values.approver_must_log_in,
    key_required: values.key_required,
    approval_life_seconds: seconds(values.approval_life_seconds, HOUR),
    code_life_seconds: seconds(values.code_life_seconds, HOUR),
    device_life_seconds: device ? seconds(device, DAY) : null,
    data_origin: values.data_origin.trim() || null,
  };
  const contact = writeContact(values);
  return { name: values.name.trim(), locale: values.locale, time_zone: values.time_zone, policy, contact };
}
