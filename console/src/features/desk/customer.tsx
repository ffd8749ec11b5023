// One customer: its administrators and their credentials (K1), and whether it may use the service.

import { api } from "../../api";
import { date, zoneName } from "../../dates";
import { acted, type Question } from "../../parts/confirm";
import { Contact } from "../../parts/contact";
import { done } from "../../parts/feedback";
import { Table } from "../../parts/list";
import { type Loaded, Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Breakable, Details, Section, State, Time } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { LOCALES, t } from "../../text";
import type { CustomerAdministrator, CustomerDetail } from "../../types";

/** Asks first, then does it and looks again. */
function sure(loaded: Loaded<CustomerDetail>, send: () => Promise<unknown>, question: Question, said: string): Promise<void> {
  return acted(question, async () => {
    await send();
    done(said);
    loaded.reload();
  });
}

function Administrators({ of, loaded }: { of: CustomerDetail; loaded: Loaded<CustomerDetail> }) {
  const customer = of.customer.slug;
  const reissue = ({ user_id: user, name, email: address }: CustomerAdministrator) => {
    const email = address ?? t("console-none");
    return sure(
      loaded,
      () => api.POST("/customers/{customer}/administrators/{user}/reissue", { params: { path: { customer, user } } }),
      { title: t("console-reissue-title"), body: t("console-reissue-body", { name, email }), action: t("console-reissue"), danger: true },
      t("console-reissued", { email }),
    );
  };
  return (
    <Table
      caption={t("console-nav-administrators")}
      items={of.administrators}
      id={({ user_id }) => user_id}
      columns={[
        { label: t("console-field-person"), cell: ({ name }) => name },
        { label: t("console-field-email"), cell: ({ email }) => <Breakable>{email ?? t("console-none")}</Breakable> },
        { label: t("console-account-name"), cell: ({ account }) => <Breakable>{account}</Breakable> },
        { label: t("console-field-state"), cell: ({ state }) => <State list="account-state" value={state} />,
          below: ({ undeliverable }) => (undeliverable ? t("console-customer-undeliverable", { error: undeliverable }) : null) },
        {
          label: t("console-customer-credential"),
          cell: (administrator) => (
            <Act small label={t("console-act-on", { act: t("console-reissue"), name: administrator.name })} run={() => reissue(administrator)}>
              {t("console-reissue")}
            </Act>
          ),
        },
      ]}
    />
  );
}

/** A whole company stops: which one, and what, is said before, and its domain is typed. */
function suspension({ name, slug }: CustomerDetail["customer"]): Question {
  return {
    title: t("console-customer-suspend-title", { name }),
    body: t("console-customer-suspend-body", { name }),
    points: ["log-in", "view", "request", "kept"].map((point) => t(`console-customer-suspend-${point}`)),
    typed: { text: slug, label: t("console-customer-suspend-typed", { slug }) },
    action: t("console-customer-suspend"),
    danger: true,
  };
}

function resumption({ name }: CustomerDetail["customer"]): Question {
  return { title: t("console-customer-resume-title", { name }), body: t("console-customer-resume-body", { name }), action: t("console-customer-resume") };
}

function Shown({ detail, loaded }: { detail: CustomerDetail; loaded: Loaded<CustomerDetail> }) {
  const of = detail.customer;
  const params = { path: { customer: of.slug } };
  const change = (to: "suspend" | "resume") =>
    sure(
      loaded,
      () => api.POST(`/customers/{customer}/${to}`, { params }),
      to === "suspend" ? suspension(of) : resumption(of),
      t(`console-customer-${to}-done`, { name: of.name }),
    );
  return (
    <>
      <Details
        rows={[
          [t("console-field-state"), <State list="customer-state" value={of.state} />],
          [t("console-field-domain"), of.slug],
          [t("console-contact"), <Contact of={detail.contract.contact} />],
          [t("console-contract-applied"), detail.contract.applied_on && date(detail.contract.applied_on)],
          [t("console-customer-login"), <code>{`${location.origin}/t/${of.slug}/`}</code>],
          [t("console-field-locale"), LOCALES[of.locale]],
          [t("console-field-zone"), zoneName(of.time_zone)],
          [t("console-field-created"), <Time at={of.created_at} />],
          [
            t("console-customer-setup"),
            <>
              <progress max={of.setup_of} value={of.setup_done} aria-label={t("console-customer-setup")} />{" "}
              {t("console-setup-progress", { done: of.setup_done, of: of.setup_of })}
            </>,
          ],
        ]}
      />
      <Section title={t("console-nav-administrators")}>
        <Administrators of={detail} loaded={loaded} />
      </Section>
      <Section title={t("console-nav-desk-questions")}>
        <div class="buttons">
          {of.state === "active" && (
            <a class="button primary" href={href("customers", of.slug, "questions", "new")}>
              {t("console-question-new")}
            </a>
          )}
          <a class="button secondary" href={`${href("desk", "questions")}?customer=${encodeURIComponent(of.slug)}`}>
            {t("console-customer-questions")}
          </a>
        </div>
      </Section>
      <Section title={t("console-nav-desk-attended")}>
        <div class="buttons">
          {of.state === "active" && (
            <a class="button primary" href={href("customers", of.slug, "attended", "new")}>
              {t("console-attended-new")}
            </a>
          )}
          <a class="button secondary" href={`${href("desk", "attended")}?state=all&customer=${encodeURIComponent(of.slug)}`}>
            {t("console-customer-attended")}
          </a>
        </div>
      </Section>
      <Section title={t("console-nav-desk-appointments")}>
        <div class="buttons">
          {of.state === "active" && (
            <a class="button primary" href={href("customers", of.slug, "appointments", "new")}>
              {t("console-appointment-new")}
            </a>
          )}
          <a class="button secondary" href={`${href("desk", "appointments")}?view=list&state=all&customer=${encodeURIComponent(of.slug)}`}>
            {t("console-customer-appointments")}
          </a>
        </div>
      </Section>
      <Section title={t("console-nav-equipment")}>
        <div class="buttons">
          {of.state === "active" && (
            <a class="button primary" href={href("customers", of.slug, "equipment", "new")}>
              {t("console-equipment-add")}
            </a>
          )}
          <a class="button secondary" href={href("customers", of.slug, "equipment")}>
            {t("console-customer-equipment")}
          </a>
          <a class="button secondary" href={`${href("desk", "launches")}?state=all&customer=${encodeURIComponent(of.slug)}`}>
            {t("console-customer-launches")}
          </a>
        </div>
      </Section>
      <Section title={t("console-customer-use")}>
        {of.state === "active" ? (
          <Act tone="danger" run={() => change("suspend")}>
            {t("console-customer-suspend")}
          </Act>
        ) : (
          <Act tone="primary" run={() => change("resume")}>
            {t("console-customer-resume")}
          </Act>
        )}
      </Section>
    </>
  );
}

export default function CustomerPage({ id }: PageProps) {
  const loaded = useLoad(() => api.GET("/customers/{customer}", { params: { path: { customer: id } } }));
  return (
    <Page title={loaded.data?.customer.name ?? t("console-customer")} back={{ href: href("customers"), label: t("console-nav-customers") }}>
      <Show of={loaded}>{(detail) => <Shown detail={detail} loaded={loaded} />}</Show>
    </Page>
  );
}
