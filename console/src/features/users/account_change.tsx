// Changes a person's account, issues its credential anew, or takes it away (K1, C4 to C6).

import { api, loadSession } from "../../api";
import { zoneName } from "../../dates";
import { choice } from "../../names";
import { acted, confirmed, type Question } from "../../parts/confirm";
import { done, failed } from "../../parts/feedback";
import { FormView, Submit, useForm } from "../../parts/form";
import { Act, Details, State, Time } from "../../parts/shown";
import { Problem } from "../../problem";
import { may, session } from "../../session";
import { LOCALES, t } from "../../text";
import type { Account, Organization, User } from "../../types";
import { accountBody, accountCheck, AccountFields, accountLabels, type AccountValues, showAccount } from "./account_form";
import { mainAddress } from "./users";

interface ChangeProps {
  user: User;
  account: Account;
  organizations: Organization[];
  set: (now: User) => void;
}

/** The account, given alone or with its user. */
function accountOf(thing: unknown): Account {
  const { account } = thing as User;
  return account && typeof account === "object" ? account : (thing as Account);
}

function values(thing: unknown): AccountValues {
  const { role, organization, support_option, locale, time_zone } = accountOf(thing);
  return { role, organization: organization ?? "", support_option, locale, time_zone };
}

/** Who takes rights away from themselves cannot give them back. */
function ownRole(role: string): Question {
  return {
    title: t("console-own-role-title"),
    body: t("console-own-role-body", { role: choice("role", role) }),
    action: t("console-save"),
    danger: true,
  };
}

function Change({ user, account, organizations, set }: ChangeProps) {
  const form = useForm<AccountValues, User>({
    name: "account",
    object: user.id,
    initial: values(account),
    version: account.version,
    labels: accountLabels(),
    check: accountCheck,
    read: values,
    versionOf: (thing) => accountOf(thing).version,
    show: showAccount(organizations),
    explain: (problem) =>
      problem.code === "support-options-used-up"
        ? { support_option: t("console-problem-support-options-used-up") }
        : undefined,
    async send(changed, version) {
      const own = session.get()?.user_id === user.id && changed.role !== account.role;
      if (own && !(await confirmed(ownRole(changed.role)))) throw new Problem(0, "cancelled");
      return api.PATCH("/users/{id}/account", { params: { path: { id: user.id } }, body: { version, ...accountBody(changed) } });
    },
    done(now) {
      set(now);
      done(t("console-saved"));
      // With one's own account one's rights change, and with them the menu.
      if (session.get()?.user_id === user.id) void loadSession().catch(failed);
    },
  });
  return (
    <FormView form={form}>
      <AccountFields form={form} organizations={organizations} current={account.role} />
      <div class="buttons">
        <Submit form={form}>{t("console-save")}</Submit>
      </div>
    </FormView>
  );
}

async function reissue({ user, set }: ChangeProps): Promise<void> {
  await acted(
    {
      title: t("console-reissue-title"),
      body: t("console-reissue-body", { name: user.display_name, email: mainAddress(user) }),
      action: t("console-reissue"),
      danger: true,
    },
    async () => {
      set(await api.POST("/users/{id}/account/reissue", { params: { path: { id: user.id } } }));
      done(t("console-reissued", { email: mainAddress(user) }));
    },
  );
}

async function take({ user, set }: ChangeProps): Promise<void> {
  await acted(
    {
      title: t("console-account-delete-title"),
      body: t("console-account-delete-body", { name: user.display_name }),
      action: t("console-account-delete"),
      danger: true,
    },
    async () => {
      set(await api.DELETE("/users/{id}/account", { params: { path: { id: user.id } } }));
      done(t("console-account-deleted", { name: user.display_name }));
    },
  );
}

export function AccountChange(props: ChangeProps) {
  const { account, user, organizations } = props;
  const own = session.get()?.user_id === user.id;
  return (
    <>
      <Details
        rows={[
          [t("console-account-name"), account.account],
          [t("console-field-state"), <State list="account-state" value={account.state} />],
          [t("console-field-last-login"), account.last_login_at ? <Time at={account.last_login_at} /> : t("console-never")],
        ]}
      />
      {may("accounts.write") ? (
        <>
          <Change {...props} />
          <div class="buttons">
            <Act run={() => reissue(props)}>{t("console-reissue")}</Act>
            {!own && (
              <Act tone="danger" run={() => take(props)}>
                {t("console-account-delete")}
              </Act>
            )}
          </div>
        </>
      ) : (
        <Details
          rows={[
            [t("console-field-role"), choice("role", account.role)],
            [t("console-field-organization"), organizations.find(({ id }) => id === account.organization)?.name],
            [t("console-field-support"), account.support_option ? t("console-yes") : ""],
            [t("console-field-locale"), LOCALES[account.locale]],
            [t("console-field-zone"), zoneName(account.time_zone)],
          ]}
        />
      )}
    </>
  );
}
