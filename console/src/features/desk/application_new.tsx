// Records an application before there is a contract (C1).

import { api, under } from "../../api";
import { today } from "../../dates";
import { checkContact, ContactFields, contactLabels, type ContactValues, explainContact, readContact } from "../../parts/contact";
import { done } from "../../parts/feedback";
import { AreaField, TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { Page } from "../../parts/page";
import { href, replace } from "../../router";
import { t } from "../../text";
import type { Application } from "../../types";
import { isSlug } from "./slug";

interface Values extends ContactValues {
  company: string;
  domain: string;
  applied_on: string;
  note: string;
}

export default function ApplicationNew() {
  const form = useForm<Values, Application>({
    name: "application",
    initial: { company: "", ...readContact(null), domain: "", applied_on: today(), note: "" },
    labels: {
      company: t("console-field-company"),
      ...contactLabels(),
      domain: t("console-application-domain"),
      applied_on: t("console-contract-applied"),
      note: t("console-application-note"),
    },
    check: (values) => ({
      company: values.company.trim() ? undefined : t("console-required"),
      ...checkContact(values, true),
      domain: !values.domain.trim() || isSlug(values.domain.trim()) ? undefined : t("console-invalid-slug"),
      applied_on: values.applied_on ? undefined : t("console-required"),
    }),
    explain: explainContact,
    wrong: {
      company: t("console-invalid-name"),
      domain: t("console-invalid-slug"),
      applied_on: t("console-application-date-wrong"),
      note: t("console-invalid-long"),
    },
    send: (values, _, key) =>
      api.POST("/desk/applications", {
        body: {
          company: values.company.trim(),
          contact: {
            name: values.contact_name.trim(),
            email: values.contact_email.trim(),
            phone: values.contact_phone.trim() || null,
          },
          domain: values.domain.trim() || null,
          applied_on: values.applied_on,
          note: values.note.trim() || null,
        },
        ...under(key),
      }),
    done({ id, company }) {
      replace("desk", "applications", id);
      done(t("console-application-added", { name: company }));
    },
  });
  return (
    <Page
      title={t("console-application-add")}
      back={{ href: href("desk", "applications"), label: t("console-nav-desk-applications") }}
    >
      <FormView form={form}>
        <TextField form={form} name="company" />
        <ContactFields form={form} />
        <TextField form={form} name="domain" optional spellcheck={false} hint={t("console-application-domain-hint")} />
        <TextField form={form} name="applied_on" type="date" />
        <AreaField form={form} name="note" optional />
        <div class="buttons">
          <Submit form={form}>{t("console-application-add")}</Submit>
          <a class="button secondary" href={href("desk", "applications")} onClick={form.discard}>
            {t("console-cancel")}
          </a>
        </div>
      </FormView>
    </Page>
  );
}
