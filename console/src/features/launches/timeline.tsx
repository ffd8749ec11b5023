// What has happened with remote support, step by step, oldest first. The page that shows it follows the events.

import { choice, deedText } from "../../names";
import { Time } from "../../parts/shown";
import { t } from "../../text";
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

const DEEDS: LaunchStep["what"][] = ["diagnostics", "restart_software", "restart_machine", "view_screen", "control_screen", "terminal"];

function detailOf({ what, detail }: LaunchStep): string {
  if (!detail) return "";
  if (what === "ended") return choice("launch-end-state", detail);
  if (what === "declined") return choice("launch-declined", detail);
  if (what === "refused") return t("console-decision-reason", { reason: detail });
  if (what === "shared" || detail === "not_possible") return choice("outcome", detail);
  return DEEDS.includes(what) ? deedText(detail) : detail;
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
