// What is written in a session, each message once and in order, across breaks (docs/session-protocol.md, "Chat"). How it
// is shown is in chat.tsx.

import { type ChatMessage, newId, type ToSession } from "./control";

/** A session passes on no more messages than this. */
export const MOST_MESSAGES = 2000;

/** `text` with U+FFFD for each half of a surrogate pair. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

/** What was written here and has not come back with a number. */
export interface Unsent {
  id: string;
  text: string;
}

export class ChatLog {
  /** Oldest first. */
  messages: readonly ChatMessage[] = [];
  unsent: readonly Unsent[] = [];
  /** What is being written. It is kept here so that it outlasts whatever becomes of the page's connection. */
  draft = "";
  private readonly own = new Set<string>();
  /** The highest number that is known to exist. */
  private last = 0;
  private asking = false;

  constructor(private readonly say: (message: ToSession) => void) {}

  /** A connection begins, in a session with `last` messages. */
  welcome(last: number): void {
    this.asking = false;
    this.last = Math.max(this.last, last);
    this.ask();
    for (const { id, text } of this.unsent) this.say({ type: "chat", id, text });
  }

  /** Whether the message was written here. */
  wrote(id: string): boolean {
    return this.own.has(id);
  }

  write(text: string): void {
    // Half of a surrogate pair is no text; the session ends who sends one.
    const message = { id: newId(), text: wellFormed(text) };
    this.own.add(message.id);
    this.unsent = [...this.unsent, message];
    this.say({ type: "chat", ...message });
  }

  /** Takes one message, unless it is known or something before it is missing. */
  heard(message: ChatMessage): void {
    this.last = Math.max(this.last, message.number);
    this.add([message]);
    this.ask();
  }

  /** Takes the answer to what was asked. */
  answered(messages: ChatMessage[], last: number): void {
    this.asking = false;
    this.last = Math.max(this.last, last);
    // An answer that brings nothing new would be the same the next time.
    if (this.add(messages)) this.ask();
  }

  private add(messages: ChatMessage[]): boolean {
    const added: ChatMessage[] = [];
    for (const message of messages) {
      if (message.number === this.messages.length + added.length + 1) added.push(message);
    }
    const ids = new Set(messages.map(({ id }) => id));
    if (this.unsent.some(({ id }) => ids.has(id))) this.unsent = this.unsent.filter(({ id }) => !ids.has(id));
    if (added.length) this.messages = [...this.messages, ...added];
    return added.length > 0;
  }

  private ask(): void {
    if (this.asking || this.messages.length >= this.last) return;
    this.asking = true;
    this.say({ type: "chats", after: this.messages.length });
  }
}
