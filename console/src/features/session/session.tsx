// A session on a piece of equipment (K10), or with people who show their screens (Z4): the way in, and what it looks like from
// inside. It is left with the page; for
// the others it goes on.

import { useEffect, useRef, useState } from "preact/hooks";
import { choice } from "../../names";
import { Page } from "../../parts/page";
import { Section } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { Channel } from "../../session/channel";
import { Chat } from "../../session/chat";
import { filesOf } from "../../session/files";
import { Files, FilesWaiting } from "../../session/files_list";
import { useLeft } from "../../session/time_left";
import { t } from "../../text";
import { AttendedTools } from "./attended_tools";
import { socketOf, takeTicket } from "./admission";
import { useBrought } from "./brought";
import { Deeds } from "./deeds";
import { Diagnostics } from "./diagnostics";
import { JoinForm } from "./join_form";
import { MachineFiles } from "./machine_files";
import { type MachineState, readDocument } from "./reports";
import { Restarts } from "./restarts";
import { Screen } from "./screen";
import { Standing } from "./standing";
import { Terminal } from "./terminal";
import "./session.css";

/** What everybody in it must know at once. */
function News({ of }: { of: Channel }) {
  const { phase, locked, warned, until, skew } = of.view.use();
  const left = useLeft({ until, skew });
  return (
    <div role="status">
      {phase === "connecting" && <p class="loading">{t("console-session-connecting")}</p>}
      {phase === "broken" && <p class="outcome caution">{t("console-session-broken")}</p>}
      {phase === "open" && locked && <p class="outcome caution">{t("console-session-locked")}</p>}
      {phase === "open" && (warned || left <= 300) && <p class="outcome caution">{t("console-session-ends-soon")}</p>}
      <GuestLeft of={of} />
      <FilesWaiting of={of} />
    </div>
  );
}

/** The last of the customer's people is gone. It goes on until somebody ends it, or its time is over. */
function GuestLeft({ of }: { of: Channel }) {
  const { phase, roster, equipment } = of.view.use();
  const came = useRef(false);
  const here = roster.some(({ role }) => role === "guest");
  came.current ||= here;
  if (phase !== "open" || equipment || here || !came.current) return null;
  return <p class="outcome caution">{t("console-session-guest-left")}</p>;
}

/** What can be done in it, and how it stands. */
function Tools({ of, number }: { of: Channel; number: string }) {
  const { abilities } = of.view.use();
  const state = useBrought(of, (bytes) => readDocument<MachineState>(bytes));
  // The screen shows the machine's keyboard layout, which is part of its state.
  const look = () => {
    if (!state.found && state.ready && abilities.includes("diagnostics")) void state.run({ what: "overview" });
  };
  return (
    <div>
      <Standing of={of} number={number} />
      <Screen of={of} layout={state.found?.keyboard_layout ?? undefined} opened={look} />
      <Terminal of={of} />
      <Files of={of} />
      <MachineFiles of={of} state={state} />
      <Diagnostics of={of} state={state} />
      <Restarts of={of} />
      <Deeds of={of} />
    </div>
  );
}

function Inside({ of, number, enter }: { of: Channel; number: string; enter: () => void }) {
  const { phase, why, you, chat, equipment } = of.view.use();
  const attended = you > 0 && !equipment;
  if (phase === "ended") {
    return (
      <>
        <div class="outcome" role="status">
          <p>{t("console-session-over", { why: why ? choice("launch-end-state", why) : "" })}</p>
          <p>
            {attended ? (
              <a href={`${href("desk", "attended")}?state=all`}>{t("console-session-to-attended")}</a>
            ) : (
              <a href={`${href("desk", "launches")}?state=all`}>{t("console-session-to-launches")}</a>
            )}
          </p>
        </div>
        <Files of={of} />
        {chat.length > 0 && <Chat of={of} />}
      </>
    );
  }
  if (phase === "removed") return <p class="outcome caution" role="status">{t("console-session-removed")}</p>;
  if (phase === "lost") {
    return (
      <Section title={t("console-session-join-title")}>
        <p role="status">{t("console-session-lost")}</p>
        <JoinForm number={number} joined={enter} />
      </Section>
    );
  }
  return (
    <>
      <News of={of} />
      {you > 0 && (
        <div class="inside">
          {attended ? <AttendedTools of={of} number={number} /> : <Tools of={of} number={number} />}
          <Chat of={of} />
        </div>
      )}
    </>
  );
}

/** The name of the equipment, or what an attended session is about, is known only inside. */
function Named({ of, number, enter }: { of: Channel; number: string; enter: () => void }) {
  const { equipment, title, you } = of.view.use();
  const name = equipment || title;
  const list = you > 0 && !equipment ? "attended" : "launches";
  return (
    <Page
      title={name ? t("console-session-of", { name }) : t("console-session")}
      back={{ href: href("desk", list), label: t(`console-nav-desk-${list}`) }}
    >
      <Inside of={of} number={number} enter={enter} />
    </Page>
  );
}

export default function SessionPage({ id: number }: PageProps) {
  const [channel, setChannel] = useState<Channel>();
  const enter = () => {
    const ticket = takeTicket(number);
    if (ticket && channel) channel.enter(ticket);
    else if (ticket) setChannel(new Channel(socketOf(number), ticket));
  };
  useEffect(enter, []);
  useEffect(
    () => () => {
      if (!channel) return;
      filesOf(channel).leave();
      channel.leave();
    },
    [channel],
  );
  if (channel) return <Named of={channel} number={number} enter={enter} />;
  return (
    <Page title={t("console-session")} back={{ href: href("desk", "launches"), label: t("console-nav-desk-launches") }}>
      <Section title={t("console-session-join-title")}>
        <p>{t("console-session-again")}</p>
        <JoinForm number={number} joined={enter} />
      </Section>
    </Page>
  );
}
