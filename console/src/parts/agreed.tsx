// Where several have to approve: how many, and those who did (B2).

import { t } from "../text";
import type { QuestionView } from "../types";
import { Section, Time } from "./shown";

/** What the views of all kinds of approval have in common here. */
type Several = Pick<QuestionView, "required" | "agreed"> & { decision?: { outcome: string } | null };

/** `lead` says in one sentence how many are required and how many have approved. */
export function Agreed({ of, lead }: { of: Several; lead: (count: { required: number; agreed: number }) => string }) {
  if (of.required < 2) return null;
  // The last one is the decision.
  const agreed = of.agreed.length + (of.decision?.outcome === "approved" ? 1 : 0);
  return (
    <Section title={t("console-question-agreed")}>
      <p>{lead({ required: of.required, agreed })}</p>
      {of.agreed.map(({ by, name, at }) => (
        <p key={by}>
          {t("console-question-agreed-by", { name })}{" "}
          <span class="hint">
            <Time at={at} />
          </span>
        </p>
      ))}
    </Section>
  );
}
