// Adds an administrator (C3 to C5): the person, then their account. If the second step fails the person stays, and the
// form goes on with their account.

import { useRef } from "preact/hooks";
import { isAddress } from "../../address";
import { api, newKey, under } from "../../api";
import { done, failed } from "../../parts/feedback";
import { TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import type { Errors } from "../../parts/form_state";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Details, Section } from "../../parts/shown";
import { href, replace } from "../../router";
import { session } from "../../session";
import { t } from "../../text";
import type { NewAccount, NewUser, Organization, User } from "../../types";
import { loadOrganizations } from "../organizations/data";
import { accountBody, accountCheck, AccountFields, accountLabels, accountNameError, type AccountValues, newAccount } from "./account_form";
import { phoneticShown } from "./phonetic";

interface Values extends AccountValues {
  display_name: string;
  phonetic_name: string;
  email: string;
  account: string;
  /** The id of the person, once they were added. */
  user: string;
}

function initial(): Values {
  const role = session.get()?.role === "organization_administrator" ? "organization_administrator" : "system_administrator";
  return { display_name: "", phonetic_name: "", email: "", account: "", user: "", ...newAccount(role) };
}

function check(values: Values): Errors {
  const email = values.email.trim();
  const formed = isAddress(email) ? undefined : t("console-invalid-email");
  return {
    display_name: values.display_name.trim() ? undefined : t("console-required"),
    email: email ? formed : t("console-required"),
    account: accountNameError(values.account),
    ...accountCheck(values),
  };
}

function userOf(values: Values): NewUser {
  return {
    display_name: values.display_name.trim(),
    phonetic_name: values.phonetic_name.trim() || null,
    emails: [{ value: values.email.trim(), type: "work", primary: true }],
    organization: values.role === "organization_administrator" ? values.organization || null : null,
  };
}

/** A key for each body of each step: what is sent again after a lost answer creates nothing twice. */
function useKeys() {
  const known = useRef(new Map<string, string>());
  return (step: string, body: NewUser | NewAccount) => {
    const name = `${step} ${JSON.stringify(body)}`;
    const key = known.current.get(name) ?? newKey();
    known.current.set(name, key);
    return under(key);
  };
}

function useAdministrator() {
  const keyOf = useKeys();
  const made = useRef("");
  const form = useForm<Values, User>({
    name: "administrator",
    initial: initial(),
    labels: {
      display_name: t("console-field-person"),
      phonetic_name: t("console-field-phonetic"),
      email: t("console-field-email"),
      account: t("console-account-name"),
      ...accountLabels(),
    },
    check,
    wrong: {
      display_name: t("console-invalid-name"),
      phonetic_name: t("console-invalid-phonetic"),
      account: t("console-invalid-account"),
      organization: t("console-invalid-organization"),
    },
    explain(problem) {
      if (problem.field?.startsWith("emails")) return { email: t("console-invalid-email") };
      if (problem.code === "account-taken") return { account: t("console-problem-account-taken") };
      if (problem.code === "support-options-used-up") return { support_option: t("console-problem-support-options-used-up") };
      if (problem.code === "conflict" && made.current) {
        // They have an account by now: their page shows which.
        form.discard();
        replace("users", made.current);
        failed(problem);
        return {};
      }
      return undefined;
    },
    async send(values) {
      made.current = values.user;
      if (!made.current) {
        const body = userOf(values);
        made.current = (await api.POST("/users", { body, ...keyOf("user", body) })).id;
        form.put("user", made.current);
      }
      const id = made.current;
      const body = { account: values.account.trim(), ...accountBody(values) };
      return api.PUT("/users/{id}/account", { params: { path: { id } }, body, ...keyOf(id, body) });
    },
    done(user) {
      replace("users", user.id);
      done(t("console-account-mailed", { name: user.display_name }));
    },
  });
  return form;
}

function New({ organizations }: { organizations: Organization[] }) {
  const form = useAdministrator();
  const { user, display_name: name, email } = form.values;
  return (
    <FormView form={form} sections>
      {user && !form.busy && (
        <div class="outcome caution" role="status">
          <p>{t("console-administrator-half", { name: name.trim() })}</p>
        </div>
      )}
      <Section title={t("console-administrator-person")}>
        {user ? (
          <Details
            rows={[
              [t("console-field-person"), name],
              [t("console-field-email"), email],
            ]}
          />
        ) : (
          <>
            <TextField form={form} name="display_name" />
            {phoneticShown() && <TextField form={form} name="phonetic_name" optional lang="ja" hint={t("console-phonetic-hint")} />}
            <TextField form={form} name="email" inputMode="email" spellcheck={false} hint={t("console-administrator-email-hint")} />
          </>
        )}
      </Section>
      <Section title={t("console-account-title")}>
        <TextField form={form} name="account" spellcheck={false} hint={t("console-account-name-hint")} />
        <AccountFields form={form} organizations={organizations} />
      </Section>
      <div class="buttons">
        <Submit form={form}>{t(user ? "console-account-give" : "console-administrator-add")}</Submit>
        <a class="button secondary" href={user ? href("users", user) : href("administrators")} onClick={form.discard}>
          {t("console-cancel")}
        </a>
      </div>
    </FormView>
  );
}

export default function AdministratorNew() {
  const organizations = useLoad(loadOrganizations);
  return (
    <Page
      title={t("console-administrator-add")}
      lead={t("console-administrator-lead")}
      back={{ href: href("administrators"), label: t("console-nav-administrators") }}
    >
      <Show of={organizations}>{(all) => <New organizations={all} />}</Show>
    </Page>
  );
}
