// Who acted, by the name they have today. Who asks for a PC has no name here, but an address.

import { choice } from "../choices";
import { t } from "../text";
import type { AuditEntry } from "../types";

export function Who({ of }: { of: AuditEntry }) {
  const kind = choice("actor-kind", of.actor.kind);
  const name = of.actor_name ?? (of.actor.kind === "requester" ? of.actor.id : null);
  return <>{name ? t("console-audit-actor", { kind, name }) : kind}</>;
}
