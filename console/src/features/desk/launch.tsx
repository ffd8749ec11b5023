// One piece of remote support at a customer, as the desk follows it: withdrawing, executing, joining, ending (K7 to K9).

import { useState } from "preact/hooks";
import { address, api } from "../../api";
import { Agreed } from "../../parts/agreed";
import { now } from "../../dates";
import { acted } from "../../parts/confirm";
import { Decided } from "../../parts/decision";
import { done } from "../../parts/feedback";
import { type Loaded, Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Section, State } from "../../parts/shown";
import { Problem } from "../../problem";
import { go, href, type PageProps } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { Launch } from "../../types";
import { AtMachine, canEnd, Course, endLaunch, Facts, isOpen } from "../launches/launch_parts";
import { Note, RecordSection } from "../launches/outcome";
import { JoinForm } from "../session/join_form";
import { CustomerLink } from "./customer_name";
import { More } from "./launch_more";
import { NoteForm } from "./launch_note";
import { Obstacle } from "./obstacle";
import "../session/session.css";

interface Of {
  path: { customer: string; id: string };
  of: Launch;
  set: (now: Launch) => void;
  reload: () => void;
}

function withdraw({ path, of, set }: Of): Promise<void> {
  return acted(
    {
      title: t("console-launch-withdraw-title"),
      body: t("console-launch-withdraw-body", { name: of.equipment_name }),
      action: t("console-launch-withdraw"),
      danger: true,
    },
    async () => {
      set(await api.POST("/desk/launches/{customer}/{id}/withdraw", { params: { path } }));
      done(t("console-launch-withdrawn"));
    },
  );
}

function execute({ path, set, reload }: Of): Promise<void> {
  return acted(undefined, async () => {
    try {
      set(await api.POST("/desk/launches/{customer}/{id}/execute", { params: { path } }));
      done(t("console-launch-executed"));
    } catch (error) {
      // Who waits for the machine is noted, and stands in the timeline.
      if (Problem.from(error).status === 409) reload();
      throw error;
    }
  });
}

const end = ({ path, of, set }: Of) => endLaunch(of, async () => set(await api.POST("/desk/launches/{customer}/{id}/end", { params: { path } })));

/** Executing, once it is approved: what stands in the way is said, and what is no obstacle for good leaves the button. */
function Execute(props: Of) {
  const { of } = props;
  const early = of.granted !== null && of.granted.from > now();
  const obstacle = of.obstacle ?? (early ? "too-early" : of.connected === false ? "machine-away" : undefined);
  return (
    <Section title={t("console-launch-execute-title")}>
      {obstacle && <Obstacle code={obstacle} again={props.reload} />}
      {!obstacle && <p>{t("console-launch-execute-hint")}</p>}
      {may("desk.connect") && (!obstacle || obstacle === "machine-away") && (
        <Act tone="primary" run={() => execute(props)}>
          {t("console-launch-execute")}
        </Act>
      )}
    </Section>
  );
}

function Session({ of }: Of) {
  if (of.state !== "running" || !of.session || !may("desk.connect")) return null;
  return (
    <Section title={t("console-session-join-title")}>
      <p>{t(of.asked_by ? "console-session-mailed" : "console-session-read-out")}</p>
      <JoinForm number={of.session} joined={(number) => go("desk", "sessions", number)} />
    </Section>
  );
}

function Shown(props: Of) {
  const { path, of } = props;
  const [more, setMore] = useState(false);
  const [noting, setNoting] = useState(false);
  const receipt = address("/desk/launches/{customer}/{id}/receipt", { params: { path } });
  return (
    <>
      <Facts
        of={of}
        side="desk"
        equipment={<a href={href("customers", path.customer, "equipment", of.equipment)}>{of.equipment_name}</a>}
        own={[
          [t("console-customer"), <CustomerLink slug={path.customer} />],
          [t("console-launch-extends"), of.extends && <a href={href("desk", "launches", path.customer, of.extends)}>{t("console-launch-extended")}</a>],
          [t("console-agent"), isOpen(of) && typeof of.connected === "boolean" ? <State list="agent-light" value={of.connected ? "connected" : "away"} /> : null],
        ]}
      />
      {of.state === "approved" && <Execute {...props} />}
      <Session {...props} />
      <Course of={of} side="desk" />
      <Agreed of={of} lead={(count) => t("console-launch-several", count)} />
      <Decided decision={of.decision} receipt={receipt} />
      <AtMachine of={of} receipt={receipt} />
      <Note note={of.note} inquiry={(inquiry) => href("desk", "inquiries", path.customer, inquiry)} />
      {of.running_at && (
        <RecordSection load={(cursor) => api.GET("/desk/launches/{customer}/{id}/record", { params: { path, query: { cursor } } })} />
      )}
      {of.state !== "requested" && (
        <p>
          <button type="button" class="secondary" onClick={() => setNoting(true)}>
            {t(of.note ? "console-launch-note-change" : "console-launch-note-add")}
          </button>
        </p>
      )}
      {noting && <NoteForm at="/desk/launches/{customer}/{id}/note" path={path} note={of.note} set={props.set} close={() => setNoting(false)} />}
      {of.state === "approved" && of.starts_at !== null && of.starts_at > now() && (
        <p>
          <a class="button secondary" href={`${href("customers", path.customer, "equipment", of.equipment, "launch")}?replaces=${encodeURIComponent(of.id)}`}>
            {t("console-launch-move")}
          </a>
        </p>
      )}
      {of.state === "requested" && (
        <Act tone="danger" run={() => withdraw(props)}>
          {t("console-launch-withdraw")}
        </Act>
      )}
      {canEnd(of) && of.asked_by && (
        <p>
          <button type="button" class="secondary" onClick={() => setMore(true)}>
            {t("console-launch-more")}
          </button>
        </p>
      )}
      {more && <More customer={path.customer} of={of} close={() => setMore(false)} />}
      {canEnd(of) && (
        <Act tone="danger" run={() => end(props)}>
          {t("console-launch-end")}
        </Act>
      )}
    </>
  );
}

export default function DeskLaunchPage({ id }: PageProps) {
  const [customer = "", launch = ""] = id.split("/");
  const path = { customer, id: launch };
  const loaded: Loaded<Launch> = useLoad(() => api.GET("/desk/launches/{customer}/{id}", { params: { path } }), "", "desk_launches");
  return (
    <Page
      title={loaded.data ? t("console-launch-of", { name: loaded.data.equipment_name }) : t("console-nav-desk-launches")}
      back={{ href: href("desk", "launches"), label: t("console-nav-desk-launches") }}
    >
      <Show of={loaded}>{(of) => <Shown path={path} of={of} set={loaded.set} reload={loaded.reload} />}</Show>
    </Page>
  );
}
