// PCs with a Viewer in use.

import { CHOICES } from "../../choices";
import { options } from "../../options";
import { ExportLink, FilterOrder, Filters, FilterSelect, SearchBox } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { Breakable, State, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";

export default function Devices() {
  const { query } = route.use();
  const state = chosen(query, "state", [...CHOICES["device-state"], "all"]) ?? "active";
  const asked = { state, q: query.get("q") ?? "", order: chosen(query, "order", ["oldest"]) };
  return (
    <Page title={t("console-nav-devices")} lead={t("console-devices-lead")} actions={<ExportLink path="/devices/export" query={asked} />}>
      <Filters>
        <FilterSelect
          name="state"
          label={t("console-filter-state")}
          initial="active"
          options={[...options("device-state"), ["all", t("console-filter-all")]]}
        />
        <FilterOrder />
        <SearchBox label={t("console-search")} hint={t("console-registrations-search")} />
      </Filters>
      <List
        caption={t("console-nav-devices")}
        path="/devices"
        query={asked}
        id={(item) => item.id}
        link={(item) => href("devices", item.id)}
        empty={<p>{t(asked.q || state !== "active" ? "console-list-empty" : "console-devices-none")}</p>}
        columns={[
          { label: t("console-field-person"), cell: (item) => item.name, below: (item) => <Breakable>{item.email}</Breakable> },
          { label: t("console-field-device"), cell: (item) => <Breakable>{item.device_name}</Breakable> },
          { label: t("console-field-company"), cell: (item) => item.organization },
          { label: t("console-field-activated"), cell: (item) => <Time at={item.activated_at} /> },
          { label: t("console-field-last-used"), cell: (item) => <Time at={item.last_refresh_at} /> },
          { label: t("console-field-state"), cell: (item) => <State list="device-state" value={item.state} /> },
        ]}
      />
    </Page>
  );
}
