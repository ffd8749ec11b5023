// The documents that an agent brings: the state of its machine, and its connection test. What is not there is not shown.

/** Bytes. */
export interface Space {
  total: number;
  available: number;
}

export interface MachineState {
  /** The agent's version. */
  agent?: string;
  host_name?: string;
  system?: string;
  kernel?: string | null;
  uptime_seconds?: number | null;
  /** The edge's time minus the machine's. */
  clock_offset_seconds?: number | null;
  processors?: number | null;
  load?: number[] | null;
  memory?: Space | null;
  swap?: Space | null;
  disks?: ({ mounted_at: string; file_system: string } & Space)[];
  /** The software that can be restarted, and whether it runs. */
  software?: { name: string; runs: boolean | null; running_since: number | null } | null;
  may_restart_machine?: boolean;
  /** The layout of its keyboard, as X11 calls it: `jp`, `us`. */
  keyboard_layout?: string | null;
  /** The user of its terminals, where it opens some. */
  terminal?: string | null;
  /** How it exchanges files, where it does. */
  files?: { receives: boolean; accepted_by: string; folders: string[] } | null;
  /** The names of the log files that can be read. */
  logs?: string[];
}

/** A file in a folder that the machine's configuration names. */
export interface MachineFile {
  name: string;
  size: number;
  /** Seconds since 1970. */
  modified: number | null;
}

export interface Folder {
  files: MachineFile[];
  /** Whether there are more than were listed. */
  more?: boolean;
}

/** How one step of the way to the edge went. */
export type CheckState = "passed" | "failed" | "not_needed" | "not_reached";

export interface Diagnosis {
  edge?: string;
  /** `host:port`. */
  proxy?: string | null;
  checks: [string, CheckState][];
  outcome?: { code?: string; detail?: string };
}

const READER = new TextDecoder();

/** The document in `bytes`, if there is one. */
export function readDocument<T extends object>(bytes: Uint8Array<ArrayBuffer>): T | undefined {
  try {
    const found: unknown = JSON.parse(READER.decode(bytes));
    return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as T) : undefined;
  } catch {
    return undefined;
  }
}

/** How log files are written, the likelier first. What is no text of either kind is shown as far as it can be read. */
const ENCODINGS = ["utf-8", "shift_jis"];

/** The text of a log file, with its Japanese: in UTF-8, UTF-16 with its mark, or Shift_JIS. */
export function readLog(bytes: Uint8Array<ArrayBuffer>): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  for (const encoding of ENCODINGS) {
    try {
      // The last character may be half written.
      return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    } catch {
      // It is written in another.
    }
  }
  return READER.decode(bytes);
}
