// A terminal on the machine, over streams of the session (docs/session-protocol.md, "A terminal"): what is typed and shown,
// and going on after a break where it broke off. How it looks is in terminal_view.tsx.

import type { Channel } from "../../session/channel";
import { AGENT, TERMINAL } from "../../session/frames";
import type { Stream } from "../../session/stream";
import { store } from "../../store";

const SHOWN = 0;
const SAID = 1;
/** Most characters in one message. */
const MOST_TYPED = 1024;

const TEXT = new TextEncoder();
const READER = new TextDecoder();

/** `failed`: the machine opens none; `ended`: the program has ended. */
export type TerminalPhase = "connecting" | "open" | "broken" | "failed" | "ended";

export interface TerminalState {
  phase: TerminalPhase;
  /** How the program ended; null by a signal. */
  code: number | null;
  /** What was shown during a break is lost in part, or the terminal is another one. */
  gap: "lost" | "another" | undefined;
}

export interface Size {
  columns: number;
  rows: number;
}

interface FromAgent {
  opened?: { terminal: string; from: number };
  exit?: { code: number | null };
}

function message(kind: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(bytes.length + 1);
  whole[0] = kind;
  whole.set(bytes, 1);
  return whole;
}

export class TerminalLine {
  readonly state = store<TerminalState>({ phase: "connecting", code: null, gap: undefined });
  private stream: Stream | undefined;
  private terminal: string | null = null;
  /** Bytes that the terminal has shown. */
  private shown = 0;
  private gone = false;
  /** What was typed before the terminal was there. */
  private early = "";

  constructor(
    private readonly of: Channel,
    /** Shows bytes, and is done once they are on the screen. */
    private readonly show: (bytes: Uint8Array) => Promise<void>,
    private size: Size,
  ) {
    this.connect();
  }

  /** Opens the terminal, or goes on with it after a break. */
  connect(): void {
    const stream = this.of.open(TERMINAL, AGENT);
    if (stream.over) return this.change({ phase: "broken" });
    this.stream = stream;
    this.change({ phase: "connecting" });
    stream.take((bytes) => this.took(bytes));
    this.say({ open: { ...this.size, terminal: this.terminal, from: this.shown } });
    void stream.ended.then((how) => this.ended(stream, how === "closed"));
  }

  /** Starts a new one after the program has ended. */
  again(): void {
    this.terminal = null;
    this.shown = 0;
    this.change({ gap: undefined });
    this.connect();
  }

  /** Sends what was typed, once there is something to type into. */
  type(text: string): void {
    const { phase } = this.state.get();
    if (phase === "connecting") {
      this.early += text;
      return;
    }
    const characters = [...text];
    for (let from = 0; from < characters.length; from += MOST_TYPED) {
      void this.stream?.post(message(SHOWN, TEXT.encode(characters.slice(from, from + MOST_TYPED).join(""))));
    }
  }

  resize(size: Size): void {
    this.size = size;
    if (this.state.get().phase === "open") this.say({ resize: size });
  }

  leave(): void {
    this.gone = true;
    this.stream?.close();
  }

  private say(document: object): void {
    void this.stream?.post(message(SAID, TEXT.encode(JSON.stringify(document))));
  }

  private change(part: Partial<TerminalState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }

  private took(bytes: Uint8Array): Promise<void> | undefined {
    const rest = bytes.subarray(1);
    if (bytes[0] === SHOWN) {
      this.shown += rest.length;
      return this.show(rest);
    }
    if (bytes[0] === SAID) this.heard(JSON.parse(READER.decode(rest)) as FromAgent);
    return undefined;
  }

  private heard({ opened, exit }: FromAgent): void {
    if (opened) {
      const another = this.terminal !== null && this.terminal !== opened.terminal;
      const lost = !another && opened.from > this.shown;
      this.terminal = opened.terminal;
      this.shown = opened.from;
      this.change({ phase: "open", gap: another ? "another" : lost ? "lost" : undefined });
      this.say({ resize: this.size });
      this.type(this.early);
      this.early = "";
    }
    if (exit) this.change({ phase: "ended", code: exit.code });
  }

  private ended(stream: Stream, closed: boolean): void {
    if (this.gone || this.stream !== stream || this.state.get().phase === "ended") return;
    const here = this.of.view.get().phase === "open";
    this.change({ phase: closed && here && this.state.get().phase === "connecting" ? "failed" : "broken" });
  }
}
