// The question before something that cannot be taken back.

import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { store } from "../store";
import { t } from "../text";
import { failed } from "./feedback";
import { Modal } from "./modal";
import { Details } from "./shown";

export interface Question {
  title: string;
  /** What will happen, in one sentence. */
  body: string;
  /** Its consequences, one by one. */
  points?: string[];
  /** What it is about, as labelled values. */
  rows?: [string, ComponentChildren][];
  /** What has to be typed before it is done, and what it is called. */
  typed?: { text: string; label: string };
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

interface TypedProps {
  id: string;
  label: string;
  wrong: boolean;
  put: (text: string) => void;
}

function Typed({ id, label, wrong, put }: TypedProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <p class="error" id={`${id}-error`} role="alert">
        {wrong && t("console-confirm-typed-wrong")}
      </p>
      <input
        id={id}
        type="text"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={wrong}
        aria-describedby={`${id}-error`}
        onInput={(event) => put(event.currentTarget.value)}
      />
    </div>
  );
}

function Asked({ title, body, points, rows, typed, action, danger, answer }: Question & { answer: (yes: boolean) => void }) {
  const id = useId();
  const text = useRef("");
  const [wrong, setWrong] = useState(false);
  const go = () => {
    if (!typed || text.current.normalize("NFKC").trim() === typed.text) return answer(true);
    setWrong(true);
    document.getElementById(id)?.focus();
  };
  const put = (now: string) => {
    text.current = now;
    setWrong(false);
  };
  return (
    <Modal title={title} close={() => answer(false)}>
      <p>{body}</p>
      {points && (
        <ul class="points">
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
      {rows && <Details rows={rows} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        {typed && <Typed id={id} label={typed.label} wrong={wrong} put={put} />}
        <div class="buttons">
          <button type="button" class="secondary" onClick={() => answer(false)}>
            {t("console-cancel")}
          </button>
          <button class={danger ? "danger" : "primary"}>{action}</button>
        </div>
      </form>
    </Modal>
  );
}

export function ConfirmHost() {
  const asked = question.use();
  return asked ? <Asked {...asked} /> : null;
}
