// What both sides see of a question: where it stands, and who has approved it so far (B12).

import { Section, State, Time } from "../../parts/shown";
import { t } from "../../text";
import type { QuestionView } from "../../types";

/** Where it stands; once it is answered, what was answered. */
export function QuestionState({ of }: { of: QuestionView }) {
  return <State list="question-state" value={of.decision?.outcome ?? of.state} />;
}

/** The person who asks, and for which provider. */
export function asker({ asked_by: by }: QuestionView): string {
  return t("console-question-asker", { name: by.name, provider: by.provider_name });
}

/** Where several have to approve: how many, and those who did. */
export function Agreed({ of }: { of: QuestionView }) {
  if (of.required < 2) return null;
  // The last one is the decision.
  const agreed = of.agreed.length + (of.decision?.outcome === "approved" ? 1 : 0);
  return (
    <Section title={t("console-question-agreed")}>
      <p>{t("console-question-several", { required: of.required, agreed })}</p>
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

/** The question, as the asker wrote it. */
export function Asked({ of }: { of: QuestionView }) {
  return <p class="statement pre-line">{of.text}</p>;
}
