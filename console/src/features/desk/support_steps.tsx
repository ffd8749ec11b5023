// Mails somebody at a machine how to start remote support there themselves (K6). They need no account.

import { isAddress } from "../../address";
import { api } from "../../api";
import { done } from "../../parts/feedback";
import { LocaleField, TextField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import { Modal } from "../../parts/modal";
import { locale, t } from "../../text";
import type { Equipment, Locale } from "../../types";

interface Values {
  name: string;
  email: string;
  locale: Locale;
}

interface StepsProps {
  customer: string;
  of: Equipment;
  close: () => void;
}

export function SupportSteps({ customer, of, close }: StepsProps) {
  const form = useForm<Values, Equipment>({
    name: "support-steps",
    object: of.id,
    initial: { name: "", email: "", locale: locale.get() },
    labels: { name: t("console-field-name"), email: t("console-field-email"), locale: t("console-steps-language") },
    check: ({ name, email }) => ({
      name: name.trim() ? undefined : t("console-required"),
      email: email.trim() ? (isAddress(email.trim()) ? undefined : t("console-invalid-email")) : t("console-required"),
    }),
    wrong: { name: t("console-invalid-name"), email: t("console-invalid-email") },
    send: ({ name, email, locale }) =>
      api.POST("/customers/{customer}/equipment/{id}/support-steps", {
        params: { path: { customer, id: of.id } },
        body: { name: name.trim(), email: email.trim(), locale },
      }),
    done(_, { name }) {
      close();
      done(t("console-steps-sent", { name: name.trim() }));
    },
  });
  return (
    <Modal title={t("console-steps-send")} close={close}>
      <p>{t("console-steps-lead", { name: of.name })}</p>
      <FormView form={form}>
        <TextField form={form} name="name" autocomplete="off" />
        <TextField form={form} name="email" inputMode="email" spellcheck={false} />
        <LocaleField form={form} name="locale" />
        <div class="buttons">
          <Cancel form={form} close={close} />
          <Submit form={form}>{t("console-steps-go")}</Submit>
        </div>
      </FormView>
    </Modal>
  );
}
