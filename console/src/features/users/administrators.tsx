// The people with an account: what each may do, and whether the account is in use (C5 to C7).

import { choice } from "../../names";
import { Filters, SearchBox } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { Breakable, State, Time } from "../../parts/shown";
import { href, route } from "../../router";
import { may } from "../../session";
import { t } from "../../text";

export default function Administrators() {
  const { query } = route.use();
  const q = query.get("q") ?? "";
  return (
    <Page
      title={t("console-nav-administrators")}
      lead={t("console-administrators-lead")}
      actions={
        may("accounts.write") && (
          <>
            <a class="button secondary small" href={`${href("users")}?account=false`}>
              {t("console-administrators-add")}
            </a>
            <a class="button primary small" href={href("administrators", "new")}>
              {t("console-administrator-add")}
            </a>
          </>
        )
      }
    >
      <Filters>
        <SearchBox label={t("console-search")} hint={t("console-users-search")} />
      </Filters>
      <List
        caption={t("console-nav-administrators")}
        path="/users"
        query={{ account: "true", q }}
        id={(item) => item.id}
        link={(item) => href("users", item.id)}
        empty={<p>{t("console-list-empty")}</p>}
        columns={[
          { label: t("console-field-person"), cell: (item) => item.display_name },
          { label: t("console-account-name"), cell: (item) => <Breakable>{item.account?.account ?? ""}</Breakable> },
          { label: t("console-field-role"), cell: (item) => choice("role", item.account?.role ?? "") },
          {
            label: t("console-field-support"),
            cell: (item) => (item.account?.support_option ? t("console-yes") : t("console-none")),
          },
          {
            label: t("console-field-state"),
            cell: (item) => <State list="account-state" value={item.account?.state ?? ""} />,
          },
          {
            label: t("console-field-last-login"),
            cell: (item) => (item.account?.last_login_at ? <Time at={item.account.last_login_at} /> : t("console-never")),
          },
        ]}
      />
    </Page>
  );
}
