// The results of the checks beforehand (Z2): of each participant's PC, or of the machine.

import { Breakable, Details, Section, Time } from "../../parts/shown";
import { LOCALES, t } from "../../text";
import type { Appointment, Participant, Preflight, Verdict } from "../../types";
import { zoneLabel } from "../../parts/zone_field";
import { launchOf } from "./standing";
import { knownZone } from "./wall_clock";

type Checked = Preflight["checks"][number];

const TONES: Record<Verdict, string> = { passed: "good", untested: "", warned: "caution", failed: "bad" };
/** From here on minutes say more than seconds. */
const MINUTES = 120;

function clockText(seconds: number): string {
  const off = Math.abs(seconds);
  if (off < 1) return t("console-appointment-clock-right");
  const unit = off < MINUTES ? "seconds" : "minutes";
  return t(`console-appointment-clock-${seconds > 0 ? "ahead" : "behind"}-${unit}`, { count: off < MINUTES ? off : Math.round(off / 60) });
}

function figure({ check, value }: Checked): string {
  if (value === null || value === undefined) return "";
  if (check === "clock") return clockText(value);
  return check === "download" || check === "upload" ? t("console-appointment-rate", { rate: value }) : "";
}

function Found({ of }: { of: Preflight }) {
  const system = of.browser && of.system ? t("console-appointment-check-with", { browser: of.browser, system: of.system }) : "";
  return (
    <>
      <p>
        {t("console-appointment-checked")} <Time at={of.at} /> {system}
      </p>
      <Details
        rows={of.checks.map((checked) => [
          t(`console-appointment-check-${checked.check}`),
          <>
            <span class={`state ${TONES[checked.verdict]}`}>{t(`console-appointment-verdict-${checked.verdict}`)}</span> {figure(checked)}
          </>,
        ])}
      />
    </>
  );
}

function Result({ of }: { of: Preflight | null | undefined }) {
  return of ? <Found of={of} /> : <p>{t("console-appointment-unchecked")}</p>;
}

function Person({ of }: { of: Participant }) {
  return (
    <>
      <h3>{of.name}</h3>
      <p class="hint">
        <Breakable>{of.email}</Breakable> {LOCALES[of.locale]} {of.time_zone && zoneLabel(knownZone(of.time_zone))}
      </p>
    </>
  );
}

/** Everybody who is asked, each with what they have found on their PC. */
export function Participants({ of }: { of: Appointment }) {
  const machine = launchOf(of);
  if (!of.participants.length) return null;
  return (
    <Section title={t(machine ? "console-appointment-told" : "console-appointment-participants")}>
      {of.participants.map((person) => (
        <div class="participant" key={person.email}>
          <Person of={person} />
          {!machine && <Result of={person.preflight} />}
        </div>
      ))}
    </Section>
  );
}

/** What was found when the machine was tried. */
export function Machine({ of }: { of: Appointment }) {
  const launch = launchOf(of);
  if (!launch) return null;
  return (
    <Section title={t("console-appointment-machine")}>
      <Result of={launch.preflight} />
    </Section>
  );
}
