// Mails that have not left, and those that could not be delivered.

import { useState } from "preact/hooks";
import { part, post } from "../api";
import { done, failed } from "../parts/feedback";
import { List } from "../parts/list";
import { Page } from "../parts/page";
import { Act, State, Time } from "../parts/shown";
import { maybe, t } from "../text";
import type { Mail } from "../types";
import { countAgain } from "../waiting";

export default function Mails() {
  const [turn, setTurn] = useState(0);
  const retry = async (mail: Mail) => {
    try {
      await post(`mails/${part(mail.id)}/retry`);
      done(t("console-mail-retried"));
      setTurn((count) => count + 1);
      countAgain();
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Page title={t("console-nav-mails")} lead={t("console-mails-lead")}>
      <List<Mail>
        caption={t("console-nav-mails")}
        path="mails"
        query={{}}
        turn={turn}
        id={({ id }) => id}
        empty={<p>{t("console-mails-none")}</p>}
        columns={[
          { label: t("console-mail-kind"), cell: ({ kind }) => maybe(`console-mail-kind-${kind.replaceAll(/[._]/g, "-")}`) ?? kind },
          { label: t("console-field-created"), cell: ({ created_at }) => <Time at={created_at} /> },
          { label: t("console-field-state"), cell: ({ state }) => <State list="mail-state" value={state} /> },
          { label: t("console-mail-attempts"), cell: ({ attempts }) => attempts },
          { label: t("console-mail-next"), cell: ({ next_at }) => <Time at={next_at} /> },
          { label: t("console-mail-error"), cell: ({ last_error }) => last_error ?? t("console-none") },
          {
            label: t("console-mail-action"),
            cell: (mail) =>
              mail.state === "undeliverable" ? (
                <Act small run={() => retry(mail)}>
                  {t("console-mail-retry")}
                </Act>
              ) : (
                t("console-none")
              ),
          },
        ]}
      />
    </Page>
  );
}
