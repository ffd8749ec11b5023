// The machine's screen: a stream of kind screen, noVNC on it, and a new one of both after a break. What is around it on the
// page is in screen_view.tsx.

import type RFB from "@novnc/novnc";
import type { Channel } from "../../session/channel";
import { AGENT, SCREEN } from "../../session/frames";
import { store } from "../../store";
import { CONTROL_LEFT, keysOf, SHIFT_LEFT, ZENKAKU_HANKAKU } from "./keys";
import { RfbSocket } from "./rfb_socket";
import { LEVELS, QualityControl } from "./screen_quality";

/** `failed`: the machine shows no screen, and asking again at once would not change that. */
export type ScreenPhase = "connecting" | "open" | "broken" | "failed";

export interface ScreenState {
  phase: ScreenPhase;
  /** Pixels of the remote screen. */
  width: number;
  height: number;
  /** Which of `LEVELS`. */
  level: number;
  /** What was copied there last. */
  copied: string;
  /** Whether the machine's VNC server takes text of any script into its clipboard. */
  pastes: boolean;
}

/** `auto` follows the line. */
export type QualityChoice = "auto" | "best" | "least";

const MEASURED = 2000;
/** So often a screen that never appeared is asked for again. */
const MOST_TRIES = 3;
/** Between two keys of a text, in ms: a VNC server maps each character that its layout lacks before it presses it. */
const TYPED = 12;

export class Viewer {
  readonly state = store<ScreenState>({ phase: "connecting", width: 0, height: 0, level: 1, copied: "", pastes: false });
  private rfb: RFB | undefined;
  private socket: RfbSocket | undefined;
  private quality = new QualityControl();
  private chosen: QualityChoice = "auto";
  private controls = false;
  private fits = true;
  private tries = 0;
  private gone = false;
  /** The keys that are held on the screen, by their codes. */
  private readonly held = new Map<string, string>();
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(
    private readonly of: Channel,
    private readonly target: HTMLElement,
    private readonly label: string,
    private readonly Rfb: typeof RFB,
  ) {
    this.timer = setInterval(() => void this.measure(), MEASURED);
    this.watchKeys();
    this.connect();
  }

  /** Asks the machine for its screen. */
  connect(): void {
    this.rfb?.disconnect();
    const stream = this.of.open(SCREEN, AGENT);
    if (stream.over) return this.change({ phase: "broken" });
    this.change({ phase: "connecting" });
    this.tries += 1;
    const socket = new RfbSocket(stream);
    const rfb = new this.Rfb(this.target, socket);
    this.socket = socket;
    this.rfb = rfb;
    rfb.background = "transparent";
    rfb.showDotCursor = true;
    rfb.viewOnly = !this.controls;
    rfb.scaleViewport = this.fits;
    this.applyQuality();
    rfb.addEventListener("connect", () => this.opened(rfb));
    rfb.addEventListener("clipboard", (event) => this.copied((event as CustomEvent<{ text: string }>).detail.text));
    rfb.addEventListener("disconnect", () => this.ended(rfb, socket));
    rfb.addEventListener("securityfailure", () => this.change({ phase: "failed" }));
    socket.start();
  }

  /** Leaves the screen. */
  leave(): void {
    this.release();
    this.gone = true;
    clearInterval(this.timer);
    this.rfb?.disconnect();
  }

  set control(on: boolean) {
    this.controls = on;
    if (this.rfb) this.rfb.viewOnly = !on;
  }

  /** Whether the whole screen is shown, or each pixel as one. */
  set fit(on: boolean) {
    this.fits = on;
    if (this.rfb) this.rfb.scaleViewport = on;
  }

  set choice(choice: QualityChoice) {
    this.chosen = choice;
    this.applyQuality();
  }

  focus(): void {
    this.rfb?.focus({ preventScroll: true });
  }

  pressZenkakuHankaku(): void {
    this.rfb?.sendKey(ZENKAKU_HANKAKU, null);
  }

  pressCtrlAltDel(): void {
    this.rfb?.sendCtrlAltDel();
  }

  /** Types `text` on the machine's keyboard, which has `layout`, one key after the other. */
  async type(text: string, layout: string): Promise<void> {
    for (const { symbol, shift } of keysOf(text, layout)) {
      if (shift) this.rfb?.sendKey(SHIFT_LEFT, null, true);
      this.rfb?.sendKey(symbol, null);
      if (shift) this.rfb?.sendKey(SHIFT_LEFT, null, false);
      await new Promise((over) => setTimeout(over, TYPED));
    }
  }

  /** Puts `text` into the machine's clipboard. */
  copy(text: string): void {
    this.rfb?.clipboardPasteFrom(text);
  }

  /** Presses what pastes in most programs. */
  paste(): void {
    this.rfb?.sendKey(CONTROL_LEFT, "ControlLeft", true);
    this.rfb?.sendKey("v".charCodeAt(0), "KeyV");
    this.rfb?.sendKey(CONTROL_LEFT, "ControlLeft", false);
  }

  /** Where the screen loses the focus, the page no longer hears that a key is let go: it would stay down on the machine. */
  private watchKeys(): void {
    this.target.addEventListener("keydown", ({ code, key }) => this.held.set(code, key), true);
    this.target.addEventListener("keyup", ({ code }) => this.held.delete(code), true);
    this.target.addEventListener("focusout", () => this.release());
  }

  /** Lets go of every key that is held. */
  private release(): void {
    const canvas = this.target.querySelector("canvas");
    for (const [code, key] of [...this.held]) canvas?.dispatchEvent(new KeyboardEvent("keyup", { code, key }));
    this.held.clear();
  }

  private change(part: Partial<ScreenState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }

  private opened(rfb: RFB): void {
    this.tries = 0;
    const canvas = this.target.querySelector("canvas");
    if (canvas) {
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", this.label);
      const sized = () => this.change({ width: canvas.width, height: canvas.height });
      new MutationObserver(sized).observe(canvas, { attributeFilter: ["width", "height"] });
      sized();
    }
    this.change({ phase: "open" });
    // A server says right after it begins what its clipboard takes.
    setTimeout(() => this.rfb === rfb && this.change({ pastes: rfb._clipboardServerCapabilitiesFormats[1] === true }), 500);
  }

  private copied(text: string): void {
    this.change({ copied: text });
  }

  private ended(rfb: RFB, socket: RfbSocket): void {
    if (this.gone || this.rfb !== rfb) return;
    this.rfb = undefined;
    const never = !socket.spoke || this.tries >= MOST_TRIES;
    this.change({ phase: never && this.of.view.get().phase === "open" ? "failed" : "broken", pastes: false });
  }

  private applyQuality(): void {
    if (!this.rfb) return;
    const level = this.chosen === "auto" ? this.quality.level : this.chosen === "best" ? 0 : LEVELS.length - 1;
    const found = LEVELS[level];
    if (!found) return;
    this.rfb.qualityLevel = found.quality;
    this.rfb.compressionLevel = found.compression;
    this.change({ level });
  }

  private async measure(): Promise<void> {
    if (this.state.get().phase !== "open" || !this.socket) return;
    const took = await this.of.roundTrip();
    if (took !== undefined && this.quality.measured(took, this.socket.bytesPerSecond)) this.applyQuality();
  }
}
