// The machine's screen on the page, with what goes with it: control, size, quality, keys and keyboards, and how it stands.
// A chunk of its own, because noVNC is most of it.

import { useEffect, useRef, useState } from "preact/hooks";
import { confirmed } from "../../parts/confirm";
import type { Channel } from "../../session/channel";
import { machineIsHere } from "../../session/view";
import { formatTag, t } from "../../text";
import { firstLayout, keyboard, ownLayout } from "./keyboard";
import { SendText } from "./screen_text";
import { type QualityChoice, type ScreenState, Viewer } from "./viewer";
import "./screen.css";

/** What browsers call 半角/全角 on Windows. */
const ZENKAKU = ["Zenkaku", "Hankaku"];
const QUALITIES: QualityChoice[] = ["auto", "best", "least"];
/** Between a break and the next try, in ms. */
const AGAIN = 1000;

interface ScreenProps {
  of: Channel;
  /** The keyboard layout of the machine, where it is known. */
  layout: string | undefined;
  close: () => void;
}

/** Whole screen, with the keys that a browser keeps for itself elsewhere. */
function useFullscreen(box: { current: HTMLElement | null }) {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const changed = () => {
      const on = document.fullscreenElement === box.current && box.current !== null;
      setFull(on);
      if (on) void keyboard?.lock?.().catch(() => undefined);
      else keyboard?.unlock?.();
    };
    document.addEventListener("fullscreenchange", changed);
    return () => document.removeEventListener("fullscreenchange", changed);
  }, []);
  const toggle = () => void (full ? document.exitFullscreen() : box.current?.requestFullscreen());
  return { full, toggle };
}

function useViewer(of: Channel, target: { current: HTMLElement | null }) {
  const [viewer, setViewer] = useState<Viewer>();
  useEffect(() => {
    let made: Viewer | undefined;
    let left = false;
    void import("@novnc/novnc").then(({ default: Rfb }) => {
      if (left || !target.current) return;
      made = new Viewer(of, target.current, t("console-screen-picture", { name: of.view.get().equipment }), Rfb);
      setViewer(made);
    });
    return () => {
      left = true;
      made?.leave();
    };
  }, []);
  return viewer;
}

function Layouts({ machine }: { machine: string | undefined }) {
  const [own, setOwn] = useState<string>();
  useEffect(() => void ownLayout().then(setOwn), []);
  if (!machine) return null;
  const name = firstLayout(machine);
  const differs = own !== undefined && name !== "" && own !== name;
  return (
    <>
      <p class="hint">{t("console-screen-layout", { layout: machine })}</p>
      {differs && <p class="outcome caution">{t("console-screen-layout-differs", { machine: name, own: own.toUpperCase() })}</p>}
    </>
  );
}

function Others({ of }: { of: Channel }) {
  const { roster, you } = of.view.use();
  const others = roster.filter(({ id, role }) => role === "desk" && id !== you).map(({ name }) => name);
  if (!others.length) return null;
  return <p class="hint">{t("console-screen-others", { names: new Intl.ListFormat(formatTag(), { style: "narrow", type: "unit" }).format(others) })}</p>;
}

/** How it stands, where it is not simply shown. */
function News({ viewer, phase }: { viewer: Viewer; phase: ScreenState["phase"] }) {
  return (
    <div role="status">
      {phase === "connecting" && <p class="loading">{t("console-screen-connecting")}</p>}
      {phase === "broken" && <p class="outcome caution">{t("console-screen-broken")}</p>}
      {phase === "failed" && (
        <div class="outcome bad">
          <p>{t("console-screen-failed")}</p>
          <button type="button" class="secondary small" onClick={() => viewer.connect()}>
            {t("console-retry")}
          </button>
        </div>
      )}
    </div>
  );
}

interface BarProps {
  viewer: Viewer;
  control: boolean | undefined;
  setControl: (on: boolean) => void;
  full: boolean;
  toggleFull: () => void;
  close: () => void;
}

function Bar({ viewer, control, setControl, full, toggleFull, close }: BarProps) {
  const { level } = viewer.state.use();
  const [fit, setFit] = useState(true);
  const [quality, setQuality] = useState<QualityChoice>("auto");
  const restart = async () => {
    // The browser shows dialogs of the page below what is shown in the whole screen.
    if (full) await document.exitFullscreen();
    const asked = { title: t("console-screen-cad-title"), body: t("console-screen-cad-body"), action: t("console-screen-cad") };
    if (await confirmed(asked)) viewer.pressCtrlAltDel();
    viewer.focus();
  };
  const press = () => {
    viewer.pressZenkakuHankaku();
    viewer.focus();
  };
  const change = (on: boolean) => {
    setFit(on);
    viewer.fit = on;
  };
  return (
    <div class="screen-bar">
      {control === undefined ? (
        <span class="state">{t("console-screen-view-only")}</span>
      ) : (
        <button type="button" class="secondary small" aria-pressed={control} onClick={() => setControl(!control)}>
          {t("console-screen-control")}
        </button>
      )}
      <button type="button" class="secondary small" aria-pressed={fit} onClick={() => change(!fit)}>
        {t("console-screen-fit")}
      </button>
      <label>
        {t("console-screen-quality")}{" "}
        <select
          value={quality}
          onChange={({ currentTarget: { value } }) => {
            const chosen = QUALITIES.find((one) => one === value) ?? "auto";
            setQuality(chosen);
            viewer.choice = chosen;
          }}
        >
          {QUALITIES.map((one) => (
            <option key={one} value={one}>
              {one === "auto" ? t("console-screen-quality-auto", { level: level + 1 }) : t(`console-screen-quality-${one}`)}
            </option>
          ))}
        </select>
      </label>
      {control && (
        <>
          <button type="button" class="secondary small" onClick={press}>
            {t("console-screen-zenkaku")}
          </button>
          <button type="button" class="secondary small" onClick={() => void restart()}>
            Ctrl+Alt+Del
          </button>
        </>
      )}
      <button type="button" class="secondary small" onClick={toggleFull}>
        {t(full ? "console-screen-window" : "console-screen-full")}
      </button>
      <button type="button" class="secondary small" onClick={close}>
        {t("console-screen-close")}
      </button>
    </div>
  );
}

export default function ScreenView({ of, layout, close }: ScreenProps) {
  const view = of.view.use();
  const box = useRef<HTMLDivElement>(null);
  const target = useRef<HTMLDivElement>(null);
  const viewer = useViewer(of, target);
  const { full, toggle } = useFullscreen(box);
  const may = view.abilities.includes("control_screen");
  const [wanted, setWanted] = useState(true);
  const control = may ? wanted : undefined;
  useEffect(() => {
    if (viewer) viewer.control = control === true;
  }, [viewer, control]);
  const pressed = (event: KeyboardEvent) => {
    const leaves = event.key === "Home" && event.ctrlKey && event.altKey;
    const inPicture = target.current?.contains(event.target as Node) === true;
    if (!inPicture || !(leaves || ZENKAKU.includes(event.key))) return;
    event.preventDefault();
    event.stopPropagation();
    // Who works there with the keyboard alone comes back to the page with it.
    if (leaves) box.current?.querySelector("button")?.focus();
    // Windows calls the key by the state it leads to; layouts know it by the name of the key.
    else viewer?.pressZenkakuHankaku();
  };
  return (
    <div class="screen" ref={box} onKeyDownCapture={pressed}>
      {viewer && <Bar viewer={viewer} control={control} setControl={setWanted} full={full} toggleFull={toggle} close={close} />}
      {viewer && <Standing viewer={viewer} here={machineIsHere(view)} />}
      <div class="screen-picture" ref={target} />
      {viewer && <Below of={of} viewer={viewer} layout={layout} control={control === true} />}
    </div>
  );
}

/** Follows a break with another try as soon as the machine is there. */
function Standing({ viewer, here }: { viewer: Viewer; here: boolean }) {
  const { phase } = viewer.state.use();
  useEffect(() => {
    if (phase !== "broken" || !here) return undefined;
    const timer = setTimeout(() => viewer.connect(), AGAIN);
    return () => clearTimeout(timer);
  }, [phase, here]);
  return <News viewer={viewer} phase={phase} />;
}

function Below({ of, viewer, layout, control }: { of: Channel; viewer: Viewer; layout: string | undefined; control: boolean }) {
  return (
    <div class="screen-below">
      <Others of={of} />
      {control && <p class="hint">{t("console-screen-leave")}</p>}
      <Layouts machine={layout} />
      <SendText of={of} viewer={viewer} layout={firstLayout(layout ?? "")} control={control} />
    </div>
  );
}
