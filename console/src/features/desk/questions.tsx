// What the provider's desk has asked its customers (B12): of all of them, or of the one that the address names.

import { api } from "../../api";
import { ExportLink, FilterOrder, Filters, FilterSelect } from "../../parts/filters";
import { List } from "../../parts/list";
import { useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Deadline, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";
import { QuestionState } from "../questions/question_parts";

/** The one customer, until its filter is taken away. Its name comes later than its domain. */
function FilterCustomer({ slug }: { slug: string }) {
  const { data } = useLoad(() => api.GET("/customers/{customer}", { params: { path: { customer: slug } } }), slug);
  const options: [string, string][] = [["", t("console-filter-all")], [slug, data?.customer.name ?? slug]];
  return <FilterSelect name="customer" label={t("console-customer")} options={options} />;
}

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
