// A customer's machines and installations, as the desk keeps them.

import { CHOICES } from "../../choices";
import { options } from "../../options";
import { Filters, FilterSelect, SearchBox } from "../../parts/filters";
import { List } from "../../parts/list";
import { useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { chosen, href, type PageProps, route } from "../../router";
import { t } from "../../text";
import { columns } from "../equipment/shown";
import { loadCustomer } from "./equipment_data";

export default function DeskEquipmentList({ id: customer }: PageProps) {
  const { query } = route.use();
  const loaded = useLoad(() => loadCustomer(customer));
  const of = loaded.data?.customer;
  const state = chosen(query, "state", [...CHOICES["equipment-state"], "all"]) ?? "active";
  const asked = { state, q: query.get("q") ?? "" };
  return (
    <Page
      title={t("console-desk-equipment-of", { name: of?.name ?? customer })}
      lead={t("console-desk-equipment-lead")}
      back={{ href: href("customers", customer), label: of?.name ?? customer }}
      actions={
        of?.state === "active" && (
          <a class="button primary small" href={href("customers", customer, "equipment", "new")}>
            {t("console-equipment-add")}
          </a>
        )
      }
    >
      <Filters>
        <FilterSelect
          name="state"
          label={t("console-filter-state")}
          initial="active"
          options={[...options("equipment-state"), ["all", t("console-filter-all")]]}
        />
        <SearchBox label={t("console-search")} hint={t("console-equipment-search")} />
      </Filters>
      <List
        caption={t("console-nav-equipment")}
        path="/customers/{customer}/equipment"
        names={{ customer }}
        query={asked}
        id={({ id }) => id}
        link={({ id }) => href("customers", customer, "equipment", id)}
        empty={<p>{t(asked.q || state !== "active" ? "console-list-empty" : "console-equipment-none")}</p>}
        columns={columns()}
      />
    </Page>
  );
}
