// One appointment as the desk sees it (B7): answering, moving and cancelling it, and how the checks beforehand went.

import { useState } from "preact/hooks";
import { address, api } from "../../api";
import { done } from "../../parts/feedback";
import { type Loaded, Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Section } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { t } from "../../text";
import type { Appointment } from "../../types";
import { CustomerLink } from "../desk/customer_name";
import { Answer } from "./answer";
import { History } from "./history";
import { Machine, Participants } from "./preflight";
import { Propose } from "./propose";
import { ReasonForm } from "./reason_form";
import { Facts, isOpen, launchOf, Next, Proposal, Receipt, sessionOf } from "./standing";
import "./appointments.css";

interface Of {
  path: { customer: string; id: string };
  of: Appointment;
  set: (now: Appointment) => void;
}

/** What takes place: the session with people, or the work on a machine. */
function Event({ path: { customer }, of }: Of) {
  const [launch, session] = [launchOf(of), sessionOf(of)];
  if (launch) {
    return <a href={href("desk", "launches", customer, launch.launch)}>{t("console-appointment-of-launch", { name: launch.equipment_name })}</a>;
  }
  return session ? (
    <a href={href("desk", "attended", customer, session)}>{t("console-appointment-session")}</a>
  ) : (
    <>{t("console-appointment-of-people")}</>
  );
}

/** Moving and cancelling. The date of a launch changes with the launch. */
function Changes({ path, of, set }: Of) {
  const [open, setOpen] = useState<"times" | "cancel">();
  const close = () => setOpen(undefined);
  const launch = launchOf(of);
  if (launch) {
    const again = `${href("customers", path.customer, "equipment", launch.equipment, "launch")}?replaces=${encodeURIComponent(launch.launch)}`;
    return isOpen(of) ? (
      <Section title={t("console-appointment-change")}>
        <p>{t("console-appointment-change-launch")}</p>
        <div class="buttons">
          <a class="button secondary" href={again}>
            {t("console-appointment-replace")}
          </a>
        </div>
      </Section>
    ) : null;
  }
  // What nobody has answered in time can be proposed anew.
  if (!isOpen(of) && of.state !== "unanswered") return null;
  return (
    <Section title={t("console-appointment-change")}>
      {of.agreed && <p>{t("console-appointment-stands")}</p>}
      <div class="buttons">
        <button type="button" class="secondary" onClick={() => setOpen("times")}>
          {t(of.agreed ? "console-appointment-move" : "console-appointment-other-times")}
        </button>
        {isOpen(of) && (
          <button type="button" class="danger" onClick={() => setOpen("cancel")}>
            {t("console-appointment-cancel")}
          </button>
        )}
      </div>
      {open === "times" && <Propose path={path} of={of} set={set} close={close} />}
      {open === "cancel" && (
        <ReasonForm
          what="cancel"
          of={of}
          set={set}
          close={close}
          send={(reason) => api.POST("/desk/appointments/{customer}/{id}/cancel", { params: { path }, body: { reason } })}
          said={() => done(t("console-appointment-was-cancelled"))}
        />
      )}
    </Section>
  );
}

function Shown(props: Of) {
  const { path, of } = props;
  return (
    <>
      <Next of={of} side="desk" />
      <Facts
        of={of}
        side="desk"
        host={of.host.name}
        event={<Event {...props} />}
        own={[
          [t("console-customer"), <CustomerLink slug={path.customer} />],
          [
            t("console-appointment-inquiry"),
            of.inquiry && <a href={href("desk", "inquiries", path.customer, of.inquiry)}>{t("console-appointment-inquiry-open")}</a>,
          ],
        ]}
      />
      {of.awaits === "desk" ? <Answer {...props} /> : <Proposal of={of} side="desk" />}
      <Changes {...props} />
      <Participants of={of} />
      <Machine of={of} />
      <History of={of} />
      <Receipt of={of} address={address("/desk/appointments/{customer}/{id}/receipt", { params: { path } })} />
    </>
  );
}

export default function AppointmentPage({ id }: PageProps) {
  const [customer = "", appointment = ""] = id.split("/");
  const path = { customer, id: appointment };
  const load = () => api.GET("/desk/appointments/{customer}/{id}", { params: { path } });
  const loaded: Loaded<Appointment> = useLoad(load, "", "desk_appointments");
  return (
    <Page
      title={loaded.data?.title ?? t("console-nav-desk-appointments")}
      back={{ href: href("desk", "appointments"), label: t("console-nav-desk-appointments") }}
    >
      <Show of={loaded}>{(of) => <Shown path={path} of={of} set={loaded.set} />}</Show>
    </Page>
  );
}
