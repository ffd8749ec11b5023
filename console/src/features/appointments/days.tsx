// Days of the desk's calendar: each with a heading and a list, in columns where there is room.

import { timeOfDay, today, weekday, zone } from "../../dates";
import { State } from "../../parts/shown";
import { href } from "../../router";
import { t } from "../../text";
import { conflictsOf, type Entry, entriesOn } from "./entries";
import { spanText } from "./clocks";
import "./appointments.css";

function link({ of }: Entry): string {
  return href("desk", "appointments", of.tenant, of.appointment.id);
}

/** The time of day; the whole of it where the entry goes over midnight. */
function time({ at, length }: Entry): string {
  return t("console-appointment-span", { from: timeOfDay(at), until: timeOfDay(at + length) });
}

function Appointment({ of: entry, clashes }: { of: Entry; clashes: boolean }) {
  const { appointment, tenant_name } = entry.of;
  return (
    <li class={`entry ${entry.tentative ? "tentative" : ""} ${clashes ? "clashes" : ""}`}>
      <a href={link(entry)}>
        <time dateTime={new Date(entry.at * 1000).toISOString()}>{time(entry)}</time> <b>{tenant_name}</b> {appointment.title}
      </a>
      <span class="hint">{appointment.host.name}</span>
      <span class="marks">
        {entry.tentative ? (
          <span class="state">{t(appointment.agreed ? "console-appointment-tentative-change" : "console-appointment-tentative")}</span>
        ) : (
          <State list="appointment-state" value={appointment.state} />
        )}
        {clashes && <span class="state bad">{t("console-appointment-clashes")}</span>}
      </span>
    </li>
  );
}

function Day({ day, entries, clashing }: { day: string; entries: Entry[]; clashing: Set<Entry> }) {
  const isToday = day === today();
  return (
    <section class="day" aria-labelledby={`day-${day}`} {...(isToday ? { "aria-current": "date" as const } : {})}>
      <h3 id={`day-${day}`}>
        {weekday(day, "plain")} {isToday && <span class="hint">{t("console-appointment-today")}</span>}
      </h3>
      {entries.length > 0 ? (
        <ol>
          {entries.map((entry) => (
            <Appointment key={`${entry.of.tenant}/${entry.of.appointment.id}/${entry.at}`} of={entry} clashes={clashing.has(entry)} />
          ))}
        </ol>
      ) : (
        <p class="hint">{t("console-appointment-free")}</p>
      )}
    </section>
  );
}

/** One of two dates that overlap. */
function Clash({ of: entry }: { of: Entry }) {
  const { appointment, tenant_name: customer } = entry.of;
  return <a href={link(entry)}>{t("console-appointment-clash-one", { title: appointment.title, customer, span: spanText(entry.at, entry.length, zone()) })}</a>;
}

function Clashes({ pairs }: { pairs: [Entry, Entry][] }) {
  if (!pairs.length) return null;
  return (
    <div class="outcome bad">
      <p>
        <b>{t("console-appointment-clash-title")}</b>
      </p>
      <ul class="points">
        {pairs.map(([one, other], index) => (
          <li key={index}>
            {t("console-appointment-clash-host", { host: one.of.appointment.host.name })} <Clash of={one} /> {t("console-appointment-clash-with")}{" "}
            <Clash of={other} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Days({ days, entries }: { days: string[]; entries: Entry[] }) {
  const shown = days.map((day) => ({ day, on: entriesOn(entries, day) }));
  const visible = new Set(shown.flatMap(({ on }) => on));
  const pairs = conflictsOf(entries).filter((pair) => pair.some((entry) => visible.has(entry)));
  const clashing = new Set(pairs.flat());
  return (
    <>
      <Clashes pairs={pairs} />
      <div class={days.length > 1 ? "week" : "week one"}>
        {shown.map(({ day, on }) => (
          <Day key={day} day={day} entries={on} clashing={clashing} />
        ))}
      </div>
    </>
  );
}
