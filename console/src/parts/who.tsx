// What an entry of the audit log says: who did what, to what. People have the name that they have today; who asks for a PC
// has none here, but an address.

import { actionName, choice } from "../names";
import { t } from "../text";
import type { AuditEntry } from "../types";
import { Breakable } from "./shown";

/** Somebody tried to log in and could not: that is about the account, and no login of its owner. */
function failedLogin({ action, actor }: AuditEntry): boolean {
  return action === "session.create" && actor.kind === "visitor";
}

export function actionOf(entry: AuditEntry): string {
  return failedLogin(entry) ? t("console-audit-login-failed") : actionName(entry.action);
}

export function objectOf(entry: AuditEntry): string {
  const name = entry.object_name ?? "";
  if (!failedLogin(entry)) return name;
  if (entry.object === "account/unknown") return t("console-audit-account-unknown");
  return name ? t("console-audit-account-of", { name }) : choice("object", "account");
}

export function Who({ of }: { of: AuditEntry }) {
  const kind = choice("actor-kind", of.actor.kind);
  const name = of.actor_name ?? (of.actor.kind === "requester" ? of.actor.id : null);
  return name ? <Breakable>{t("console-audit-actor", { kind, name })}</Breakable> : <>{kind}</>;
}
