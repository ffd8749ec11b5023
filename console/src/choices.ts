// Values with a fixed list, in the order in which they are offered. Each has the text `console-{list}-{value}`.

import { maybe, t } from "./text";

/** Length of an id, in characters. */
export const ID_LENGTH = 22;
/** The thumbprint of a key. */
const THUMBPRINT = /^[\w-]{43}$/;

export const CHOICES = {
  role: ["system_administrator", "organization_administrator", "auditor", "support_agent"],
  "registration-state": [
    "awaiting_address",
    "awaiting_approval",
    "awaiting_code",
    "activated",
    "redeemed",
    "refused",
    "withdrawn",
    "expired",
    "failed",
  ],
  "question-state": ["open", "approved", "refused", "expired", "withdrawn"],
  "device-state": ["active", "revoked", "expired"],
  "equipment-state": ["active", "retired"],
  "agent-light": ["connected", "away", "none"],
  "agent-end": ["revoked", "cloned", "replaced", "retired", "given_back"],
  "import-outcome": ["create", "update", "unchanged", "error"],
  allowed: ["yes", "no"],
  "account-state": ["active", "invited", "lapsed"],
  "inquiry-state": ["open", "answered", "closed"],
  "customer-state": ["active", "suspended"],
  "application-state": ["open", "overdue", "contract", "declined"],
  "email-type": ["work", "home", "mobile", "other"],
  step: ["password", "second_administrator", "policies", "first_user", "first_device"],
  alert: ["device", "refused", "lockout", "token_reuse", "data_origin", "remote_assistance", "suspended", "undeliverable", "audit"],
  activation: ["mailed_code", "approval_only"],
  scope: [
    "overview",
    "registrations.read",
    "questions.read",
    "devices.read",
    "devices.revoke",
    "equipment.read",
    "equipment.write",
    "users.read",
    "users.write",
    "accounts.write",
    "audit.read",
    "policies.read",
    "policies.write",
    "mails",
    "inquiries",
    "desk",
    "face",
  ],
  "actor-kind": [
    "operator",
    "requester",
    "approver",
    "device",
    "agent",
    "resource_server",
    "system",
    "account",
    "token",
    "visitor",
    "desk",
  ],
  object: [
    "registration",
    "approval",
    "question",
    "device",
    "equipment",
    "user",
    "account",
    "organization",
    "session",
    "token",
    "passkey",
    "tenant",
    "customer",
    "inquiry",
    "application",
    "outbox",
  ],
  outcome: [
    "done",
    "approved",
    "refused",
    "mailed",
    "asked",
    "revoked",
    "ended",
    "signed_out",
    "wrong_password",
    "suspended",
    "too_many",
    "replaced",
    "retired",
    "given_back",
    "refresh_token_reused",
    "passkey",
    "password_and_passkey",
    "passkey_awaited",
    "password_missing",
    "wrong_passkey",
    "passkey_went_back",
    "on",
    "off",
    "right",
    "wrong",
    "failed",
    "nobody",
    "contract",
    "declined",
    "notes",
  ],
  action: [
    "account.create",
    "account.delete",
    "account.invite",
    "account.lock",
    "account.reissue",
    "account.second_factor",
    "account.update",
    "administrator.create",
    "agent.end",
    "agent.enrol",
    "application.create",
    "application.close",
    "approval.agree",
    "approval.lapse",
    "approval.decide",
    "device.create",
    "device.revoke",
    "customer.create",
    "customer.reissue",
    "customer.resume",
    "customer.suspend",
    "equipment.create",
    "equipment.enrolment_code",
    "equipment.enrolment_end",
    "equipment.import",
    "equipment.restore",
    "equipment.retire",
    "equipment.switches",
    "equipment.update",
    "face.update",
    "inquiry.assign",
    "inquiry.create",
    "inquiry.answer",
    "inquiry.close",
    "organization.create",
    "organization.delete",
    "organization.update",
    "outbox.give_up",
    "outbox.retry",
    "passkey.add",
    "passkey.remove",
    "passkey.rename",
    "password.request_reset",
    "password.reset",
    "password.set",
    "question.ask",
    "question.withdraw",
    "registration.code",
    "registration.confirm_address",
    "registration.create",
    "registration.renew",
    "registration.resend",
    "registration.withdraw",
    "session.authenticate",
    "session.create",
    "session.end",
    "tenant.create",
    "tenant.introspection_secret",
    "tenant.resume",
    "tenant.suspend",
    "tenant.update",
    "token.create",
    "token.revoke",
    "user.create",
    "user.delete",
    "user.update",
  ],
} as const;

export type Choice = keyof typeof CHOICES;

/** What `value` is called; a value that this console does not know yet is shown as it is. */
export function choice(list: Choice, value: string): string {
  return maybe(`console-${list}-${value.replaceAll(".", "-")}`) ?? value;
}

/** What an entry of the audit log says was done. The action ends in the place where the code was entered. */
export function actionName(action: string): string {
  return choice("action", action.replace(/^(registration\.code)\..*/, "$1"));
}

/** What came of it: in words, or the name of a role or of a mail. The id of a thing says nothing to a reader. */
export function outcomeName(outcome: string): string {
  // One entry stands for many tries of strangers.
  const [, of, tries] = /^(\w+), (\d+) tries$/.exec(outcome) ?? [];
  if (of && tries) return t("console-outcome-tries", { outcome: outcomeName(of), tries: Number(tries) });
  const mail = maybe(`console-mail-kind-${outcome.replaceAll("_", "-")}`);
  const known = maybe(`console-outcome-${outcome}`) ?? maybe(`console-role-${outcome}`) ?? mail;
  // The id of a thing, a key, or settings with their new values: the details show them.
  const detail = outcome.length === ID_LENGTH || THUMBPRINT.test(outcome) || outcome.includes(": ");
  return known ?? (detail ? t("console-outcome-done") : outcome);
}

/** All values of `list` with their names. */
export function options(list: Choice): [string, string][] {
  return CHOICES[list].map((value) => [value, choice(list, value)]);
}
