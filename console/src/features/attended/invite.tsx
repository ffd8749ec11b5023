// Inviting one more person to an attended session by mail. Whoever is invited already gets the mail again.

import { isAddress } from "../../address";
import { api } from "../../api";
import { done } from "../../parts/feedback";
import { SelectField, TextField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import { Modal } from "../../parts/modal";
import { LOCALES, t } from "../../text";
import type { Attended, Invited, Locale } from "../../types";

interface InviteProps {
  path: { customer: string; id: string };
  set: (now: Attended) => void;
  close: () => void;
}

type Values = Omit<Invited, "locale"> & { locale: string };

export function Invite({ path, set, close }: InviteProps) {
  const form = useForm<Values, Attended>({
    name: "attended-invite",
    object: path.id,
    initial: { name: "", email: "", locale: "ja" },
    labels: { name: t("console-field-person"), email: t("console-field-email"), locale: t("console-attended-invited-locale") },
    check: ({ name, email }) => ({
      name: name.trim() ? undefined : t("console-required"),
      email: isAddress(email.trim()) ? undefined : t("console-invalid-email"),
    }),
    wrong: { email: t("console-invalid-email") },
    send: ({ name, email, locale }) =>
      api.POST("/desk/attended/{customer}/{id}/invite", {
        params: { path },
        body: { name: name.trim(), email: email.trim(), locale: locale as Locale },
      }),
    done(now, { email }) {
      set(now);
      close();
      done(t("console-attended-invited-done", { email: email.trim() }));
    },
  });
  return (
    <Modal title={t("console-attended-invite")} close={close}>
      <FormView form={form}>
        <TextField form={form} name="name" />
        <TextField form={form} name="email" inputMode="email" spellcheck={false} />
        <SelectField form={form} name="locale" options={Object.entries(LOCALES)} />
        <div class="buttons">
          <Cancel form={form} close={close} />
          <Submit form={form}>{t("console-attended-invite-send")}</Submit>
        </div>
      </FormView>
    </Modal>
  );
}
