// What is known of a session, as its pages show it, and how each message of the session changes it.

import type { Ability, SessionEnd } from "../types";
import type { Unsent } from "./chat_log";
import type { ChatMessage, FilePolicy, FromSession, KnownDeed, Offered, Participant, Received, Welcome } from "./control";
import { AGENT } from "./frames";

/** `lost`: the session may go on, but joining it takes the password or the link again; `removed`: by the desk. */
export type Phase = "connecting" | "open" | "broken" | "ended" | "lost" | "removed";

export interface SessionView {
  phase: Phase;
  you: number;
  roster: Participant[];
  /** The names of everybody who is or was in it, by their addresses. */
  names: ReadonlyMap<number, string>;
  abilities: Ability[];
  /** End of the granted period. */
  until: number;
  /** The edge's time minus the browser's, in seconds. */
  skew: number;
  tenant: string;
  equipment: string;
  serial: string;
  /** What an attended session is about. */
  title: string;
  locked: boolean;
  /** The session has warned of its end. */
  warned: boolean;
  why: SessionEnd | undefined;
  /** Oldest first, like everything below. */
  deeds: KnownDeed[];
  chat: readonly ChatMessage[];
  /** What was written here and has not arrived. */
  unsent: readonly Unsent[];
  files: FilePolicy;
  offers: Offered[];
  /** How offers ended, by the id of the offer: for which receiver, and how. */
  receipts: ReadonlyMap<string, { by: number; outcome: Received }[]>;
}

export const NOTHING: SessionView = {
  phase: "connecting", you: 0, roster: [], names: new Map(), abilities: [], until: 0, skew: 0, tenant: "", equipment: "", serial: "",
  title: "", locked: false, warned: false, why: undefined, deeds: [], chat: [], unsent: [],
  files: { largest: Number.MAX_SAFE_INTEGER, types: [] }, offers: [], receipts: new Map(),
};

/** Whether the machine's agent is in the session. */
export function machineIsHere({ phase, roster }: Pick<SessionView, "phase" | "roster">): boolean {
  return phase === "open" && roster.some(({ id }) => id === AGENT);
}

function named(before: ReadonlyMap<number, string>, people: Participant[]): ReadonlyMap<number, string> {
  return new Map([...before, ...people.map(({ id, name }) => [id, name] as const)]);
}

function welcomed(names: SessionView["names"], message: Welcome): Partial<SessionView> {
  return {
    names: named(names, message.roster),
    phase: "open",
    you: message.you,
    roster: message.roster,
    abilities: message.abilities,
    until: message.until,
    skew: message.time - Math.floor(Date.now() / 1000),
    tenant: message.tenant_name,
    equipment: message.equipment,
    serial: message.serial_number,
    title: message.title ?? "",
    deeds: message.deeds ?? [],
    offers: message.offers ?? [],
    ...(message.files ? { files: message.files } : {}),
  };
}

/** What `message` changes; what is written is kept in order by chat_log.ts. */
export function changes(view: SessionView, message: FromSession): Partial<SessionView> {
  const { roster, names, deeds, offers, receipts } = view;
  switch (message.type) {
    case "welcome":
      return welcomed(names, message);
    case "joined":
      return { roster: [...roster.filter(({ id }) => id !== message.id), message], names: named(names, [message]) };
    case "left":
      return { roster: roster.filter(({ id }) => id !== message.id) };
    case "sharing":
      return { roster: roster.map((one) => (one.id === message.id ? { ...one, sharing: message.surface } : one)) };
    case "offered": {
      const known = offers.some(({ id }) => id === message.id);
      return { offers: known ? offers.map((one) => (one.id === message.id ? message : one)) : [...offers, message] };
    }
    case "withdrawn":
      return { offers: offers.filter(({ id }) => id !== message.id) };
    case "received": {
      const { id, by, outcome } = message;
      const others = (receipts.get(id) ?? []).filter((one) => one.by !== by);
      return { receipts: new Map(receipts).set(id, [...others, { by, outcome }]) };
    }
    case "doing":
      return { deeds: [...deeds.filter(({ id }) => id !== message.id), message] };
    case "done":
      return { deeds: deeds.map((of) => (of.id === message.id ? { ...of, outcome: message.outcome } : of)) };
    case "locked":
      return { locked: true };
    case "warning":
      return { until: message.until, warned: true };
    case "extended":
      return { until: message.until, warned: false };
    case "ended":
      return { phase: "ended", why: message.why, roster: [] };
    default:
      return {};
  }
}
