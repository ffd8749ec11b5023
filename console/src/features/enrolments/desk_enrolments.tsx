// The machines that asked the provider to be enrolled, at whichever customer.

import { choice } from "../../names";
import { FilterOrder, Filters } from "../../parts/filters";
import { List } from "../../parts/list";
import { useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { chosen, href, route } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import { loadCustomers, nameOf } from "./data";
import { columns, WaitingOrAll } from "./shown";

export default function DeskEnrolments() {
  const { query } = route.use();
  const { data: customers } = useLoad(loadCustomers);
  const state = chosen(query, "state", ["open", "all"]) ?? "open";
  const asked = { state, order: chosen(query, "order", ["oldest"]) };
  return (
    <Page
      title={t("console-nav-desk-enrolments")}
      lead={t("console-desk-enrolments-lead")}
      actions={
        may("enrolment") && (
          <a class="button secondary small" href={href("desk", "identification")}>
            {t("console-nav-desk-identification")}
          </a>
        )
      }
    >
      <Filters>
        <WaitingOrAll />
        <FilterOrder />
      </Filters>
      <List
        caption={t("console-nav-desk-enrolments")}
        path="/desk/enrolments"
        query={asked}
        id={({ id }) => id}
        link={({ id }) => href("desk", "enrolments", id)}
        empty={<p>{t(state === "open" ? "console-enrolments-none" : "console-enrolments-never")}</p>}
        columns={columns([
          { label: t("console-customer"), cell: ({ customer }) => (customer ? nameOf(customer, customers) : t("console-none")) },
          { label: t("console-enrolment-waits"), cell: ({ waits }) => (waits ? choice("enrolment-waits", waits) : t("console-none")) },
        ])}
      />
    </Page>
  );
}
