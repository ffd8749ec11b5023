// A new inquiry.

import { api, under } from "../../api";
import { done } from "../../parts/feedback";
import { AreaField, TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { Page } from "../../parts/page";
import { href, replace } from "../../router";
import { t } from "../../text";
import type { Thread } from "../../types";
import { AttachmentsField, attachmentsRefused, checkAttachments, type Chosen } from "./attachments_field";

interface Values {
  subject: string;
  body: string;
  attachments: Chosen[];
}

export default function InquiryNew() {
  const form = useForm<Values, Thread>({
    name: "inquiry",
    initial: { subject: "", body: "", attachments: [] },
    labels: { subject: t("console-inquiry-subject"), body: t("console-inquiry-body"), attachments: t("console-inquiry-attachments") },
    // Files are too large to be kept beside what was typed.
    secret: ["attachments"],
    check: ({ subject, body, attachments }) => ({
      subject: subject.trim() ? undefined : t("console-required"),
      body: body.trim() ? undefined : t("console-required"),
      ...checkAttachments(attachments),
    }),
    wrong: {
      subject: t("console-invalid-long"),
      body: t("console-invalid-long"),
      attachments: t("console-attachments-wrong"),
    },
    explain: attachmentsRefused,
    send: ({ subject, body, attachments }, _, key) =>
      api.POST("/inquiries", { body: { subject: subject.trim(), body: body.trim(), attachments }, ...under(key) }),
    done({ inquiry }) {
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
        <AttachmentsField form={form} />
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
