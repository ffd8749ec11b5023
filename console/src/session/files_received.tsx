// A file that is being received, on the page: how far it is, what can be done about it, and saving it in the end.

import { useState } from "preact/hooks";
import { countdown } from "../dates";
import { t } from "../text";
import type { Files } from "./files";
import type { Receiving, ReceivingState } from "./receiving";
import { rateText, sizeText } from "./size";

/** How long the browser may copy a saved file before it is removed here: at least, in ms, and for each byte. */
const COPIED = 60_000;
const COPIED_BYTE = 1 / 20_000;

/** Hands the file to the browser's downloads, which read it from the disk. */
function hand(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), COPIED + content.size * COPIED_BYTE);
}

/** 3:20 left, or below a minute so many seconds. */
function leftText(bytes: number, rate: number): string {
  const seconds = Math.ceil(bytes / rate);
  return t("console-files-left", { time: countdown(seconds) });
}

function Progress({ state, size }: { state: ReceivingState; size: number }) {
  const { got, rate, phase } = state;
  const parts = [t("console-files-progress", { got: sizeText(got), size: sizeText(size) })];
  if (rate !== undefined && rate > 0 && phase === "running") parts.push(rateText(rate), leftText(size - got, rate));
  return (
    <>
      <progress max={Math.max(size, 1)} value={got} aria-label={t("console-files-progress-label")} />
      <p class="hint">{parts.join(" / ")}</p>
    </>
  );
}

function Save({ files, receiving }: { files: Files; receiving: Receiving }) {
  const { offer } = receiving;
  const [saved, setSaved] = useState(false);
  const save = async () => {
    const content = await receiving.content();
    if (!content) return;
    hand(content, offer.name);
    if (!saved) files.saved(receiving, COPIED + offer.size * COPIED_BYTE);
    setSaved(true);
  };
  return (
    <>
      <p class="outcome good" role="status">
        {t(saved ? "console-files-saved" : "console-files-ready")}
      </p>
      <button type="button" class={saved ? "secondary small" : "primary small"} onClick={() => void save()}>
        {t(saved ? "console-files-save-again" : "console-files-save")}
      </button>
    </>
  );
}

export function FileReceived({ files, receiving }: { files: Files; receiving: Receiving }) {
  const state = receiving.state.use();
  const { phase, lasts } = state;
  const { offer } = receiving;
  if (phase === "ready") return <Save files={files} receiving={receiving} />;
  const under = phase === "running" || phase === "paused" || phase === "waiting" || phase === "checking";
  const stop = () => void (under ? files.decline(offer) : files.forget(offer.id));
  return (
    <>
      {under && <Progress state={state} size={offer.size} />}
      {!lasts && <p class="hint">{t("console-files-in-memory")}</p>}
      <p class={under ? "hint" : "outcome bad"} role="status">
        {phase === "running" ? "" : t(`console-files-phase-${phase}`)}
      </p>
      <div class="buttons">
        {phase === "running" && (
          <button type="button" class="secondary small" onClick={() => receiving.pause()}>
            {t("console-files-pause")}
          </button>
        )}
        {(phase === "paused" || phase === "waiting") && (
          <button type="button" class="secondary small" onClick={() => receiving.resume()}>
            {t("console-files-resume")}
          </button>
        )}
        <button type="button" class="secondary small" onClick={stop}>
          {t(under ? "console-files-stop" : "console-files-clear")}
        </button>
      </div>
    </>
  );
}
