// How the provider presents itself to its customers (B16): on their pages, in their console, in their mails.

import { api } from "../../api";
import { done } from "../../parts/feedback";
import { AreaField, TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Section } from "../../parts/shown";
import { t } from "../../text";
import type { FaceView } from "../../types";
import { ColourField, LogoField } from "./fields";
import { Preview } from "./preview";
import { check, type FaceValues, read, show, write } from "./values";
import "./face.css";

function Change({ face }: { face: FaceView }) {
  const form = useForm<FaceValues, FaceView>({
    name: "face",
    initial: read(face),
    version: face.version,
    labels: {
      name: t("console-face-name"),
      contact: t("console-face-contact"),
      accent: t("console-face-accent"),
      logo: t("console-face-logo"),
      sender: t("console-face-sender"),
      reply_to: t("console-face-reply-to"),
    },
    check,
    wrong: {
      name: t("console-invalid-name"),
      contact: t("console-face-contact-wrong"),
      accent: t("console-face-accent-wrong"),
      logo: t("console-logo-wrong"),
      sender: t("console-invalid-name"),
      reply_to: t("console-invalid-email"),
    },
    read: (thing) => read(thing as FaceView),
    show,
    send: (values, version, _, base) => api.PUT("/face", { body: { version, ...write(values, base) } }),
    done: () => done(t("console-face-saved")),
  });
  return (
    <FormView form={form} sections>
      <Section title={t("console-support-desk")}>
        <TextField form={form} name="name" hint={t("console-face-name-hint")} />
        <AreaField form={form} name="contact" optional rows={5} hint={t("console-face-contact-hint")} />
      </Section>
      <Section title={t("console-face-look")}>
        <LogoField form={form} name="logo" />
        <ColourField form={form} name="accent" optional hint={t("console-face-accent-hint")} />
      </Section>
      <Section title={t("console-face-mails")}>
        <TextField form={form} name="sender" optional hint={t("console-face-sender-hint")} />
        <TextField form={form} name="reply_to" optional inputMode="email" spellcheck={false} hint={t("console-face-reply-to-hint")} />
      </Section>
      <Section title={t("console-face-preview")}>
        <Preview of={form.values} />
      </Section>
      <div class="buttons">
        <Submit form={form}>{t("console-save")}</Submit>
      </div>
    </FormView>
  );
}

export default function FacePage() {
  const loaded = useLoad(() => api.GET("/face"));
  return (
    <Page title={t("console-nav-face")} lead={t("console-face-lead")}>
      <Show of={loaded}>{(face) => <Change face={face} />}</Show>
    </Page>
  );
}
