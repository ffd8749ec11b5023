// One piece of a customer's equipment. What may be started on it, and which agent is let in, the customer alone decides.

import { useState } from "preact/hooks";
import { api } from "../../api";
import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Details, Section } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { t } from "../../text";
import type { CustomerDetail, Equipment } from "../../types";
import { responsible } from "../equipment/people";
import { AgentSection, Allowed, Facts, MachineAllows } from "../equipment/shown";
import { loadCustomer, namesIn, offeredBy } from "./equipment_data";
import { SupportSteps } from "./support_steps";

interface Of {
  at: CustomerDetail;
  of: Equipment;
  set: (now: Equipment) => void;
}

function Responsible({ at, of }: Of) {
  if (!of.responsible.length) return <>{t("console-desk-equipment-nobody")}</>;
  return (
    <>
      {responsible(of, offeredBy(at).administrators).map((who, index) => (
        <div key={of.responsible[index]}>{who?.name ?? t("console-equipment-person-hidden")}</div>
      ))}
    </>
  );
}

function retire({ at, of, set }: Of): Promise<void> {
  const path = { customer: at.customer.slug, id: of.id };
  return acted(
    {
      title: t("console-equipment-retire-title", { name: of.name }),
      body: t("console-desk-equipment-retire-body", { name: at.customer.name }),
      points: ["agent", "remote", "serial", "kept"].map((point) => t(`console-equipment-retire-${point}`)),
      action: t("console-equipment-retire"),
      danger: true,
    },
    async () => {
      set(await api.POST("/customers/{customer}/equipment/{id}/retire", { params: { path } }));
      done(t("console-equipment-retired", { name: of.name }));
    },
  );
}

function Shown(props: Of) {
  const { at, of } = props;
  const [steps, setSteps] = useState(false);
  return (
    <>
      <Facts of={of} responsible={<Responsible {...props} />} />
      <Section title={t("console-equipment-remote")}>
        <Details
          rows={[
            [t("console-switch-remote-assistance"), <Allowed yes={of.remote_assistance} />],
            [t("console-machine-allows-desk"), <MachineAllows of={of} />],
            [t("console-switch-manual-launch"), <Allowed yes={of.manual_launch} />],
          ]}
        />
        <p class="hint">{t("console-desk-equipment-switches")}</p>
        {of.manual_launch && of.state === "active" && at.customer.state === "active" && (
          <button type="button" class="secondary" onClick={() => setSteps(true)}>
            {t("console-steps-send")}
          </button>
        )}
      </Section>
      {steps && <SupportSteps customer={at.customer.slug} of={of} close={() => setSteps(false)} />}
      <AgentSection of={of}>
        <p class="hint">{t("console-desk-equipment-agent")}</p>
      </AgentSection>
      {of.state === "active" && at.customer.state === "active" && (
        <Section title={t("console-equipment-use")}>
          <Act tone="danger" run={() => retire(props)}>
            {t("console-equipment-retire")}
          </Act>
        </Section>
      )}
    </>
  );
}

export default function DeskEquipmentPage({ id }: PageProps) {
  const path = namesIn(id);
  const customer = useLoad(() => loadCustomer(path.customer));
  const loaded = useLoad(() => api.GET("/customers/{customer}/equipment/{id}", { params: { path } }));
  const name = customer.data?.customer.name ?? path.customer;
  const open = loaded.data?.state === "active" && customer.data?.customer.state === "active";
  return (
    <Page
      title={loaded.data?.name ?? t("console-nav-equipment")}
      back={{ href: href("customers", path.customer, "equipment"), label: t("console-desk-equipment-of", { name }) }}
      actions={
        open && (
          <>
            <a class="button secondary small" href={href("customers", path.customer, "equipment", path.id, "edit")}>
              {t("console-change")}
            </a>
            <a class="button primary small" href={href("customers", path.customer, "equipment", path.id, "launch")}>
              {t("console-launch-new")}
            </a>
          </>
        )
      }
    >
      <Show of={loaded}>{(of) => <Show of={customer}>{(at) => <Shown at={at} of={of} set={loaded.set} />}</Show>}</Show>
    </Page>
  );
}
