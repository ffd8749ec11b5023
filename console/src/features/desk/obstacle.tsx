// What stands in the way of remote support on a piece of equipment, and what to do about it (P10).

import { problemText } from "../../parts/problem_text";
import { Problem } from "../../problem";
import { t } from "../../text";
import type { Equipment } from "../../types";

/** The code of what stands in the way, apart from the machine's connection. The edge decides anew when it is asked. */
export function obstacleOf({ state, remote_assistance, agent }: Equipment): string | undefined {
  if (state !== "active" || !remote_assistance) return "remote-assistance-off";
  if (!agent || agent.ended) return "no-agent";
  return agent.remote_assistance ? undefined : "machine-forbids";
}

export function Obstacle({ code, again }: { code: string; again?: () => void }) {
  return (
    <div class="outcome caution">
      <p>{problemText(new Problem(409, code))}</p>
      {again && (
        <button type="button" class="secondary small" onClick={again}>
          {t("console-launch-look-again")}
        </button>
      )}
    </div>
  );
}
