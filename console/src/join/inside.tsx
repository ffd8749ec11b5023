// Inside a session: what is shared of one's own screen, those of others, who is here, what is written, and the end.

import { useLayoutEffect } from "preact/hooks";
import { Heading } from "../parts/door";
import type { Channel } from "../session/channel";
import { Chat } from "../session/chat";
import { Files, FilesWaiting } from "../session/files_list";
import { TimeLeft, useLeft } from "../session/time_left";
import { Screens } from "../sharing/screens";
import type { Sharer } from "../sharing/sharer";
import { t } from "../text";
import { Brand } from "./frame";
import { End, Leave } from "./leaving";
import { OwnScreen, SharingButtons, SharingState } from "./own_screen";
import { brandName, place } from "./place";

/** Before the end everybody is warned, in seconds. */
const SOON = 300;

/** What everybody in it must know at once. */
function News({ of }: { of: Channel }) {
  const view = of.view.use();
  const { phase, warned, you } = view;
  const left = useLeft(view);
  return (
    <div role="status">
      {phase === "connecting" && <p class="outcome">{t("join-connecting")}</p>}
      {phase === "broken" && <p class="outcome caution">{t("join-broken")}</p>}
      {phase === "open" && you > 0 && (warned || left <= SOON) && <p class="outcome caution">{t("join-ends-soon")}</p>}
      <FilesWaiting of={of} />
    </div>
  );
}

function People({ of }: { of: Channel }) {
  const { roster, you, until, skew, phase } = of.view.use();
  return (
    <section class="section" aria-labelledby="people">
      <h2 id="people">{t("join-people")}</h2>
      <ul class="here">
        {roster.map(({ id, role, name }) => (
          <li key={id}>
            <span>{id === you ? t("console-session-you", { name }) : name}</span>
            <span class="hint">{t(`console-chat-role-${role}`)}</span>
          </li>
        ))}
      </ul>
      {phase === "open" && !roster.some(({ role }) => role === "desk") && <p class="hint">{t("join-people-waiting")}</p>}
      {until > 0 && (
        <p class="time-left">
          {t("console-session-left")} <TimeLeft until={until} skew={skew} />
        </p>
      )}
      <End of={of} />
    </section>
  );
}

/** The tab says it too: most of the time the person looks at another window. */
function useTitle(of: Sharer): void {
  const { state } = of.view.use();
  const mark = state === "sharing" || state === "paused" ? `${t(`join-tab-${state}`)} - ` : "";
  const title = `${mark}${place.title || t("join-inside-plain")} - ${brandName()}`;
  useLayoutEffect(() => {
    document.title = title;
  }, [title]);
}

interface InsideProps {
  of: Channel;
  sharer: Sharer;
  leave: () => void;
}

export function Inside({ of, sharer, leave }: InsideProps) {
  const { phase, abilities } = of.view.use();
  useTitle(sharer);
  const screens = abilities.includes("view_screen");
  return (
    <div class="taking">
      <header class="over">
        <Brand />
        <SharingState of={sharer} />
        <div class="over-buttons">{screens && <SharingButtons of={sharer} open={phase === "open"} />}</div>
        <Leave of={of} leave={leave} />
      </header>
      <main>
        <Heading>{place.title ? t("join-inside", { title: place.title }) : t("join-inside-plain")}</Heading>
        <News of={of} />
        <div class="halves">
          <div>
            {screens && <OwnScreen of={sharer} />}
            {screens && (
              <section class="section" aria-labelledby="screens">
                <h2 id="screens">{t("join-screens")}</h2>
                <Screens of={of} none={t("join-screens-none")} />
              </section>
            )}
          </div>
          <div>
            <People of={of} />
            <Chat of={of} />
            <Files of={of} />
          </div>
        </div>
      </main>
    </div>
  );
}
