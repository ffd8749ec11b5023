// Attended sessions at the provider's customers (Z3): what is open, or all; at one customer where the address names it.

import { ExportLink, FilterOrder, Filters } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { State, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";
import { FilterCustomer } from "../desk/customer_name";
import { OpenOrAll } from "../launches/launch_parts";
import { isOpen } from "./standing";

export default function DeskAttended() {
  const { query } = route.use();
  const customer = query.get("customer") ?? "";
  const state = chosen(query, "state", ["open", "all"]) ?? "open";
  const asked = { customer, state, order: chosen(query, "order", ["oldest"]) };
  return (
    <Page
      title={t("console-nav-desk-attended")}
      lead={t("console-attended-lead")}
      actions={<ExportLink path="/desk/attended/export" query={asked} />}
    >
      <Filters>
        <OpenOrAll />
        {customer && <FilterCustomer slug={customer} />}
        <FilterOrder />
      </Filters>
      <List
        caption={t("console-nav-desk-attended")}
        path="/desk/attended"
        query={asked}
        id={({ attended, tenant }) => `${tenant}/${attended.id}`}
        link={({ attended, tenant }) => href("desk", "attended", tenant, attended.id)}
        empty={<p>{t(state === "open" ? "console-attended-none" : "console-attended-never")}</p>}
        columns={[
          { label: t("console-attended-title"), cell: ({ attended }) => attended.title },
          { label: t("console-customer"), cell: ({ tenant_name }) => tenant_name },
          { label: t("console-attended-host"), cell: ({ attended }) => attended.opened_by.name },
          { label: t("console-attended-opened"), cell: ({ attended }) => <Time at={attended.opened_at} /> },
          { label: t("console-attended-until"), cell: ({ attended }) => <Time at={isOpen(attended) ? attended.granted.until : null} /> },
          { label: t("console-field-state"), cell: ({ attended }) => <State list="attended-state" value={attended.state} /> },
        ]}
      />
    </Page>
  );
}
