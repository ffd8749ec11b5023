// What the provider's desk has asked its customers (B12): of all of them, or of the one that the address names.

import { ExportLink, FilterOrder, Filters } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { Deadline, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";
import { QuestionState } from "../questions/question_parts";
import { FilterCustomer } from "./customer_name";

export default function DeskQuestions() {
  const { query } = route.use();
  const customer = query.get("customer") ?? "";
  const asked = { customer, order: chosen(query, "order", ["oldest"]) };
  const actions = (
    <>
      <ExportLink path="/desk/questions/export" query={asked} />
      {customer && (
        <a class="button primary small" href={href("customers", customer, "questions", "new")}>
          {t("console-question-new")}
        </a>
      )}
    </>
  );
  return (
    <Page title={t("console-nav-desk-questions")} lead={t("console-desk-questions-lead")} actions={actions}>
      <Filters>
        {customer && <FilterCustomer slug={customer} />}
        <FilterOrder />
      </Filters>
      <List
        caption={t("console-nav-desk-questions")}
        path="/desk/questions"
        query={asked}
        id={({ question, tenant }) => `${tenant}/${question.id}`}
        link={({ question, tenant }) => href("desk", "questions", tenant, question.id)}
        empty={<p>{t(customer ? "console-questions-never" : "console-desk-questions-none")}</p>}
        columns={[
          {
            label: t("console-question-title"),
            cell: ({ question }) => question.title,
            below: ({ question }) => question.reference,
          },
          { label: t("console-customer"), cell: ({ tenant_name }) => tenant_name },
          { label: t("console-question-by"), cell: ({ question }) => question.asked_by.name },
          { label: t("console-question-asked"), cell: ({ question }) => <Time at={question.asked_at} /> },
          { label: t("console-field-answer-by"), cell: ({ question }) => <Deadline at={question.expires_at} waits={question.state === "open"} /> },
          { label: t("console-field-state"), cell: ({ question }) => <QuestionState of={question} /> },
        ]}
      />
    </Page>
  );
}
