// Dangerous operations need a password or a passkey that was given a short while ago. This asks for it, and the call goes on.

import { useState } from "preact/hooks";
import { api } from "../api";
import { answer, asking } from "../fresh_login";
import type { Problem } from "../problem";
import { session } from "../session";
import { t } from "../text";
import type { SessionView } from "../types";
import { FormView, Submit, useForm } from "./form";
import { useLoad } from "./load";
import { Modal } from "./modal";
import { PasskeyButton } from "./passkey";
import { PasswordField } from "./password";
import { problemText } from "./problem_text";

function given(view: SessionView): void {
  session.set(view);
  answer(true);
}

/** Where the account takes a passkey too, the password alone would not do. */
function FreshPasskey() {
  return (
    <Modal title={t("console-fresh-passkey-title")} close={() => answer(false)}>
      <p>{t("console-fresh-lead")}</p>
      <PasskeyButton path="/session/passkey" tone="primary" done={given}>
        {t("console-fresh-passkey")}
      </PasskeyButton>
      <div class="buttons">
        <button type="button" class="secondary" onClick={() => answer(false)}>
          {t("console-cancel")}
        </button>
      </div>
    </Modal>
  );
}

function Fresh() {
  const passkeys = useLoad(() => api.GET("/passkeys"));
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
    send: ({ password }) => api.POST("/session/fresh", { body: { password } }),
    done: given,
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
      {passkeys.data?.items.length ? (
        <div class="or">
          <PasskeyButton path="/session/passkey" tone="secondary" done={given}>
            {t("console-fresh-passkey")}
          </PasskeyButton>
        </div>
      ) : null}
    </Modal>
  );
}

export function FreshHost() {
  const waiting = asking.use();
  if (!waiting.length) return null;
  return session.get()?.second_factor || waiting.some(({ passkey }) => passkey) ? <FreshPasskey /> : <Fresh />;
}
