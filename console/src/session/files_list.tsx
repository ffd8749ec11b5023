// The files of a session on the page (Z6): what is offered to whom, and what each has become. A component for the desk's
// page and the customer's; what happens behind it is in files.ts.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t } from "../text";
import type { Channel } from "./channel";
import type { Offered } from "./control";
import { type Files as FilesOf, filesOf, type Own } from "./files";
import { FileReceived } from "./files_received";
import { sizeText } from "./size";
import "./files.css";

const HEADING = "files";

/** What is dropped anywhere else would take the browser away from the page. */
function useNoDrop(): void {
  useEffect(() => {
    const stop = (event: DragEvent) => event.preventDefault();
    addEventListener("dragover", stop);
    addEventListener("drop", stop);
    return () => {
      removeEventListener("dragover", stop);
      removeEventListener("drop", stop);
    };
  }, []);
}

function policyText({ largest, types }: { largest: number; types: string[] }): string {
  const limit = largest < Number.MAX_SAFE_INTEGER ? t("console-files-largest", { size: sizeText(largest) }) : "";
  const only = types.length ? t("console-files-types", { types: types.map((type) => `.${type}`).join(" ") }) : "";
  return [limit, only].filter(Boolean).join(" ");
}

function Choose({ of, files }: { of: Channel; files: FilesOf }) {
  const { files: policy, phase } = of.view.use();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [folder, setFolder] = useState(false);
  const ready = phase === "open";
  const offer = (chosen: Iterable<File>) => {
    for (const file of chosen) void files.offer(file);
  };
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!ready) return;
    const items = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === "file");
    const isFolder = (item: DataTransferItem) => item.webkitGetAsEntry()?.isDirectory === true;
    setFolder(items.some(isFolder));
    offer(items.filter((item) => !isFolder(item)).flatMap((item) => item.getAsFile() ?? []));
  };
  return (
    <div
      class={`drop${over ? " over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(ready);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <p id={`${id}-hint`}>{t("console-files-hint")}</p>
      <p class="hint">{policyText(policy)}</p>
      <button type="button" class="secondary" disabled={!ready} aria-describedby={`${id}-hint`} onClick={() => input.current?.click()}>
        {t("console-files-choose")}
      </button>
      <input
        ref={input}
        class="unseen"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={t("console-files-choose")}
        onChange={({ currentTarget }) => {
          offer([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
      <p class="error" role="alert">
        {folder && t("console-files-folder")}
      </p>
    </div>
  );
}

function Facts({ name, size, sha256, person }: { name: string; size: number; sha256: string; person?: string }) {
  return (
    <>
      <p class="file-name">{name}</p>
      <p class="hint">
        {sizeText(size)}
        {person && ` / ${t("console-files-from", { name: person })}`}
      </p>
      {sha256 && (
        <p class="hint file-hash">
          SHA-256 <code>{sha256}</code>
        </p>
      )}
    </>
  );
}

/** How an offer ended for each who answered. */
function Receipts({ of, id }: { of: Channel; id: string }) {
  const { receipts, names } = of.view.use();
  const found = receipts.get(id) ?? [];
  if (!found.length) return null;
  return (
    <ul class="receipts">
      {found.map(({ by, outcome }) => {
        const name = names.get(by) ?? t("console-files-somebody");
        return <li key={by}>{t(`console-files-received-${outcome}`, { name })}</li>;
      })}
    </ul>
  );
}

function OwnFile({ of, files, own }: { of: Channel; files: FilesOf; own: Own }) {
  const { you, roster, names, receipts, phase: session } = of.view.use();
  const { offer, phase, read, why, going } = own;
  const answers = receipts.get(offer.id) ?? [];
  const waits = answers.length === 0 || roster.some(({ id }) => id !== you && answers.every(({ by }) => by !== id));
  return (
    <li>
      <Facts {...offer} />
      {phase === "hashing" && (
        <p class="hint">
          {t("console-files-hashing")} <progress max={Math.max(offer.size, 1)} value={read} aria-label={t("console-files-hashing")} />
        </p>
      )}
      {phase === "offered" && waits && session !== "ended" && <p class="hint">{t("console-files-offered")}</p>}
      {phase === "refused" && <p class="outcome bad">{t(`console-files-refused-${why ?? "type"}`)}</p>}
      {phase === "changed" && <p class="outcome bad">{t("console-files-changed")}</p>}
      {[...going].map(([to, at]) => {
        const label = t("console-files-sending", { name: names.get(to) ?? t("console-files-somebody") });
        return (
          <p key={to} class="hint">
            {label} <progress max={Math.max(offer.size, 1)} value={at} aria-label={label} />
          </p>
        );
      })}
      <Receipts of={of} id={offer.id} />
      {session !== "ended" && (
        <button type="button" class="secondary small" onClick={() => files.withdraw(offer.id)}>
          {t(phase === "offered" ? "console-files-withdraw" : phase === "hashing" ? "console-files-stop" : "console-files-clear")}
        </button>
      )}
    </li>
  );
}

/** A file of somebody else, or one of this person's from before the page was loaded anew. */
function OfferedFile({ of, files, offer }: { of: Channel; files: FilesOf; offer: Offered }) {
  const { you, roster, receipts, phase } = of.view.use();
  const { receiving } = files.state.use();
  const current = receiving.get(offer.id);
  const mine = offer.by === you;
  const answered = receipts.get(offer.id)?.find(({ by }) => by === you)?.outcome;
  const here = roster.some(({ id }) => id === offer.by);
  return (
    <li>
      <Facts {...offer} />
      {mine && phase !== "ended" && (
        <>
          <p class="hint">{t("console-files-choose-again")}</p>
          <button type="button" class="secondary small" onClick={() => files.withdraw(offer.id)}>
            {t("console-files-withdraw")}
          </button>
        </>
      )}
      {!mine && current && <FileReceived files={files} receiving={current} />}
      {!mine && !current && phase !== "ended" && (
        <div class="buttons">
          <button type="button" class="primary small" disabled={!here} onClick={() => files.accept(offer)}>
            {t(answered ? "console-files-accept-again" : "console-files-accept")}
          </button>
          {!answered && (
            <button type="button" class="secondary small" onClick={() => void files.decline(offer)}>
              {t("console-files-decline")}
            </button>
          )}
        </div>
      )}
      {!mine && !current && !here && phase !== "ended" && <p class="hint">{t("console-files-away")}</p>}
      <Receipts of={of} id={offer.id} />
    </li>
  );
}

/** What waits for this person's answer, where they see it whatever else they look at. */
export function FilesWaiting({ of }: { of: Channel }) {
  const { you, phase, offers, roster } = of.view.use();
  const files = filesOf(of);
  files.state.use();
  const here = (by: number) => by !== you && roster.some(({ id }) => id === by);
  const waiting = offers.find(({ id, by }) => here(by) && !files.answered.has(id));
  if (!waiting || phase !== "open") return null;
  return (
    <p class="outcome caution">
      {t("console-files-waiting", { name: waiting.person })}{" "}
      <button type="button" class="plain" onClick={() => document.getElementById(HEADING)?.focus()}>
        {t("console-files-waiting-show")}
      </button>
    </p>
  );
}

export function Files({ of }: { of: Channel }) {
  const { abilities, offers, phase } = of.view.use();
  const files = filesOf(of);
  const { own, receiving } = files.state.use();
  useNoDrop();
  if (!abilities.includes("files")) return null;
  const served = new Set(own.map(({ offer }) => offer.id));
  // What was received stays in sight when its offer is taken back, or the session has ended.
  const kept = [...receiving.values()].map(({ offer }) => offer).filter((offer) => !offers.some((one) => one.id === offer.id));
  const others = [...offers.filter((offer) => !served.has(offer.id)), ...kept];
  if (phase === "ended" && own.length + others.length === 0) return null;
  return (
    <section class="section files" aria-labelledby={HEADING}>
      <h2 id={HEADING} tabIndex={-1}>
        {t("console-files")}
      </h2>
      {phase !== "ended" && <Choose of={of} files={files} />}
      <ul class="file-list">
        {own.map((one) => (
          <OwnFile key={one.offer.id} of={of} files={files} own={one} />
        ))}
        {others.map((offer) => (
          <OfferedFile key={offer.id} of={of} files={files} offer={offer} />
        ))}
      </ul>
    </section>
  );
}
