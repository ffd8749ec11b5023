// Adds a person (C3).

import { api, under } from "../../api";
import { done } from "../../parts/feedback";
import { FormView, Submit, useForm } from "../../parts/form";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { href, replace } from "../../router";
import { session } from "../../session";
import { t } from "../../text";
import type { Organization, User } from "../../types";
import { loadOrganizations } from "../organizations/data";
import { NEW_USER, userBody, UserFields, userTexts, type UserValues } from "./user_form";

function New({ organizations }: { organizations: Organization[] }) {
  const form = useForm<UserValues, User>({
    name: "user",
    initial: { ...NEW_USER, organization: session.get()?.organization ?? "" },
    ...userTexts(organizations),
    send: (values, _, key) => api.POST("/users", { body: userBody(values), ...under(key) }),
    done(user) {
      replace("users", user.id);
      done(t("console-user-added", { name: user.display_name }));
    },
  });
  return (
    <FormView form={form}>
      <UserFields form={form} organizations={organizations} />
      <div class="buttons">
        <Submit form={form}>{t("console-add")}</Submit>
        <a class="button secondary" href={href("users")} onClick={form.discard}>
          {t("console-cancel")}
        </a>
      </div>
    </FormView>
  );
}

export default function UserNew() {
  const organizations = useLoad(loadOrganizations);
  return (
    <Page title={t("console-user-add")} back={{ href: href("users"), label: t("console-nav-users") }}>
      <Show of={organizations}>{(all) => <New organizations={all} />}</Show>
    </Page>
  );
}
