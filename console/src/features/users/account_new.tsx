// Gives a person an account: with a password chosen here, or one that is mailed (C1, C4).

import { useEffect, useRef, useState } from "preact/hooks";
import { api, under } from "../../api";
import { done } from "../../parts/feedback";
import { RadioField, TextField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import type { Errors } from "../../parts/form_state";
import { newPasswordError, PasswordField, PasswordRules } from "../../parts/password";
import { passwordText } from "../../parts/problem_text";
import { may, session } from "../../session";
import { t } from "../../text";
import type { Organization, User } from "../../types";
import { accountBody, accountCheck, AccountFields, accountLabels, accountNameError, type AccountValues, newAccount } from "./account_form";

interface NewValues extends AccountValues {
  account: string;
  first: "mailed" | "typed";
  password: string;
  password_confirmation: string;
}

function initial(): NewValues {
  const role = session.get()?.role === "organization_administrator" ? "organization_administrator" : "auditor";
  return {
    account: "",
    ...newAccount(role),
    first: "mailed",
    password: "",
    password_confirmation: "",
  };
}

function check(values: NewValues): Errors {
  const errors: Errors = { ...accountCheck(values), account: accountNameError(values.account) };
  if (values.first === "typed") {
    errors["password"] = newPasswordError(values.password);
    if (values.password !== values.password_confirmation) errors["password_confirmation"] = t("console-password-differs");
  }
  return errors;
}

interface NewProps {
  user: User;
  organizations: Organization[];
  set: (now: User) => void;
}

function Form({ user, organizations, set, close }: NewProps & { close: () => void }) {
  const form = useForm<NewValues, User>({
    name: "account",
    object: user.id,
    initial: initial(),
    labels: {
      account: t("console-account-name"),
      ...accountLabels(),
      first: t("console-account-first"),
      password: t("console-password"),
      password_confirmation: t("console-password-again"),
    },
    secret: ["password", "password_confirmation"],
    check,
    wrong: { account: t("console-invalid-account") },
    explain(problem) {
      if (problem.code === "account-taken") return { account: t("console-problem-account-taken") };
      if (problem.code === "support-options-used-up") return { support_option: t("console-problem-support-options-used-up") };
      return problem.field === "password" ? { password: passwordText(problem) } : undefined;
    },
    send: (values, _, key) =>
      api.PUT("/users/{id}/account", {
        params: { path: { id: user.id } },
        body: {
          account: values.account.trim(),
          ...accountBody(values),
          ...(values.first === "typed" ? { password: values.password, password_confirmation: values.password_confirmation } : {}),
        },
        ...under(key),
      }),
    done(now, values) {
      set(now);
      done(t(values.first === "mailed" ? "console-account-mailed" : "console-account-given", { name: now.display_name }));
    },
  });
  return (
    <FormView form={form}>
      <TextField form={form} name="account" spellcheck={false} hint={t("console-account-name-hint")} />
      <AccountFields form={form} organizations={organizations} />
      <RadioField
        form={form}
        name="first"
        options={[
          ["mailed", t("console-account-first-mailed"), t("console-account-first-mailed-hint")],
          ["typed", t("console-account-first-typed"), t("console-account-first-typed-hint")],
        ]}
      />
      {form.values.first === "typed" && (
        <>
          <PasswordRules />
          <PasswordField form={form} name="password" autocomplete="new-password" />
          <PasswordField form={form} name="password_confirmation" autocomplete="new-password" />
        </>
      )}
      <div class="buttons">
        <Submit form={form}>{t("console-account-give")}</Submit>
        <Cancel form={form} close={close} />
      </div>
    </FormView>
  );
}

export function AccountNew(props: NewProps) {
  const [open, setOpen] = useState<boolean>();
  const place = useRef<HTMLDivElement>(null);
  // What was pressed is gone: on with the first field of what came, or with the button.
  useEffect(() => {
    if (open !== undefined) place.current?.querySelector<HTMLElement>("input, button")?.focus();
  }, [open]);
  if (!may("accounts.write")) return <p>{t("console-account-without")}</p>;
  return (
    <div ref={place}>
      {open ? (
        <Form {...props} close={() => setOpen(false)} />
      ) : (
        <>
          <p>{t("console-account-without")}</p>
          <button type="button" class="secondary" onClick={() => setOpen(true)}>
            {t("console-account-give")}
          </button>
        </>
      )}
    </div>
  );
}
