// The question before something that cannot be taken back.

import { store } from "../store";
import { t } from "../text";
import { failed } from "./feedback";
import { Modal } from "./modal";

export interface Question {
  title: string;
  /** What will happen, in one sentence. */
  body: string;
  action: string;
  danger?: boolean;
}

const question = store<(Question & { answer: (yes: boolean) => void }) | undefined>(undefined);

export function confirmed(asked: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      question.set(undefined);
      resolve(yes);
    };
    question.set({ ...asked, answer });
  });
}

/** Does something, after the question about it where there is one, and tells why where it fails. */
export async function acted(asked: Question | undefined, run: () => Promise<void>): Promise<void> {
  if (asked && !(await confirmed(asked))) return;
  try {
    await run();
  } catch (error) {
    failed(error);
  }
}

export function ConfirmHost() {
  const asked = question.use();
  if (!asked) return null;
  return (
    <Modal title={asked.title} close={() => asked.answer(false)}>
      <p>{asked.body}</p>
      <div class="buttons">
        <button type="button" class="secondary" onClick={() => asked.answer(false)}>
          {t("console-cancel")}
        </button>
        <button type="button" class={asked.danger ? "danger" : "primary"} onClick={() => asked.answer(true)}>
          {asked.action}
        </button>
      </div>
    </Modal>
  );
}
