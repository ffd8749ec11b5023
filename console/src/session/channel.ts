// A page's connection to one session: it says hello, keeps what the session tells, opens and accepts streams, and connects
// again after a break. How that is shown is the page's.

import { store } from "../store";
import { ChatLog } from "./chat_log";
import { type FromSession, read, type ToSession, write } from "./control";
import { CONTROL, decode, encode, type Frame, frame, KINDS, SESSION } from "./frames";
import { Inflow } from "./inflow";
import { Stream } from "./stream";
import { type Accept, Streams } from "./streams";
import { changes, NOTHING, type SessionView } from "./view";

const PROTOCOL = "tegata.session.v1";
/** The edge answers a ping at once; after two without an answer the connection is gone. */
const PING = 25_000;
const FIRST_WAIT = 5000;
const LONGEST_WAIT = 120_000;
/** After so many failures in a row, what lets the page in again is no longer accepted. */
const MOST_FAILURES = 5;
/** Close codes after which connecting again is of no use. */
const FINAL = [1008, 4001];
/** The desk has removed this participant. */
const REMOVED = 4005;

export class Channel {
  readonly view = store<SessionView>(NOTHING);
  readonly chat = new ChatLog((message) => this.say(message));
  private socket: WebSocket | undefined;
  private control = new Inflow();
  private readonly accepts = new Map<number, Accept>();
  private streams = this.newStreams(0);
  private readonly listeners = new Set<(message: FromSession) => void>();
  private readonly pinged: { at: number; over: ((ms: number | undefined) => void) | undefined }[] = [];
  private failures = 0;
  private left = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    /** Of the session's socket. */
    private readonly url: URL,
    private ticket: string,
  ) {
    this.connect();
  }

  /** Connects with a new ticket, after what let the page in was accepted no longer. */
  enter(ticket: string): void {
    this.ticket = ticket;
    this.failures = 0;
    this.left = false;
    this.change({ phase: "connecting" });
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

  /** Says something to the session. It is lost where the connection is. */
  say(message: ToSession): void {
    this.send(frame("data", CONTROL, SESSION, 0, 0, write(message)));
  }

  /** Writes something that everybody reads. It is said again after a break until the session has it. */
  write(text: string): void {
    this.chat.write(text);
    this.showChat();
  }

  /** Calls `listener` with each message of the session, after the view has changed, until what is returned is called. */
  heard(listener: (message: FromSession) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Opens a stream to the participant `to`: a broken one where they are not here. */
  open(kind: number, to: number): Stream {
    const { phase, roster } = this.view.get();
    if (phase === "open" && roster.some(({ id }) => id === to)) return this.streams.open(kind, to);
    const none = new Stream(kind, to, 0, () => undefined);
    none.break();
    return none;
  }

  /** Hands streams of `kind` that others open to `accept`, from now on and across breaks. */
  accept(kind: number, accept: Accept): void {
    this.accepts.set(kind, accept);
  }

  /** How long the edge takes to answer, in ms: its way there and back, and what is queued on it. Undefined where it does
   * not. */
  roundTrip(): Promise<number | undefined> {
    return new Promise((over) => this.ping(over));
  }

  /** Bytes that are on their way out of the browser. */
  get buffered(): number {
    return this.socket?.bufferedAmount ?? 0;
  }

  private change(part: Partial<SessionView>): void {
    this.view.set({ ...this.view.get(), ...part });
  }

  private showChat(): void {
    this.change({ chat: this.chat.messages, unsent: this.chat.unsent });
  }

  private newStreams(you: number): Streams {
    return new Streams(you, this.accepts, (sent) => this.send(sent));
  }

  private send(sent: Frame): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(encode(sent));
  }

  private connect(): void {
    const socket = new WebSocket(this.url, [PROTOCOL, this.ticket]);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.control = new Inflow();
    let unanswered = 0;
    const ping = setInterval(() => {
      if (unanswered >= 2) return socket.close();
      unanswered += 1;
      this.ping();
    }, PING);
    socket.onopen = () => this.say({ type: "hello" });
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      unanswered = 0;
      if (this.socket !== socket) return;
      if (typeof data === "string") this.answered();
      else if (!this.take(new Uint8Array(data))) socket.close();
    };
    socket.onclose = ({ code }) => {
      clearInterval(ping);
      if (this.socket === socket) this.broken(code);
    };
  }

  private ping(over?: (ms: number | undefined) => void): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return over?.(undefined);
    this.pinged.push({ at: performance.now(), over });
    this.socket.send("ping");
  }

  private answered(): void {
    const first = this.pinged.shift();
    first?.over?.(performance.now() - first.at);
  }

  /** What was on its way is gone; what goes on is another connection. */
  private broken(code: number): void {
    this.streams.clear();
    for (const { over } of this.pinged.splice(0)) over?.(undefined);
    if (this.left || this.view.get().phase === "ended") return;
    this.failures += 1;
    if (code === REMOVED) return this.change({ phase: "removed", roster: [] });
    if (FINAL.includes(code) || this.failures > MOST_FAILURES) return this.change({ phase: "lost", roster: [] });
    this.change({ phase: this.view.get().you ? "broken" : "connecting" });
    // Anywhere within the wait: after a deploy everybody loses their socket at once.
    const longest = Math.min(FIRST_WAIT * 2 ** (this.failures - 1), LONGEST_WAIT);
    this.timer = setTimeout(() => this.connect(), Math.random() * longest);
  }

  /** Takes a message. False where it breaks the protocol. */
  private take(bytes: Uint8Array<ArrayBuffer>): boolean {
    const found = decode(bytes);
    if (typeof found === "string") return false;
    if (found.kind === CONTROL) return found.act !== "data" || this.takeControl(found);
    return !KINDS.includes(found.kind) || this.streams.take(found);
  }

  private takeControl(found: Frame): boolean {
    if (!this.control.take(found)) return false;
    const raised = this.control.raise();
    if (raised !== undefined) this.send(frame("credit", CONTROL, SESSION, 0, raised));
    const message = read(found.payload);
    if (message) this.hear(message);
    return message !== undefined;
  }

  private hear(message: FromSession): void {
    if (message.type === "welcome") {
      this.failures = 0;
      if (message.resume) this.ticket = message.resume;
      this.streams.clear();
      this.streams = this.newStreams(message.you);
    }
    this.change(changes(this.view.get(), message));
    // Somebody who comes again under the same address has left without a word.
    if (message.type === "left" || message.type === "joined") this.streams.leave(message.id);
    this.hearChat(message);
    for (const listener of [...this.listeners]) listener(message);
  }

  private hearChat(message: FromSession): void {
    if (message.type === "welcome") this.chat.welcome(message.chats ?? 0);
    else if (message.type === "chat") this.chat.heard(message);
    else if (message.type === "chats") this.chat.answered(message.messages, message.last);
    else return;
    this.showChat();
  }
}
