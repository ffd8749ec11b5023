// The files of one session as this page has them (Z6): those offered here, and those being received. They outlast the parts
// of the page that show them. How they travel is in sending.ts and receiving.ts.

import { store } from "../store";
import type { Channel } from "./channel";
import { type FileOffer, type FromSession, newId, type Offered, type Unwanted } from "./control";
import { fileName, unwanted } from "./file_name";
import { FileProblem, fileStore } from "./file_store";
import { FILE } from "./frames";
import { Receiving } from "./receiving";
import { sendFile } from "./sending";
import type { Stream } from "./stream";

/** `changed`: it is not what it was when it was offered, or cannot be read. */
export type OwnPhase = "hashing" | "offered" | "refused" | "changed";

/** A file that is offered here. */
export interface Own {
  offer: FileOffer;
  file: File;
  phase: OwnPhase;
  /** Bytes that were read for its hash. */
  read: number;
  why: Unwanted | undefined;
  /** How far each receiver is, by address. */
  going: ReadonlyMap<number, number>;
}

export interface FilesState {
  own: readonly Own[];
  /** By the id of the offer. */
  receiving: ReadonlyMap<string, Receiving>;
}

const READER = new TextDecoder();

/** What a receiver asks for in its first frame. */
function asked(bytes: Uint8Array): { offer: string; from: number } | undefined {
  try {
    const { offer, from } = JSON.parse(READER.decode(bytes)) as { offer?: unknown; from?: unknown };
    return typeof offer === "string" && Number.isSafeInteger(from) && (from as number) >= 0 ? { offer, from: from as number } : undefined;
  } catch {
    return undefined;
  }
}

export class Files {
  readonly state = store<FilesState>({ own: [], receiving: new Map() });
  private readonly hashing = new Map<string, AbortController>();
  private removal: Promise<unknown> = Promise.resolve();
  /** The offers that this person has answered, under whatever address. */
  readonly answered = new Set<string>();

  constructor(private readonly of: Channel) {
    of.accept(FILE, (stream) => this.wanted(stream));
    of.heard((message) => this.heard(message));
  }

  /** Offers a file, once it was read through for its hash. */
  async offer(file: File): Promise<void> {
    const offer = { id: newId(), name: fileName(file.name), size: file.size, sha256: "" };
    const why = unwanted(offer, this.of.view.get().files);
    this.put({ offer, file, phase: why ? "refused" : "hashing", read: 0, why, going: new Map() });
    if (why) return;
    const stop = new AbortController();
    this.hashing.set(offer.id, stop);
    try {
      const sha256 = await fileStore().hash(file, (read) => this.change(offer.id, { read }), stop.signal);
      this.hashing.delete(offer.id);
      this.offerHashed({ ...offer, sha256 });
    } catch (problem) {
      if (!(problem instanceof FileProblem && problem.message === "AbortError")) this.change(offer.id, { phase: "changed" });
    }
  }

  /** Takes an offer back, or clears it away where it was never made. */
  withdraw(id: string): void {
    this.hashing.get(id)?.abort();
    this.hashing.delete(id);
    const own = this.state.get().own.find(({ offer }) => offer.id === id);
    if (!own || own.phase === "offered") this.of.say({ type: "withdraw", id });
    this.set({ own: this.state.get().own.filter(({ offer }) => offer.id !== id) });
  }

  /** Receives an offer of somebody else. */
  accept(offer: Offered): void {
    this.answered.add(offer.id);
    this.set({ receiving: new Map(this.state.get().receiving).set(offer.id, new Receiving(this.of, offer, this.removed())) });
  }

  /** Does not want an offer, or no longer. */
  async decline({ id }: Offered): Promise<void> {
    this.answered.add(id);
    this.of.say({ type: "received", id, outcome: "declined" });
    await this.forget(id);
  }

  /** Removes what was received of an offer. */
  async forget(id: string): Promise<void> {
    const receiving = new Map(this.state.get().receiving);
    const one = receiving.get(id);
    receiving.delete(id);
    this.set({ receiving });
    this.removal = Promise.allSettled([this.removal, one?.drop()]);
    await this.removal;
  }

  /** Until what is not wanted any more is gone from the disk. */
  async removed(): Promise<void> {
    await this.removal;
  }

  /** The browser copies what was received, which takes so many ms at most; then it is removed here, even if the page's part
   * that shows it is gone by then. */
  saved(one: Receiving, copied: number): void {
    setTimeout(() => {
      void one.drop();
      void this.forget(one.offer.id);
    }, copied);
  }

  /** The page is left: what was received in part stays for the next time. */
  leave(): void {
    for (const one of this.state.get().receiving.values()) one.leave();
    this.set({ receiving: new Map() });
  }

  private set(part: Partial<FilesState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }

  private put(own: Own): void {
    this.set({ own: [...this.state.get().own, own] });
  }

  private change(id: string, part: Partial<Own>): void {
    this.set({ own: this.state.get().own.map((one) => (one.offer.id === id ? { ...one, ...part } : one)) });
  }

  /** Offers a file whose hash is known. The same one, offered before the page was loaded anew, is served again instead. */
  private offerHashed(offer: FileOffer): void {
    const { offers, you } = this.of.view.get();
    const served = this.state.get().own.map((one) => one.offer.id);
    const before = offers.find(({ by, sha256, size, id }) => by === you && sha256 === offer.sha256 && size === offer.size && !served.includes(id));
    const { id, name, size, sha256 } = before ?? offer;
    this.change(offer.id, { offer: { id, name, size, sha256 }, phase: "offered" });
    if (!before) this.of.say({ type: "offer", ...offer });
  }

  private heard(message: FromSession): void {
    if (message.type === "not_offered") this.change(message.id, { phase: "refused", why: message.why });
    if (message.type === "welcome") this.cameBack();
    if (message.type === "welcome" || message.type === "offered" || message.type === "joined") {
      for (const one of this.state.get().receiving.values()) one.cameBack();
    }
    // What was not finished is of no use to anybody any more.
    if (message.type === "ended") for (const one of this.state.get().receiving.values()) one.sessionEnded();
  }

  /** Offers what may have been lost with the connection. */
  private cameBack(): void {
    const { offers } = this.of.view.get();
    for (const { offer, phase } of this.state.get().own) {
      if (phase === "offered" && !offers.some(({ id }) => id === offer.id)) this.of.say({ type: "offer", ...offer });
    }
  }

  /** Somebody wants a file that is offered here: the first frame says which, and from where. */
  private wanted(stream: Stream): void {
    let known = false;
    stream.take((bytes) => {
      if (known) return;
      known = true;
      const found = asked(bytes);
      const own = this.state.get().own.find(({ offer, phase }) => offer.id === found?.offer && phase === "offered");
      if (!found || !own) return stream.close();
      void this.send(stream, own, found.from);
    });
  }

  private async send(stream: Stream, { offer, file }: Own, from: number): Promise<void> {
    const { peer } = stream;
    let shown = 0;
    const show = (at: number | undefined) => {
      const going = new Map(this.state.get().own.find((one) => one.offer.id === offer.id)?.going);
      if (at === undefined) going.delete(peer);
      else going.set(peer, at);
      this.change(offer.id, { going });
    };
    const how = await sendFile(this.of, stream, file, from, (at) => {
      const now = performance.now();
      if (now - shown < 250) return;
      shown = now;
      show(at);
    });
    show(undefined);
    if (how !== "changed") return;
    this.of.say({ type: "withdraw", id: offer.id });
    this.change(offer.id, { phase: "changed" });
  }
}

const all = new WeakMap<Channel, Files>();

/** Those of a session. Ask once when it begins, so that files are served from then on. */
export function filesOf(of: Channel): Files {
  const known = all.get(of);
  if (known) return known;
  const made = new Files(of);
  all.set(of, made);
  return made;
}
