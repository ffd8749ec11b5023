// What the pages about applications share (C1).

import { State } from "../../parts/shown";
import type { Application } from "../../types";

/** State: the outcome, or overdue, or open. */
export function ApplicationState({ of }: { of: Application }) {
  return <State list="application-state" value={of.closed?.outcome ?? (of.overdue ? "overdue" : "open")} />;
}
