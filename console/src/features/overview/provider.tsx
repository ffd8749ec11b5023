// The provider's overview: what waits at its desk, and how its customers are.

import { api } from "../../api";
import type { Topic } from "../../events";
import { Table } from "../../parts/list";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Deadline, Section, State, Time } from "../../parts/shown";
import { href } from "../../router";
import { may, session } from "../../session";
import { t } from "../../text";
import type { DeskOverview, Overview } from "../../types";
import { loadOverview } from "../../waiting";
import { Advice, Cards, EnrolmentsCard, WaitingCard } from "./cards";
import { Latest } from "./latest";

/** What its customers do is in their logs, not in the provider's. */
const FOLLOWED: readonly Topic[] = ["audit", "customers", "desk_inquiries", "desk_questions", "desk_applications"];
/** Rows of each of the short lists. */
const ROWS = 5;

function Figure({ label, count }: { label: string; count: number }) {
  return (
    <div class={count ? "some" : ""}>
      <dt>{label}</dt>
      <dd>{t("console-overview-customers", { count })}</dd>
    </div>
  );
}

function Customers({ of }: { of: DeskOverview }) {
  return (
    <>
      <dl class="figures">
        <Figure label={t("console-overview-all")} count={of.customers} />
        <Figure label={t("console-customer-state-suspended")} count={of.suspended} />
        <Figure label={t("console-overview-unfinished")} count={of.unfinished} />
      </dl>
      {of.unfinished > 0 && (
        <>
          <h3>{t("console-overview-unfinished")}</h3>
          <Table
            caption={t("console-overview-unfinished")}
            items={of.unfinished_customers}
            id={({ slug }) => slug}
            link={({ slug }) => href("customers", slug)}
            columns={[
              { label: t("console-customer"), cell: ({ name }) => name },
              {
                label: t("console-customer-setup"),
                cell: ({ setup_done: done, setup_of: total }) => t("console-setup-progress", { done, of: total }),
              },
              { label: t("console-field-created"), cell: ({ created_at }) => <Time at={created_at} /> },
            ]}
          />
        </>
      )}
      <p>
        <a href={href("customers")}>{t(of.customers ? "console-overview-all-customers" : "console-customer-add")}</a>
      </p>
    </>
  );
}

function Inquiries() {
  const loaded = useLoad(() => api.GET("/desk/inquiries", { params: { query: { state: "open", order: "oldest" } } }), "", "desk_inquiries");
  return (
    <Section title={t("console-nav-desk-inquiries")}>
      <Show of={loaded}>
        {({ items }) =>
          items.length ? (
            <Table
              caption={t("console-nav-desk-inquiries")}
              items={items.slice(0, ROWS)}
              id={({ tenant, inquiry }) => `${tenant}/${inquiry.id}`}
              link={({ tenant, inquiry }) => href("desk", "inquiries", tenant, inquiry.id)}
              columns={[
                { label: t("console-inquiry-subject"), cell: ({ inquiry }) => inquiry.subject },
                { label: t("console-customer"), cell: ({ tenant_name }) => tenant_name },
                { label: t("console-field-updated"), cell: ({ inquiry }) => <Time at={inquiry.updated_at} /> },
              ]}
            />
          ) : (
            <p class="hint">{t("console-desk-inquiries-none")}</p>
          )
        }
      </Show>
    </Section>
  );
}

/** What is open, the oldest first: an approval that nobody executes runs out. */
function Launches() {
  const loaded = useLoad(() => api.GET("/desk/launches", { params: { query: { state: "open", order: "oldest" } } }), "", "desk_launches");
  return (
    <Section title={t("console-nav-desk-launches")}>
      <Show of={loaded}>
        {({ items }) =>
          items.length ? (
            <Table
              caption={t("console-nav-desk-launches")}
              items={items.slice(0, ROWS)}
              id={({ tenant, launch }) => `${tenant}/${launch.id}`}
              link={({ tenant, launch }) => href("desk", "launches", tenant, launch.id)}
              columns={[
                { label: t("console-launch-equipment"), cell: ({ launch }) => launch.equipment_name },
                { label: t("console-customer"), cell: ({ tenant_name }) => tenant_name },
                { label: t("console-field-state"), cell: ({ launch }) => <State list="launch-state" value={launch.state} /> },
              ]}
            />
          ) : (
            <p class="hint">{t("console-launches-none")}</p>
          )
        }
      </Show>
    </Section>
  );
}

function Questions({ items }: { items: DeskOverview["questions"] }) {
  return (
    <Section title={t("console-nav-desk-questions")}>
      {items.length ? (
        <Table
          caption={t("console-nav-desk-questions")}
          items={items}
          id={({ tenant, question }) => `${tenant}/${question.id}`}
          link={({ tenant, question }) => href("desk", "questions", tenant, question.id)}
          columns={[
            { label: t("console-question-title"), cell: ({ question }) => question.title },
            { label: t("console-customer"), cell: ({ tenant_name }) => tenant_name },
            { label: t("console-field-answer-by"), cell: ({ question }) => <Deadline at={question.expires_at} waits /> },
          ]}
        />
      ) : (
        <p class="hint">{t("console-overview-desk-questions", { count: 0 })}</p>
      )}
    </Section>
  );
}

function Waiting({ of: { waiting, desk } }: { of: Overview }) {
  return (
    <Cards>
      {desk && (
        <>
          <WaitingCard
            count={waiting.applications}
            overdue={waiting.applications_overdue}
            path="desk/applications"
            label={t("console-nav-desk-applications")}
          />
          <WaitingCard count={waiting.inquiries} path="desk/inquiries" label={t("console-nav-desk-inquiries")} />
          <WaitingCard count={desk.open_questions} path="desk/questions" label={t("console-nav-desk-questions")} />
          <EnrolmentsCard />
        </>
      )}
      {may("mails") && <WaitingCard count={waiting.mails} path="mails" label={t("console-nav-mails")} />}
      {may("registrations.read") && waiting.registrations > 0 && (
        <WaitingCard count={waiting.registrations} path="registrations" label={t("console-nav-registrations")} />
      )}
    </Cards>
  );
}

function Desk({ overview, desk }: { overview: Overview; desk: DeskOverview }) {
  return (
    <>
      <Waiting of={overview} />
      <Advices overview={overview} />
      <div class="board desk">
        <div>
          <Inquiries />
          <Questions items={desk.questions} />
          <Launches />
          <Section title={t("console-nav-customers")}>
            <Customers of={desk} />
          </Section>
        </div>
        <Latest entries={overview.latest} />
      </div>
    </>
  );
}

/** As stored, not as this page was delivered with it: the face may have been changed since. */
function FaceAdvice() {
  const { data: face } = useLoad(() => api.GET("/face"), "", "audit");
  if (!face || face.contact.length) return null;
  return <Advice text={t("console-overview-face")} path="face" action={t("console-overview-face-go")} />;
}

function Advices({ overview }: { overview: Overview }) {
  return (
    <>
      {may("face") && <FaceAdvice />}
      {overview.recommend_second_administrator && may("accounts.write") && (
        <Advice text={t("console-overview-second")} path="administrators/new" action={t("console-administrator-add")} />
      )}
    </>
  );
}

/** Who does not work at the desk sees the rest of it. */
function Rest({ overview }: { overview: Overview }) {
  return (
    <>
      <Waiting of={overview} />
      <Advices overview={overview} />
      <div class="board">
        <Latest entries={overview.latest} />
      </div>
    </>
  );
}

export default function ProviderOverview() {
  const loaded = useLoad(loadOverview, "", FOLLOWED);
  return (
    <Page title={t("console-nav-overview")} lead={t("console-overview-lead", { name: session.get()?.name ?? "" })}>
      <Show of={loaded}>{(overview) => (overview.desk ? <Desk overview={overview} desk={overview.desk} /> : <Rest overview={overview} />)}</Show>
    </Page>
  );
}
