// Appointments with the support desk, as the tenant's administrators see them (Z1): what is open, or all.

import { ExportLink, Filters } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { State, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";
import { OpenOrAll } from "../launches/launch_parts";
import { FilterStart, startNote } from "./desk_list";

export default function OwnAppointments() {
  const { query } = route.use();
  const state = chosen(query, "state", ["open", "all"]) ?? "open";
  const asked = { state, order: chosen(query, "order", ["newest"]) ?? ("oldest" as const) };
  return (
    <Page
      title={t("console-nav-appointments")}
      lead={t("console-appointments-own-lead")}
      actions={<ExportLink path="/appointments/export" query={asked} />}
    >
      <Filters>
        <OpenOrAll />
        <FilterStart />
      </Filters>
      <List
        caption={t("console-nav-appointments")}
        path="/appointments"
        query={asked}
        id={({ id }) => id}
        link={({ id }) => href("appointments", id)}
        empty={<p>{t(state === "open" ? "console-appointments-own-none" : "console-appointments-never")}</p>}
        columns={[
          { label: t("console-appointment-title"), cell: ({ title }) => title },
          { label: t("console-appointment-start"), cell: ({ starts_at }) => <Time at={starts_at} />, below: (of) => startNote(of) },
          { label: t("console-appointment-host"), cell: ({ host }) => host.name, below: ({ host }) => host.provider_name },
          { label: t("console-field-state"), cell: (of) => <State list="appointment-state" value={of.state} /> },
        ]}
      />
    </Page>
  );
}
