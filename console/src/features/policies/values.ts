// Policies as a form has them: spans of time with their units, domains one a line. Only what was changed is sent.

import { type ContactValues, readContact, writeContact } from "../../parts/contact";
import { same } from "../../parts/draft";
import { type Duration, durationOf, secondsOf } from "../../parts/duration";
import type { Errors } from "../../parts/form_state";
import { t } from "../../text";
import type { ChangedPolicies, Locale, Policies, Policy } from "../../types";

const MEGABYTE = 1024 * 1024;
const USUAL_LARGEST = 4096 * MEGABYTE;
const HOUR = 3600;
const DAY = 24 * HOUR;
/** Limits of the API, in seconds. */
const LIFE: [number, number] = [60, 30 * DAY];
const DEVICE_LIFE: [number, number] = [HOUR, 10 * 366 * DAY];

/** How many administrators may have to approve remote support. */
export const APPROVALS = ["1", "2"] as const;

export interface PolicyValues extends ContactValues {
  name: string;
  locale: Locale;
  time_zone: string;
  activation: Policy["activation"];
  mail_domains: string;
  confirm_address_first: boolean;
  approver_must_log_in: boolean;
  launch_approvals: string;
  launch_login: NonNullable<Policy["launch_login"]>;
  /** In megabytes. */
  files_largest: string;
  /** Extensions; every one where there is none. */
  files_types: string;
  key_required: boolean;
  approval_life_seconds: Duration;
  code_life_seconds: Duration;
  device_life_seconds: Duration;
  data_origin: string;
}

function inside(duration: Duration, [least, most]: [number, number]): boolean {
  const value = secondsOf(duration);
  return value !== null && value >= least && value <= most;
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
    launch_approvals: String(policy.launch_approvals ?? 1),
    launch_login: policy.launch_login ?? "none",
    files_largest: String(Math.floor((policy.session_files?.largest ?? USUAL_LARGEST) / MEGABYTE)),
    files_types: policy.session_files?.types.join(" ") ?? "",
    key_required: policy.key_required ?? false,
    approval_life_seconds: durationOf(policy.approval_life_seconds),
    code_life_seconds: durationOf(policy.code_life_seconds),
    device_life_seconds: durationOf(policy.device_life_seconds),
    data_origin: policy.data_origin ?? "",
    ...readContact(contract.contact),
  };
}

export function check(values: PolicyValues): Errors {
  const device = values.device_life_seconds;
  const deviceRight = secondsOf(device) === null || inside(device, DEVICE_LIFE);
  return {
    files_largest: /^\d{1,9}$/.test(values.files_largest.trim()) ? undefined : t("console-policy-files-wrong"),
    files_types: typesIn(values.files_types).every((type) => /^[a-z0-9]{1,16}$/.test(type)) ? undefined : t("console-policy-files-types-wrong"),
    name: values.name.trim() ? undefined : t("console-required"),
    approval_life_seconds: inside(values.approval_life_seconds, LIFE) ? undefined : t("console-invalid-life"),
    code_life_seconds: inside(values.code_life_seconds, LIFE) ? undefined : t("console-invalid-life"),
    device_life_seconds: deviceRight ? undefined : t("console-invalid-device-life"),
  };
}

type Body = Omit<ChangedPolicies, "version">;

/** Extensions as people write them: `.log, gz`. */
function typesIn(typed: string): string[] {
  return typed.split(/[\s,、]+/).map((type) => type.replace(/^\*?\./, "").toLowerCase()).filter(Boolean);
}

function whole(values: PolicyValues) {
  return {
    name: values.name.trim(),
    locale: values.locale,
    time_zone: values.time_zone,
    policy: {
      activation: values.activation,
      mail_domains: values.mail_domains.split(/[\s,、]+/).filter(Boolean),
      confirm_address_first: values.confirm_address_first,
      approver_must_log_in: values.approver_must_log_in,
      launch_approvals: Number(values.launch_approvals),
      launch_login: values.launch_login,
      session_files: { largest: Number(values.files_largest) * MEGABYTE, types: typesIn(values.files_types) },
      key_required: values.key_required,
      approval_life_seconds: secondsOf(values.approval_life_seconds) ?? 0,
      code_life_seconds: secondsOf(values.code_life_seconds) ?? 0,
      device_life_seconds: secondsOf(values.device_life_seconds),
      data_origin: values.data_origin.trim() || null,
    } satisfies Policy,
    contact: writeContact(values),
  };
}

/** The members of `now` that differ from those of `before`. */
function differing<T extends object>(now: T, before: T): Partial<T> {
  const names = Object.keys(now) as (keyof T)[];
  return Object.fromEntries(names.filter((name) => !same(now[name], before[name])).map((name) => [name, now[name]])) as Partial<T>;
}

/** What was changed since `base`: what somebody else changed meanwhile, or what the form shows rounded, stays as it is. */
export function write(values: PolicyValues, base: PolicyValues): Body {
  const [now, before] = [whole(values), whole(base)];
  const { policy: _, ...tenant } = differing(now, before);
  const policy = differing(now.policy, before.policy);
  return { ...tenant, ...(Object.keys(policy).length ? { policy } : {}) };
}
