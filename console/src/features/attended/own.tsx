// One attended session with the tenant's own people: who has consented, what has happened, and its end (Z7).

import { address, api } from "../../api";
import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Section } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { Attended } from "../../types";
import { Note, ownInquiry, RecordSection } from "../launches/outcome";
import { Consents, Course, Facts, Invitations, isOpen } from "./standing";
import "../launches/launches.css";

interface Of {
  of: Attended;
  set: (now: Attended) => void;
}

function end({ of, set }: Of): Promise<void> {
  return acted(
    { title: t("console-attended-end-title"), body: t("console-attended-end-body"), action: t("console-attended-end"), danger: true },
    async () => {
      set(await api.POST("/attended/{id}/end", { params: { path: { id: of.id } } }));
      done(t("console-attended-end-done"));
    },
  );
}

function Shown({ of, set }: Of) {
  const path = { id: of.id };
  return (
    <>
      <Facts of={of} own={[[t("console-field-organization"), of.opened_by.provider_name]]} />
      <Section title={t("console-attended-invited")}>
        <Invitations of={of} />
      </Section>
      <Consents of={of} receipt={(guest) => address("/attended/{id}/receipts/{guest}", { params: { path: { ...path, guest } } })} />
      <Course of={of} />
      <Note note={of.note} inquiry={ownInquiry} />
      {of.consents.length > 0 && <RecordSection load={(cursor) => api.GET("/attended/{id}/record", { params: { path, query: { cursor } } })} />}
      {isOpen(of) && may("launches.decide") && (
        <Act tone="danger" run={() => end({ of, set })}>
          {t("console-attended-end")}
        </Act>
      )}
    </>
  );
}

export default function OwnAttendedPage({ id }: PageProps) {
  const loaded = useLoad(() => api.GET("/attended/{id}", { params: { path: { id } } }), "", "attended");
  return (
    <Page title={loaded.data?.title ?? t("console-nav-attended")} back={{ href: href("attended"), label: t("console-nav-attended") }}>
      <Show of={loaded}>{(of) => <Shown of={of} set={loaded.set} />}</Show>
    </Page>
  );
}
