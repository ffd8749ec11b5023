// What a request for remote support says: for how long, and why.

import { durationOf, durationText } from "../../parts/duration";
import { LONGEST_REASON, oneLine } from "../../reason";
import { t } from "../../text";

const HOUR = 3600;

/** In seconds. */
const PERIODS = [HOUR / 2, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR];
export const USUAL_PERIOD = 2 * HOUR;

/** The periods as a form offers them. */
export function periods(): [string, string][] {
  return PERIODS.map((seconds) => [String(seconds), durationText(durationOf(seconds))]);
}

export function checkReason(reason: string): string | undefined {
  const { length } = [...oneLine(reason)];
  if (!length) return t("console-required");
  return length > LONGEST_REASON ? t("console-invalid-long") : undefined;
}
