// One attended session as the desk follows it (Z3): what is handed over to the customer's people, waiting for the first of
// them, joining, and the end.

import { useState } from "preact/hooks";
import { address, api } from "../../api";
import { acted } from "../../parts/confirm";
import { CopyField } from "../../parts/copy_field";
import { done } from "../../parts/feedback";
import { type Loaded, Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Details, Section } from "../../parts/shown";
import { go, href, type PageProps } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { Attended, HandOver } from "../../types";
import { CustomerLink } from "../desk/customer_name";
import { NoteForm } from "../desk/launch_note";
import { Note, RecordSection } from "../launches/outcome";
import { join } from "../session/admission";
import { Invite } from "./invite";
import { Consents, Course, Facts, Invitations, isOpen } from "./standing";
import "../launches/launches.css";
import "../session/session.css";

interface Of {
  path: { customer: string; id: string };
  of: Attended;
  set: (now: Attended) => void;
}

/** The link, or ID and password: whoever has either gets to the page, and joins it only by pressing 「参加する」. */
function Hand({ over }: { over: HandOver }) {
  return (
    <Section title={t("console-attended-hand")}>
      <p class="hint">{t("console-attended-hand-hint")}</p>
      <div class="field">
        <span class="label">{t("console-attended-link")}</span>
        <CopyField label={t("console-attended-link")} value={over.link} />
      </div>
      <p>{t("console-attended-typed")}</p>
      <Details
        rows={[
          [t("console-attended-typed-page"), <code>{over.page}</code>],
          [t("console-session-number"), <span class="number">{over.number}</span>],
          [t("console-session-password"), <span class="number mono">{over.password}</span>],
        ]}
      />
    </Section>
  );
}

/** The way in, once somebody at the customer is there. */
function Enter({ of }: Of) {
  const { session, hand_over: over, state } = of;
  if (state === "opening") return <p class="outcome" role="status">{t("console-attended-opening")}</p>;
  if (state === "open") return <p class="outcome" role="status">{t("console-attended-waiting")}</p>;
  if (state !== "running" || !session || !over || !may("desk.connect")) return null;
  const enter = () =>
    acted(undefined, async () => {
      await join(session, over.password);
      go("desk", "sessions", session);
    });
  return (
    <Section title={t("console-session-join-title")}>
      <p role="status">{t("console-attended-there", { names: of.consents.map(({ name }) => name).join(t("console-attended-names")) })}</p>
      <Act tone="primary" run={enter}>
        {t("console-session-join")}
      </Act>
    </Section>
  );
}

function over({ path, of, set }: Of): Promise<void> {
  const what = of.state === "running" ? "end" : "withdraw";
  return acted(
    {
      title: t(`console-attended-${what}-title`),
      body: t(`console-attended-${what}-body`),
      action: t(`console-attended-${what}`),
      danger: true,
    },
    async () => {
      set(await api.POST(`/desk/attended/{customer}/{id}/${what}`, { params: { path } }));
      done(t(`console-attended-${what}-done`));
    },
  );
}

function Shown(props: Of) {
  const { path, of, set } = props;
  const [inviting, setInviting] = useState(false);
  const [noting, setNoting] = useState(false);
  const open = isOpen(of);
  return (
    <>
      <Enter {...props} />
      <Facts
        of={of}
        own={[
          [t("console-customer"), <CustomerLink slug={path.customer} />],
          [t("console-attended-inquiry"), of.inquiry && <a href={href("desk", "inquiries", path.customer, of.inquiry)}>{t("console-attended-inquiry-open")}</a>],
        ]}
      />
      {of.hand_over && <Hand over={of.hand_over} />}
      <Section title={t("console-attended-invited")}>
        <Invitations of={of} />
        {open && (
          <p>
            <button type="button" class="secondary" onClick={() => setInviting(true)}>
              {t("console-attended-invite")}
            </button>
          </p>
        )}
      </Section>
      <Consents of={of} receipt={(guest) => address("/desk/attended/{customer}/{id}/receipts/{guest}", { params: { path: { ...path, guest } } })} />
      <Course of={of} />
      <Note note={of.note} inquiry={(inquiry) => href("desk", "inquiries", path.customer, inquiry)} />
      {of.consents.length > 0 && (
        <>
          <RecordSection load={(cursor) => api.GET("/desk/attended/{customer}/{id}/record", { params: { path, query: { cursor } } })} />
          <p>
            <button type="button" class="secondary" onClick={() => setNoting(true)}>
              {t(of.note ? "console-launch-note-change" : "console-launch-note-add")}
            </button>
          </p>
        </>
      )}
      {noting && <NoteForm at="/desk/attended/{customer}/{id}/note" path={path} note={of.note} set={set} close={() => setNoting(false)} />}
      {inviting && <Invite path={path} set={set} close={() => setInviting(false)} />}
      {open && (
        <Act tone="danger" run={() => over(props)}>
          {t(of.state === "running" ? "console-attended-end" : "console-attended-withdraw")}
        </Act>
      )}
    </>
  );
}

export default function AttendedPage({ id }: PageProps) {
  const [customer = "", attended = ""] = id.split("/");
  const path = { customer, id: attended };
  const loaded: Loaded<Attended> = useLoad(() => api.GET("/desk/attended/{customer}/{id}", { params: { path } }), "", "desk_attended");
  return (
    <Page
      title={loaded.data?.title ?? t("console-nav-desk-attended")}
      back={{ href: href("desk", "attended"), label: t("console-nav-desk-attended") }}
    >
      <Show of={loaded}>{(of) => <Shown path={path} of={of} set={loaded.set} />}</Show>
    </Page>
  );
}
