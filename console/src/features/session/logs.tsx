// The log files of a machine: the tail of one, to read, to copy, and as a file.

import { useId, useState } from "preact/hooks";
import { done } from "../../parts/feedback";
import { Section } from "../../parts/shown";
import type { Channel } from "../../session/channel";
import { t } from "../../text";
import { Nothing, useBrought } from "./brought";
import { readLog } from "./reports";

interface Tail {
  log: string;
  bytes: Uint8Array<ArrayBuffer>;
  text: string;
}

/** The bytes as they are, so that no encoding is lost. */
function save({ log, bytes }: Tail): void {
  const url = URL.createObjectURL(new Blob([bytes]));
  const link = document.createElement("a");
  link.href = url;
  link.download = log.replace(/[/\\]/g, "-");
  link.click();
  // The browser has its own hold on it by then.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

async function copy({ text }: Tail): Promise<void> {
  await navigator.clipboard?.writeText(text).then(
    () => done(t("console-copied")),
    () => undefined,
  );
}

function Shown({ of }: { of: Tail }) {
  return (
    <>
      <h3>{of.log}</h3>
      {of.text ? (
        <pre class="log" tabIndex={0} aria-label={t("console-session-log-of", { log: of.log })}>
          {of.text}
        </pre>
      ) : (
        <p>{t("console-session-log-empty")}</p>
      )}
      <div class="buttons">
        <button type="button" class="secondary small" onClick={() => void copy(of)}>
          {t("console-copy")}
        </button>
        <button type="button" class="secondary small" onClick={() => save(of)}>
          {t("console-session-log-save")}
        </button>
      </div>
    </>
  );
}

export function Logs({ of, names }: { of: Channel; names: string[] | undefined }) {
  const id = useId();
  const [chosen, setChosen] = useState<string>();
  const log = chosen ?? names?.[0] ?? "";
  const tail = useBrought<Tail>(of, (bytes) => ({ log, bytes, text: readLog(bytes) }));
  return (
    <Section title={t("console-session-logs")}>
      {!names && <p>{t("console-session-logs-first")}</p>}
      {names?.length === 0 && <p>{t("console-session-logs-none")}</p>}
      {names && names.length > 0 && (
        <>
          <div class="field">
            <label for={id}>{t("console-session-log")}</label>
            <p class="hint">{t("console-session-log-hint")}</p>
            <select id={id} value={log} onChange={(event) => setChosen(event.currentTarget.value)}>
              {names.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <button type="button" class="secondary" disabled={!tail.ready} onClick={() => void tail.run({ what: "log_tail", log })}>
            {t(tail.busy ? "console-session-doing" : "console-session-log-show")}
          </button>
        </>
      )}
      <Nothing why={tail.why} />
      {tail.found && <Shown of={tail.found} />}
    </Section>
  );
}
