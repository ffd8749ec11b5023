// What the pages about applications share (C1).

import { State } from "../../parts/shown";
import type { Application } from "../../types";

/** Where it stands: what became of it, or else whether it is overdue. */
export function ApplicationState({ of }: { of: Application }) {
  return <State list="application-state" value={of.closed?.outcome ?? (of.overdue ? "overdue" : "open")} />;
}
