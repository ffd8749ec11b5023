// How a session stands: what it is on, who is in it, how long it lasts, and its end.

import { acted } from "../../parts/confirm";
import { Act, Details, Section, State } from "../../parts/shown";
import type { Channel } from "../../session/channel";
import { showNumber } from "../../session/number";
import { TimeLeft } from "../../session/time_left";
import { machineIsHere, type SessionView } from "../../session/view";
import { t } from "../../text";

function People({ roster, you }: Pick<SessionView, "roster" | "you">) {
  return (
    <ul class="abilities">
      {roster
        .filter(({ role }) => role === "desk")
        .map(({ id, name }) => (
          <li key={id}>{id === you ? t("console-session-you", { name }) : name}</li>
        ))}
    </ul>
  );
}

export function Standing({ of, number }: { of: Channel; number: string }) {
  const view = of.view.use();
  const { roster, you, until, skew, tenant, equipment, serial } = view;
  const machine = machineIsHere(view);
  const end = () =>
    acted(
      {
        title: t("console-session-end-title"),
        body: t("console-launch-end-running", { name: equipment }),
        action: t("console-session-end"),
        danger: true,
      },
      async () => of.end(),
    );
  return (
    <Section title={t("console-session-standing")}>
      <Details
        rows={[
          [t("console-customer"), tenant],
          [t("console-launch-equipment"), equipment],
          [t("console-equipment-serial"), serial],
          [t("console-session-number"), showNumber(number)],
          [t("console-session-machine"), <State list="agent-light" value={machine ? "connected" : "away"} />],
          [t("console-session-people"), <People roster={roster} you={you} />],
          [t("console-session-left"), <TimeLeft until={until} skew={skew} />],
        ]}
      />
      <p class="hint">{t("console-session-shown")}</p>
      <Act tone="danger" run={end}>
        {t("console-session-end")}
      </Act>
    </Section>
  );
}
