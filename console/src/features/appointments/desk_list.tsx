// The appointments at the provider's customers as a list, by their start.

import { FilterSelect } from "../../parts/filters";
import { List } from "../../parts/list";
import { State, Time } from "../../parts/shown";
import { href } from "../../router";
import type { QueryOf } from "../../tenant_paths";
import { t } from "../../text";
import type { Appointment } from "../../types";
import { OpenOrAll } from "../launches/launch_parts";

/** Unlike other lists this one looks ahead: what comes first is on top. */
export function FilterStart() {
  const options: [string, string][] = [["oldest", t("console-appointment-order-first")], ["newest", t("console-appointment-order-last")]];
  return <FilterSelect name="order" label={t("console-filter-sort")} initial="oldest" options={options} />;
}

/** Says of a start that it is not agreed. */
export function startNote({ agreed, state }: Appointment): string {
  if (agreed) return "";
  return state === "proposed" || state === "countered" ? t("console-appointment-tentative") : "";
}

export function DeskList({ asked }: { asked: QueryOf<"/desk/appointments"> & { state: "open" | "all" } }) {
  return (
    <>
      <div class="filters">
        <OpenOrAll />
        <FilterStart />
      </div>
      <List
        caption={t("console-nav-desk-appointments")}
        path="/desk/appointments"
        query={asked}
        id={({ appointment, tenant }) => `${tenant}/${appointment.id}`}
        link={({ appointment, tenant }) => href("desk", "appointments", tenant, appointment.id)}
        empty={<p>{t(asked.state === "open" ? "console-appointments-none" : "console-appointments-never")}</p>}
        columns={[
          { label: t("console-appointment-title"), cell: ({ appointment }) => appointment.title },
          { label: t("console-customer"), cell: ({ tenant_name }) => tenant_name },
          { label: t("console-appointment-start"), cell: ({ appointment }) => <Time at={appointment.starts_at} />, below: ({ appointment }) => startNote(appointment) },
          { label: t("console-appointment-host"), cell: ({ appointment }) => appointment.host.name },
          { label: t("console-field-state"), cell: ({ appointment }) => <State list="appointment-state" value={appointment.state} /> },
        ]}
      />
    </>
  );
}
