// The inquiries of all customers, for the provider's desk.

import { options } from "../choices";
import { Filters, FilterSelect } from "../parts/filters";
import { List } from "../parts/list";
import { Page } from "../parts/page";
import { State, Time } from "../parts/shown";
import { href, route } from "../router";
import { t } from "../text";
import type { Inquiry } from "../types";

export default function DeskInquiries() {
  const state = route.use().query.get("state") ?? "open";
  return (
    <Page title={t("console-nav-desk-inquiries")} lead={t("console-desk-inquiries-lead")}>
      <Filters>
        <FilterSelect
          name="state"
          label={t("console-filter-state")}
          initial="open"
          options={[...options("inquiry-state"), ["all", t("console-filter-all")]]}
        />
      </Filters>
      <List<Inquiry>
        caption={t("console-nav-desk-inquiries")}
        path="desk/inquiries"
        query={{ state }}
        id={({ id, tenant }) => `${tenant?.slug}/${id}`}
        link={({ id, tenant }) => href("desk", "inquiries", tenant?.slug ?? "", id)}
        empty={<p>{t(state === "open" ? "console-desk-inquiries-none" : "console-list-empty")}</p>}
        columns={[
          { label: t("console-inquiry-subject"), cell: ({ subject }) => subject },
          { label: t("console-customer"), cell: ({ tenant }) => tenant?.name },
          { label: t("console-inquiry-by"), cell: ({ by }) => by.name },
          { label: t("console-inquiry-assigned"), cell: ({ assigned }) => assigned ?? t("console-none") },
          { label: t("console-field-updated"), cell: ({ updated_at }) => <Time at={updated_at} /> },
          { label: t("console-field-state"), cell: (item) => <State list="inquiry-state" value={item.state} /> },
        ]}
      />
    </Page>
  );
}
