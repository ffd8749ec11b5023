// One application: what it says, and what became of it. While it is open, a customer can be made from it, or it is closed
// by hand (C1).

import { api } from "../../api";
import { date } from "../../dates";
import { Contact } from "../../parts/contact";
import { done } from "../../parts/feedback";
import { AreaField, RadioField, TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { type Loaded, Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Details, Section, Time } from "../../parts/shown";
import { LONGEST_REASON } from "../../reason";
import { href, type PageProps } from "../../router";
import { t } from "../../text";
import type { Application } from "../../types";
import { countAgain } from "../../waiting";
import { ApplicationState } from "./application_parts";
import { isSlug } from "./slug";

interface Values {
  outcome: "contract" | "declined";
  customer: string;
  reason: string;
}

function check({ outcome, customer, reason }: Values) {
  if (outcome === "contract") return { customer: isSlug(customer.trim()) ? undefined : t("console-invalid-slug") };
  if (!reason.trim()) return { reason: t("console-required") };
  return { reason: [...reason.trim()].length > LONGEST_REASON ? t("console-invalid-long") : undefined };
}

function Close({ of, loaded }: { of: Application; loaded: Loaded<Application> }) {
  const form = useForm<Values, Application>({
    name: "application-close",
    object: of.id,
    initial: { outcome: "declined", customer: "", reason: "" },
    labels: {
      outcome: t("console-application-outcome"),
      customer: t("console-field-domain"),
      reason: t("console-application-reason"),
    },
    check,
    explain: ({ code }) => (code === "conflict" ? { outcome: t("console-application-closed-before") } : undefined),
    wrong: { customer: t("console-application-customer-wrong"), reason: t("console-invalid-long") },
    send: ({ outcome, customer, reason }) =>
      api.POST("/desk/applications/{id}/close", {
        params: { path: { id: of.id } },
        body: outcome === "contract" ? { outcome, customer: customer.trim() } : { outcome, reason: reason.trim() },
      }),
    done(closed) {
      loaded.set(closed);
      countAgain();
      done(t("console-application-closed"));
    },
  });
  return (
    <FormView form={form}>
      <RadioField
        form={form}
        name="outcome"
        options={[
          ["declined", t("console-application-state-declined"), t("console-application-declined-hint")],
          ["contract", t("console-application-state-contract"), t("console-application-contract-hint")],
        ]}
      />
      {form.values.outcome === "contract" ? (
        <TextField form={form} name="customer" spellcheck={false} />
      ) : (
        <AreaField form={form} name="reason" />
      )}
      <div class="buttons">
        <Submit form={form}>{t("console-application-close")}</Submit>
      </div>
    </FormView>
  );
}

function Closed({ closed }: { closed: NonNullable<Application["closed"]> }) {
  return (
    <Section title={t("console-application-outcome")}>
      <Details
        rows={[
          [t("console-customer"), closed.customer && <a href={href("customers", closed.customer)}>{closed.customer}</a>],
          [t("console-application-reason"), closed.reason],
          [t("console-application-closed-by"), closed.by_name],
          [t("console-application-closed-at"), <Time at={closed.at} />],
        ]}
      />
    </Section>
  );
}

function Shown({ of, loaded }: { of: Application; loaded: Loaded<Application> }) {
  return (
    <>
      <Details
        rows={[
          [t("console-field-state"), <ApplicationState of={of} />],
          [t("console-contact"), <Contact of={of.contact} />],
          [t("console-application-domain"), of.domain],
          [t("console-contract-applied"), date(of.applied_on)],
          [t("console-field-answer-by"), date(of.answer_by)],
          [t("console-application-note"), of.note && <span class="pre-line">{of.note}</span>],
          [t("console-application-recorded-by"), of.recorded_by_name],
          [t("console-application-recorded-at"), <Time at={of.recorded_at} />],
        ]}
      />
      {of.closed ? (
        <Closed closed={of.closed} />
      ) : (
        <>
          <div class="buttons">
            <a class="button primary" href={`${href("customers", "new")}?application=${encodeURIComponent(of.id)}`}>
              {t("console-customer-add")}
            </a>
          </div>
          <Section title={t("console-application-close")}>
            <Close of={of} loaded={loaded} />
          </Section>
        </>
      )}
    </>
  );
}

export default function ApplicationPage({ id }: PageProps) {
  const loaded = useLoad(() => api.GET("/desk/applications/{id}", { params: { path: { id } } }), "", "desk_applications");
  return (
    <Page
      title={loaded.data?.company ?? t("console-nav-desk-applications")}
      lead={t("console-application-lead")}
      back={{ href: href("desk", "applications"), label: t("console-nav-desk-applications") }}
    >
      <Show of={loaded}>{(of) => <Shown of={of} loaded={loaded} />}</Show>
    </Page>
  );
}
