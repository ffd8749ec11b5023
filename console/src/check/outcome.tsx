// What it comes to, in a sentence, and whether the desk knows it.

import { t } from "../text";
import { ForAdministrator } from "./advice";
import { momentText } from "./moment";
import { place } from "./place";
import type { Preflight, View } from "./preflight";
import { mayBeTaken, whyNot } from "./sending";
import type { Check, Result, Verdict } from "./verdicts";

type Overall = "failed" | "slow" | "warned" | "incomplete" | "sharing" | "passed";

const TONES: Record<Overall, string> = { failed: "bad", slow: "caution", warned: "caution", incomplete: "caution", sharing: "good", passed: "good" };
/** What makes it slow and nothing worse. */
const SPEED: Check[] = ["download", "upload", "peer"];

function overallOf({ checks }: Result): Overall {
  const having = (verdict: Verdict) => checks.filter((one) => one.verdict === verdict).map(({ check }) => check);
  const [warned, untested] = [having("warned"), having("untested")];
  if (having("failed").length > 0) return "failed";
  if (untested.some((check) => check !== "sharing")) return "incomplete";
  if (warned.length > 0) return warned.every((check) => SPEED.includes(check)) ? "slow" : "warned";
  return untested.length > 0 ? "sharing" : "passed";
}

function Unsent({ of }: { of: Preflight }) {
  const { problem } = of.view.get();
  if (!problem) return null;
  const why = whyNot(problem);
  const variables = why === "many" ? { minutes: Math.max(1, Math.ceil(problem.retryAfter / 60)) } : undefined;
  return (
    <div class="outcome bad">
      <p>
        <strong>{t("check-unsent")}</strong>
      </p>
      <p>{t(`check-problem-${why}`, variables)}</p>
      {why === "offline" && <ForAdministrator what="network" />}
      {mayBeTaken(problem) && (
        <>
          <p>{t("check-kept")}</p>
          <button type="button" onClick={() => void of.send()}>
            {t("check-send")}
          </button>
        </>
      )}
    </div>
  );
}

function Sent({ result, view }: { result: Result; view: View }) {
  const overall = overallOf(result);
  const { name: provider } = place.owner;
  return (
    <div class={`outcome ${TONES[overall]}`}>
      <p>
        <strong>{t(`check-overall-${overall}`)}</strong>
      </p>
      <p>{view.phase === "before" ? t("check-sent-before", { provider }) : t("check-sent", { provider, time: momentText(result.at) })}</p>
    </div>
  );
}

export function Outcome({ of }: { of: Preflight }) {
  const view = of.view.use();
  const { sending, problem, result, running } = view;
  return (
    <div role="status">
      {sending && <p class="loading">{t("check-sending")}</p>}
      {problem && <Unsent of={of} />}
      {result && !problem && !sending && !running && <Sent result={result} view={view} />}
    </div>
  );
}
