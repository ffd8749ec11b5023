// What an import does with each row of a file, or why it does nothing.

import { useState } from "preact/hooks";
import { CHOICES } from "../../choices";
import { choice } from "../../names";
import { Table } from "../../parts/list";
import { State } from "../../parts/shown";
import { t } from "../../text";
import type { ImportReport, ImportRow } from "../../types";
import { cause, columnName } from "./import_words";

/** Rows that are drawn at a time. */
const AT_ONCE = 100;

type Outcome = ImportRow["outcome"];

/** What a person looks at first: what is wrong, or else everything. */
function first(report: ImportReport): Outcome | "" {
  return report.wrong > 0 ? "error" : "";
}

function Told({ of }: { of: ImportRow }) {
  if (of.errors.length === 0) return <>{of.changes.map(columnName).join(t("console-comma")) || t("console-none")}</>;
  return (
    <>
      {of.errors.map((error, index) => (
        <span class="cause prose" key={index}>
          {t("console-error-of", { field: columnName(error.column), error: cause(error) })}
        </span>
      ))}
    </>
  );
}

export function Report({ of }: { of: ImportReport }) {
  const [only, setOnly] = useState<Outcome | "">(first(of));
  const [most, setMost] = useState(AT_ONCE);
  const rows = of.rows.filter(({ outcome }) => !only || outcome === only);
  const counts: Record<Outcome, number> = { create: of.created, update: of.updated, unchanged: of.unchanged, error: of.wrong };
  const present = CHOICES["import-outcome"].filter((outcome) => counts[outcome] > 0);
  const show = (outcome: Outcome | "") => {
    setOnly(outcome);
    setMost(AT_ONCE);
  };
  return (
    <>
      <div class="buttons" role="group" aria-label={t("console-import-filter")}>
        {(["", ...present] as const).map((outcome) => (
          <button key={outcome} type="button" class="secondary small" aria-pressed={only === outcome} onClick={() => show(outcome)}>
            {t("console-import-count", {
              name: outcome ? choice("import-outcome", outcome) : t("console-filter-all"),
              count: outcome ? counts[outcome] : of.rows.length,
            })}
          </button>
        ))}
      </div>
      <Table
        caption={t("console-import-rows")}
        items={rows.slice(0, most)}
        id={({ row }) => String(row)}
        columns={[
          { label: t("console-import-row"), cell: ({ row }) => row },
          { label: t("console-equipment-serial"), cell: ({ serial_number }) => serial_number || t("console-none") },
          { label: t("console-import-outcome"), cell: ({ outcome }) => <State list="import-outcome" value={outcome} /> },
          { label: t("console-import-told"), cell: (row) => <Told of={row} /> },
        ]}
      />
      {rows.length > most && (
        <button type="button" class="secondary more" onClick={() => setMost(most + AT_ONCE)}>
          {t("console-list-more")}
        </button>
      )}
    </>
  );
}
