// A new inquiry.

import { post } from "../api";
import { AreaField, TextField } from "../parts/fields";
import { done } from "../parts/feedback";
import { FormView, Submit, useForm } from "../parts/form";
import { Page } from "../parts/page";
import { href, replace } from "../router";
import { t } from "../text";
import type { Inquiry } from "../types";

export default function InquiryNew() {
  const form = useForm<{ subject: string; body: string }, Inquiry>({
    name: "inquiry",
    initial: { subject: "", body: "" },
    labels: { subject: t("console-inquiry-subject"), body: t("console-inquiry-body") },
    check: ({ subject, body }) => ({
      subject: subject.trim() ? undefined : t("console-required"),
      body: body.trim() ? undefined : t("console-required"),
    }),
    wrong: { subject: t("console-invalid-long"), body: t("console-invalid-long") },
    send: ({ subject, body }, _, key) => post<Inquiry>("inquiries", { subject: subject.trim(), body: body.trim() }, key),
    done(inquiry) {
      replace("inquiries", inquiry.id);
      done(t("console-inquiry-sent"));
    },
  });
  return (
    <Page
      title={t("console-inquiry-new")}
      lead={t("console-inquiry-new-lead")}
      back={{ href: href("inquiries"), label: t("console-nav-inquiries") }}
    >
      <FormView form={form}>
        <TextField form={form} name="subject" />
        <AreaField form={form} name="body" rows={8} hint={t("console-inquiry-body-hint")} />
        <div class="buttons">
          <Submit form={form}>{t("console-inquiry-send")}</Submit>
          <a class="button secondary" href={href("inquiries")} onClick={form.discard}>
            {t("console-cancel")}
          </a>
        </div>
      </FormView>
    </Page>
  );
}
