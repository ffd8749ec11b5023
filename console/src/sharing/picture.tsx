// The picture of somebody's screen: as large as there is room or pixel by pixel, over the whole screen, with everybody's
// pointers on it. Where it comes from is in viewing.ts.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../text";
import type { Place, Pointer } from "./pointers";
import type { Viewing, ViewingView } from "./viewing";

export function Pointers({ of }: { of: Pointer[] }) {
  return (
    <>
      {of.map(({ who, name, x, y }) => (
        <span key={who} class="pointer" style={{ left: `${x * 100}%`, top: `${y * 100}%` }}>
          {name}
        </span>
      ))}
    </>
  );
}

/** Puts an element that lives elsewhere into the page. */
function Mounted({ element }: { element: HTMLElement }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.replaceChildren(element);
    // A video stops where it is moved in the page.
    if (element instanceof HTMLVideoElement) element.play().catch(() => undefined);
  }, [element]);
  return <div ref={place} class="picture-of" />;
}

/** Where on the picture an event is, in fractions. */
function placeOf(event: PointerEvent, picture: HTMLElement): Place {
  const { left, top, width, height } = picture.getBoundingClientRect();
  const within = (value: number) => Math.min(1, Math.max(0, value));
  return { x: within((event.clientX - left) / width), y: within((event.clientY - top) / height) };
}

interface FrameProps {
  viewing: Viewing;
  view: ViewingView & { element: HTMLElement };
  actual: boolean;
  full: boolean;
  pointing: boolean;
}

function Shown({ viewing, view, actual, full, pointing }: FrameProps) {
  const { element, width, height, pointers } = view;
  const ratio = width / height || 1.6;
  const size = actual
    ? { width: `${width / devicePixelRatio}px`, aspectRatio: `${ratio}` }
    : { width: `min(100%, calc(${full ? "100vh - 4rem" : "80vh"} * ${ratio}))`, aspectRatio: `${ratio}` };
  const point = (event: PointerEvent) => pointing && viewing.point(placeOf(event, event.currentTarget as HTMLElement));
  const leave = () => pointing && viewing.point(null);
  useEffect(() => {
    if (!pointing) viewing.point(null);
  }, [pointing]);
  return (
    <div
      class={`picture${pointing ? " pointing" : ""}`}
      style={size}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={leave}
    >
      <Mounted element={element} />
      <Pointers of={pointers} />
    </div>
  );
}

/** Whether the stage fills the whole screen, and what changes that. */
function useFull(stage: { current: HTMLElement | null }): [boolean, () => void] {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null && document.fullscreenElement === stage.current);
    document.addEventListener("fullscreenchange", changed);
    return () => document.removeEventListener("fullscreenchange", changed);
  }, []);
  const turn = () => void (full ? document.exitFullscreen() : stage.current?.requestFullscreen())?.catch(() => undefined);
  return [full, turn];
}

export function Stage({ viewing, name }: { viewing: Viewing; name: string }) {
  const view = viewing.view.use();
  const stage = useRef<HTMLDivElement>(null);
  const [full, turnFull] = useFull(stage);
  const [actual, setActual] = useState(false);
  const [pointing, setPointing] = useState(false);
  const { state, way, element } = view;
  return (
    <div ref={stage} class="stage">
      <div class="stage-bar">
        <button type="button" class="small" aria-pressed={pointing} onClick={() => setPointing(!pointing)}>
          {t("console-shared-point")}
        </button>
        <button type="button" class="small" aria-pressed={actual} onClick={() => setActual(!actual)}>
          {t("console-shared-actual")}
        </button>
        {document.fullscreenEnabled && (
          <button type="button" class="small" onClick={turnFull}>
            {t(full ? "console-shared-full-end" : "console-shared-full")}
          </button>
        )}
        {way && state === "showing" && <span class="hint">{t(`console-shared-way-${way}`)}</span>}
      </div>
      <div class={`stage-room${state === "showing" ? "" : " waits"}`} tabIndex={0} role="group" aria-label={t("console-shared-of", { name })}>
        {element && state === "showing" && <Shown viewing={viewing} view={{ ...view, element }} actual={actual} full={full} pointing={pointing} />}
        <p class="stage-note" role="status">
          {state === "connecting" && t("console-shared-connecting")}
          {state === "paused" && t("console-shared-paused", { name })}
          {state === "impossible" && t("console-shared-impossible")}
        </p>
      </div>
      {pointing && <p class="hint">{t("console-shared-point-hint")}</p>}
    </div>
  );
}
