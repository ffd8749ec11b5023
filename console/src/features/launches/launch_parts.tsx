// What both sides see of remote support on a piece of equipment: its state and its facts (K7 to K9).

import type { ComponentChildren } from "preact";
import { choice } from "../../names";
import { acted } from "../../parts/confirm";
import { durationOf, durationText } from "../../parts/duration";
import { done } from "../../parts/feedback";
import { FilterSelect } from "../../parts/filters";
import { Details, Section, State, Time } from "../../parts/shown";
import { t } from "../../text";
import type { Launch } from "../../types";
import { showNumber } from "../../session/number";
import { Timeline } from "./timeline";
import "./launches.css";

/** Where it stands, in words that fit how it came there. */
function standing({ state, ended, extends: extended }: Launch): Launch["state"] {
  // An extension does nothing more once it was approved; it is not over like a session.
  if (state === "ended" && extended && !ended) return "approved";
  // What was approved and then ended before anything ran has not expired.
  return state === "expired" && ended !== null && ended.why !== "expired" ? "ended" : state;
}

export function LaunchState({ of }: { of: Launch }) {
  return <State list="launch-state" value={standing(of)} />;
}

/** Whether it is not over: it waits for an answer, was approved, starts or runs. */
export function isOpen({ state }: Launch): boolean {
  return ["requested", "approved", "executing", "running"].includes(state);
}

/** Whether it can be ended: it was approved and is not over. */
export function canEnd(of: Launch): boolean {
  return isOpen(of) && of.state !== "requested";
}

/** The person who asks; without one, somebody at the machine started it (K6). */
export function asker({ asked_by: by }: Launch): string {
  return by?.name ?? t("console-launch-at-machine");
}

/** The same for the customer, to whom the person is a stranger: with their provider. */
function askerOf({ asked_by: by }: Launch): string {
  return by ? t("console-question-asker", { name: by.name, provider: by.provider_name }) : t("console-launch-at-machine");
}

/** A period by its two ends. */
function Span({ from, until }: { from: number; until: number }) {
  return (
    <>
      <Time at={from} /> {t("console-launch-to")} <Time at={until} />
    </>
  );
}

function Abilities({ of }: { of: Launch }) {
  return (
    <ul class="abilities">
      {of.abilities.map((ability) => (
        <li key={ability}>{choice("ability", ability)}</li>
      ))}
    </ul>
  );
}

function Ended({ of: { ended } }: { of: Launch }) {
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

type Side = "customer" | "desk";

interface FactsProps {
  of: Launch;
  side: Side;
  /** The equipment, as a link where the reader may open it. */
  equipment: ComponentChildren;
  /** What this side alone sees, below the state. */
  own?: [string, ComponentChildren][];
}

export function Facts({ of, side, equipment, own = [] }: FactsProps) {
  return (
    <Details
      rows={[
        [t("console-field-state"), <LaunchState of={of} />],
        ...own,
        [t("console-launch-equipment"), equipment],
        [t("console-equipment-serial"), of.serial_number],
        [t("console-equipment-place"), of.place],
        [t("console-launch-by"), side === "desk" ? asker(of) : askerOf(of)],
        [t("console-launch-reason"), of.reason && <span class="pre-line">{of.reason}</span>],
        [t("console-launch-abilities"), <Abilities of={of} />],
        [t("console-launch-period"), durationText(durationOf(of.period))],
        [t("console-launch-starts"), of.starts_at && <Time at={of.starts_at} />],
        [t("console-launch-asked"), <Time at={of.requested_at} />],
        [t("console-field-answer-by"), of.state === "requested" && of.answer_by ? <Time at={of.answer_by} /> : null],
        [t("console-launch-granted"), of.granted && <Span {...of.granted} />],
        [t("console-launch-executed-by"), of.executed_by?.name],
        [t("console-session-number"), of.state === "running" && of.session ? showNumber(of.session) : null],
        [t("console-launch-ended"), of.ended && <Ended of={of} />],
      ]}
    />
  );
}

/** The filter of lists: what is open, or all. */
export function OpenOrAll() {
  const options: [string, string][] = [
    ["open", t("console-launches-open")],
    ["all", t("console-filter-all")],
  ];
  return <FilterSelect name="state" label={t("console-filter-state")} initial="open" options={options} />;
}

/** Asks before `of` is ended by `send`. */
export function endLaunch(of: Launch, send: () => Promise<void>): Promise<void> {
  const body = t(of.state === "approved" ? "console-launch-end-approved" : "console-launch-end-running", { name: of.equipment_name });
  return acted({ title: t("console-launch-end-title"), body, action: t("console-launch-end"), danger: true }, async () => {
    await send();
    done(t("console-launch-end-done"));
  });
}

/** What has happened, and what `side` can expect or do next. */
export function Course({ of, side }: { of: Launch; side: Side }) {
  return (
    <Section title={t("console-launch-timeline")}>
      <Timeline steps={of.steps} />
      {isOpen(of) && <p class="next">{t(`console-launch-next-${side}-${of.state}`)}</p>}
    </Section>
  );
}

/** The signed record of a consent that nobody answered for: the person at the machine gave it by starting (K6). */
export function AtMachine({ of, receipt }: { of: Launch; receipt: string }) {
  if (of.asked_by) return null;
  return (
    <Section title={t("console-decision-title")}>
      <p>{t("console-launch-machine-consent")}</p>
      <p>
        <a class="button secondary small" href={receipt} download>
          {t("console-receipt")}
        </a>
      </p>
      <p class="hint">{t("console-receipt-hint")}</p>
    </Section>
  );
}
