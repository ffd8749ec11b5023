// How long a session lasts, by the edge's clock.

import { useEffect, useState } from "preact/hooks";
import { countdown, dateTime, exactTime, now } from "../dates";
import { t } from "../text";
import type { SessionView } from "./view";

const HOUR = 3600;

type Period = Pick<SessionView, "until" | "skew">;

/** The seconds until its end. */
export function useLeft({ until, skew }: Period): number {
  const [, redraw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => redraw((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, until - now() - skew);
}

/** 1:05:30, or below an hour 5:30. */
function clock(seconds: number): string {
  if (seconds < HOUR) return countdown(seconds);
  return `${Math.floor(seconds / HOUR)}:${countdown(seconds % HOUR).padStart(5, "0")}`;
}

export function TimeLeft(period: Period) {
  const { until } = period;
  return (
    <>
      <span class="left" role="timer">
        {clock(useLeft(period))}
      </span>{" "}
      <span class="hint">
        {t("console-session-until")}{" "}
        <time dateTime={new Date(until * 1000).toISOString()} title={exactTime(until)}>
          {dateTime(until)}
        </time>
      </span>
    </>
  );
}
