// What has happened with remote support, step by step, oldest first. The page that shows it follows the events.

import { choice } from "../../choices";
import { Time } from "../../parts/shown";
import { maybe, t } from "../../text";
import type { LaunchStep } from "../../types";

/** What went wrong, or needs somebody's attention. */
const TONES: Partial<Record<LaunchStep["what"], string>> = {
  approved: "good",
  issued: "good",
  refused: "bad",
  declined: "bad",
  locked: "bad",
  unconfirmed: "caution",
  machine_away: "caution",
};

/** How a deed on the machine ended, where a record says so: `done`, or the name of a log file and then `failed`. */
function deed(detail: string): string {
  const [, what, outcome] = /^(?:(.*): )?(done|refused|failed|unknown)$/s.exec(detail) ?? [];
  if (!outcome) return deedName(detail);
  const ended = choice("deed-outcome", outcome);
  return what ? t("console-launch-deed", { what: deedName(what), outcome: ended }) : ended;
}

/** The name of a log file stays as it is. */
function deedName(what: string): string {
  return maybe(`console-deed-${what}`) ?? what;
}

function detailOf({ what, detail }: LaunchStep): string {
  if (!detail) return "";
  if (what === "ended") return choice("launch-end-state", detail);
  if (what === "declined") return choice("launch-declined", detail);
  if (what === "refused") return t("console-decision-reason", { reason: detail });
  return ["diagnostics", "restart_software", "restart_machine"].includes(what) ? deed(detail) : detail;
}

export function Timeline({ steps }: { steps: LaunchStep[] }) {
  return (
    <ol class="timeline">
      {steps.map((step, index) => (
        <li key={index} class={TONES[step.what] ?? ""}>
          <span class="when">
            <Time at={step.at} />
          </span>
          <span>
            {choice("launch-step", step.what)}
            {step.by && <span class="hint">{step.by}</span>}
            {step.detail && <span class="hint pre-line">{detailOf(step)}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
