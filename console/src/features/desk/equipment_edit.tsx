// The desk changes what is written about a customer's equipment.

import { api } from "../../api";
import { done } from "../../parts/feedback";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { href, type PageProps, replace } from "../../router";
import { t } from "../../text";
import type { CustomerDetail, Equipment } from "../../types";
import { deskBody, EquipmentFields, equipmentTexts, equipmentValues, type EquipmentValues } from "../equipment/equipment_form";
import { loadCustomer, namesIn, offeredBy } from "./equipment_data";

function Change({ at, of }: { at: CustomerDetail; of: Equipment }) {
  const path = { customer: at.customer.slug, id: of.id };
  const offered = offeredBy(at);
  const form = useForm<EquipmentValues, Equipment>({
    name: "customer-equipment",
    object: of.id,
    initial: equipmentValues(of),
    version: of.version,
    ...equipmentTexts(offered),
    read: (thing) => equipmentValues(thing as Equipment),
    send: (values, version) =>
      api.PATCH("/customers/{customer}/equipment/{id}", { params: { path }, body: { version, ...deskBody(values) } }),
    done() {
      replace("customers", path.customer, "equipment", of.id);
      done(t("console-saved"));
    },
  });
  return (
    <FormView form={form}>
      <EquipmentFields form={form} offered={offered} />
      <div class="buttons">
        <Submit form={form}>{t("console-save")}</Submit>
        <a class="button secondary" href={href("customers", path.customer, "equipment", of.id)} onClick={form.discard}>
          {t("console-cancel")}
        </a>
      </div>
    </FormView>
  );
}

export default function DeskEquipmentEdit({ id }: PageProps) {
  const path = namesIn(id);
  const loaded = useLoad(async () => {
    const [at, of] = await Promise.all([
      loadCustomer(path.customer),
      api.GET("/customers/{customer}/equipment/{id}", { params: { path } }),
    ]);
    return { at, of };
  });
  const name = loaded.data?.of.name;
  return (
    <Page
      title={name ? t("console-change-of", { name }) : t("console-change")}
      back={{ href: href("customers", path.customer, "equipment", path.id), label: name ?? t("console-nav-equipment") }}
    >
      <Show of={loaded}>
        {({ at, of }) => (of.state === "retired" ? <p>{t("console-equipment-retired-unchanged")}</p> : <Change at={at} of={of} />)}
      </Show>
    </Page>
  );
}
