// What both sides see of an appointment: its facts, the proposal, and what comes next.

import type { ComponentChildren } from "preact";
import { now } from "../../dates";
import { durationOf, durationText } from "../../parts/duration";
import { Details, Section, State, Time } from "../../parts/shown";
import { t } from "../../text";
import type { Appointment } from "../../types";
import { Clocks, clocksOf, type Side } from "./clocks";

/** Whether it is not over. */
export function isOpen({ state }: Appointment): boolean {
  return ["proposed", "countered", "agreed", "imminent"].includes(state);
}

/** The launch whose date it is; nothing where people meet. */
export function launchOf({ event }: Appointment) {
  return "launch" in event ? event.launch : undefined;
}

/** The attended session, once it was opened. */
export function sessionOf({ event }: Appointment): string | undefined {
  return "attended" in event ? (event.attended.session ?? undefined) : undefined;
}

export interface Of {
  of: Appointment;
  side: Side;
}

function Ended({ of: { over } }: { of: Appointment }) {
  if (!over) return null;
  return (
    <>
      <Time at={over.at} />
      <div class="hint">
        {t(`console-appointment-over-${over.why}`)} {over.name && over.by && t(`console-appointment-by-${over.by}`, { name: over.name })}
      </div>
      {over.reason && <div class="pre-line">{over.reason}</div>}
    </>
  );
}

/** Who settled the date, and when. */
function Agreement({ of: { agreed } }: { of: Appointment }) {
  if (!agreed) return null;
  return (
    <>
      {t(`console-appointment-by-${agreed.by}`, { name: agreed.name })}{" "}
      <span class="hint">
        <Time at={agreed.at} />
      </span>
    </>
  );
}

export function Facts({ of, side, host, event, own = [] }: Of & { host: string; event: ComponentChildren; own?: [string, ComponentChildren][] }) {
  const { agreed, length } = of;
  return (
    <Details
      rows={[
        [t("console-field-state"), <State list="appointment-state" value={of.state} />],
        ...own,
        [t("console-appointment-title"), of.title],
        [t("console-appointment-when"), agreed ? <Clocks at={agreed.time.at} length={length} clocks={clocksOf(of, side)} /> : t("console-appointment-open")],
        [t("console-appointment-agreed-by"), agreed && !launchOf(of) ? <Agreement of={of} /> : null],
        [t("console-appointment-length"), durationText(durationOf(length))],
        [t("console-appointment-host"), host],
        [t("console-appointment-event"), event],
        [t("console-appointment-ended"), of.over && <Ended of={of} />],
      ]}
    />
  );
}

/** What one of the two can expect or do now. */
export function Next({ of, side }: Of) {
  if (!isOpen(of)) return null;
  if (launchOf(of)) return <p class="outcome">{t(`console-appointment-next-${side}-launch`)}</p>;
  const change = of.agreed && of.awaits;
  return (
    <p class={`outcome ${of.awaits === side ? "caution" : ""}`}>
      {t(change ? `console-appointment-change-${side}-${of.awaits}` : `console-appointment-next-${side}-${of.state}`)}
    </p>
  );
}

/** The proposed times, while none of them was chosen. */
export function Proposal({ of, side }: Of) {
  const { proposal, length } = of;
  if (!proposal || launchOf(of)) return null;
  return (
    <Section title={t("console-appointment-times")}>
      <p>
        {t(`console-appointment-by-${proposal.by}`, { name: proposal.name })}{" "}
        <span class="hint">
          <Time at={proposal.at} />
        </span>
      </p>
      <ol class="candidates">
        {proposal.times.map(({ at }) => (
          <li key={at}>
            <Clocks at={at} length={length} clocks={clocksOf(of, side)} />
            {at <= now() && <span class="hint">{t("console-appointment-passed")}</span>}
          </li>
        ))}
      </ol>
      {proposal.reason && <p class="pre-line">{t("console-appointment-said", { reason: proposal.reason })}</p>}
    </Section>
  );
}

/** The signed record of the agreed date, where people have agreed on it. */
export function Receipt({ of, address }: { of: Appointment; address: string }) {
  if (!of.agreed || launchOf(of)) return null;
  return (
    <Section title={t("console-appointment-record")}>
      <p>
        <a class="button secondary small" href={address} download>
          {t("console-appointment-receipt")}
        </a>
      </p>
      <p class="hint">{t("console-appointment-receipt-hint")}</p>
    </Section>
  );
}
