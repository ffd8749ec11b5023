// Attended sessions with the tenant's own people (Z3), as its administrators see them: what is open, or all.

import { ExportLink, FilterOrder, Filters } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { State, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";
import { OpenOrAll } from "../launches/launch_parts";
import { isOpen } from "./standing";

export default function OwnAttended() {
  const { query } = route.use();
  const state = chosen(query, "state", ["open", "all"]) ?? "open";
  const asked = { state, order: chosen(query, "order", ["oldest"]) };
  return (
    <Page title={t("console-nav-attended")} lead={t("console-attended-own-lead")} actions={<ExportLink path="/attended/export" query={asked} />}>
      <Filters>
        <OpenOrAll />
        <FilterOrder />
      </Filters>
      <List
        caption={t("console-nav-attended")}
        path="/attended"
        query={asked}
        id={({ id }) => id}
        link={({ id }) => href("attended", id)}
        empty={<p>{t(state === "open" ? "console-attended-own-none" : "console-attended-never")}</p>}
        columns={[
          { label: t("console-attended-title"), cell: ({ title }) => title },
          { label: t("console-attended-host"), cell: ({ opened_by }) => opened_by.name, below: ({ opened_by }) => opened_by.provider_name },
          { label: t("console-attended-opened"), cell: ({ opened_at }) => <Time at={opened_at} /> },
          { label: t("console-attended-until"), cell: (of) => <Time at={isOpen(of) ? of.granted.until : null} /> },
          { label: t("console-field-state"), cell: (of) => <State list="attended-state" value={of.state} /> },
        ]}
      />
    </Page>
  );
}
