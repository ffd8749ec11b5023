// One line for each check: whether it waits, runs, or what came of it, as a sign and in words.

import { t } from "../text";
import { AdviceOn } from "./advice";
import { factOf } from "./facts";
import type { View } from "./preflight";
import { type Check, CHECKS, type Judged, type Verdict } from "./verdicts";

/** `measured`: the service has not said yet what it makes of it. */
type State = "waiting" | "running" | "measured" | Verdict;

const TONES: Partial<Record<State, string>> = { passed: "good", warned: "caution", failed: "bad" };

/** Drawn in a square of 16, as lines. */
const SIGNS: Record<State, string> = {
  waiting: "M8 3a5 5 0 1 0 .01 0",
  running: "M8 3a5 5 0 1 0 5 5",
  measured: "M3 8h.01M8 8h.01M13 8h.01",
  passed: "M3 8.5l3.5 3.5L13 4.5",
  warned: "M8 2.5v7M8 12v1.5",
  failed: "M4 4l8 8M12 4l-8 8",
  untested: "M4 8h8",
};

function judgedOf(check: Check, { result }: View): Judged | undefined {
  return result?.checks.find((one) => one.check === check);
}

export function stateOf(check: Check, view: View): State {
  if (view.running === check) return "running";
  const judged = judgedOf(check, view);
  if (judged) return judged.verdict;
  if (view.tried.includes(check)) return "measured";
  return view.phase === "done" ? "untested" : "waiting";
}

function Line({ check, view }: { check: Check; view: View }) {
  const state = stateOf(check, view);
  const running = state === "running";
  const judged = running ? undefined : judgedOf(check, view);
  const fact = running ? undefined : factOf(check, view);
  return (
    <li>
      <div class="check">
        <h3>{t(`check-name-${check}`)}</h3>
        <span class={`state ${TONES[state] ?? ""}`}>
          <svg viewBox="0 0 16 16" class={running ? "turning" : ""} aria-hidden="true">
            <path d={SIGNS[state]} />
          </svg>
          {t(state === "untested" && check === "sharing" ? "check-state-skipped" : `check-state-${state}`)}
        </span>
      </div>
      {fact && <p class="fact">{fact}</p>}
      {judged && <AdviceOn judged={judged} view={view} />}
    </li>
  );
}

export function Lines({ view }: { view: View }) {
  return (
    <ul class="tried">
      {CHECKS.map((check) => (
        <Line key={check} check={check} view={view} />
      ))}
    </ul>
  );
}

/** For those who do not see the lines: what has just been found, and what is tried now. */
export function Progress({ view }: { view: View }) {
  const { tried, running } = view;
  const last = tried.at(-1);
  const fact = last && factOf(last, view);
  return (
    <p class="unseen" role="status">
      {last && fact && running && t("check-found", { name: t(`check-name-${last}`), fact })}{" "}
      {running && t("check-trying", { name: t(`check-name-${running}`) })}
    </p>
  );
}
