// The machines and installations of the tenant (K7).

import type { ComponentChildren } from "preact";
import { CHOICES } from "../../choices";
import { options } from "../../options";
import { ExportLink, Filters, FilterSelect, SearchBox } from "../../parts/filters";
import { List } from "../../parts/list";
import { useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { chosen, href, route } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import { loadOrganizations, places } from "../organizations/data";
import { columns } from "./shown";

function Actions({ children }: { children: ComponentChildren }) {
  return (
    <>
      {children}
      {may("equipment.write") && (
        <>
          <a class="button secondary small" href={href("equipment", "import")}>
            {t("console-import")}
          </a>
          <a class="button primary small" href={href("equipment", "new")}>
            {t("console-equipment-add")}
          </a>
        </>
      )}
    </>
  );
}

export default function EquipmentList() {
  const { query } = route.use();
  const organizations = useLoad(() => (may("users.read") ? loadOrganizations() : Promise.resolve([])));
  const offered = places(organizations.data ?? []);
  const names = new Map(organizations.data?.map(({ id, name }) => [id, name]));
  const state = chosen(query, "state", [...CHOICES["equipment-state"], "all"]) ?? "active";
  const asked = { state, q: query.get("q") ?? "", organization: query.get("organization") ?? "" };
  return (
    <Page
      title={t("console-nav-equipment")}
      lead={t("console-equipment-lead")}
      actions={
        <Actions>
          <ExportLink path="/equipment/export" query={asked} />
        </Actions>
      }
    >
      <Filters>
        <FilterSelect
          name="state"
          label={t("console-filter-state")}
          initial="active"
          options={[...options("equipment-state"), ["all", t("console-filter-all")]]}
        />
        {offered.length > 0 && (
          <FilterSelect name="organization" label={t("console-field-organization")} options={[["", t("console-filter-all")], ...offered]} />
        )}
        <SearchBox label={t("console-search")} hint={t("console-equipment-search")} />
      </Filters>
      <List
        caption={t("console-nav-equipment")}
        path="/equipment"
        query={asked}
        id={({ id }) => id}
        link={({ id }) => href("equipment", id)}
        empty={<p>{t(asked.q || asked.organization || state !== "active" ? "console-list-empty" : "console-equipment-none")}</p>}
        columns={columns((id) => names.get(id))}
      />
    </Page>
  );
}
