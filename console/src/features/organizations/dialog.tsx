// Adds an organisation, renames one, or moves one.

import { api, under } from "../../api";
import { SelectField, TextField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import { Modal } from "../../parts/modal";
import { session } from "../../session";
import { t } from "../../text";
import type { Organization } from "../../types";
import { places } from "./data";

interface Values {
  name: string;
  parent: string;
}

interface DialogProps {
  of?: Organization;
  parent: string | null;
  all: Organization[];
  close: () => void;
  saved: () => void;
}

function read(thing: unknown): Values {
  const { name, parent } = thing as Organization;
  return { name, parent: parent ?? "" };
}

export function OrganizationDialog({ of, parent, all, close, saved }: DialogProps) {
  const form = useForm<Values, Organization>({
    name: "organization",
    object: of?.id ?? `new-${parent ?? ""}`,
    initial: { name: of?.name ?? "", parent: parent ?? "" },
    version: of?.version ?? 0,
    labels: { name: t("console-field-name"), parent: t("console-organization-parent") },
    check: ({ name }) => ({ name: name.trim() ? undefined : t("console-required") }),
    wrong: { name: t("console-invalid-name"), parent: t("console-invalid-parent") },
    read,
    show: (name, value) => (name === "parent" ? (all.find(({ id }) => id === value)?.name ?? "") : ""),
    send({ name, parent: chosen }, version, key) {
      const body = { name: name.trim(), parent: chosen || null };
      return of
        ? api.PATCH("/organizations/{id}", { params: { path: { id: of.id } }, body: { version, ...body } })
        : api.POST("/organizations", { body, ...under(key) });
    },
    done: saved,
  });
  const everywhere = session.get()?.role !== "organization_administrator";
  return (
    <Modal title={of ? t("console-change-of", { name: of.name }) : t("console-organization-add")} close={close}>
      <FormView form={form}>
        <TextField form={form} name="name" />
        <SelectField
          form={form}
          name="parent"
          options={[...(everywhere ? [["", t("console-organization-top")] as [string, string]] : []), ...places(all, of?.id)]}
        />
        <div class="buttons">
          <Cancel form={form} close={close} />
          <Submit form={form}>{of ? t("console-save") : t("console-add")}</Submit>
        </div>
      </FormView>
    </Modal>
  );
}
