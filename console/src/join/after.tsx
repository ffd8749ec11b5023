// After a session (Z7): by whom it ended, that nothing remains, and how to come back. Files that were received and are not
// saved yet can be saved here; until then they do remain, and that is said.

import { useEffect, useState } from "preact/hooks";
import { Heading } from "../parts/door";
import type { Files } from "../session/files";
import { FileReceived } from "../session/files_received";
import "../session/files.css";
import type { SessionEnd } from "../types";
import { t } from "../text";
import { Door } from "./frame";
import { removeTraces, unsaved } from "./traces";

/** How it ended for this person. */
export type Over = { how: "ended"; why: SessionEnd | undefined } | { how: "left" | "removed" | "lost" };

const BY: SessionEnd[] = ["desk", "guest", "administrator", "expired"];

function texts(over: Over): [string, string] {
  if (over.how !== "ended") return [t(`join-gone-${over.how}-title`), t(`join-gone-${over.how}-text`)];
  const by = over.why && BY.includes(over.why) ? over.why : "other";
  return [t("join-over-title"), t(`join-over-${by}`)];
}

function Unsaved({ files }: { files: Files }) {
  return (
    <>
      <h2>{t("join-unsaved-title")}</h2>
      <p class="outcome caution">{t("join-unsaved")}</p>
      <ul class="file-list">
        {unsaved(files).map((receiving) => (
          <li key={receiving.offer.id}>
            <p class="file-name">{receiving.offer.name}</p>
            <FileReceived files={files} receiving={receiving} />
          </li>
        ))}
      </ul>
      <div class="buttons">
        <button type="button" onClick={() => unsaved(files).forEach(({ offer }) => void files.forget(offer.id))}>
          {t("join-unsaved-remove")}
        </button>
      </div>
    </>
  );
}

/** `kept`: how many files wait to be saved. */
function Traces({ files, kept }: { files: Files; kept: number }) {
  const [removed, setRemoved] = useState<boolean>();
  useEffect(() => {
    let current = true;
    void removeTraces(files).then((done) => current && setRemoved(done));
    return () => void (current = false);
  }, [kept]);
  if (kept > 0) return <Unsaved files={files} />;
  if (removed === undefined) return null;
  return (
    <>
      <h2>{t(removed ? "join-nothing-left-title" : "join-not-removed-title")}</h2>
      <p class={`outcome ${removed ? "good" : "caution"}`}>{t(removed ? "join-nothing-left" : "join-not-removed")}</p>
      <p>{t("join-close")}</p>
    </>
  );
}

export function After({ over, files, again }: { over: Over; files: Files; again: () => void }) {
  files.state.use();
  // The next session has files of its own.
  const kept = unsaved(files).length;
  const [title, text] = texts(over);
  return (
    <Door title={title}>
      <Heading>{title}</Heading>
      <p>{text}</p>
      <Traces files={files} kept={kept} />
      {(over.how === "left" || over.how === "lost") && kept === 0 && (
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
