// Registers a piece of equipment.

import { api, under } from "../../api";
import { done } from "../../parts/feedback";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { href, replace } from "../../router";
import { session } from "../../session";
import { t } from "../../text";
import type { Equipment } from "../../types";
import { equipmentBody, EquipmentFields, equipmentTexts, type EquipmentValues, NEW_EQUIPMENT } from "./equipment_form";
import { loadOffered, type Offered } from "./people";

function New({ offered }: { offered: Offered }) {
  const form = useForm<EquipmentValues, Equipment>({
    name: "equipment",
    initial: { ...NEW_EQUIPMENT, organization: session.get()?.organization ?? "" },
    ...equipmentTexts(offered),
    send: (values, _, key) => api.POST("/equipment", { body: equipmentBody(values), ...under(key) }),
    done({ id, name }) {
      replace("equipment", id);
      done(t("console-equipment-added", { name }));
    },
  });
  return (
    <FormView form={form}>
      <EquipmentFields form={form} offered={offered} />
      <div class="buttons">
        <Submit form={form}>{t("console-equipment-register")}</Submit>
        <a class="button secondary" href={href("equipment")} onClick={form.discard}>
          {t("console-cancel")}
        </a>
      </div>
    </FormView>
  );
}

export default function EquipmentNew() {
  const loaded = useLoad(loadOffered);
  return (
    <Page
      title={t("console-equipment-add")}
      lead={t("console-equipment-new-lead")}
      back={{ href: href("equipment"), label: t("console-nav-equipment") }}
    >
      <Show of={loaded}>{(offered) => <New offered={offered} />}</Show>
    </Page>
  );
}
