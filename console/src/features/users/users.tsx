// The people of the tenant (C3).

import { ExportLink, Filters, FilterSelect, SearchBox } from "../../parts/filters";
import { List } from "../../parts/list";
import { useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Breakable, State } from "../../parts/shown";
import { chosen, href, route } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { User } from "../../types";
import { loadOrganizations, places } from "../organizations/data";
import { phoneticShown } from "./phonetic";

export function mainAddress(user: User): string {
  return user.emails.find(({ primary }) => primary)?.value ?? "";
}

export default function Users() {
  const { query } = route.use();
  const organizations = useLoad(loadOrganizations);
  const offered = places(organizations.data ?? []);
  const names = new Map(organizations.data?.map(({ id, name }) => [id, name]));
  const asked = {
    q: query.get("q") ?? "",
    organization: query.get("organization") ?? "",
    account: chosen(query, "account", ["true", "false"]),
    sort: phoneticShown() ? chosen(query, "sort", ["phonetic_name"]) : undefined,
  };
  return (
    <Page
      title={t("console-nav-users")}
      actions={
        <>
          <ExportLink path="/users/export" query={asked} />
          {may("accounts.write") && (
            <a class="button secondary small" href={href("administrators", "new")}>
              {t("console-administrator-add")}
            </a>
          )}
          {may("users.write") && (
            <a class="button primary small" href={href("users", "new")}>
              {t("console-user-add")}
            </a>
          )}
        </>
      }
    >
      <Filters>
        <SearchBox label={t("console-search")} hint={t("console-users-search")} />
        {offered.length > 0 && (
          <FilterSelect name="organization" label={t("console-field-organization")} options={[["", t("console-filter-all")], ...offered]} />
        )}
        <FilterSelect
          name="account"
          label={t("console-field-account")}
          options={[
            ["", t("console-filter-all")],
            ["true", t("console-users-with-account")],
            ["false", t("console-users-without-account")],
          ]}
        />
        {phoneticShown() && (
          <FilterSelect
            name="sort"
            label={t("console-filter-sort")}
            options={[
              ["", t("console-field-person")],
              ["phonetic_name", t("console-field-phonetic")],
            ]}
          />
        )}
      </Filters>
      <List
        caption={t("console-nav-users")}
        path="/users"
        query={asked}
        id={(item) => item.id}
        link={(item) => href("users", item.id)}
        empty={<p>{t(asked.q || asked.organization || asked.account ? "console-list-empty" : "console-users-none")}</p>}
        columns={[
          { label: t("console-field-person"), cell: (item) => item.display_name },
          ...(phoneticShown()
            ? [{ label: t("console-field-phonetic"), cell: ({ phonetic_name }: User) => phonetic_name ?? t("console-none") }]
            : []),
          { label: t("console-field-email"), cell: (item) => <Breakable>{mainAddress(item)}</Breakable> },
          { label: t("console-field-organization"), cell: (item) => names.get(item.organization ?? "") ?? t("console-none") },
          {
            label: t("console-field-account"),
            cell: (item) =>
              item.account ? (
                <>
                  <Breakable>{item.account.account}</Breakable> <State list="role" value={item.account.role} />
                </>
              ) : (
                t("console-none")
              ),
          },
        ]}
      />
    </Page>
  );
}
