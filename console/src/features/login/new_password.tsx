// The first password, or one that an administrator chose, is replaced before anything else (C1).

import { api } from "../../api";
import { failed } from "../../parts/feedback";
import { FormView, Submit, useForm } from "../../parts/form";
import { newPasswordError, PasswordField, PasswordRules } from "../../parts/password";
import { passwordText } from "../../parts/problem_text";
import { session } from "../../session";
import { t } from "../../text";
import type { SessionView } from "../../types";
import { Door } from "./door";

export default function NewPassword() {
  const form = useForm<{ password: string }, SessionView>({
    name: "new-password",
    initial: { password: "" },
    labels: { password: t("console-password-new") },
    secret: ["password"],
    check: ({ password }) => ({ password: newPasswordError(password) }),
    explain: (problem) => (problem.field === "password" ? { password: passwordText(problem) } : undefined),
    send: ({ password }) => api.PUT("/session/password", { body: { password } }),
    done: (view) => session.set(view),
  });
  return (
    <Door title={t("console-new-password-title")}>
      <p>{t("console-new-password-lead", { name: session.get()?.name ?? "" })}</p>
      <PasswordRules />
      <FormView form={form}>
        <input class="unseen" type="text" autocomplete="username" value={session.get()?.account ?? ""} readOnly tabIndex={-1} aria-hidden="true" />
        <PasswordField form={form} name="password" autocomplete="new-password" />
        <div class="buttons">
          <Submit form={form}>{t("console-new-password-save")}</Submit>
        </div>
      </FormView>
      <p>
        <button type="button" class="plain" onClick={() => api.DELETE("/session").then(() => session.set(null), failed)}>
          {t("console-logout")}
        </button>
      </p>
    </Door>
  );
}
