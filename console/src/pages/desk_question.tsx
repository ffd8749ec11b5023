// One question that the provider's desk has asked a customer: its answer, and taking it back (B12).

import { get, part, post } from "../api";
import { acted } from "../parts/confirm";
import { done } from "../parts/feedback";
import { Show, useLoad } from "../parts/load";
import { Page } from "../parts/page";
import { Act, Details, Section, Time } from "../parts/shown";
import { href, type PageProps } from "../router";
import { t } from "../text";
import type { CustomerDetail, QuestionView } from "../types";
import { Decided } from "./decision";
import { Agreed, Asked, QuestionState } from "./question_parts";

/** The customer, by its name as soon as that is known. */
function CustomerLink({ slug }: { slug: string }) {
  const { data } = useLoad(() => get<CustomerDetail>(`customers/${part(slug)}`));
  return <a href={href("customers", slug)}>{data?.customer.name ?? slug}</a>;
}

async function withdraw(path: string, of: QuestionView, set: (now: QuestionView) => void): Promise<void> {
  await acted(
    {
      title: t("console-question-withdraw-title"),
      body: t("console-question-withdraw-body", { title: of.title }),
      action: t("console-question-withdraw"),
      danger: true,
    },
    async () => {
      set(await post<QuestionView>(`${path}/withdraw`));
      done(t("console-question-withdrawn"));
    },
  );
}

export default function DeskQuestionPage({ id }: PageProps) {
  const [slug = "", question = ""] = id.split("/");
  const path = `desk/questions/${part(slug)}/${part(question)}`;
  const loaded = useLoad(() => get<QuestionView>(path));
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
                [t("console-customer"), <CustomerLink slug={slug} />],
                [t("console-question-by"), of.asked_by.name],
                [t("console-question-reference"), of.reference],
                [t("console-question-asked"), <Time at={of.asked_at} />],
                [t("console-field-answer-by"), <Time at={of.expires_at} />],
              ]}
            />
            <Section title={t("console-question-text")}>
              <Asked of={of} />
            </Section>
            <Agreed of={of} />
            <Decided decision={of.decision} receipt={`${path}/receipt`} />
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
