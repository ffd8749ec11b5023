// The page of the link in a mail about a forgotten password.

import { useState } from "preact/hooks";
import { api } from "../../api";
import { FormView, Submit, useForm } from "../../parts/form";
import { newPasswordError, PasswordField, PasswordRules } from "../../parts/password";
import { passwordText } from "../../parts/problem_text";
import { replace } from "../../router";
import { ended, session } from "../../session";
import { t } from "../../text";
import { Door } from "./door";

export default function Reset({ token }: { token: string }) {
  const [invalid, setInvalid] = useState(false);
  const form = useForm<{ password: string }, undefined>({
    name: "reset",
    initial: { password: "" },
    labels: { password: t("console-password-new") },
    secret: ["password"],
    check: ({ password }) => ({ password: newPasswordError(password) }),
    explain(problem) {
      if (problem.code === "bad-link" || problem.field === "token") setInvalid(true);
      return problem.field === "password" ? { password: passwordText(problem) } : undefined;
    },
    send: ({ password }) => api.POST("/password-reset/complete", { body: { token, password } }),
    done() {
      ended.set("reset");
      session.set(null);
      replace();
    },
  });
  if (invalid) {
    return (
      <Door title={t("console-reset-invalid-title")}>
        <p>{t("console-reset-invalid-body")}</p>
        <p>
          <button type="button" class="plain" onClick={() => replace()}>
            {t("console-forgotten-back")}
          </button>
        </p>
      </Door>
    );
  }
  return (
    <Door title={t("console-reset-title")}>
      <p>{t("console-reset-lead")}</p>
      <PasswordRules />
      <FormView form={form}>
        <PasswordField form={form} name="password" autocomplete="new-password" />
        <div class="buttons">
          <Submit form={form}>{t("console-new-password-save")}</Submit>
        </div>
      </FormView>
    </Door>
  );
}
