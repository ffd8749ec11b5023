// One's own screen in the session: what is shared of it, said at the top at every moment, and what changes that.

import { useLayoutEffect, useRef } from "preact/hooks";
import { Pointers } from "../sharing/picture";
import type { Sharer, SharingView } from "../sharing/sharer";
import { t } from "../text";
import { abilities } from "./abilities";

/** What is shared now, in words. */
export function stateText({ state, surface }: SharingView): string {
  return state === "sharing" ? t(`join-state-sharing-${surface ?? "unknown"}`) : t(`join-state-${state}`);
}

export function SharingState({ of }: { of: Sharer }) {
  const view = of.view.use();
  const tone = { none: "", choosing: "caution", sharing: "bad", paused: "caution" }[view.state];
  return (
    <p class="sharing-state" role="status" aria-label={t("join-state")}>
      <span class={`state ${tone}`}>{stateText(view)}</span>
    </p>
  );
}

export function SharingButtons({ of, open }: { of: Sharer; open: boolean }) {
  const { state } = of.view.use();
  if (!abilities().share) return null;
  if (state === "none" || state === "choosing") {
    const off = !open || state === "choosing";
    return (
      <button type="button" class="primary" aria-disabled={off} onClick={() => off || void of.start()}>
        {t("join-share")}
      </button>
    );
  }
  const paused = state === "paused";
  return (
    <>
      <button type="button" onClick={() => of.pause(!paused)}>
        {t(paused ? "join-resume" : "join-pause")}
      </button>
      <button type="button" class="refuse" onClick={() => of.stop()}>
        {t("join-stop")}
      </button>
    </>
  );
}

function Picture({ track }: { track: MediaStreamTrack }) {
  const video = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = new MediaStream([track]);
    element.play().catch(() => undefined);
    return () => void (element.srcObject = null);
  }, [track]);
  return <video ref={video} muted playsInline aria-label={t("join-own")} />;
}

/** Nothing is shared yet: what pressing the button does, or why it brought nothing. */
function Nothing({ failure }: Pick<SharingView, "failure">) {
  if (!abilities().share) return <p class="outcome caution">{t("join-no-share")}</p>;
  return (
    <>
      <p>{t("join-share-hint")}</p>
      <p class="hint">{t("join-whole-screen")}</p>
      <div role="status">{failure && <p class={`outcome${failure === "cancelled" ? "" : " caution"}`}>{t(`join-capture-${failure}`)}</p>}</div>
    </>
  );
}

/** What the others see of it, with their pointers. */
export function OwnScreen({ of }: { of: Sharer }) {
  const { state, track, pointers, failure } = of.view.use();
  return (
    <section class="section" aria-labelledby="own-screen">
      <h2 id="own-screen">{t(track ? "join-own" : "join-own-none")}</h2>
      {!track && <Nothing failure={failure} />}
      {track && state === "paused" && <p class="outcome caution">{t("join-own-paused")}</p>}
      {track && state === "sharing" && (
        <div class="own-picture">
          <Picture track={track} />
          <Pointers of={pointers} />
        </div>
      )}
    </section>
  );
}
