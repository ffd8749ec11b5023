// What has happened with an appointment, step by step, oldest first.

import { dayAndTime, zoneName } from "../../dates";
import { Section, Time } from "../../parts/shown";
import { t } from "../../text";
import type { Appointment, AppointmentStep } from "../../types";
import { knownZone } from "./wall_clock";
import "../launches/launches.css";

const TONES: Partial<Record<AppointmentStep["what"], string>> = {
  agreed: "good",
  declined: "bad",
  cancelled: "bad",
  unanswered: "caution",
  shifted: "caution",
};

function Step({ of, zone }: { of: AppointmentStep; zone: string }) {
  return (
    <li class={TONES[of.what] ?? ""}>
      <span class="when">
        <Time at={of.at} />
      </span>
      <span>
        {t(`console-appointment-step-${of.what}`)}
        {of.name && <span class="hint">{of.by ? t(`console-appointment-by-${of.by}`, { name: of.name }) : of.name}</span>}
        {of.link_of && <span class="hint">{t("console-appointment-link-of", { name: of.link_of })}</span>}
        {of.times.map(({ at }) => (
          <span class="hint" key={at}>
            {t("console-appointment-clock-only", { time: dayAndTime(at, zone), zone: zoneName(zone) })}
          </span>
        ))}
        {of.reason && <span class="hint pre-line">{t("console-appointment-said", { reason: of.reason })}</span>}
      </span>
    </li>
  );
}

/** Times are given by the customer's clock: it is the one that both sides have agreed by. */
export function History({ of }: { of: Appointment }) {
  const zone = knownZone(of.time_zone);
  return (
    <Section title={t("console-appointment-history")}>
      <ol class="timeline">
        {of.steps.map((step, index) => (
          <Step key={index} of={step} zone={zone} />
        ))}
      </ol>
    </Section>
  );
}
