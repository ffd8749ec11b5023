// Remote support that the desk has requested, with the text that is consented to, its answer and its course (K7 to K9).

import { address, api } from "../../api";
import { Agreed } from "../../parts/agreed";
import { Decide, Decided, Statement } from "../../parts/decision";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Section } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { may, session } from "../../session";
import { t } from "../../text";
import type { Launch, Outcome } from "../../types";
import { AtMachine, canEnd, Course, endLaunch, Facts } from "./launch_parts";
import { Note, ownInquiry, RecordSection } from "./outcome";

interface Of {
  of: Launch;
  set: (now: Launch) => void;
}

/** What is said after an answer: an approval may be the first of two that are needed. */
function said(outcome: Outcome, now: Launch): string {
  return t(`console-launch-said-${outcome === "approved" && now.state === "requested" ? "agreed" : outcome}`);
}

function Answer({ of, set }: Of) {
  if (of.state !== "requested") return null;
  if (of.agreed.some(({ by }) => by === session.get()?.user_id)) {
    return <p class="outcome good">{t("console-launch-own")}</p>;
  }
  // Only who is asked gets the statement.
  if (!of.statement || !may("launches.decide")) return <p class="outcome">{t("console-launch-others-answer")}</p>;
  const path = { id: of.id };
  return (
    <Decide<Launch>
      id={of.id}
      load={() => api.GET("/launches/{id}", { params: { path } })}
      send={(body) => api.POST("/launches/{id}/decision", { params: { path }, body })}
      confirm={t("console-launch-confirm")}
      refuse={t("console-launch-refuse-confirm")}
      reasonHint={t("console-question-reason-hint")}
      closed="launch-closed"
      said={said}
      answered={set}
    />
  );
}

const end = ({ of, set }: Of) => endLaunch(of, async () => set(await api.POST("/launches/{id}/end", { params: { path: { id: of.id } } })));

function Shown({ of, set }: Of) {
  const receipt = address("/launches/{id}/receipt", { params: { path: { id: of.id } } });
  const equipment = may("equipment.read") ? <a href={href("equipment", of.equipment)}>{of.equipment_name}</a> : of.equipment_name;
  return (
    <>
      <Facts of={of} side="customer" equipment={equipment} own={[[t("console-launch-extends"), of.extends && <a href={href("launches", of.extends)}>{t("console-launch-extended")}</a>]]} />
      {of.state === "requested" && of.statement && <Statement title={t("console-launch-statement")} text={of.statement}>{null}</Statement>}
      <Agreed of={of} lead={(count) => t("console-launch-several", count)} />
      <Answer of={of} set={set} />
      <Course of={of} side="customer" />
      <Decided decision={of.decision} receipt={receipt} />
      <AtMachine of={of} receipt={receipt} />
      <Note note={of.note} inquiry={ownInquiry} />
      {of.running_at && (
        <RecordSection load={(cursor) => api.GET("/launches/{id}/record", { params: { path: { id: of.id }, query: { cursor } } })} />
      )}
      {canEnd(of) && may("launches.decide") && (
        <Section title={t("console-launch-end-section")}>
          <p>{t("console-launch-end-hint")}</p>
          <Act tone="danger" run={() => end({ of, set })}>
            {t("console-launch-end")}
          </Act>
        </Section>
      )}
    </>
  );
}

export default function LaunchPage({ id }: PageProps) {
  const loaded = useLoad(() => api.GET("/launches/{id}", { params: { path: { id } } }), "", "launches");
  return (
    <Page
      title={loaded.data ? t("console-launch-of", { name: loaded.data.equipment_name }) : t("console-nav-launches")}
      back={{ href: href("launches"), label: t("console-nav-launches") }}
    >
      <Show of={loaded}>{(of) => <Shown of={of} set={loaded.set} />}</Show>
    </Page>
  );
}
