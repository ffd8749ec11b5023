// What to do about a line that is not as it should be: in words for the person, and for who looks after their network.

import { t } from "../text";
import { machine } from "./machine";
import type { View } from "./preflight";
import type { Check, Judged } from "./verdicts";

interface Advice {
  /** The ends of the two texts' keys. */
  person: string;
  administrator?: string;
}

function sharingAdvice({ tried, measured: { sharing } }: View): Advice {
  // An earlier result does not say what went wrong.
  if (!tried.includes("sharing") || !sharing) return { person: machine().phone ? "sharing-phone" : "sharing-again" };
  switch (sharing) {
    case "unsupported":
      return machine().phone ? { person: "sharing-phone" } : { person: "sharing-unsupported", administrator: "browser" };
    case "system":
      return { person: "sharing-system", administrator: "sharing-system" };
    case "window":
    case "browser":
      return { person: "sharing-window" };
    default:
      return { person: "sharing-denied", administrator: "sharing-denied" };
  }
}

function adviceOn({ check, verdict }: Judged, view: View): Advice | undefined {
  const onlyWindow = ["window", "browser"].includes(view.measured.sharing ?? "");
  if (check === "sharing") return verdict === "untested" || (verdict === "passed" && !onlyWindow) ? undefined : sharingAdvice(view);
  if (verdict === "passed") return undefined;
  if (verdict === "untested") return { person: "unmeasured", administrator: "network" };
  const rate: Advice = { person: verdict === "failed" ? "rate-failed" : "rate-warned", administrator: "rate" };
  const others: Record<Exclude<Check, "sharing">, Advice> = {
    browser: { person: "browser", administrator: "browser" },
    socket: { person: "socket", administrator: "network" },
    download: rate,
    upload: rate,
    peer: { person: "peer", administrator: "peer" },
    clock: { person: "clock", administrator: "clock" },
  };
  return others[check];
}

/** The host and port that a firewall has to let through. */
export function destination(): { host: string; port: string } {
  return { host: location.hostname, port: location.port || "443" };
}

/** `what`: the end of the text's key. */
export function ForAdministrator({ what }: { what: string }) {
  return (
    <p class="hint">
      <b>{t("check-for-administrator")}</b>
      {t(`check-administrator-${what}`, destination())}
    </p>
  );
}

export function AdviceOn({ judged, view }: { judged: Judged; view: View }) {
  const advice = adviceOn(judged, view);
  if (!advice) return null;
  return (
    <div class="advice">
      <p>{t(`check-advice-${advice.person}`, destination())}</p>
      {advice.administrator && <ForAdministrator what={advice.administrator} />}
    </div>
  );
}
