// One question of the provider, with the text that is consented to, and its answer (B12, B1).

import { address, api } from "../../api";
import { Agreed } from "../../parts/agreed";
import { Decide, Decided, Statement } from "../../parts/decision";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Details, Time } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { may, session } from "../../session";
import { t } from "../../text";
import type { Outcome, QuestionView } from "../../types";
import { Asked, asker, QuestionState } from "./question_parts";

/** What is said after an answer: an approval may be one of several that are needed. */
function said(outcome: Outcome, now: QuestionView): string {
  return t(`console-question-said-${outcome === "approved" && now.state === "open" ? "agreed" : outcome}`);
}

function Answer({ of, set }: { of: QuestionView; set: (now: QuestionView) => void }) {
  if (of.state !== "open") return null;
  if (of.agreed.some(({ by }) => by === session.get()?.user_id)) {
    return <p class="outcome good">{t("console-question-own")}</p>;
  }
  if (!may("questions.decide")) return null;
  return (
    <Decide<QuestionView>
      id={of.id}
      load={() => api.GET("/questions/{id}", { params: { path: { id: of.id } } })}
      send={(body) => api.POST("/questions/{id}/decision", { params: { path: { id: of.id } }, body })}
      confirm={t("console-question-confirm")}
      refuse={t("console-question-refuse-confirm")}
      reasonHint={t("console-question-reason-hint")}
      closed="question-closed"
      said={said}
      answered={(now) => set({ ...of, ...now })}
    />
  );
}

function Shown({ of, set }: { of: QuestionView; set: (now: QuestionView) => void }) {
  return (
    <>
      <Details
        rows={[
          [t("console-field-state"), <QuestionState of={of} />],
          [t("console-question-by"), asker(of)],
          [t("console-question-reference"), of.reference],
          [t("console-question-asked"), <Time at={of.asked_at} />],
          [t("console-field-answer-by"), <Time at={of.expires_at} />],
        ]}
      />
      <Statement title={t("console-question-text")} text={of.statement}>
        <Asked of={of} />
      </Statement>
      <Agreed of={of} lead={(count) => t("console-question-several", count)} />
      <Answer of={of} set={set} />
      <Decided decision={of.decision} receipt={address("/questions/{id}/receipt", { params: { path: { id: of.id } } })} />
    </>
  );
}

export default function QuestionPage({ id }: PageProps) {
  const loaded = useLoad(() => api.GET("/questions/{id}", { params: { path: { id } } }), "", "questions");
  return (
    <Page title={loaded.data?.title ?? t("console-nav-questions")} back={{ href: href("questions"), label: t("console-nav-questions") }}>
      <Show of={loaded}>{(of) => <Shown of={of} set={loaded.set} />}</Show>
    </Page>
  );
}
