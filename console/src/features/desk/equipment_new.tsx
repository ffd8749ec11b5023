// The desk registers a piece of equipment at a customer.

import { api, under } from "../../api";
import { done } from "../../parts/feedback";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { href, type PageProps, replace } from "../../router";
import { t } from "../../text";
import type { CustomerDetail, Equipment } from "../../types";
import { deskBody, EquipmentFields, equipmentTexts, type EquipmentValues, NEW_EQUIPMENT } from "../equipment/equipment_form";
import { loadCustomer, offeredBy } from "./equipment_data";

function New({ of }: { of: CustomerDetail }) {
  const customer = of.customer.slug;
  const offered = offeredBy(of);
  const form = useForm<EquipmentValues, Equipment>({
    name: "customer-equipment",
    object: customer,
    initial: NEW_EQUIPMENT,
    ...equipmentTexts(offered),
    send: (values, _, key) =>
      api.POST("/customers/{customer}/equipment", { params: { path: { customer } }, body: deskBody(values), ...under(key) }),
    done({ id, name }) {
      replace("customers", customer, "equipment", id);
      done(t("console-equipment-added", { name }));
    },
  });
  return (
    <FormView form={form}>
      <EquipmentFields form={form} offered={offered} />
      <div class="buttons">
        <Submit form={form}>{t("console-equipment-register")}</Submit>
        <a class="button secondary" href={href("customers", customer, "equipment")} onClick={form.discard}>
          {t("console-cancel")}
        </a>
      </div>
    </FormView>
  );
}

export default function DeskEquipmentNew({ id: customer }: PageProps) {
  const loaded = useLoad(() => loadCustomer(customer));
  const name = loaded.data?.customer.name ?? customer;
  return (
    <Page
      title={t("console-equipment-add")}
      lead={t("console-desk-equipment-new-lead", { name })}
      back={{ href: href("customers", customer, "equipment"), label: t("console-desk-equipment-of", { name }) }}
    >
      <Show of={loaded}>{(of) => <New of={of} />}</Show>
    </Page>
  );
}
