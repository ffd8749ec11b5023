// Dangerous operations need a password that was given a short while ago. This asks for it, and the call goes on.

import { useState } from "preact/hooks";
import { Problem, post } from "../api";
import { session } from "../session";
import { store } from "../store";
import { t } from "../text";
import type { SessionView } from "../types";
import { FormView, Submit, useForm } from "./form";
import { PasswordField } from "./password";
import { Modal } from "./modal";
import { problemText } from "./problem";

const asking = store<((given: boolean) => void)[]>([]);

/** Whether the password was given. */
export function askForPassword(): Promise<boolean> {
  return new Promise((resolve) => asking.set([...asking.get(), resolve]));
}

function answer(given: boolean): void {
  const waiting = asking.get();
  asking.set([]);
  for (const resolve of waiting) resolve(given);
}

function Fresh() {
  const [refused, setRefused] = useState("");
  const form = useForm<{ password: string }, SessionView>({
    name: "fresh",
    initial: { password: "" },
    labels: { password: t("console-password") },
    secret: ["password"],
    check: ({ password }) => ({ password: password ? undefined : t("console-required") }),
    explain: (problem: Problem) => {
      const text = problem.code === "wrong-credentials" ? t("console-fresh-wrong") : problemText(problem);
      setRefused(text);
      return { password: text };
    },
    send: ({ password }) => post<SessionView>("session/fresh", { password }),
    done: (view) => {
      session.set(view);
      answer(true);
    },
  });
  return (
    <Modal title={t("console-fresh-title")} close={() => answer(false)}>
      <p>{t("console-fresh-lead")}</p>
      <FormView form={form} quiet>
        <input class="unseen" type="text" autocomplete="username" value={session.get()?.account ?? ""} readOnly tabIndex={-1} aria-hidden="true" />
        <PasswordField form={form} name="password" autocomplete="current-password" />
        <p class="unseen" aria-live="polite">
          {refused}
        </p>
        <div class="buttons">
          <button type="button" class="secondary" onClick={() => answer(false)}>
            {t("console-cancel")}
          </button>
          <Submit form={form}>{t("console-fresh-go")}</Submit>
        </div>
      </FormView>
    </Modal>
  );
}

export function FreshHost() {
  return asking.use().length ? <Fresh /> : null;
}
