// Registers a customer with its first administrator, who gets the mail of C1.

import { isAddress } from "../../address";
import { api, under } from "../../api";
import { done } from "../../parts/feedback";
import { LocaleField, TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import type { Errors } from "../../parts/form_state";
import { Page } from "../../parts/page";
import { Section } from "../../parts/shown";
import { ZoneField } from "../../parts/zone_field";
import { href, replace } from "../../router";
import { session } from "../../session";
import { t } from "../../text";
import type { CustomerDetail, Locale, NewCustomer } from "../../types";
import { accountNameError } from "../users/account_form";

interface Values {
  customer_name: string;
  slug: string;
  locale: Locale;
  time_zone: string;
  name: string;
  email: string;
  account: string;
}

function isSlug(text: string): boolean {
  return text.length >= 3 && text.length <= 40 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
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
  };
}

function body(values: Values): NewCustomer {
  const { locale, time_zone } = values;
  return {
    slug: values.slug.trim(),
    name: values.customer_name.trim(),
    locale,
    time_zone,
    administrator: {
      name: values.name.trim(),
      email: values.email.trim(),
      account: values.account.trim(),
      locale,
      time_zone,
    },
  };
}

export default function CustomerNew() {
  const tenant = session.get()?.tenant;
  const form = useForm<Values, CustomerDetail>({
    name: "customer",
    initial: {
      customer_name: "",
      slug: "",
      locale: tenant?.locale ?? "ja",
      time_zone: tenant?.time_zone ?? "Asia/Tokyo",
      name: "",
      email: "",
      account: "",
    },
    labels: {
      customer_name: t("console-customer-name"),
      slug: t("console-field-domain"),
      locale: t("console-field-locale"),
      time_zone: t("console-field-zone"),
      name: t("console-field-person"),
      email: t("console-field-email"),
      account: t("console-account-name"),
    },
    check,
    explain(problem) {
      if (problem.code === "slug-taken") return { slug: t("console-problem-slug-taken") };
      // Outside the administrator, "name" is the customer's.
      if (problem.field === "name") return { customer_name: t("console-invalid-name") };
      return undefined;
    },
    wrong: {
      slug: t("console-invalid-slug"),
      name: t("console-invalid-name"),
      email: t("console-emails-wrong"),
      account: t("console-invalid-account"),
    },
    send: (values, _, key) => api.POST("/customers", { body: body(values), ...under(key) }),
    done({ customer }, { email }) {
      replace("customers", customer.slug);
      done(t("console-customer-added", { name: customer.name, email: email.trim() }));
    },
  });
  return (
    <Page title={t("console-customer-add")} back={{ href: href("customers"), label: t("console-nav-customers") }}>
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
        <div class="buttons">
          <Submit form={form}>{t("console-customer-add")}</Submit>
          <a class="button secondary" href={href("customers")} onClick={form.discard}>
            {t("console-cancel")}
          </a>
        </div>
      </FormView>
    </Page>
  );
}
