// One appointment with the support desk, as the tenant's administrators see it (Z1).

import { useState } from "preact/hooks";
import { address, api } from "../../api";
import { done } from "../../parts/feedback";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Section } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { Appointment } from "../../types";
import { ownInquiry } from "../launches/outcome";
import { History } from "./history";
import { Machine, Participants } from "./preflight";
import { ReasonForm } from "./reason_form";
import { Facts, isOpen, launchOf, Next, Proposal, Receipt, sessionOf } from "./standing";
import "./appointments.css";

interface Of {
  of: Appointment;
  set: (now: Appointment) => void;
}

function Event({ of }: { of: Appointment }) {
  const [launch, session] = [launchOf(of), sessionOf(of)];
  if (launch) return <a href={href("launches", launch.launch)}>{t("console-appointment-of-launch", { name: launch.equipment_name })}</a>;
  return session ? <a href={href("attended", session)}>{t("console-appointment-session")}</a> : <>{t("console-appointment-of-people")}</>;
}

/** The date of a launch goes with the launch, which is ended on its own page. */
function Cancelling({ of, set }: Of) {
  const [open, setOpen] = useState(false);
  if (!isOpen(of) || launchOf(of) || !may("launches.decide")) return null;
  return (
    <Section title={t("console-appointment-change")}>
      <p>{t("console-appointment-change-own")}</p>
      <div class="buttons">
        <button type="button" class="danger" onClick={() => setOpen(true)}>
          {t("console-appointment-cancel")}
        </button>
      </div>
      {open && (
        <ReasonForm
          what="cancel"
          of={of}
          set={set}
          close={() => setOpen(false)}
          send={(reason) => api.POST("/appointments/{id}/cancel", { params: { path: { id: of.id } }, body: { reason } })}
          said={() => done(t("console-appointment-was-cancelled"))}
        />
      )}
    </Section>
  );
}

function Shown({ of, set }: Of) {
  return (
    <>
      <Next of={of} side="customer" />
      <Facts
        of={of}
        side="customer"
        host={t("console-question-asker", { name: of.host.name, provider: of.host.provider_name })}
        event={<Event of={of} />}
        own={[
          [
            t("console-appointment-inquiry"),
            of.inquiry && may("inquiries") ? <a href={ownInquiry(of.inquiry)}>{t("console-appointment-inquiry-open")}</a> : null,
          ],
        ]}
      />
      <Proposal of={of} side="customer" />
      <Cancelling of={of} set={set} />
      <Participants of={of} />
      <Machine of={of} />
      <History of={of} />
      <Receipt of={of} address={address("/appointments/{id}/receipt", { params: { path: { id: of.id } } })} />
    </>
  );
}

export default function OwnAppointment({ id }: PageProps) {
  const loaded = useLoad(() => api.GET("/appointments/{id}", { params: { path: { id } } }), "", "appointments");
  return (
    <Page
      title={loaded.data?.title ?? t("console-nav-appointments")}
      back={{ href: href("appointments"), label: t("console-nav-appointments") }}
    >
      <Show of={loaded}>{(of) => <Shown of={of} set={loaded.set} />}</Show>
    </Page>
  );
}
