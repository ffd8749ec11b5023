// The page of an attended session: before, inside, after. One thing leads from each to the next: the person's 「参加する」,
// and the end, whoever brings it about.

import { useEffect, useState } from "preact/hooks";
import type { Channel } from "../session/channel";
import { type Files, filesOf } from "../session/files";
import { Sharer } from "../sharing/sharer";
import { locale } from "../text";
import { After, type Over } from "./after";
import { Before } from "./before";
import { Inside } from "./inside";
import { place } from "./place";

interface Taken {
  channel: Channel;
  files: Files;
  sharer: Sharer;
}

/** How the session is over for this person, if it is. */
function overOf({ view }: Channel): Over | undefined {
  const { phase, why } = view.get();
  if (phase === "ended") return { how: "ended", why };
  return phase === "removed" || phase === "lost" ? { how: phase } : undefined;
}

function Taking({ taken: { channel, sharer }, done }: { taken: Taken; done: (over: Over) => void }) {
  channel.view.use();
  const over = overOf(channel);
  useEffect(() => {
    if (over) done(over);
  }, [over?.how]);
  // After a break the session has forgotten what is shared.
  useEffect(() => channel.heard(({ type }) => type === "welcome" && sharer.again()), [channel]);
  return <Inside of={channel} sharer={sharer} leave={() => done({ how: "left" })} />;
}

export function App() {
  locale.use();
  const [taken, setTaken] = useState<Taken>();
  const [over, setOver] = useState<{ over: Over; files: Files }>();
  const [first, setFirst] = useState(true);
  const joined = (channel: Channel) => {
    setFirst(false);
    setTaken({ channel, files: filesOf(channel), sharer: new Sharer(channel) });
  };
  const done = (how: Over) => {
    if (taken) {
      // Before the page says that it is over: from then on nothing is captured or connected.
      taken.sharer.close();
      taken.channel.leave();
      setOver({ over: how, files: taken.files });
    }
    setTaken(undefined);
  };
  if (taken) return <Taking taken={taken} done={done} />;
  const again = () => {
    // What a person consents to is written in the language in which the page was opened.
    if (locale.get() === place.locale) setOver(undefined);
    else location.search = `?lang=${locale.get()}`;
  };
  if (over) return <After {...over} again={again} />;
  return <Before joined={joined} first={first} />;
}
