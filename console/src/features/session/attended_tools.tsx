// An attended session from inside, at the desk (Z4): the screens that people share, who is here, and files. The chat stands
// beside it, as in every session.

import { acted } from "../../parts/confirm";
import { Act, Details, Section } from "../../parts/shown";
import type { Channel } from "../../session/channel";
import type { Participant } from "../../session/control";
import { Files } from "../../session/files_list";
import { showNumber } from "../../session/number";
import { TimeLeft } from "../../session/time_left";
import { Screens } from "../../sharing/screens";
import { t } from "../../text";

function remove(of: Channel, { id, name }: Participant): Promise<void> {
  return acted(
    { title: t("console-session-remove-title", { name }), body: t("console-session-remove-body"), action: t("console-session-remove"), danger: true },
    async () => of.say({ type: "remove", who: id }),
  );
}

function People({ of }: { of: Channel }) {
  const { roster, you } = of.view.use();
  return (
    <ul class="abilities">
      {roster.map((one) => (
        <li key={one.id}>
          {one.id === you ? t("console-session-you", { name: one.name }) : one.name}{" "}
          <span class="hint">{t(`console-chat-role-${one.role}`)}</span>{" "}
          {one.role === "guest" && (
            <Act small label={t("console-act-on", { act: t("console-session-remove"), name: one.name })} run={() => remove(of, one)}>
              {t("console-session-remove")}
            </Act>
          )}
        </li>
      ))}
    </ul>
  );
}

function Standing({ of, number }: { of: Channel; number: string }) {
  const { until, skew, tenant, title } = of.view.use();
  const end = () =>
    acted(
      { title: t("console-session-end-title"), body: t("console-session-end-attended"), action: t("console-session-end"), danger: true },
      async () => of.end(),
    );
  return (
    <Section title={t("console-session-standing")}>
      <Details
        rows={[
          [t("console-customer"), tenant],
          [t("console-session-subject"), title],
          [t("console-session-number"), showNumber(number)],
          [t("console-session-people"), <People of={of} />],
          [t("console-session-left"), <TimeLeft until={until} skew={skew} />],
        ]}
      />
      <p class="hint">{t("console-session-attended-shown")}</p>
      <Act tone="danger" run={end}>
        {t("console-session-end")}
      </Act>
    </Section>
  );
}

export function AttendedTools({ of, number }: { of: Channel; number: string }) {
  return (
    <div>
      <Section title={t("console-session-screens")}>
        <Screens of={of} none={t("console-session-screens-none")} />
      </Section>
      <Standing of={of} number={number} />
      <Files of={of} />
    </div>
  );
}
