// One request, with the text that is consented to, and its answer (K3, B1).

import { useEffect, useState } from "preact/hooks";
import { address, get, part, Problem, post } from "../api";
import { Show, useLoad } from "../parts/load";
import { done, failed } from "../parts/feedback";
import { FormView, useForm } from "../parts/form";
import { AreaField, TickField } from "../parts/fields";
import { Page } from "../parts/page";
import { Details, Section, State, Time } from "../parts/shown";
import { href, type PageProps } from "../router";
import { may } from "../session";
import { locale, t } from "../text";
import type { Outcome, Registration } from "../types";
import { countAgain } from "../waiting";

/** Longest reason, in characters. */
const LONGEST_REASON = 500;

/** A field of several lines brings line ends; a reason is one line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

interface Answer {
  confirmed: boolean;
  reason: string;
}

function Decide({ of, answered }: { of: Registration; answered: (now: Registration) => void }) {
  const [outcome, setOutcome] = useState<Outcome>("approved");
  const [asked, setAsked] = useState(0);
  const form = useForm<Answer, Registration>({
    name: "decision",
    object: of.id,
    initial: { confirmed: false, reason: "" },
    labels: { confirmed: t("console-decide-confirmation"), reason: t("console-decide-reason") },
    check: (values) => ({
      confirmed: values.confirmed ? undefined : t("console-decide-unconfirmed"),
      reason: [...oneLine(values.reason)].length > LONGEST_REASON ? t("console-decide-reason-long") : undefined,
    }),
    wrong: { reason: t("console-invalid-long") },
    explain(problem) {
      if (problem.code !== "conflict") return undefined;
      get<Registration>(`registrations/${part(of.id)}`).then((now) => {
        answered(now);
        failed(new Problem(409, "decided"));
      }, failed);
      return {};
    },
    send: ({ reason }, _, key) =>
      post<Registration>(
        `registrations/${part(of.id)}/decision`,
        {
          outcome,
          confirmed: true,
          locale: locale.get(),
          ...(outcome === "refused" && oneLine(reason) ? { reason: oneLine(reason) } : {}),
        },
        key,
      ),
    done(now) {
      answered(now);
      countAgain();
      done(t(`console-decide-${outcome}`));
    },
  });
  // The answer is part of what is sent, so it is sent once the button's value has arrived.
  useEffect(() => {
    if (asked) form.submit();
  }, [asked]);
  const choose = (chosen: Outcome) => {
    setOutcome(chosen);
    setAsked((count) => count + 1);
  };
  return (
    <Section title={t("console-decide-title")}>
      <FormView form={form}>
        <TickField form={form} name="confirmed" label={t("console-decide-confirm")} />
        <AreaField form={form} name="reason" optional rows={2} hint={t("console-decide-reason-hint")} />
        <div class="buttons">
          <button type="button" class="primary" aria-disabled={form.busy} onClick={() => choose("approved")}>
            {t("console-decide-approve")}
          </button>
          <button type="button" class="refuse" aria-disabled={form.busy} onClick={() => choose("refused")}>
            {t("console-decide-refuse")}
          </button>
        </div>
      </FormView>
    </Section>
  );
}

function Decided({ of }: { of: Registration }) {
  const { decision } = of;
  if (!decision) return null;
  return (
    <Section title={t("console-decision-title")}>
      <div class={`outcome ${decision.outcome === "approved" ? "good" : "bad"}`}>
        <p>
          <b>{t(`console-decision-${decision.outcome}`, { name: decision.name })}</b>
          <br />
          <Time at={decision.at} />
        </p>
        {decision.reason && <p class="pre-line">{t("console-decision-reason", { reason: decision.reason })}</p>}
      </div>
      <p>
        <a class="button secondary small" href={address(`registrations/${part(of.id)}/receipt`)} download>
          {t("console-receipt")}
        </a>
      </p>
      <p class="hint">{t("console-receipt-hint")}</p>
    </Section>
  );
}

function Shown({ of, set }: { of: Registration; set: (now: Registration) => void }) {
  return (
    <>
      <Details
        rows={[
          [t("console-field-state"), <State list="registration-state" value={of.state} />],
          [t("console-field-requested"), <Time at={of.requested_at} />],
          [t(of.state === "awaiting_approval" ? "console-field-answer-by" : "console-field-until"), <Time at={of.expires_at} />],
          [t("console-field-key"), of.has_key ? t("console-field-key-yes") : t("console-field-key-no")],
        ]}
      />
      {of.outside_mail_domains && !of.decision && <p class="outcome caution">{t("console-registration-outside-lead", { email: of.email })}</p>}
      <Section title={t("console-registration-statement")}>
        {of.statement ? (
          <p class="statement pre-line">{of.statement}</p>
        ) : (
          <Details
            rows={[
              [t("console-field-person"), of.name],
              [t("console-field-email"), of.email],
              [t("console-field-company"), of.organization],
              [t("console-field-device"), of.device_name],
            ]}
          />
        )}
      </Section>
      {of.state === "awaiting_approval" && may("registrations.decide") && <Decide of={of} answered={(now) => set({ ...of, ...now })} />}
      <Decided of={of} />
    </>
  );
}

export default function RegistrationPage({ id }: PageProps) {
  const loaded = useLoad(() => get<Registration>(`registrations/${part(id)}`));
  const name = loaded.data?.name;
  return (
    <Page
      title={name ? t("console-registration-of", { name, device: loaded.data?.device_name ?? "" }) : t("console-registration-title")}
      back={{ href: href("registrations"), label: t("console-nav-registrations") }}
    >
      <Show of={loaded}>{(of) => <Shown of={of} set={loaded.set} />}</Show>
    </Page>
  );
}
