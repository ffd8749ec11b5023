// One entry of the audit log with all that it holds, and the way to the entries like it.

import { ID_LENGTH, outcomeName } from "../../names";
import { Modal } from "../../parts/modal";
import { Details, Time } from "../../parts/shown";
import { actionOf, objectOf, Who } from "../../parts/who";
import { filter, href } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { AuditEntry, Right } from "../../types";

/** Things that have a page of their own. */
const PAGES_OF: Record<string, [string, Right]> = {
  device: ["devices", "devices.read"],
  equipment: ["equipment", "equipment.read"],
  registration: ["registrations", "registrations.read"],
  question: ["questions", "questions.read"],
  user: ["users", "users.read"],
  account: ["users", "users.read"],
};

/** The id of a thing, as a link to its page where there is one. */
function Thing({ of }: { of: string }) {
  const [kind = "", id = ""] = of.split("/");
  const page = PAGES_OF[kind];
  if (!page || id.length !== ID_LENGTH || !may(page[1])) return <code>{of}</code>;
  return (
    <a href={href(page[0], id)}>
      <code>{of}</code>
    </a>
  );
}

/** The actor to filter by: for a token (`user/token`) its user. A mail address may contain a slash and is kept whole. */
function actorFilter({ kind, id }: AuditEntry["actor"]): string {
  const [user = "", token] = (id ?? "").split("/");
  const withToken = ["token", "approver"].includes(kind) && user.length === ID_LENGTH && token?.length === ID_LENGTH;
  return withToken ? user : (id ?? "");
}

/** Shows only the entries with this actor, or about this object. */
function Only({ name, value, close }: { name: "actor" | "object"; value: string; close: () => void }) {
  const show = () => {
    close();
    filter({ [name]: value });
  };
  return (
    <button type="button" class="plain" onClick={show}>
      {t(`console-audit-only-${name}`)}
    </button>
  );
}

/** The outcome, and the word of the log where it is another. */
function Outcome({ of }: { of: string }) {
  const name = outcomeName(of);
  return (
    <>
      {name} {name !== of && <code>{of}</code>}
    </>
  );
}

export function Entry({ of, close }: { of: AuditEntry; close: () => void }) {
  return (
    <Modal title={t("console-audit-entry", { seq: of.seq })} close={close} wide>
      <Details
        rows={[
          [t("console-audit-at"), <Time at={of.at} />],
          [
            t("console-audit-by"),
            <>
              <Who of={of} /> {of.actor.id && <code>{of.actor.id}</code>} {of.actor.id && <Only name="actor" value={actorFilter(of.actor)} close={close} />}
            </>,
          ],
          [t("console-audit-address"), of.actor.address],
          [
            t("console-audit-action"),
            <>
              {actionOf(of)} <code>{of.action}</code>
            </>,
          ],
          [
            t("console-audit-object"),
            <>
              {objectOf(of)} <Thing of={of.object} /> <Only name="object" value={of.object} close={close} />
            </>,
          ],
          [t("console-audit-outcome"), <Outcome of={of.outcome} />],
          [t("console-audit-requester"), of.requester],
          [t("console-audit-approver"), of.approver],
          [t("console-audit-previous"), of.previous ? <code>{of.previous}</code> : ""],
          [t("console-audit-hash"), <code>{of.hash}</code>],
        ]}
      />
      <div class="buttons">
        <button type="button" class="secondary" onClick={close}>
          {t("console-close")}
        </button>
      </div>
    </Modal>
  );
}
