// After a session (Z7): by whom it ended, that nothing remains, and how to come back.

import { useEffect, useState } from "preact/hooks";
import type { SessionEnd } from "../types";
import { t } from "../text";
import { Door, Heading } from "./frame";
import { removeTraces } from "./traces";

/** How it ended for this person. */
export type Over = { how: "ended"; why: SessionEnd | undefined } | { how: "left" | "removed" | "lost" };

const BY: SessionEnd[] = ["desk", "guest", "administrator", "expired"];

function texts(over: Over): [string, string] {
  if (over.how !== "ended") return [t(`join-gone-${over.how}-title`), t(`join-gone-${over.how}-text`)];
  const by = over.why && BY.includes(over.why) ? over.why : "other";
  return [t("join-over-title"), t(`join-over-${by}`)];
}

export function After({ over, again }: { over: Over; again: () => void }) {
  const [title, text] = texts(over);
  const [removed, setRemoved] = useState<boolean>();
  useEffect(() => void removeTraces().then(setRemoved), []);
  return (
    <Door title={title}>
      <Heading>{title}</Heading>
      <p>{text}</p>
      {removed !== undefined && (
        <>
          <h2>{t("join-nothing-left-title")}</h2>
          <p class={`outcome ${removed ? "good" : "caution"}`}>{t(removed ? "join-nothing-left" : "join-not-removed")}</p>
        </>
      )}
      <p>{t("join-close")}</p>
      {(over.how === "left" || over.how === "lost") && (
        <>
          <p>{t("join-again-text")}</p>
          <div class="buttons">
            <button type="button" onClick={again}>
              {t("join-again")}
            </button>
          </div>
        </>
      )}
    </Door>
  );
}
