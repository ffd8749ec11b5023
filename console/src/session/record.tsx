// The record of a session: who was in it and when, what was done, written, typed and handed over. It loads when somebody
// wants to read it.

import { useEffect, useState } from "preact/hooks";
import { choice, deedText } from "../names";
import { Failed, Waiting } from "../parts/load";
import { Time } from "../parts/shown";
import { Problem } from "../problem";
import { t } from "../text";
import type { SessionReport } from "../types";

export type RecordPage = { items: SessionReport[]; cursor: string | null };
export type LoadRecord = (cursor?: string) => Promise<RecordPage>;

type Party = { name: string } | { machine: string };

const nameOf = (party: Party) => ("machine" in party ? party.machine : party.name);

function size(bytes: number): string {
  return t("console-record-bytes", { bytes });
}

/** Who did it, and what; nothing for what has a place of its own. */
function told(report: SessionReport): [string, string] | undefined {
  switch (report.event) {
    case "opened":
    case "taken":
    case "typed":
      return undefined;
    case "agent_joined":
      return [t("console-launch-at-machine"), t("console-record-connected")];
    case "joined":
    case "left":
      return [nameOf(report.by), t(`console-record-${report.event}`)];
    case "removed":
      return [nameOf(report.by), t("console-record-removed", { name: nameOf(report.who) })];
    case "sharing":
      return [nameOf(report.by), t(report.surface ? `console-record-shared-${report.surface}` : "console-record-unshared")];
    case "said":
      return [nameOf(report.by), report.text];
    case "offered":
      return [nameOf(report.by), t("console-record-offered", { file: report.file.name, size: size(report.file.size) })];
    case "received":
      return [nameOf(report.by), t(`console-record-received-${report.outcome}`, { file: report.file.name, from: nameOf(report.from) })];
    case "did": {
      const what = report.detail ? t("console-record-detail", { what: choice("ability", report.ability), detail: deedText(report.detail) }) : choice("ability", report.ability);
      return [nameOf(report.by), report.outcome === "done" ? what : t("console-launch-deed", { what, outcome: choice("deed-outcome", report.outcome) })];
    }
    case "locked":
      return ["", t("console-launch-step-locked")];
    case "ended":
      return [report.by ? nameOf(report.by) : "", t("console-record-ended", { why: choice("launch-end-state", report.why) })];
  }
}

function Entry({ of }: { of: SessionReport }) {
  const found = told(of);
  if (!found) return null;
  const [who, what] = found;
  return (
    <li class={of.event === "said" ? "said" : ""}>
      <span class="when">
        <Time at={of.at} />
      </span>
      <span>
        {who && <span class="hint">{who}</span>}
        <span class="pre-line">{what}</span>
        {of.event === "offered" && (
          <>
            {" "}
            <code class="hash">SHA-256 {of.file.sha256}</code>
          </>
        )}
      </span>
    </li>
  );
}

/** What was typed and shown, as a file that players of asciicast v2 show. */
function Terminal({ lines, began }: { lines: string; began: number }) {
  const save = () => {
    const header = `${JSON.stringify({ version: 2, width: 80, height: 24, timestamp: began })}\n`;
    const url = URL.createObjectURL(new Blob([header, lines], { type: "application/x-asciicast" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "terminal.cast";
    link.click();
    // The browser has its own hold on it by then.
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  return (
    <p>
      {t("console-record-terminal")}{" "}
      <button type="button" class="secondary small" onClick={save}>
        {t("console-record-terminal-save")}
      </button>
    </p>
  );
}

export default function Record({ load }: { load: LoadRecord }) {
  const [items, setItems] = useState<SessionReport[]>();
  const [cursor, setCursor] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem>();
  const more = async (from?: string) => {
    setProblem(undefined);
    try {
      const page = await load(from);
      setItems((before) => [...(from ? (before ?? []) : []), ...page.items]);
      setCursor(page.cursor);
    } catch (error) {
      setProblem(Problem.from(error));
    }
  };
  useEffect(() => void more(), []);
  if (!items) return problem ? <Failed problem={problem} retry={() => void more()} /> : <Waiting />;
  const shown = items.filter((report) => told(report));
  const typed = items.flatMap((report) => (report.event === "typed" ? [report.lines] : [])).join("");
  return (
    <>
      {shown.length === 0 && <p>{t("console-record-none")}</p>}
      <ol class="timeline record">
        {items.map((report) => (
          <Entry key={report.number} of={report} />
        ))}
      </ol>
      {problem && <Failed problem={problem} retry={() => void more(cursor ?? undefined)} />}
      {cursor && !problem && (
        <button type="button" class="secondary" onClick={() => void more(cursor)}>
          {t("console-record-more")}
        </button>
      )}
      {typed && !cursor && <Terminal lines={typed} began={items[0]?.at ?? 0} />}
    </>
  );
}
