// An instant by the clocks of both sides, in words. A clock that shows the same as one before it is left out.

import { dayAndTime, offset, timeOfDay, zone, zoneName } from "../../dates";
import { session } from "../../session";
import { t } from "../../text";
import type { Appointment } from "../../types";
import { knownZone, localTime } from "./wall_clock";

export interface Clock {
  /** Whose it is. */
  label: string;
  zone: string;
}

/** A period in words, by the clocks in `timeZone`. */
export function spanText(at: number, length: number, timeZone: string): string {
  const [start, end] = [localTime(at, timeZone), localTime(at + length, timeZone)];
  const until = start.slice(0, 10) === end.slice(0, 10) ? timeOfDay(at + length, timeZone) : dayAndTime(at + length, timeZone);
  return t("console-appointment-span", { from: dayAndTime(at, timeZone), until });
}

/** The clocks that show a time of their own at `at`. */
function apart(at: number, clocks: Clock[]): Clock[] {
  const ahead = clocks.map((clock) => offset(at * 1000, clock.zone));
  return clocks.filter((_, index) => ahead.indexOf(ahead[index] ?? 0) === index);
}

/** A time by several clocks, each in a sentence; they name whose they are where they differ. */
export function clockTexts(at: number, length: number, clocks: Clock[]): string[] {
  const shown = apart(at, clocks);
  const key = shown.length > 1 ? "console-appointment-clock" : "console-appointment-clock-only";
  return shown.map(({ label, zone: timeZone }) => t(key, { who: label, time: spanText(at, length, timeZone), zone: zoneName(timeZone) }));
}

export function Clocks({ at, length, clocks }: { at: number; length: number; clocks: Clock[] }) {
  return (
    <>
      {clockTexts(at, length, clocks).map((text) => (
        <span class="clock" key={text}>
          {text}
        </span>
      ))}
    </>
  );
}

/** Who reads: the desk, or the customer. */
export type Side = "desk" | "customer";

/** The clocks of the customer, the host and the reader. */
export function clocksOf({ time_zone, host_time_zone, host }: Appointment, side: Side): Clock[] {
  const customer = { label: t(`console-appointment-clock-customer-${side}`), zone: knownZone(time_zone) };
  const reader = { label: t("console-appointment-clock-reader"), zone: zone() };
  if (host.user === session.get()?.user_id) return [customer, reader];
  return [customer, { label: t("console-appointment-clock-host"), zone: knownZone(host_time_zone) }, reader];
}
