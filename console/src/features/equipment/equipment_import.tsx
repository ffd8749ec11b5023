// Registers and changes equipment from a CSV file (B17): what the file would do is shown first, row by row, and nothing is
// done before the reader says so. One wrong row stops the whole file.

import { useEffect, useRef, useState } from "preact/hooks";
import { api, exported } from "../../api";
import { failed } from "../../parts/feedback";
import { base64Of } from "../../parts/file";
import { Page } from "../../parts/page";
import { Details, Section } from "../../parts/shown";
import { place } from "../../place";
import { Problem } from "../../problem";
import { href } from "../../router";
import { t } from "../../text";
import type { ImportReport } from "../../types";
import { columnName, COLUMNS, fileCause, right } from "./import_words";
import { Report } from "./import_report";
import "./equipment.css";

/** Largest file, in bytes. */
const LARGEST = 1024 * 1024;
/** Tells a spreadsheet that the file is UTF-8. */
const BYTE_ORDER_MARK = "\ufeff";

/** A file with the headings alone, in the reader's language. */
function template(): string {
  const headings = COLUMNS.map(columnName).join(",");
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`${BYTE_ORDER_MARK}${headings}\r\n`)}`;
}

function Help() {
  return (
    <Section title={t("console-import-help")}>
      <p>{t("console-import-help-lead")}</p>
      <div class="buttons">
        <a class="button secondary small" href={template()} download={`${place.slug}-equipment-template.csv`}>
          {t("console-import-template")}
        </a>
        <a class="button secondary small" href={exported("/equipment/export", { format: "csv", state: "active" })} download>
          {t("console-import-current")}
        </a>
      </div>
      <Details rows={COLUMNS.map((column) => [columnName(column), right(column)])} />
      <p class="hint">{t("console-import-help-more")}</p>
    </Section>
  );
}

interface Chosen {
  name: string;
  data: string;
  report: ImportReport;
  /** Counts the reports: each is shown from its beginning. */
  turn: number;
}

/** Why a file is not even sent. */
function refusal({ size }: File): string | undefined {
  if (size === 0) return t("console-import-empty");
  return size > LARGEST ? t("console-import-large") : undefined;
}

/** What a refusal says of the file; undefined where it is not about the file. */
function ofFile(problem: Problem): string | undefined {
  if (problem.code === "too-large") return t("console-import-large");
  return problem.field === "data" ? fileCause(problem.detail) : undefined;
}

const imported = (data: string, dry_run: boolean) => api.POST("/equipment/import", { body: { data, dry_run } });

function summary(report: ImportReport): string {
  const { created, updated, unchanged } = report;
  return t("console-import-summary", { created, updated, unchanged });
}

function Checked({ of, busy, go }: { of: Chosen; busy: boolean; go: () => void }) {
  const { report } = of;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [report]);
  const idle = report.created + report.updated === 0;
  return (
    <section class="section">
      <h2 ref={heading} tabIndex={-1}>
        {t(report.imported ? "console-import-result" : "console-import-check", { name: of.name })}
      </h2>
      {report.imported && <p class="outcome good">{summary(report)}</p>}
      {!report.imported && report.wrong > 0 && <p class="outcome bad">{t("console-import-wrong", { count: report.wrong })}</p>}
      {!report.imported && report.wrong === 0 && <p>{idle ? t("console-import-idle") : t("console-import-ready", { created: report.created, updated: report.updated })}</p>}
      {!report.imported && report.wrong === 0 && !idle && (
        <div class="buttons">
          <button type="button" class="primary" aria-disabled={busy} onClick={go}>
            {busy ? t("console-sending") : t("console-import-go")}
          </button>
        </div>
      )}
      {report.imported && (
        <div class="buttons">
          <a class="button primary" href={href("equipment")}>
            {t("console-import-list")}
          </a>
        </div>
      )}
      <Report key={of.turn} of={report} />
    </section>
  );
}

export default function EquipmentImport() {
  const [chosen, setChosen] = useState<Chosen>();
  const [refused, setRefused] = useState("");
  const [busy, setBusy] = useState(false);
  /** Asks what the file would do; only the last file that was chosen counts. */
  const turn = useRef(0);
  const check = async (name: string, data: string, own: number) => {
    const report = await imported(data, true);
    if (own === turn.current) setChosen({ name, data, report, turn: own });
  };
  const attempt = async (run: (own: number) => Promise<void>) => {
    turn.current += 1;
    const own = turn.current;
    setBusy(true);
    setRefused("");
    try {
      await run(own);
    } catch (error) {
      if (own !== turn.current) return;
      const text = ofFile(Problem.from(error));
      if (text) setRefused(text);
      else failed(error);
    } finally {
      if (own === turn.current) setBusy(false);
    }
  };
  const choose = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    // The same file can be chosen again once it was corrected.
    input.value = "";
    if (!file) return undefined;
    setChosen(undefined);
    return attempt(async (own) => {
      const wrong = refusal(file);
      if (wrong) setRefused(wrong);
      else await check(file.name, await base64Of(file), own);
    });
  };
  const go = ({ name, data }: Chosen) =>
    attempt(async (own) => {
      try {
        const report = await imported(data, false);
        setChosen({ name, data, report, turn: own });
      } catch (error) {
        // What was right when it was checked may be wrong by now: the rows say what.
        if (Problem.from(error).field !== "data") throw error;
        await check(name, data, own);
      }
    });
  return (
    <Page
      title={t("console-import-title")}
      lead={t("console-import-lead")}
      back={{ href: href("equipment"), label: t("console-nav-equipment") }}
    >
      <Section title={t("console-import-file")}>
        <p class="hint" id="import-hint">
          {t("console-import-file-hint")}
        </p>
        <p class="error" role="alert" id="import-error">
          {refused}
        </p>
        {/* The browser's own button speaks the browser's language. */}
        <label class={chosen ? "button secondary file" : "button primary file"}>
          <input class="unseen" type="file" accept=".csv,text/csv" aria-describedby="import-hint import-error" onChange={(event) => void choose(event.currentTarget)} />
          {t(chosen ? "console-import-choose-other" : "console-import-choose")}
        </label>
        <p role="status">{busy && !chosen ? t("console-import-checking") : ""}</p>
      </Section>
      {chosen && <Checked of={chosen} busy={busy} go={() => busy || void go(chosen)} />}
      {!chosen && <Help />}
    </Page>
  );
}
