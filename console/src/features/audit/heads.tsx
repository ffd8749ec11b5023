// The signed heads of the audit log.

import { api } from "../../api";
import { Table } from "../../parts/list";
import { Show, useLoad } from "../../parts/load";
import { Time } from "../../parts/shown";
import { t } from "../../text";

export function Heads() {
  const loaded = useLoad(() => api.GET("/audit/heads"));
  return (
    <Show of={loaded}>
      {({ items }) =>
        items.length ? (
          <div class="scroll" role="region" aria-label={t("console-audit-heads")} tabIndex={0}>
            <Table
              caption={t("console-audit-heads")}
              items={items}
              id={({ seq, at }) => `${seq}-${at}`}
              columns={[
                { label: t("console-audit-at"), cell: ({ at }) => <Time at={at} /> },
                { label: t("console-audit-seq"), cell: ({ seq }) => seq },
                { label: t("console-audit-hash"), cell: ({ hash }) => <code>{hash}</code> },
              ]}
            />
          </div>
        ) : (
          <p class="empty">{t("console-audit-heads-none")}</p>
        )
      }
    </Show>
  );
}
