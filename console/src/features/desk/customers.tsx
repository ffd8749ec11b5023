// The provider's customers.

import { ExportLink, Filters, FilterSelect, SearchBox } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { Breakable, State, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";

export default function Customers() {
  const { query } = route.use();
  const asked = { q: query.get("q") ?? "", sort: chosen(query, "sort", ["newest"]) };
  return (
    <Page
      title={t("console-nav-customers")}
      lead={t("console-customers-lead")}
      actions={
        <>
          <ExportLink path="/customers/export" query={asked} />
          <a class="button primary small" href={href("customers", "new")}>
            {t("console-customer-add")}
          </a>
        </>
      }
    >
      <Filters>
        {!asked.q && (
          <FilterSelect
            name="sort"
            label={t("console-filter-sort")}
            options={[
              ["", t("console-field-name")],
              ["newest", t("console-order-newest")],
            ]}
          />
        )}
        <SearchBox label={t("console-search")} hint={t("console-customers-search")} />
      </Filters>
      <List
        caption={t("console-nav-customers")}
        path="/customers"
        query={asked}
        id={({ slug }) => slug}
        link={({ slug }) => href("customers", slug)}
        empty={<p>{t(asked.q ? "console-list-empty" : "console-customers-none")}</p>}
        columns={[
          { label: t("console-field-name"), cell: ({ name }) => name },
          { label: t("console-field-domain"), cell: ({ slug }) => <Breakable>{slug}</Breakable> },
          {
            label: t("console-customer-setup"),
            cell: ({ setup_done: done, setup_of: of }) =>
              done === of ? t("console-setup-finished") : t("console-setup-progress", { done, of }),
          },
          { label: t("console-nav-administrators"), cell: ({ administrators }) => administrators },
          { label: t("console-field-created"), cell: ({ created_at }) => <Time at={created_at} /> },
          { label: t("console-field-state"), cell: ({ state }) => <State list="customer-state" value={state} /> },
        ]}
      />
    </Page>
  );
}
