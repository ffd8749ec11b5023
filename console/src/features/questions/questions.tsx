// The provider's questions: those that wait for an answer, or all (B12).

import { ExportLink, FilterOrder, Filters, FilterSelect } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { Deadline, Time } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { t } from "../../text";
import { QuestionState } from "./question_parts";

export default function Questions() {
  const { query } = route.use();
  const state = chosen(query, "state", ["waiting", "all"]) ?? "waiting";
  const asked = { state, order: chosen(query, "order", ["oldest"]) };
  return (
    <Page title={t("console-nav-questions")} lead={t("console-questions-lead")} actions={<ExportLink path="/questions/export" query={asked} />}>
      <Filters>
        <FilterSelect
          name="state"
          label={t("console-filter-state")}
          initial="waiting"
          options={[
            ["waiting", t("console-questions-waiting")],
            ["all", t("console-filter-all")],
          ]}
        />
        <FilterOrder />
      </Filters>
      <List
        caption={t("console-nav-questions")}
        path="/questions"
        query={asked}
        id={({ id }) => id}
        link={({ id }) => href("questions", id)}
        empty={<p>{t(state === "waiting" ? "console-questions-none" : "console-questions-never")}</p>}
        columns={[
          { label: t("console-question-title"), cell: ({ title }) => title, below: ({ reference }) => reference },
          {
            label: t("console-question-by"),
            cell: ({ asked_by }) => asked_by.name,
            below: ({ asked_by }) => asked_by.provider_name,
          },
          { label: t("console-question-asked"), cell: ({ asked_at }) => <Time at={asked_at} /> },
          { label: t("console-field-answer-by"), cell: ({ expires_at, state }) => <Deadline at={expires_at} waits={state === "open"} /> },
          { label: t("console-field-state"), cell: (of) => <QuestionState of={of} /> },
        ]}
      />
    </Page>
  );
}
