// The outcome of remote support in the desk's words, and the inquiry of the customer that it belongs to.

import { api } from "../../api";
import { done } from "../../parts/feedback";
import { AreaField, TextField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import { Modal } from "../../parts/modal";
import { t } from "../../text";
import type { Launch } from "../../types";

interface NoteFormProps {
  path: { customer: string; id: string };
  of: Launch;
  set: (now: Launch) => void;
  close: () => void;
}

/** The id of an inquiry in what was typed: the id itself, or the address of its page. */
function inquiryIn(typed: string): string | null {
  return /([\w-]{22})\s*$/.exec(typed)?.[1] ?? (typed.trim() || null);
}

export function NoteForm({ path, of, set, close }: NoteFormProps) {
  const form = useForm<{ text: string; inquiry: string }, Launch>({
    name: "launch-note",
    object: of.id,
    initial: { text: of.note?.text ?? "", inquiry: of.note?.inquiry ?? "" },
    labels: { text: t("console-launch-note"), inquiry: t("console-launch-note-inquiry") },
    check: ({ text }) => ({ text: text.trim() ? undefined : t("console-required") }),
    wrong: { text: t("console-invalid-long"), inquiry: t("console-launch-note-inquiry-unknown") },
    send: ({ text, inquiry }) =>
      api.POST("/desk/launches/{customer}/{id}/note", { params: { path }, body: { text: text.trim(), inquiry: inquiryIn(inquiry) } }),
    done(now) {
      set(now);
      close();
      done(t("console-saved"));
    },
  });
  return (
    <Modal title={t("console-launch-note")} close={close}>
      <p>{t("console-launch-note-lead")}</p>
      <FormView form={form}>
        <AreaField form={form} name="text" rows={5} />
        <TextField form={form} name="inquiry" optional spellcheck={false} hint={t("console-launch-note-inquiry-hint")} />
        <div class="buttons">
          <Cancel form={form} close={close} />
          <Submit form={form}>{t("console-save")}</Submit>
        </div>
      </FormView>
    </Modal>
  );
}
