// Changes what is written about a piece of equipment.

import { api } from "../../api";
import { done } from "../../parts/feedback";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { href, type PageProps, replace } from "../../router";
import { t } from "../../text";
import type { Equipment } from "../../types";
import { equipmentBody, EquipmentFields, equipmentTexts, equipmentValues, type EquipmentValues } from "./equipment_form";
import { loadOffered, type Offered } from "./people";

function Change({ of, offered }: { of: Equipment; offered: Offered }) {
  const form = useForm<EquipmentValues, Equipment>({
    name: "equipment",
    object: of.id,
    initial: equipmentValues(of),
    version: of.version,
    ...equipmentTexts(offered),
    read: (thing) => equipmentValues(thing as Equipment),
    send: (values, version) =>
      api.PATCH("/equipment/{id}", { params: { path: { id: of.id } }, body: { version, ...equipmentBody(values) } }),
    done() {
      replace("equipment", of.id);
      done(t("console-saved"));
    },
  });
  return (
    <FormView form={form}>
      <EquipmentFields form={form} offered={offered} />
      <div class="buttons">
        <Submit form={form}>{t("console-save")}</Submit>
        <a class="button secondary" href={href("equipment", of.id)} onClick={form.discard}>
          {t("console-cancel")}
        </a>
      </div>
    </FormView>
  );
}

export default function EquipmentEdit({ id }: PageProps) {
  const loaded = useLoad(async () => {
    const [of, offered] = await Promise.all([api.GET("/equipment/{id}", { params: { path: { id } } }), loadOffered()]);
    return { of, offered };
  });
  const name = loaded.data?.of.name;
  return (
    <Page
      title={name ? t("console-change-of", { name }) : t("console-change")}
      back={{ href: href("equipment", id), label: name ?? t("console-nav-equipment") }}
    >
      <Show of={loaded}>
        {({ of, offered }) => (of.state === "retired" ? <p>{t("console-equipment-retired-unchanged")}</p> : <Change of={of} offered={offered} />)}
      </Show>
    </Page>
  );
}
