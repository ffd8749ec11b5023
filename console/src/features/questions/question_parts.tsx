// What both sides see of a question: where it stands (B12).

import { State } from "../../parts/shown";
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

/** The question, as the asker wrote it. */
export function Asked({ of }: { of: QuestionView }) {
  return <p class="statement pre-line">{of.text}</p>;
}
