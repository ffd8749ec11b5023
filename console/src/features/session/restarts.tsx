// Restarting the software or the machine (K10): only what the approval allows, after a question, and with its outcome.

import { acted } from "../../parts/confirm";
import { Act, Section } from "../../parts/shown";
import type { Channel } from "../../session/channel";
import { newId } from "../../session/control";
import { machineIsHere } from "../../session/view";
import { t } from "../../text";
import { DeedState } from "./deeds";

const RESTARTS = ["restart_software", "restart_machine"] as const;
type Restart = (typeof RESTARTS)[number];

function Row({ of, what }: { of: Channel; what: Restart }) {
  const view = of.view.use();
  const { deeds, equipment, serial } = view;
  const last = deeds.findLast(({ deed }) => deed.what === what);
  const ready = machineIsHere(view) && (!last || last.outcome !== undefined);
  const ask = () =>
    acted(
      {
        title: t(`console-session-title-${what}`, { name: equipment }),
        body: t(`console-session-body-${what}`),
        rows: [
          [t("console-launch-equipment"), equipment],
          [t("console-equipment-serial"), serial],
        ],
        action: t(`console-deed-${what}`),
        danger: true,
      },
      async () => of.say({ type: "request", id: newId(), deed: { what } }),
    );
  return (
    <div class="restart">
      <Act tone="danger" off={!ready} run={ask}>
        {t(`console-deed-${what}`)}
      </Act>
      <span role="status">{last && <DeedState of={last} />}</span>
      {last?.outcome && last.outcome !== "done" && <p class="hint">{t(`console-session-after-${last.outcome}`)}</p>}
    </div>
  );
}

export function Restarts({ of }: { of: Channel }) {
  const { abilities } = of.view.use();
  const allowed = RESTARTS.filter((what) => abilities.includes(what));
  if (!allowed.length) return null;
  return (
    <Section title={t("console-session-restarts")}>
      {allowed.map((what) => (
        <Row key={what} of={of} what={what} />
      ))}
    </Section>
  );
}
