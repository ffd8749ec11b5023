// The latest entries of the audit log, and the way to all of them.

import { outcomeName } from "../../names";
import { Section, Time } from "../../parts/shown";
import { actionOf, objectOf, Who } from "../../parts/who";
import { href } from "../../router";
import { t } from "../../text";
import type { Overview } from "../../types";

/** What came of it, where that is more than that it was done. */
function Outcome({ of }: { of: string }) {
  const outcome = outcomeName(of);
  return outcome === t("console-outcome-done") ? null : <>{t("console-audit-with", { outcome })}</>;
}

export function Latest({ entries }: { entries: Overview["latest"] }) {
  if (!entries.length) return null;
  return (
    <Section title={t("console-overview-latest")}>
      <ul class="latest">
        {entries.map((entry) => (
          <li key={entry.seq}>
            <span class="when">
              <Time at={entry.at} />
            </span>
            <span>
              {actionOf(entry)}
              {objectOf(entry) && t("console-audit-about", { name: objectOf(entry) })}{" "}
              <span class="hint">
                <Who of={entry} />
                <Outcome of={entry.outcome} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p>
        <a href={href("audit")}>{t("console-overview-audit")}</a>
      </p>
    </Section>
  );
}
