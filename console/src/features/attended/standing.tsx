// What both sides see of an attended session: its facts, who has consented, and what has happened.

import type { ComponentChildren } from "preact";
import { choice } from "../../names";
import { Table } from "../../parts/list";
import { Breakable, Details, Section, State, Time } from "../../parts/shown";
import { showNumber } from "../../session/number";
import { t } from "../../text";
import type { Attended } from "../../types";
import { Timeline } from "../launches/timeline";

/** Whether it is not over. */
export function isOpen({ state }: Attended): boolean {
  return state === "opening" || state === "open" || state === "running";
}

function Ended({ of: { ended } }: { of: Attended }) {
  if (!ended) return null;
  const by = ended.by ? t("console-launch-ended-by", { name: ended.by }) : "";
  return (
    <>
      <Time at={ended.at} />
      <div class="hint">
        {choice("launch-end-state", ended.why)} {by}
      </div>
    </>
  );
}

export function Facts({ of, own }: { of: Attended; own: [string, ComponentChildren][] }) {
  return (
    <Details
      rows={[
        [t("console-field-state"), <State list="attended-state" value={of.state} />],
        ...own,
        [t("console-attended-host"), of.opened_by.name],
        [t("console-attended-opened"), <Time at={of.opened_at} />],
        [t("console-attended-until"), isOpen(of) && <Time at={of.granted.until} />],
        [t("console-session-number"), of.session && !of.hand_over ? showNumber(of.session) : null],
        [t("console-launch-ended"), of.ended && <Ended of={of} />],
      ]}
    />
  );
}

export function Invitations({ of }: { of: Attended }) {
  if (!of.invited.length) return <p>{t("console-attended-invited-nobody")}</p>;
  return (
    <Table
      caption={t("console-attended-invited")}
      items={of.invited}
      id={({ email }) => email}
      columns={[
        { label: t("console-field-person"), cell: ({ name }) => name },
        { label: t("console-field-email"), cell: ({ email }) => <Breakable>{email}</Breakable> },
      ]}
    />
  );
}

/** Who has pressed 「参加する」. `receipt` is where the signed record of it is. */
export function Consents({ of, receipt }: { of: Attended; receipt: (guest: string) => string }) {
  if (!of.consents.length) return null;
  return (
    <Section title={t("console-attended-consents")}>
      <Table
        caption={t("console-attended-consents")}
        items={of.consents}
        id={({ guest }) => guest}
        columns={[
          { label: t("console-field-person"), cell: ({ name }) => name, below: ({ email }) => email && <Breakable>{email}</Breakable> },
          { label: t("console-attended-consented"), cell: ({ at }) => <Time at={at} /> },
          {
            label: t("console-receipt"),
            cell: ({ guest, name }) => (
              <a href={receipt(guest)} download aria-label={t("console-act-on", { act: t("console-receipt"), name })}>
                {t("console-receipt")}
              </a>
            ),
          },
        ]}
      />
      <p class="hint">{t("console-receipt-hint")}</p>
    </Section>
  );
}

export function Course({ of }: { of: Attended }) {
  return (
    <Section title={t("console-launch-timeline")}>
      <Timeline steps={of.steps} />
    </Section>
  );
}
