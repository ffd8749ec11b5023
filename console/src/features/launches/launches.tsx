// Remote support on the tenant's equipment: what is open, or all; of one piece of equipment where the address names it.

import { api } from "../../api";
import { ExportLink, FilterOrder, Filters, FilterSelect } from "../../parts/filters";
import { List } from "../../parts/list";
import { useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Deadline, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";
import { asker, LaunchState, OpenOrAll } from "./launch_parts";

/** The one piece of equipment, until its filter is taken away. */
function FilterEquipment({ id }: { id: string }) {
  const { data } = useLoad(() => api.GET("/equipment/{id}", { params: { path: { id } } }), id);
  const options: [string, string][] = [["", t("console-filter-all")], [id, data?.name ?? id]];
  return <FilterSelect name="equipment" label={t("console-launch-equipment")} options={options} />;
}

export default function Launches() {
  const { query } = route.use();
  const equipment = query.get("equipment") ?? "";
  const state = chosen(query, "state", ["open", "all"]) ?? "open";
  const asked = { state, equipment: equipment || undefined, order: chosen(query, "order", ["oldest"]) };
  return (
    <Page title={t("console-nav-launches")} lead={t("console-launches-lead")} actions={<ExportLink path="/launches/export" query={asked} />}>
      <Filters>
        <OpenOrAll />
        {equipment && <FilterEquipment id={equipment} />}
        <FilterOrder />
      </Filters>
      <List
        caption={t("console-nav-launches")}
        path="/launches"
        query={asked}
        id={({ id }) => id}
        link={({ id }) => href("launches", id)}
        empty={<p>{t(state === "open" ? "console-launches-none" : "console-launches-never")}</p>}
        columns={[
          { label: t("console-launch-equipment"), cell: ({ equipment_name }) => equipment_name, below: ({ serial_number }) => serial_number },
          { label: t("console-launch-by"), cell: (of) => asker(of), below: ({ provider_name }) => provider_name },
          { label: t("console-launch-asked"), cell: ({ requested_at }) => <Time at={requested_at} /> },
          {
            label: t("console-field-answer-by"),
            cell: ({ answer_by, state }) => <Deadline at={answer_by ?? 0} waits={state === "requested" && answer_by !== null} />,
          },
          { label: t("console-field-state"), cell: (of) => <LaunchState of={of} /> },
        ]}
      />
    </Page>
  );
}
