// Registers a customer with its first administrator, who gets the mail of C1; where the address names one, from the
// application that the contract answers.

import { isAddress } from "../../address";
import { api, under } from "../../api";
import { today } from "../../dates";
import {
  checkContact, checkPhone, contactLabels, type ContactValues, explainContact, readContact, writeContact,
} from "../../parts/contact";
import { done } from "../../parts/feedback";
import { LocaleField, TextField, TickField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import type { Errors } from "../../parts/form_state";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Section } from "../../parts/shown";
import { ZoneField } from "../../parts/zone_field";
import { href, replace, route } from "../../router";
import { session } from "../../session";
import { t } from "../../text";
import type { Application, CustomerDetail, Locale, NewCustomer } from "../../types";
import { accountNameError } from "../users/account_form";
import { isSlug } from "./slug";

interface Values extends ContactValues {
  customer_name: string;
  slug: string;
  locale: Locale;
  time_zone: string;
  name: string;
  email: string;
  account: string;
  applied_on: string;
  /** Whether the first administrator is the contact person, which is the rule. */
  contact_same: boolean;
}

function check(values: Values): Errors {
  const needed = (text: string) => (text.trim() ? undefined : t("console-required"));
  const formed = (text: string, right: boolean, wrong: string) => needed(text) ?? (right ? undefined : t(wrong));
  const [slug, email] = [values.slug.trim(), values.email.trim()];
  return {
    customer_name: needed(values.customer_name),
    slug: formed(slug, isSlug(slug), "console-invalid-slug"),
    name: needed(values.name),
    email: formed(email, isAddress(email), "console-invalid-email"),
    account: accountNameError(values.account),
    ...(values.contact_same ? checkPhone(values) : checkContact(values, true)),
    applied_on: needed(values.applied_on),
  };
}

function body(values: Values, application?: Application): NewCustomer {
  const { locale, time_zone } = values;
  const administrator = { name: values.name.trim(), email: values.email.trim() };
  const contact = values.contact_same ? { ...values, contact_name: administrator.name, contact_email: administrator.email } : values;
  return {
    slug: values.slug.trim(),
    name: values.customer_name.trim(),
    locale,
    time_zone,
    administrator: { ...administrator, account: values.account.trim(), locale, time_zone },
    contact: writeContact(contact),
    applied_on: values.applied_on,
    ...(application ? { application: application.id } : {}),
  };
}

function New({ application }: { application?: Application }) {
  const tenant = session.get()?.tenant;
  const form = useForm<Values, CustomerDetail>({
    name: "customer",
    object: application?.id ?? "",
    initial: {
      customer_name: application?.company ?? "",
      slug: application?.domain ?? "",
      locale: tenant?.locale ?? "ja",
      time_zone: tenant?.time_zone ?? "Asia/Tokyo",
      name: application?.contact.name ?? "",
      email: application?.contact.email ?? "",
      account: "",
      ...readContact(application?.contact ?? null),
      applied_on: application?.applied_on ?? today(),
      contact_same: true,
    },
    labels: {
      customer_name: t("console-customer-name"),
      slug: t("console-field-domain"),
      locale: t("console-field-locale"),
      time_zone: t("console-field-zone"),
      name: t("console-field-person"),
      email: t("console-field-email"),
      account: t("console-account-name"),
      ...contactLabels(),
      contact_same: t("console-contact-same"),
      applied_on: t("console-contract-applied"),
    },
    check,
    explain(problem) {
      if (problem.code === "slug-taken") return { slug: t("console-problem-slug-taken") };
      if (problem.field === "application") return { customer_name: t("console-application-closed-before") };
      // Outside the administrator, "name" is the customer's.
      if (problem.field === "name") return { customer_name: t("console-invalid-name") };
      return explainContact(problem);
    },
    wrong: {
      slug: t("console-invalid-slug"),
      name: t("console-invalid-name"),
      email: t("console-emails-wrong"),
      account: t("console-invalid-account"),
    },
    send: (values, _, key) => api.POST("/customers", { body: body(values, application), ...under(key) }),
    done({ customer }, { email }) {
      replace("customers", customer.slug);
      done(t("console-customer-added", { name: customer.name, email: email.trim() }));
    },
  });
  return (
    <FormView form={form} sections>
      <Section title={t("console-customer")}>
        <TextField form={form} name="customer_name" />
        <TextField form={form} name="slug" spellcheck={false} hint={t("console-customer-slug-hint", { origin: location.origin })} />
        <LocaleField form={form} name="locale" />
        <ZoneField form={form} name="time_zone" />
      </Section>
      <Section title={t("console-customer-administrator")}>
        <p>{t("console-customer-administrator-lead")}</p>
        <TextField form={form} name="name" />
        <TextField form={form} name="email" inputMode="email" spellcheck={false} />
        <TextField form={form} name="account" spellcheck={false} hint={t("console-account-name-hint")} />
      </Section>
      <Section title={t("console-contract")}>
        <TextField form={form} name="applied_on" type="date" />
        <TickField form={form} name="contact_same" />
        {!form.values.contact_same && (
          <>
            <TextField form={form} name="contact_name" />
            <TextField form={form} name="contact_email" inputMode="email" spellcheck={false} />
          </>
        )}
        <TextField form={form} name="contact_phone" optional inputMode="tel" />
      </Section>
      <div class="buttons">
        <Submit form={form}>{t("console-customer-add")}</Submit>
        <a
          class="button secondary"
          href={application ? href("desk", "applications", application.id) : href("customers")}
          onClick={form.discard}
        >
          {t("console-cancel")}
        </a>
      </div>
    </FormView>
  );
}

/** The form with what the application says. */
function FromApplication({ id }: { id: string }) {
  const loaded = useLoad(() => api.GET("/desk/applications/{id}", { params: { path: { id } } }));
  return <Show of={loaded}>{(application) => <New application={application} />}</Show>;
}

export default function CustomerNew() {
  const id = route.use().query.get("application");
  const back = id
    ? { href: href("desk", "applications", id), label: t("console-nav-desk-applications") }
    : { href: href("customers"), label: t("console-nav-customers") };
  return (
    <Page title={t("console-customer-add")} back={back}>
      {id ? <FromApplication id={id} /> : <New />}
    </Page>
  );
}
