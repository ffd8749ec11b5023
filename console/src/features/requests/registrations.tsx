// Requests of Viewers: those that wait for an answer, or all.

import { shownAddress } from "../../address";
import { ExportLink, FilterOrder, Filters, FilterSelect, SearchBox } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { Breakable, Deadline, State, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";

export default function Registrations() {
  const { query } = route.use();
  const state = chosen(query, "state", ["waiting", "all"]) ?? "waiting";
  const asked = { state, q: query.get("q") ?? "", order: chosen(query, "order", ["oldest"]) };
  return (
    <Page
      title={t("console-nav-registrations")}
      lead={t("console-registrations-lead")}
      actions={<ExportLink path="/registrations/export" query={asked} />}
    >
      <Filters>
        <FilterSelect
          name="state"
          label={t("console-filter-state")}
          initial="waiting"
          options={[
            ["waiting", t("console-registrations-waiting")],
            ["all", t("console-filter-all")],
          ]}
        />
        <FilterOrder />
        <SearchBox label={t("console-search")} hint={t("console-registrations-search")} />
      </Filters>
      <List
        caption={t("console-nav-registrations")}
        path="/registrations"
        query={asked}
        id={(item) => item.id}
        link={(item) => href("registrations", item.id)}
        empty={<p>{t(state === "waiting" && !asked.q ? "console-registrations-none" : "console-list-empty")}</p>}
        columns={[
          {
            label: t("console-field-person"),
            cell: (item) => item.name,
            below: (item) => (
              <>
                <Breakable>{shownAddress(item)}</Breakable>{" "}
                {item.outside_mail_domains && <span class="state caution">{t("console-registration-outside")}</span>}
              </>
            ),
          },
          { label: t("console-field-company"), cell: (item) => item.organization },
          { label: t("console-field-device"), cell: (item) => <Breakable>{item.device_name}</Breakable> },
          { label: t("console-field-requested"), cell: (item) => <Time at={item.requested_at} /> },
          {
            label: t("console-field-answer-by"),
            cell: (item) => <Deadline at={item.expires_at} waits={item.state === "awaiting_approval"} />,
          },
          { label: t("console-field-state"), cell: (item) => <State list="registration-state" value={item.state} /> },
        ]}
      />
    </Page>
  );
}
