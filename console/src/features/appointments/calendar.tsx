// The desk's calendar (B7): a day, a week, or a list; and the feeds to which other calendars subscribe.

import { api } from "../../api";
import { today, weekday, zoneName } from "../../dates";
import { ExportLink, FilterSelect } from "../../parts/filters";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { chosen, filter, route } from "../../router";
import { session } from "../../session";
import { t } from "../../text";
import { FilterCustomer } from "../desk/customer_name";
import { Days } from "./days";
import { DeskList } from "./desk_list";
import { dayAfter, entriesOf, fetched, isDay, weekOf } from "./entries";
import { Feeds } from "./feeds";
import "./appointments.css";

const VIEWS = ["day", "week", "list"] as const;
type View = (typeof VIEWS)[number];
const USUAL: View = "week";

/** Which view, as the address says it. */
function Views({ view }: { view: View }) {
  return (
    <div class="views" role="group" aria-label={t("console-appointment-view")}>
      {VIEWS.map((one) => (
        <button
          type="button"
          key={one}
          class="secondary small"
          aria-pressed={one === view}
          onClick={() => filter({ view: one === USUAL ? "" : one })}
        >
          {t(`console-appointment-view-${one}`)}
        </button>
      ))}
    </div>
  );
}

/** Whose appointments are shown: everybody's, one's own, or a colleague's. */
function FilterHost() {
  const me = session.get()?.user_id ?? "";
  const staff = useLoad(() => api.GET("/desk/staff"));
  const others = (staff.data?.items ?? []).filter(({ user_id }) => user_id !== me);
  const options: [string, string][] = [
    ["", t("console-appointment-everybody")],
    [me, t("console-appointment-mine")],
    ...others.map(({ user_id, name }): [string, string] => [user_id, name]),
  ];
  return <FilterSelect name="host" label={t("console-appointment-host")} options={options} />;
}

/** Goes to the day or week before or after. */
function Steps({ view, day }: { view: "day" | "week"; day: string }) {
  const step = view === "day" ? 1 : 7;
  const to = (other: string) => () => filter({ day: other === today() ? "" : other });
  return (
    <div class="steps">
      <button type="button" class="secondary small" onClick={to(dayAfter(day, -step))}>
        {t(`console-appointment-before-${view}`)}
      </button>
      <button type="button" class="secondary small" onClick={to(today())}>
        {t("console-appointment-today")}
      </button>
      <button type="button" class="secondary small" onClick={to(dayAfter(day, step))}>
        {t(`console-appointment-after-${view}`)}
      </button>
    </div>
  );
}

function Calendar({ view, host, customer }: { view: "day" | "week"; host: string; customer: string }) {
  const typed = route.use().query.get("day") ?? "";
  const day = isDay(typed) ? typed : today();
  const days = view === "day" ? [day] : weekOf(day);
  const [first = day, last = day] = [days[0], days.at(-1)];
  const loaded = useLoad(() => fetched({ host, customer, days }), `${first}/${last}/${host}/${customer}`, "desk_appointments");
  return (
    <>
      <Steps view={view} day={day} />
      <h2 class="period" aria-live="polite">
        {view === "day" ? weekday(day) : t("console-appointment-span", { from: weekday(first), until: weekday(last) })}
      </h2>
      <p class="hint">{t("console-appointment-zone-shown", { zone: zoneName() })}</p>
      <Show of={loaded}>{(found) => <Days days={days} entries={found.flatMap(entriesOf)} />}</Show>
    </>
  );
}

export default function DeskAppointments() {
  const { query } = route.use();
  const view = chosen(query, "view", VIEWS) ?? USUAL;
  const [host, customer] = [query.get("host") ?? "", query.get("customer") ?? ""];
  const state = chosen(query, "state", ["open", "all"]) ?? "open";
  const asked = { host: host || undefined, customer: customer || undefined, state, order: chosen(query, "order", ["newest"]) ?? ("oldest" as const) };
  return (
    <Page
      title={t("console-nav-desk-appointments")}
      lead={t("console-appointments-lead")}
      actions={view === "list" && <ExportLink path="/desk/appointments/export" query={asked} />}
    >
      <div class="filters">
        <Views view={view} />
        <FilterHost />
        {customer && <FilterCustomer slug={customer} />}
      </div>
      {view === "list" ? <DeskList asked={asked} /> : <Calendar view={view} host={host} customer={customer} />}
      <Feeds />
    </Page>
  );
}
