// For how long the desk can ask to give remote support.

import { t } from "../../text";

const HOUR = 3600;

/** In seconds. */
const PERIODS = [HOUR / 2, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR];
export const USUAL_PERIOD = 2 * HOUR;

/** Most characters of a reason. */
const LONGEST_REASON = 500;

/** The periods as a form offers them: in hours where it is a whole number of them. */
export function periods(): [string, string][] {
  const text = (seconds: number) =>
    seconds % HOUR ? t("console-duration-minutes", { count: seconds / 60 }) : t("console-duration-hours", { count: seconds / HOUR });
  return PERIODS.map((seconds) => [String(seconds), text(seconds)]);
}

/** A reason is one line, wherever it is shown. */
export function oneLine(reason: string): string {
  return reason.replace(/\s+/g, " ").trim();
}

export function checkReason(reason: string): string | undefined {
  const { length } = [...oneLine(reason)];
  if (!length) return t("console-required");
  return length > LONGEST_REASON ? t("console-invalid-long") : undefined;
}
