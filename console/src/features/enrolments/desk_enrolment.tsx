// One machine that asked the provider to be enrolled: what is known of it, and the desk's answer.

import { api } from "../../api";
import { choice } from "../../names";
import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { type Loaded, Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Details, Section, Time } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { Candidate, EnrolmentRequest } from "../../types";
import { CustomerLink } from "../desk/customer_name";
import { type Answerable, answer, isAnswerable, loadCustomers, loadEquipment, loadRequest } from "./data";
import { EquipmentChoice } from "./equipment_choice";
import { EnrolmentState, refusing, told } from "./shown";

function Refuse({ of, set, reload }: Answerable) {
  const refuse = () =>
    acted(refusing(of, "desk"), () =>
      answer(async () => {
        set(await api.POST("/desk/enrolments/{id}/decision", { params: { path: { id: of.id } }, body: { outcome: "refused" } }));
        done(t("console-enrolment-said-refused"));
      }, reload),
    );
  return (
    <Section title={t("console-decide-to-refuse")}>
      <p>{t("console-enrolment-refuse-hint")}</p>
      <Act tone="danger" run={refuse}>
        {t("console-decide-refuse")}
      </Act>
    </Section>
  );
}

/** The equipment by its name, which comes later than the page. */
function EquipmentLink({ at }: { at: Candidate }) {
  const { data } = useLoad(() => loadEquipment(at), `${at.customer}/${at.equipment}`);
  return <a href={href("customers", at.customer, "equipment", at.equipment)}>{data?.name ?? t("console-launch-equipment")}</a>;
}

function Shown(props: Answerable) {
  const { of } = props;
  const { customer, equipment } = of;
  return (
    <>
      <Details
        rows={[
          [t("console-field-state"), <EnrolmentState of={of} />],
          [t("console-enrolment-waits"), of.waits && choice("enrolment-waits", of.waits)],
          [t("console-customer"), customer && <CustomerLink slug={customer} />],
          [t("console-launch-equipment"), customer && equipment && <EquipmentLink at={{ customer, equipment }} />],
          ...told(of),
          [t("console-enrolment-answered"), of.answered_at && <Time at={of.answered_at} />],
        ]}
      />
      <p class="hint">{t("console-enrolment-report-hint")}</p>
      {isAnswerable(of) && may("desk.connect") && (
        <>
          <EquipmentChoice {...props} />
          <Refuse {...props} />
        </>
      )}
    </>
  );
}

export default function DeskEnrolmentPage({ id }: PageProps) {
  const customers = useLoad(loadCustomers, "", "customers");
  const loaded: Loaded<EnrolmentRequest> = useLoad(() => loadRequest(id), "", "desk_enrolments");
  return (
    <Page
      title={loaded.data ? t("console-enrolment-of", { serial: loaded.data.serial_number }) : t("console-nav-desk-enrolments")}
      back={{ href: href("desk", "enrolments"), label: t("console-nav-desk-enrolments") }}
    >
      <Show of={loaded}>
        {(of) => <Show of={customers}>{(all) => <Shown of={of} customers={all} set={loaded.set} reload={loaded.reload} />}</Show>}
      </Show>
    </Page>
  );
}
