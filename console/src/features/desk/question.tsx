// One question that the provider's desk has asked a customer: its answer, and taking it back (B12).

import { address, api } from "../../api";
import { Agreed } from "../../parts/agreed";
import { acted } from "../../parts/confirm";
import { Decided } from "../../parts/decision";
import { done } from "../../parts/feedback";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Details, Section, Time } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { t } from "../../text";
import type { QuestionView } from "../../types";
import { Asked, QuestionState } from "../questions/question_parts";
import { CustomerLink } from "./customer_name";

async function withdraw(path: { customer: string; id: string }, of: QuestionView, set: (now: QuestionView) => void): Promise<void> {
  await acted(
    {
      title: t("console-question-withdraw-title"),
      body: t("console-question-withdraw-body", { title: of.title }),
      action: t("console-question-withdraw"),
      danger: true,
    },
    async () => {
      set(await api.POST("/desk/questions/{customer}/{id}/withdraw", { params: { path } }));
      done(t("console-question-withdrawn"));
    },
  );
}

export default function DeskQuestionPage({ id }: PageProps) {
  const [customer = "", question = ""] = id.split("/");
  const path = { customer, id: question };
  const loaded = useLoad(() => api.GET("/desk/questions/{customer}/{id}", { params: { path } }), "", "desk_questions");
  return (
    <Page
      title={loaded.data?.title ?? t("console-nav-desk-questions")}
      back={{ href: href("desk", "questions"), label: t("console-nav-desk-questions") }}
    >
      <Show of={loaded}>
        {(of) => (
          <>
            <Details
              rows={[
                [t("console-field-state"), <QuestionState of={of} />],
                [t("console-customer"), <CustomerLink slug={customer} />],
                [t("console-question-by"), of.asked_by.name],
                [t("console-question-reference"), of.reference],
                [t("console-question-asked"), <Time at={of.asked_at} />],
                [t("console-field-answer-by"), <Time at={of.expires_at} />],
              ]}
            />
            <Section title={t("console-question-text")}>
              <Asked of={of} />
            </Section>
            <Agreed of={of} lead={(count) => t("console-question-several", count)} />
            <Decided decision={of.decision} receipt={address("/desk/questions/{customer}/{id}/receipt", { params: { path } })} />
            {of.state === "open" && (
              <Act tone="danger" run={() => withdraw(path, of, loaded.set)}>
                {t("console-question-withdraw")}
              </Act>
            )}
          </>
        )}
      </Show>
    </Page>
  );
}
