// One person: their data, and their account (C3, C4).

import { api } from "../../api";
import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Details, Section, Time } from "../../parts/shown";
import { href, type PageProps, replace } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { Organization, User } from "../../types";
import { loadOrganizations } from "../organizations/data";
import { AccountChange } from "./account_change";
import { AccountNew } from "./account_new";
import { showEmails } from "./emails_field";
import { phoneticShown } from "./phonetic";
import { userBody, UserFields, userTexts, userValues, type UserValues } from "./user_form";

interface Of {
  user: User;
  organizations: Organization[];
  set: (now: User) => void;
}

function Change({ user, organizations, set }: Of) {
  const form = useForm<UserValues, User>({
    name: "user",
    object: user.id,
    initial: userValues(user),
    version: user.version,
    ...userTexts(organizations),
    read: (thing) => userValues(thing as User),
    send: (values, version) =>
      api.PATCH("/users/{id}", { params: { path: { id: user.id } }, body: { version, ...userBody(values) } }),
    done(now) {
      set(now);
      done(t("console-saved"));
    },
  });
  return (
    <FormView form={form}>
      <UserFields form={form} organizations={organizations} />
      <div class="buttons">
        <Submit form={form}>{t("console-save")}</Submit>
      </div>
    </FormView>
  );
}

async function removeUser(user: User): Promise<void> {
  await acted(
    {
      title: t("console-user-delete-title", { name: user.display_name }),
      body: t("console-user-delete-body", { name: user.display_name }),
      action: t("console-user-delete"),
      danger: true,
    },
    async () => {
      await api.DELETE("/users/{id}", { params: { path: { id: user.id } } });
      replace("users");
      done(t("console-user-deleted", { name: user.display_name }));
    },
  );
}

function Shown(of: Of) {
  const { user, organizations } = of;
  return (
    <>
      {may("users.write") ? (
        <Change {...of} />
      ) : (
        <Details
          rows={[
            [t("console-field-person"), user.display_name],
            [t("console-field-phonetic"), phoneticShown() ? user.phonetic_name : null],
            [t("console-field-emails"), <span class="pre-line">{showEmails(user.emails)}</span>],
            [t("console-field-organization"), organizations.find(({ id }) => id === user.organization)?.name],
          ]}
        />
      )}
      <Section title={t("console-account-title")}>
        {user.account ? <AccountChange {...of} account={user.account} /> : <AccountNew {...of} />}
      </Section>
      <Section title={t("console-user-record")}>
        <Details
          rows={[
            [t("console-field-external"), user.external_id],
            [t("console-field-created"), <Time at={user.created_at} />],
            [t("console-field-updated"), <Time at={user.updated_at} />],
          ]}
        />
      </Section>
      {may("users.write") && (
        <Section title={t("console-user-delete")}>
          {user.account ? (
            <p class="hint">{t("console-user-delete-account-first")}</p>
          ) : (
            <Act tone="danger" run={() => removeUser(user)}>
              {t("console-user-delete")}
            </Act>
          )}
        </Section>
      )}
    </>
  );
}

export default function UserPage({ id }: PageProps) {
  const loaded = useLoad(async () => {
    const [user, organizations] = await Promise.all([api.GET("/users/{id}", { params: { path: { id } } }), loadOrganizations()]);
    return { user, organizations };
  });
  return (
    <Page
      title={loaded.data?.user.display_name ?? t("console-user-title")}
      back={{ href: href("users"), label: t("console-nav-users") }}
    >
      <Show of={loaded}>
        {({ user, organizations }) => (
          <Shown user={user} organizations={organizations} set={(now) => loaded.set({ user: now, organizations })} />
        )}
      </Show>
    </Page>
  );
}
