// The inquiries of all customers, for the provider's desk.

import { CHOICES } from "../../choices";
import { options } from "../../options";
import { ExportLink, FilterOrder, Filters, FilterSelect, SearchBox } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { State, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";

export default function DeskInquiries() {
  const { query } = route.use();
  const state = chosen(query, "state", [...CHOICES["inquiry-state"], "all"]) ?? "open";
  const asked = { state, q: query.get("q") ?? "", order: chosen(query, "order", ["oldest"]) };
  return (
    <Page
      title={t("console-nav-desk-inquiries")}
      lead={t("console-desk-inquiries-lead")}
      actions={<ExportLink path="/desk/inquiries/export" query={asked} />}
    >
      <Filters>
        <FilterSelect
          name="state"
          label={t("console-filter-state")}
          initial="open"
          options={[...options("inquiry-state"), ["all", t("console-filter-all")]]}
        />
        <FilterOrder />
        <SearchBox label={t("console-search")} hint={t("console-desk-inquiries-search")} />
      </Filters>
      <List
        caption={t("console-nav-desk-inquiries")}
        path="/desk/inquiries"
        query={asked}
        id={({ inquiry, tenant }) => `${tenant}/${inquiry.id}`}
        link={({ inquiry, tenant }) => href("desk", "inquiries", tenant, inquiry.id)}
        empty={<p>{t(state === "open" && !asked.q ? "console-desk-inquiries-none" : "console-list-empty")}</p>}
        columns={[
          { label: t("console-inquiry-subject"), cell: ({ inquiry }) => inquiry.subject },
          { label: t("console-customer"), cell: ({ tenant_name }) => tenant_name },
          { label: t("console-inquiry-by"), cell: ({ inquiry }) => inquiry.by_name },
          { label: t("console-inquiry-assigned"), cell: ({ assigned_name }) => assigned_name ?? t("console-none") },
          { label: t("console-field-updated"), cell: ({ inquiry }) => <Time at={inquiry.updated_at} /> },
          { label: t("console-field-state"), cell: ({ inquiry }) => <State list="inquiry-state" value={inquiry.state} /> },
        ]}
      />
    </Page>
  );
}
