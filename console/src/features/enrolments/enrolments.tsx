// The machines that asked to be enrolled for the tenant's equipment. Each is answered on the page of its equipment.

import { api } from "../../api";
import { FilterOrder, Filters } from "../../parts/filters";
import { List } from "../../parts/list";
import { useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { chosen, href, route } from "../../router";
import { t } from "../../text";
import { columns, WaitingOrAll } from "./shown";

/** The equipment by its name, which comes later than the list. */
function Name({ id }: { id: string }) {
  const { data } = useLoad(() => api.GET("/equipment/{id}", { params: { path: { id } } }), id);
  return <>{data?.name ?? t("console-none")}</>;
}

export default function Enrolments() {
  const { query } = route.use();
  const state = chosen(query, "state", ["open", "all"]) ?? "open";
  const asked = { state, order: chosen(query, "order", ["oldest"]) };
  return (
    <Page title={t("console-nav-enrolments")} lead={t("console-enrolments-lead")}>
      <Filters>
        <WaitingOrAll />
        <FilterOrder />
      </Filters>
      <List
        caption={t("console-nav-enrolments")}
        path="/enrolments"
        query={asked}
        id={({ id }) => id}
        // What the desk could not place has no equipment.
        link={({ equipment }) => (equipment ? href("equipment", equipment) : undefined)}
        empty={<p>{t(state === "open" ? "console-enrolments-none" : "console-enrolments-never")}</p>}
        columns={columns([{ label: t("console-launch-equipment"), cell: ({ equipment }) => (equipment ? <Name id={equipment} /> : t("console-none")) }])}
      />
    </Page>
  );
}
