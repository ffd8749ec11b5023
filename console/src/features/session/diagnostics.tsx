// What the desk can look at on the machine: its state, its connection, and its log files (K10).

import { Section } from "../../parts/shown";
import type { Channel } from "../../session/channel";
import { t } from "../../text";
import { type Fetching, Nothing, useBrought } from "./brought";
import { Logs } from "./logs";
import { ConnectionTest, Overview } from "./overview";
import { type Diagnosis, type MachineState, readDocument } from "./reports";

export function Diagnostics({ of, state }: { of: Channel; state: Fetching<MachineState> }) {
  const { abilities } = of.view.use();
  const test = useBrought(of, (bytes) => readDocument<Diagnosis>(bytes));
  if (!abilities.includes("diagnostics")) return null;
  return (
    <>
      <Section title={t("console-deed-overview")}>
        <div class="buttons">
          <button type="button" class="secondary" disabled={!state.ready} onClick={() => void state.run({ what: "overview" })}>
            {t(state.busy ? "console-session-doing" : "console-session-look")}
          </button>
          <button type="button" class="secondary" disabled={!test.ready} onClick={() => void test.run({ what: "connection_test" })}>
            {t(test.busy ? "console-session-doing" : "console-deed-connection_test")}
          </button>
        </div>
        <Nothing why={state.why ?? test.why} />
        {state.found && <Overview of={state.found} />}
        {test.found && <ConnectionTest of={test.found} />}
      </Section>
      <Logs of={of} names={state.found?.logs} />
    </>
  );
}
