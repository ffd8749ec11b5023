// Where files go that arrive, and how files are read through: in a worker of its own. What arrives is written to the
// origin's own files on disk, so that it neither fills the memory nor is lost with the page. A browser that cannot do that
// keeps it in memory, up to a limit.

import type { Answer, Ask } from "./file_worker";
import workerUrl from "./file_worker?worker&url";

/** Most bytes of a file that is kept in memory. */
export const MOST_IN_MEMORY = 256 * 1024 * 1024;
/** What an earlier page has left is removed after so long, in ms. */
const LEFT_OVER = 24 * 3600 * 1000;
/** Parts in memory are put together to this size, in bytes: then the browser may keep them elsewhere. */
const PART = 1 << 22;

type Bytes = Uint8Array<ArrayBuffer>;

/** Why a file cannot be read or kept, by the names that browsers give it. */
export class FileProblem extends Error {}

/** A file that is being received. */
export interface Sink {
  /** Bytes that are there already. */
  readonly have: number;
  /** Whether it outlasts the page. */
  readonly lasts: boolean;
  write(parts: Bytes[]): Promise<void>;
  /** Closes it, and says what is in it. */
  finish(): Promise<{ size: number; sha256: string }>;
  /** Its content, once it is finished. */
  content(): Promise<Blob>;
  /** Closes it, to be gone on with later. */
  close(): Promise<void>;
  remove(): Promise<void>;
}

interface Waiting {
  over: (value: unknown) => void;
  fail: (problem: FileProblem) => void;
  progress: ((bytes: number) => void) | undefined;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): string };
}

/** The page's policy allows one kind of script address that is not written into the page: this worker's. */
function scriptUrl(url: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  const same = (asked: string) => {
    if (asked !== workerUrl) throw new TypeError("no other worker is started");
    return asked;
  };
  return types ? types.createPolicy("tegata", { createScriptURL: same }).createScriptURL(url) : url;
}

type Question = Ask extends infer A ? (A extends Ask ? Omit<A, "ask"> : never) : never;

class FileStore {
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  private readonly worker: Worker;

  constructor() {
    this.worker = new Worker(scriptUrl(workerUrl), { type: "module" });
    this.worker.onmessage = ({ data }: MessageEvent<Answer>) => this.answered(data);
    this.worker.onerror = () => {
      for (const { fail } of this.waiting.values()) fail(new FileProblem("WorkerError"));
      this.waiting.clear();
    };
    void this.ask({ what: "sweep", olderThan: LEFT_OVER }).catch(() => undefined);
  }

  /** The SHA-256 of a file, as 64 hexadecimal digits. */
  hash(blob: Blob, progress?: (bytes: number) => void, signal?: AbortSignal): Promise<string> {
    const hashing = this.ask({ what: "hash", blob }, [], progress) as Promise<string>;
    const { asked } = this;
    signal?.addEventListener("abort", () => void this.ask({ what: "cancel", of: asked }));
    return hashing;
  }

  /** A place for a file: with what is there of it already. */
  async receive(sha256: string, size: number): Promise<Sink> {
    const name = `${sha256}-${size}`;
    try {
      const have = (await this.ask({ what: "open", name })) as number;
      return new DiskSink(this, name, have);
    } catch (problem) {
      const { message } = problem as FileProblem;
      // Another page of the same browser is receiving it.
      if (message === "NoModificationAllowedError" || message === "QuotaExceededError") throw problem;
      if (size > MOST_IN_MEMORY) throw new FileProblem("TooLargeForMemory");
      return new MemorySink(this);
    }
  }

  ask(question: Question, transfer: Transferable[] = [], progress?: (bytes: number) => void): Promise<unknown> {
    this.asked += 1;
    const { asked } = this;
    return new Promise((over, fail) => {
      this.waiting.set(asked, { over, fail, progress });
      this.worker.postMessage({ ask: asked, ...question }, transfer);
    });
  }

  private answered(answer: Answer): void {
    const waiting = this.waiting.get(answer.ask);
    if (!waiting) return;
    if ("progress" in answer) return waiting.progress?.(answer.progress);
    this.waiting.delete(answer.ask);
    if ("error" in answer) waiting.fail(new FileProblem(answer.error));
    else waiting.over(answer.value);
  }
}

class DiskSink implements Sink {
  readonly lasts = true;

  constructor(
    private readonly store: FileStore,
    private readonly name: string,
    readonly have: number,
  ) {}

  async write(parts: Bytes[]): Promise<void> {
    await this.store.ask({ what: "write", name: this.name, parts }, parts.map(({ buffer }) => buffer));
  }

  async finish(): Promise<{ size: number; sha256: string }> {
    return (await this.store.ask({ what: "finish", name: this.name })) as { size: number; sha256: string };
  }

  async content(): Promise<Blob> {
    const all = await (await navigator.storage.getDirectory()).getDirectoryHandle("received");
    return (await all.getFileHandle(this.name)).getFile();
  }

  async close(): Promise<void> {
    await this.store.ask({ what: "close", name: this.name });
  }

  async remove(): Promise<void> {
    await this.store.ask({ what: "remove", name: this.name });
  }
}

class MemorySink implements Sink {
  readonly lasts = false;
  have = 0;
  private done: Blob[] = [];
  private parts: Bytes[] = [];
  private size = 0;

  constructor(private readonly store: FileStore) {}

  async write(parts: Bytes[]): Promise<void> {
    for (const bytes of parts) {
      this.have += bytes.length;
      this.parts.push(bytes);
      this.size += bytes.length;
    }
    if (this.size >= PART) this.gather();
  }

  async finish(): Promise<{ size: number; sha256: string }> {
    const content = await this.content();
    return { size: content.size, sha256: await this.store.hash(content) };
  }

  async content(): Promise<Blob> {
    this.gather();
    return new Blob(this.done);
  }

  async close(): Promise<void> {
    this.gather();
  }

  async remove(): Promise<void> {
    this.done = [];
    this.parts = [];
  }

  private gather(): void {
    this.done.push(new Blob(this.parts));
    this.parts = [];
    this.size = 0;
  }
}

let made: FileStore | undefined;

/** The one of this page. Its worker is started when it is needed first. */
export function fileStore(): FileStore {
  made ??= new FileStore();
  return made;
}

/** Removes everything that was received and is not open. */
export async function removeReceived(): Promise<void> {
  const root = await navigator.storage?.getDirectory?.().catch(() => undefined);
  await root?.removeEntry("received", { recursive: true }).catch(() => undefined);
}
