// The outcome of remote support in the desk's words, and the inquiry of the customer that it belongs to.

import { api } from "../../api";
import { done } from "../../parts/feedback";
import { AreaField, TextField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import { Modal } from "../../parts/modal";
import { t } from "../../text";
import type { Attended, Launch, SessionNote } from "../../types";

type Notes = { "/desk/launches/{customer}/{id}/note": Launch; "/desk/attended/{customer}/{id}/note": Attended };

interface NoteFormProps<P extends keyof Notes> {
  at: P;
  path: { customer: string; id: string };
  note: SessionNote | null | undefined;
  set: (now: Notes[P]) => void;
  close: () => void;
}

/** The id of an inquiry in what was typed: the id itself, or the address of its page. */
function inquiryIn(typed: string): string | null {
  return /([\w-]{22})\s*$/.exec(typed)?.[1] ?? (typed.trim() || null);
}

export function NoteForm<P extends keyof Notes>({ at, path, note, set, close }: NoteFormProps<P>) {
  const form = useForm<{ text: string; inquiry: string }, Notes[P]>({
    name: "launch-note",
    object: path.id,
    initial: { text: note?.text ?? "", inquiry: note?.inquiry ?? "" },
    labels: { text: t("console-launch-note"), inquiry: t("console-launch-note-inquiry") },
    check: ({ text }) => ({ text: text.trim() ? undefined : t("console-required") }),
    wrong: { text: t("console-invalid-long"), inquiry: t("console-launch-note-inquiry-unknown") },
    send: ({ text, inquiry }) =>
      api.POST(at as "/desk/launches/{customer}/{id}/note", { params: { path }, body: { text: text.trim(), inquiry: inquiryIn(inquiry) } }) as Promise<Notes[P]>,
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
