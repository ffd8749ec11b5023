// The applications that the desk has recorded and has to answer within three working days (C1).

import { date } from "../../dates";
import { ExportLink, Filters, FilterSelect } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { chosen, href, route } from "../../router";
import { t } from "../../text";
import { ApplicationState } from "./application_parts";

export default function Applications() {
  const { query } = route.use();
  const state = chosen(query, "state", ["closed", "all"]) ?? "open";
  // What has waited longest comes first.
  const asked = { state, order: chosen(query, "order", ["newest"]) ?? "oldest" } as const;
  return (
    <Page
      title={t("console-nav-desk-applications")}
      lead={t("console-applications-lead")}
      actions={
        <>
          <ExportLink path="/desk/applications/export" query={asked} />
          <a class="button primary small" href={href("desk", "applications", "new")}>
            {t("console-application-add")}
          </a>
        </>
      }
    >
      <Filters>
        <FilterSelect
          name="state"
          label={t("console-filter-state")}
          initial="open"
          options={[
            ["open", t("console-application-state-open")],
            ["closed", t("console-applications-closed")],
            ["all", t("console-filter-all")],
          ]}
        />
        <FilterSelect
          name="order"
          label={t("console-filter-sort")}
          initial="oldest"
          options={[
            ["oldest", t("console-order-oldest")],
            ["newest", t("console-order-newest")],
          ]}
        />
      </Filters>
      <List
        caption={t("console-nav-desk-applications")}
        path="/desk/applications"
        query={asked}
        id={({ id }) => id}
        link={({ id }) => href("desk", "applications", id)}
        empty={<p>{t(state === "open" ? "console-applications-none" : "console-list-empty")}</p>}
        columns={[
          { label: t("console-field-company"), cell: ({ company }) => company },
          { label: t("console-contact"), cell: ({ contact }) => contact.name, below: ({ contact }) => contact.phone },
          { label: t("console-contract-applied"), cell: ({ applied_on }) => date(applied_on) },
          { label: t("console-field-answer-by"), cell: ({ answer_by }) => date(answer_by) },
          { label: t("console-field-state"), cell: (application) => <ApplicationState of={application} /> },
        ]}
      />
    </Page>
  );
}
