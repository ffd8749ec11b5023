// The screens that others in the session share. One is shown at a time: the newest, unless the person chooses another.

import { useEffect, useState } from "preact/hooks";
import type { Channel } from "../session/channel";
import type { Participant } from "../session/control";
import { t } from "../text";
import { Stage } from "./picture";
import { Viewing } from "./viewing";
import "./sharing.css";

/** Whoever else shares, in the order in which they joined. */
function sharers(roster: Participant[], you: number): Participant[] {
  return roster.filter(({ id, sharing }) => id !== you && sharing);
}

interface OneProps {
  of: Channel;
  sharer: Participant;
}

function One({ of, sharer: { id, name } }: OneProps) {
  const [viewing, setViewing] = useState<Viewing>();
  useEffect(() => {
    const opened = new Viewing(of, id);
    setViewing(opened);
    return () => opened.close();
  }, []);
  return viewing ? <Stage viewing={viewing} name={name} /> : null;
}

interface ScreensProps {
  of: Channel;
  /** What is said while nobody shares. */
  none: string;
}

export function Screens({ of, none }: ScreensProps) {
  const { roster, you } = of.view.use();
  const [chosen, setChosen] = useState<number>();
  const all = sharers(roster, you);
  const addresses = all.map(({ id }) => id).join();
  useEffect(() => setChosen((before) => (all.some(({ id }) => id === before) ? before : all.at(-1)?.id)), [addresses]);
  const shown = all.find(({ id }) => id === chosen) ?? all.at(-1);
  return (
    <>
      {all.length > 1 && (
        <div class="stage-bar" role="group" aria-label={t("console-shared-choose")}>
          {all.map(({ id, name }) => (
            <button key={id} type="button" class="small" aria-pressed={id === shown?.id} onClick={() => setChosen(id)}>
              {t("console-shared-of", { name })}
            </button>
          ))}
        </div>
      )}
      {shown ? (
        <>
          <p class="stage-of">
            {t("console-shared-shares", { name: shown.name, what: t(`console-shared-${shown.sharing ?? "unknown"}`) })}
          </p>
          {/* After a break this page has another address, and what it has opened is gone. */}
          <One key={`${you}-${shown.id}-${shown.sharing}`} of={of} sharer={shown} />
        </>
      ) : (
        <p class="hint">{none}</p>
      )}
    </>
  );
}
