// The desk opens an attended session with a customer's people (Z3): what it is about, for how long, and whom to invite by
// mail. Nobody is invited by mail where the link is handed over, or ID and password are read out.

import { api, under } from "../../api";
import { isAddress } from "../../address";
import { SelectField, TextField } from "../../parts/fields";
import { done } from "../../parts/feedback";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Section } from "../../parts/shown";
import { href, type PageProps, replace, route } from "../../router";
import { LOCALES, t } from "../../text";
import type { Attended, CustomerDetail, Locale } from "../../types";
import { loadCustomer } from "../desk/equipment_data";
import { periods } from "../desk/period";

/** In seconds. */
const USUAL = 4 * 3600;
const LONGEST_TITLE = 120;

interface Values {
  title: string;
  period: string;
  name: string;
  email: string;
  locale: string;
}

function Opening({ of: { customer } }: { of: CustomerDetail }) {
  const inquiry = route.use().query.get("inquiry") || null;
  const form = useForm<Values, Attended>({
    name: "attended",
    object: `${customer.slug}/${inquiry ?? ""}`,
    initial: { title: "", period: String(USUAL), name: "", email: "", locale: customer.locale },
    labels: {
      title: t("console-attended-title"),
      period: t("console-attended-period"),
      name: t("console-field-person"),
      email: t("console-field-email"),
      locale: t("console-attended-invited-locale"),
    },
    check: ({ title, name, email }) => ({
      title: !title.trim() ? t("console-required") : [...title.trim()].length > LONGEST_TITLE ? t("console-invalid-long") : undefined,
      name: email.trim() && !name.trim() ? t("console-required") : undefined,
      email: isAddress(email.trim()) || (!email.trim() && !name.trim()) ? undefined : t("console-invalid-email"),
    }),
    wrong: { title: t("console-invalid-long"), email: t("console-invalid-email") },
    explain: ({ field }) => (field?.startsWith("invited") ? { email: t("console-invalid-email") } : undefined),
    send({ title, period, name, email, locale }, _, key) {
      const invited = email.trim() ? [{ name: name.trim(), email: email.trim(), locale: locale as Locale }] : [];
      const body = { title: title.trim(), period: Number(period), inquiry, invited };
      return api.POST("/desk/customers/{customer}/attended", { params: { path: { customer: customer.slug } }, body, ...under(key) });
    },
    done({ id }) {
      replace("desk", "attended", customer.slug, id);
      done(t("console-attended-was-opened"));
    },
  });
  return (
    <FormView form={form}>
      <TextField form={form} name="title" hint={t("console-attended-title-hint")} />
      <SelectField form={form} name="period" hint={t("console-attended-period-hint")} options={periods()} />
      <Section title={t("console-attended-invite")}>
        <p class="hint">{t("console-attended-invite-hint")}</p>
        <TextField form={form} name="name" optional />
        <TextField form={form} name="email" inputMode="email" spellcheck={false} optional />
        <SelectField form={form} name="locale" options={Object.entries(LOCALES)} />
      </Section>
      <div class="buttons">
        <Submit form={form}>{t("console-attended-open")}</Submit>
        <a class="button secondary" href={href("customers", customer.slug)} onClick={form.discard}>
          {t("console-cancel")}
        </a>
      </div>
    </FormView>
  );
}

export default function AttendedNew({ id }: PageProps) {
  const loaded = useLoad(() => loadCustomer(id));
  return (
    <Page
      title={t("console-attended-new")}
      lead={t("console-attended-new-lead")}
      back={{ href: href("customers", id), label: loaded.data?.customer.name ?? t("console-customer") }}
    >
      <Show of={loaded}>{(of) => <Opening of={of} />}</Show>
    </Page>
  );
}
