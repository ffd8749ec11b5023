// The page's connection to one session: it says hello, keeps what the session tells, asks for deeds, collects what they
// bring, and connects again after a break. How that is shown is the page's.

import { API } from "../../place";
import { store } from "../../store";
import type { Ability, SessionEnd } from "../../types";
import { type Deed, type DeedOutcome, type FromSession, type KnownDeed, newId, type Participant, read, type ToSession, type Welcome, write } from "./control";
import { type Act, AGENT, CONTROL, decode, DIAGNOSTICS, encode, type Frame, frame, SESSION } from "./frames";
import { Inflow } from "./inflow";

const PROTOCOL = "tegata.session.v1";
/** The edge answers a ping at once; after two without an answer the connection is gone. */
const PING = 25_000;
const FIRST_WAIT = 5000;
const LONGEST_WAIT = 120_000;
/** After so many failures in a row, what lets the page in again is no longer accepted. */
const MOST_FAILURES = 5;
/** Most bytes that one deed may bring. */
const MOST_BROUGHT = 4 * 1024 * 1024;
/** Close codes after which connecting again is of no use. */
const FINAL = [1008, 4001];

/** `lost`: the session may go on, but joining it takes the password again. */
export type Phase = "connecting" | "open" | "broken" | "ended" | "lost";

export interface SessionView {
  phase: Phase;
  you: number;
  roster: Participant[];
  abilities: Ability[];
  /** End of the granted period. */
  until: number;
  /** The edge's time minus the browser's, in seconds. */
  skew: number;
  tenant: string;
  equipment: string;
  serial: string;
  locked: boolean;
  /** The session has warned of its end. */
  warned: boolean;
  why: SessionEnd | undefined;
  /** Oldest first. */
  deeds: KnownDeed[];
}

/** Whether the machine's agent is in the session. */
export function machineIsHere({ phase, roster }: Pick<SessionView, "phase" | "roster">): boolean {
  return phase === "open" && roster.some(({ id }) => id === AGENT);
}

const NOTHING: SessionView = {
  phase: "connecting", you: 0, roster: [], abilities: [], until: 0, skew: 0, tenant: "", equipment: "", serial: "",
  locked: false, warned: false, why: undefined, deeds: [],
};

/** What a deed brought, or why it brought nothing. */
export type Brought = Uint8Array<ArrayBuffer> | Exclude<DeedOutcome, "done"> | "broken" | "too_long";

/** A stream on which the agent brings something. */
interface Bringing {
  /** The request that opened it. */
  id: string;
  inflow: Inflow;
  parts: Uint8Array<ArrayBuffer>[];
  size: number;
  over: (brought: Brought) => void;
}

function joined(parts: Uint8Array<ArrayBuffer>[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export class Channel {
  readonly view = store<SessionView>(NOTHING);
  private socket: WebSocket | undefined;
  private control = new Inflow();
  private streams = new Map<number, Bringing>();
  private nextStream = 1;
  private failures = 0;
  private left = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly number: string,
    private ticket: string,
  ) {
    this.connect();
  }

  /** Leaves the session; for the others it goes on. */
  leave(): void {
    this.left = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  /** Ends the session for everybody. */
  end(): void {
    this.say({ type: "end" });
  }

  /** Asks for something that brings nothing. How it goes stands in the view. */
  ask(deed: Deed): void {
    this.say({ type: "request", id: newId(), deed });
  }

  /** Asks for something that brings bytes. */
  fetch(deed: Deed): Promise<Brought> {
    if (this.view.get().phase !== "open") return Promise.resolve("broken");
    const stream = this.nextStream++;
    const id = newId();
    const brought = new Promise<Brought>((over) => {
      this.streams.set(stream, { id, inflow: new Inflow(), parts: [], size: 0, over });
    });
    this.send(frame("open", DIAGNOSTICS, AGENT, stream));
    this.say({ type: "request", id, deed, stream });
    return brought;
  }

  private change(changes: Partial<SessionView>): void {
    this.view.set({ ...this.view.get(), ...changes });
  }

  private send(sent: Frame): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(encode(sent));
  }

  private say(message: ToSession): void {
    this.send(frame("data", CONTROL, SESSION, 0, 0, write(message)));
  }

  private connect(): void {
    const url = new URL(`${API.replace(/\/api\/v1$/, "")}/sessions/${this.number}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url, [PROTOCOL, this.ticket]);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.control = new Inflow();
    this.nextStream = 1;
    let unanswered = 0;
    const ping = setInterval(() => {
      if (unanswered >= 2) return socket.close();
      unanswered += 1;
      if (socket.readyState === WebSocket.OPEN) socket.send("ping");
    }, PING);
    socket.onopen = () => this.say({ type: "hello" });
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      unanswered = 0;
      if (typeof data !== "string" && !this.take(new Uint8Array(data))) socket.close();
    };
    socket.onclose = ({ code }) => {
      clearInterval(ping);
      if (this.socket === socket) this.broken(code);
    };
  }

  /** What was on its way is gone; what goes on is another connection. */
  private broken(code: number): void {
    this.endStreams();
    if (this.left || this.view.get().phase === "ended") return;
    this.failures += 1;
    if (FINAL.includes(code) || this.failures > MOST_FAILURES) return this.change({ phase: "lost", roster: [] });
    this.change({ phase: this.view.get().you ? "broken" : "connecting" });
    // Anywhere within the wait: after a deploy everybody loses their socket at once.
    const longest = Math.min(FIRST_WAIT * 2 ** (this.failures - 1), LONGEST_WAIT);
    this.timer = setTimeout(() => this.connect(), Math.random() * longest);
  }

  private endStreams(): void {
    const all = [...this.streams.values()];
    this.streams.clear();
    for (const { over } of all) over("broken");
  }

  /** What was refused or failed brings nothing, and its stream may stay open on the other side. */
  private settled(request: string, outcome: DeedOutcome): void {
    if (outcome === "done") return;
    for (const [stream, { id, over }] of this.streams) {
      if (id !== request) continue;
      this.streams.delete(stream);
      this.send(frame("close", DIAGNOSTICS, AGENT, stream));
      over(outcome);
    }
  }

  /** Takes a message. False where it breaks the protocol. */
  private take(bytes: Uint8Array<ArrayBuffer>): boolean {
    const found = decode(bytes);
    if (typeof found === "string") return false;
    if (found.kind === CONTROL && found.act === "data") return this.takeControl(found);
    return found.kind === DIAGNOSTICS ? this.takeBrought(found) : true;
  }

  private takeControl(found: Frame): boolean {
    if (!this.control.take(found)) return false;
    const raised = this.control.raise();
    if (raised !== undefined) this.send(frame("credit", CONTROL, SESSION, 0, raised));
    const message = read(found.payload);
    if (message) this.hear(message);
    return message !== undefined;
  }

  private takeBrought(found: Frame): boolean {
    const bringing = this.streams.get(found.stream);
    if (!bringing) return true;
    const reply = (act: Act, offset = 0) => this.send(frame(act, DIAGNOSTICS, AGENT, found.stream, offset));
    if (found.act === "close") {
      this.streams.delete(found.stream);
      reply("close");
      bringing.over(joined(bringing.parts, bringing.size));
    }
    if (found.act !== "data") return true;
    if (!bringing.inflow.take(found)) return false;
    bringing.parts.push(found.payload);
    bringing.size += found.payload.length;
    if (bringing.size > MOST_BROUGHT) {
      this.streams.delete(found.stream);
      reply("close");
      bringing.over("too_long");
      return true;
    }
    const raised = bringing.inflow.raise();
    if (raised !== undefined) reply("credit", raised);
    return true;
  }

  private hear(message: FromSession): void {
    const { roster, deeds } = this.view.get();
    switch (message.type) {
      case "welcome":
        return this.welcomed(message);
      case "joined":
        return this.change({ roster: [...roster.filter(({ id }) => id !== message.id), message] });
      case "left":
        if (message.id === AGENT) this.endStreams();
        return this.change({ roster: roster.filter(({ id }) => id !== message.id) });
      case "doing":
        return this.change({ deeds: [...deeds.filter(({ id }) => id !== message.id), message] });
      case "done":
        this.settled(message.id, message.outcome);
        return this.change({ deeds: deeds.map((of) => (of.id === message.id ? { ...of, outcome: message.outcome } : of)) });
      case "locked":
        return this.change({ locked: true });
      case "warning":
        return this.change({ until: message.until, warned: true });
      case "extended":
        return this.change({ until: message.until, warned: false });
      case "ended":
        return this.change({ phase: "ended", why: message.why, roster: [] });
    }
  }

  private welcomed(message: Welcome): void {
    this.failures = 0;
    if (message.resume) this.ticket = message.resume;
    this.change({
      phase: "open",
      you: message.you,
      roster: message.roster,
      abilities: message.abilities,
      until: message.until,
      skew: message.time - Math.floor(Date.now() / 1000),
      tenant: message.tenant_name,
      equipment: message.equipment,
      serial: message.serial_number,
      deeds: message.deeds ?? [],
    });
  }
}
