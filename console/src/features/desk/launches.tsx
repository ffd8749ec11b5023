// Remote support at the provider's customers: what is open, or all; at one customer where the address names it.

import { ExportLink, FilterOrder, Filters } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { Deadline, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";
import { asker, isOpen, LaunchState, OpenOrAll } from "../launches/launch_parts";
import { FilterCustomer } from "./customer_name";

export default function DeskLaunches() {
  const { query } = route.use();
  const customer = query.get("customer") ?? "";
  const state = chosen(query, "state", ["open", "all"]) ?? "open";
  const asked = { customer, state, order: chosen(query, "order", ["oldest"]) };
  return (
    <Page
      title={t("console-nav-desk-launches")}
      lead={t("console-desk-launches-lead")}
      actions={<ExportLink path="/desk/launches/export" query={asked} />}
    >
      <Filters>
        <OpenOrAll />
        {customer && <FilterCustomer slug={customer} />}
        <FilterOrder />
      </Filters>
      <List
        caption={t("console-nav-desk-launches")}
        path="/desk/launches"
        query={asked}
        id={({ launch, tenant }) => `${tenant}/${launch.id}`}
        link={({ launch, tenant }) => href("desk", "launches", tenant, launch.id)}
        empty={<p>{t(state === "open" ? "console-launches-none" : "console-desk-launches-never")}</p>}
        columns={[
          {
            label: t("console-launch-equipment"),
            cell: ({ launch }) => launch.equipment_name,
            below: ({ launch }) => launch.serial_number,
          },
          { label: t("console-customer"), cell: ({ tenant_name }) => tenant_name },
          { label: t("console-launch-by"), cell: ({ launch }) => asker(launch) },
          { label: t("console-launch-asked"), cell: ({ launch }) => <Time at={launch.requested_at} /> },
          {
            label: t("console-launch-until"),
            cell: ({ launch: of }) =>
              of.state === "requested" && of.answer_by ? <Deadline at={of.answer_by} waits /> : <Time at={isOpen(of) ? of.granted?.until : null} />,
          },
          { label: t("console-field-state"), cell: ({ launch }) => <LaunchState of={launch} /> },
        ]}
      />
    </Page>
  );
}
