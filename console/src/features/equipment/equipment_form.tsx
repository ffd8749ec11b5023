// The fields of a piece of equipment, for registering and for changing one: at the tenant's own console, and at the desk,
// which knows no organisations of its customers.

import { AreaField, SelectField, TextField } from "../../parts/fields";
import type { Errors, FormState } from "../../parts/form_state";
import type { Problem } from "../../problem";
import { session } from "../../session";
import { t } from "../../text";
import type { Equipment, NewEquipment } from "../../types";
import { places } from "../organizations/data";
import type { Offered } from "./people";
import { ResponsibleField } from "./responsible_field";

export interface EquipmentValues {
  name: string;
  serial_number: string;
  model: string;
  place: string;
  organization: string;
  responsible: string[];
  notes: string;
}

/** Most characters of notes. */
const LONGEST_NOTES = 2000;

export const NEW_EQUIPMENT: EquipmentValues = {
  name: "",
  serial_number: "",
  model: "",
  place: "",
  organization: "",
  responsible: [],
  notes: "",
};

export function equipmentValues(of: Equipment): EquipmentValues {
  return {
    name: of.name,
    serial_number: of.serial_number,
    model: of.model ?? "",
    place: of.place ?? "",
    organization: of.organization ?? "",
    responsible: of.responsible,
    notes: of.notes ?? "",
  };
}

/** What the desk writes: all but the organisation, which it leaves as it is. */
export function deskBody(values: EquipmentValues): Omit<NewEquipment, "organization"> {
  const text = (value: string) => value.trim() || null;
  return {
    name: values.name.trim(),
    serial_number: values.serial_number.trim(),
    model: text(values.model),
    place: text(values.place),
    responsible: values.responsible,
    notes: text(values.notes),
  };
}

export function equipmentBody(values: EquipmentValues): NewEquipment {
  return { ...deskBody(values), organization: values.organization || null };
}

function check({ name, serial_number, notes }: EquipmentValues): Errors {
  return {
    name: name.trim() ? undefined : t("console-required"),
    serial_number: serial_number.trim() ? undefined : t("console-required"),
    notes: [...notes.trim()].length > LONGEST_NOTES ? t("console-invalid-notes") : undefined,
  };
}

export function equipmentTexts({ administrators, organizations = [] }: Offered) {
  const person = (id: string) => administrators.find((one) => one.id === id)?.name ?? t("console-equipment-person-hidden");
  return {
    labels: {
      name: t("console-field-name"),
      serial_number: t("console-equipment-serial"),
      model: t("console-equipment-model"),
      place: t("console-equipment-place"),
      organization: t("console-field-organization"),
      responsible: t("console-equipment-responsible"),
      notes: t("console-equipment-notes"),
    },
    wrong: {
      name: t("console-invalid-name"),
      serial_number: t("console-invalid-serial"),
      model: t("console-invalid-name"),
      place: t("console-invalid-place"),
      organization: t("console-invalid-organization"),
      responsible: t("console-invalid-responsible"),
      notes: t("console-invalid-notes"),
    },
    check,
    explain: (problem: Problem): Errors | undefined =>
      problem.code === "serial-number-taken" ? { serial_number: t("console-problem-serial-number-taken") } : undefined,
    show(name: string, value: unknown): string {
      if (name === "organization") return organizations.find(({ id }) => id === value)?.name ?? "";
      return name === "responsible" ? (value as string[]).map(person).join(t("console-comma")) : "";
    },
  };
}

export function EquipmentFields({ form, offered: { administrators, organizations } }: { form: FormState; offered: Offered }) {
  // Who is limited to an organisation cannot register anything outside it.
  const everywhere = session.get()?.role !== "organization_administrator";
  const none: [string, string][] = everywhere ? [["", t("console-organization-none")]] : [];
  return (
    <>
      <TextField form={form} name="name" hint={t("console-equipment-name-hint")} />
      <TextField form={form} name="serial_number" spellcheck={false} hint={t("console-equipment-serial-hint")} />
      <TextField form={form} name="model" optional spellcheck={false} />
      <TextField form={form} name="place" optional hint={t("console-equipment-place-hint")} />
      {organizations && (organizations.length > 0 || !everywhere) && (
        <SelectField form={form} name="organization" options={[...none, ...places(organizations)]} />
      )}
      <ResponsibleField
        form={form}
        administrators={administrators}
        organizations={organizations ?? []}
        hint={t(organizations ? "console-equipment-responsible-hint" : "console-desk-equipment-responsible-hint")}
      />
      <AreaField form={form} name="notes" optional hint={t("console-equipment-notes-hint")} />
    </>
  );
}
