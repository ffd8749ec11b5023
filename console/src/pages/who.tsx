// Who acted, by the name they have today.

import { choice } from "../choices";
import { t } from "../text";
import type { AuditEntry } from "../types";

export function Who({ of }: { of: AuditEntry }) {
  const kind = choice("actor-kind", of.actor.kind);
  return <>{of.actor_name ? t("console-audit-actor", { kind, name: of.actor_name }) : kind}</>;
}
