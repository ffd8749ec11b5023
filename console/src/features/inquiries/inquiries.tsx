// One's inquiries to the provider's support (C6).

import { CHOICES } from "../../choices";
import { options } from "../../options";
import { ExportLink, FilterOrder, Filters, FilterSelect, SearchBox } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { State, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";

export default function Inquiries() {
  const { query } = route.use();
  const state = chosen(query, "state", [...CHOICES["inquiry-state"], "all"]) ?? "all";
  const asked = { state, q: query.get("q") ?? "", order: chosen(query, "order", ["oldest"]) };
  return (
    <Page
      title={t("console-nav-inquiries")}
      lead={t("console-inquiries-lead")}
      actions={
        <>
          <ExportLink path="/inquiries/export" query={asked} />
          <a class="button primary small" href={href("inquiries", "new")}>
            {t("console-inquiry-new")}
          </a>
        </>
      }
    >
      <Filters>
        <FilterSelect
          name="state"
          label={t("console-filter-state")}
          initial="all"
          options={[["all", t("console-filter-all")], ...options("inquiry-state")]}
        />
        <FilterOrder />
        <SearchBox label={t("console-search")} hint={t("console-inquiries-search")} />
      </Filters>
      <List
        caption={t("console-nav-inquiries")}
        path="/inquiries"
        query={asked}
        id={({ id }) => id}
        link={({ id }) => href("inquiries", id)}
        empty={<p>{t(state === "all" && !asked.q ? "console-inquiries-none" : "console-list-empty")}</p>}
        columns={[
          { label: t("console-inquiry-subject"), cell: ({ subject }) => subject },
          { label: t("console-inquiry-by"), cell: ({ by_name }) => by_name },
          { label: t("console-field-updated"), cell: ({ updated_at }) => <Time at={updated_at} /> },
          { label: t("console-field-state"), cell: (item) => <State list="inquiry-state" value={item.state} /> },
        ]}
      />
    </Page>
  );
}
