// Mails that could not be delivered.

import { useState } from "preact/hooks";
import { api } from "../../api";
import { done, failed } from "../../parts/feedback";
import { ExportLink, FilterOrder, Filters } from "../../parts/filters";
import { List } from "../../parts/list";
import { Page } from "../../parts/page";
import { Act, Breakable, Time } from "../../parts/shown";
import { chosen, route } from "../../router";
import { maybe, t } from "../../text";
import type { Mail } from "../../types";
import { countAgain } from "../../waiting";

function kindOf({ kind }: Mail): string {
  return maybe(`console-mail-kind-${kind.replaceAll("_", "-")}`) ?? kind;
}

export default function Mails() {
  const [turn, setTurn] = useState(0);
  const asked = { order: chosen(route.use().query, "order", ["oldest"]) };
  const retry = async (mail: Mail) => {
    try {
      await api.POST("/mails/{id}/retry", { params: { path: { id: mail.id } } });
      done(t("console-mail-retried", { kind: kindOf(mail) }));
      setTurn((count) => count + 1);
      countAgain();
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Page title={t("console-nav-mails")} lead={t("console-mails-lead")} actions={<ExportLink path="/mails/export" query={asked} />}>
      <Filters>
        <FilterOrder />
      </Filters>
      <List
        caption={t("console-nav-mails")}
        path="/mails"
        query={asked}
        turn={turn}
        id={({ id }) => id}
        empty={<p>{t("console-mails-none")}</p>}
        columns={[
          { label: t("console-mail-kind"), cell: kindOf, below: ({ to }) => to && <Breakable>{to}</Breakable> },
          { label: t("console-field-created"), cell: ({ created_at }) => <Time at={created_at} /> },
          { label: t("console-mail-attempts"), cell: ({ attempts }) => attempts },
          { label: t("console-mail-error"), cell: ({ last_error }) => <span class="breaks">{last_error ?? t("console-none")}</span> },
          {
            label: t("console-mail-action"),
            cell: (mail) => (
              <Act small label={t("console-act-on", { act: t("console-mail-retry"), name: kindOf(mail) })} run={() => retry(mail)}>
                {t("console-mail-retry")}
              </Act>
            ),
          },
        ]}
      />
    </Page>
  );
}
