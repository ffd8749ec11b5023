// What is said on the control stream of a session (docs/session-protocol.md, "The control stream"): one JSON document in
// each data frame. Types and members that this side does not know are skipped.

import type { Ability, SessionEnd } from "../types";

/** What somebody shares of their screen. */
export type Surface = "monitor" | "window" | "browser" | "unknown";

export interface Participant {
  id: number;
  role: "agent" | "desk" | "guest";
  name: string;
  sharing?: Surface | null;
}

/** Something that the desk wants done on the machine. */
export type Deed =
  | { what: "overview" | "connection_test" | "restart_software" | "restart_machine" }
  | { what: "log_tail"; log: string }
  | { what: "put_text"; text: string }
  | { what: "take_text" }
  | { what: "list_files"; folder: string }
  | { what: "offer_file"; folder: string; name: string };

export type DeedOutcome = "done" | "refused" | "failed" | "unknown";

/** A deed as everybody in the session sees it. */
export interface KnownDeed {
  id: string;
  by: number;
  name: string;
  deed: Deed;
  /** Absent while it is being done. */
  outcome?: DeedOutcome;
}

/** Something that was written (Z5). The numbers of a session's messages are 1, 2, 3 and so on. */
export interface ChatMessage {
  number: number;
  /** Made up by who wrote it. */
  id: string;
  /** The address that the writer had then. */
  by: number;
  role: Participant["role"];
  name: string;
  at: number;
  text: string;
}

/** A file that somebody offers (Z6). */
export interface FileOffer {
  /** Made up by who offers it. */
  id: string;
  name: string;
  size: number;
  /** 64 hexadecimal digits. */
  sha256: string;
}

export interface Offered extends FileOffer {
  /** The address of who offers it now. */
  by: number;
  person: string;
}

/** How an offer ended for one receiver. */
export type Received = "done" | "declined" | "mismatch" | "failed";

/** Why an offer is not passed on. */
export type Unwanted = "size" | "type" | "many";

/** Which files the customer lets through. */
export interface FilePolicy {
  /** Bytes. */
  largest: number;
  /** Extensions without the dot; every one if there is none. */
  types: string[];
}

export interface Welcome {
  type: "welcome";
  /** This connection's address. */
  you: number;
  /** The edge's time. */
  time: number;
  roster: Participant[];
  abilities: Ability[];
  until: number;
  tenant_name: string;
  /** Empty in an attended session, like the serial number. */
  equipment: string;
  serial_number: string;
  /** What an attended session is about. */
  title?: string;
  files?: FilePolicy;
  /** Lets this page in once more, after a break. */
  resume?: string;
  deeds?: KnownDeed[];
  /** The number of the last message that was written. */
  chats?: number;
  offers?: Offered[];
}

export type FromSession =
  | Welcome
  | ({ type: "joined" } & Participant)
  | { type: "left"; id: number }
  | ({ type: "chat" } & ChatMessage)
  | { type: "chats"; messages: ChatMessage[]; last: number }
  | ({ type: "offered" } & Offered)
  | { type: "not_offered"; id: string; why: Unwanted }
  | { type: "withdrawn"; id: string }
  | { type: "received"; id: string; by: number; outcome: Received }
  | { type: "sharing"; id: number; surface: Surface | null }
  | ({ type: "doing" } & KnownDeed)
  | { type: "done"; id: string; outcome: DeedOutcome }
  | { type: "locked" }
  | { type: "warning" | "extended"; until: number }
  | { type: "ended"; why: SessionEnd };

export type ToSession =
  | { type: "hello" }
  | { type: "chat"; id: string; text: string }
  | { type: "chats"; after: number }
  | ({ type: "offer" } & FileOffer)
  | { type: "withdraw"; id: string }
  | { type: "received"; id: string; outcome: Received }
  | { type: "share"; surface: Surface | null }
  | { type: "remove"; who: number }
  | { type: "request"; id: string; deed: Deed; stream?: number }
  | { type: "end" };

const TEXT = new TextEncoder();
const READER = new TextDecoder();

export function write(message: ToSession): Uint8Array<ArrayBuffer> {
  return TEXT.encode(JSON.stringify(message));
}

/** The message in `bytes`, if there is one; its type may be one that this side does not know. */
export function read(bytes: Uint8Array<ArrayBuffer>): FromSession | undefined {
  try {
    return JSON.parse(READER.decode(bytes)) as FromSession;
  } catch {
    return undefined;
  }
}

/** An id that nothing else has. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
