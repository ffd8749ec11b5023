// What is said on the control stream of a session (docs/session-protocol.md, "The control stream"): one JSON document in
// each data frame. Types and members that this console does not know are skipped.

import type { Ability, SessionEnd } from "../../types";

export interface Participant {
  id: number;
  role: "agent" | "desk";
  name: string;
}

/** Something that the desk wants done on the machine. */
export type Deed =
  | { what: "overview" | "connection_test" | "restart_software" | "restart_machine" }
  | { what: "log_tail"; log: string };

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
  equipment: string;
  serial_number: string;
  /** Lets this page in once more, after a break. */
  resume?: string;
  deeds?: KnownDeed[];
}

export type FromSession =
  | Welcome
  | ({ type: "joined" } & Participant)
  | { type: "left"; id: number }
  | ({ type: "doing" } & KnownDeed)
  | { type: "done"; id: string; outcome: DeedOutcome }
  | { type: "locked" }
  | { type: "warning" | "extended"; until: number }
  | { type: "ended"; why: SessionEnd };

export type ToSession = { type: "hello" } | { type: "request"; id: string; deed: Deed; stream?: number } | { type: "end" };

const TEXT = new TextEncoder();
const READER = new TextDecoder();

export function write(message: ToSession): Uint8Array<ArrayBuffer> {
  return TEXT.encode(JSON.stringify(message));
}

/** The message in `bytes`, if there is one; its type may be one that this console does not know. */
export function read(bytes: Uint8Array<ArrayBuffer>): FromSession | undefined {
  try {
    return JSON.parse(READER.decode(bytes)) as FromSession;
  } catch {
    return undefined;
  }
}

/** An id that no other request has. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
