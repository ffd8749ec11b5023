// What the tenant decided about itself: its name, and how Viewers are let in.

import { api } from "../../api";
import { CHOICES } from "../../choices";
import { zoneName } from "../../dates";
import { choice } from "../../names";
import { confirmed, type Question } from "../../parts/confirm";
import { type Duration, DurationField, durationText } from "../../parts/duration";
import { done } from "../../parts/feedback";
import { checkContact, contactLabels, explainContact } from "../../parts/contact";
import { AreaField, LocaleField, RadioField, TextField, TickField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Section } from "../../parts/shown";
import { ZoneField } from "../../parts/zone_field";
import { place } from "../../place";
import { Problem } from "../../problem";
import { may } from "../../session";
import { LOCALES, t } from "../../text";
import type { Locale, Policies } from "../../types";
import { BasicInformation } from "./contract";
import { APPROVALS, check, type PolicyValues, read, write } from "./values";

function show(name: string, value: unknown): string {
  if (name === "locale") return LOCALES[value as Locale];
  if (name === "time_zone") return zoneName(String(value));
  if (name === "activation") return choice("activation", String(value));
  if (name === "launch_login") return choice("launch-login", String(value));
  if (name === "launch_approvals") return t("console-question-required-count", { count: Number(value) });
  return name.endsWith("_seconds") ? durationText(value as Duration) : "";
}

/** Where Viewers' data comes from is no setting like others: a slip here shows them another server's, or none. */
function otherOrigin(before: string, now: string): Question {
  const none = t("console-policy-origin-none");
  return {
    title: t("console-policy-origin-title"),
    body: t(now ? "console-policy-origin-body" : "console-policy-origin-body-none"),
    rows: [
      [t("console-policy-origin-before"), before ? <code>{before}</code> : none],
      [t("console-policy-origin-now"), now ? <code>{now}</code> : none],
    ],
    action: t("console-policy-origin-go"),
    danger: true,
  };
}

function Change({ policies }: { policies: Policies }) {
  const form = useForm<PolicyValues, Policies>({
    // Not "policies": a draft under that name has spans of time without units.
    name: "policy",
    initial: read(policies),
    version: policies.version,
    labels: {
      name: t("console-policy-name"),
      locale: t("console-policy-locale"),
      time_zone: t("console-policy-zone"),
      activation: t("console-policy-activation"),
      mail_domains: t("console-policy-domains"),
      approval_life_seconds: t("console-policy-approval-life"),
      code_life_seconds: t("console-policy-code-life"),
      confirm_address_first: t("console-policy-confirm-address"),
      approver_must_log_in: t("console-policy-must-log-in"),
      launch_approvals: t("console-policy-launch-approvals"),
      launch_login: t("console-policy-launch-login"),
      files_largest: t("console-policy-files-largest"),
      files_types: t("console-policy-files-types"),
      key_required: t("console-policy-key"),
      device_life_seconds: t("console-policy-device-life"),
      data_origin: t("console-policy-origin"),
      ...contactLabels(),
    },
    check: (values) => ({ ...check(values), ...checkContact(values, policies.contract.contact !== null) }),
    explain: explainContact,
    wrong: {
      name: t("console-invalid-name"),
      mail_domains: t("console-invalid-domains"),
      approval_life_seconds: t("console-invalid-life"),
      code_life_seconds: t("console-invalid-life"),
      device_life_seconds: t("console-invalid-device-life"),
      data_origin: t("console-invalid-origin"),
    },
    read: (thing) => read(thing as Policies),
    show,
    async send(values, version, _, base) {
      const [before, now] = [base.data_origin.trim(), values.data_origin.trim()];
      if (now !== before && !(await confirmed(otherOrigin(before, now)))) throw new Problem(0, "cancelled");
      return api.PATCH("/policies", { body: { version, ...write(values, base) } });
    },
    done: () => done(t("console-saved")),
  });
  return (
    <FormView form={form} sections>
      <fieldset class="bare" disabled={!may("policies.write")}>
        <legend class="unseen">{t("console-nav-policies")}</legend>
        <BasicInformation form={form} of={policies.contract} />
        <Section title={t("console-policies-permission")}>
          <RadioField
            form={form}
            name="activation"
            options={CHOICES.activation.map((value) => [value, choice("activation", value), t(`console-activation-hint-${value}`)])}
          />
          <AreaField form={form} name="mail_domains" optional rows={3} hint={t("console-policy-domains-hint")} />
          <TickField form={form} name="confirm_address_first" hint={t("console-policy-confirm-address-hint")} />
          <TickField form={form} name="approver_must_log_in" hint={t("console-policy-must-log-in-hint")} />
          <TickField form={form} name="key_required" hint={t("console-policy-key-hint")} />
        </Section>
        {place.kind === "tenant" && (
          <Section title={t("console-nav-launches")}>
            <RadioField
              form={form}
              name="launch_approvals"
              options={APPROVALS.map((count) => [
                count,
                t("console-question-required-count", { count: Number(count) }),
                t(`console-policy-launch-approvals-${count}`),
              ])}
            />
            <RadioField
              form={form}
              name="launch_login"
              options={CHOICES["launch-login"].map((value) => [value, choice("launch-login", value), t(`console-policy-launch-login-${value}`)])}
            />
            <TextField form={form} name="files_largest" inputMode="numeric" hint={t("console-policy-files-largest-hint")} />
            <TextField form={form} name="files_types" optional spellcheck={false} hint={t("console-policy-files-types-hint")} />
          </Section>
        )}
        <Section title={t("console-policies-lives")}>
          <DurationField form={form} name="approval_life_seconds" hint={t("console-policy-approval-life-hint")} />
          {form.values.activation === "mailed_code" && (
            <DurationField form={form} name="code_life_seconds" hint={t("console-policy-code-life-hint")} />
          )}
          <DurationField form={form} name="device_life_seconds" optional hint={t("console-policy-device-life-hint")} />
        </Section>
        <Section title={t("console-policies-tenant")}>
          <LocaleField form={form} name="locale" hint={t("console-policy-locale-hint")} />
          <ZoneField form={form} name="time_zone" />
          <TextField form={form} name="data_origin" optional type="url" spellcheck={false} hint={t("console-policy-origin-hint")} />
        </Section>
      </fieldset>
      {may("policies.write") && (
        <div class="buttons">
          <Submit form={form}>{t("console-save")}</Submit>
        </div>
      )}
    </FormView>
  );
}

export default function PoliciesPage() {
  const loaded = useLoad(() => api.GET("/policies"));
  return (
    <Page title={t("console-nav-policies")} lead={t("console-policies-lead")}>
      <Show of={loaded}>{(policies) => <Change policies={policies} />}</Show>
    </Page>
  );
}
