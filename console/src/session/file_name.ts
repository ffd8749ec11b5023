// Names of files as a session passes them on (docs/session-protocol.md, "Files"): a name that it would refuse is made into
// one that it takes, before the file is offered. And what the customer's policy allows.

import type { FilePolicy, FileOffer, Unwanted } from "./control";

const MOST_CHARACTERS = 150;
const MOST_BYTES = 240;

const RESERVED = /[/\\:*?"<>|]/g;
/** What controls, shows nothing, or means something else on every computer. */
const UNREADABLE =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
/** What Windows calls devices, whatever follows a dot. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)/i;

const TEXT = new TextEncoder();
const tooLong = (name: string) => [...name].length > MOST_CHARACTERS || TEXT.encode(name).length > MOST_BYTES;
const trimmed = (name: string) => name.replace(/^\s+|[\s.]+$/gu, "");

/** `name` as it can be offered. */
export function fileName(name: string): string {
  let fits = trimmed(name.replace(UNREADABLE, "").replace(RESERVED, "_").normalize("NFC"));
  if (tooLong(fits)) {
    const dot = fits.lastIndexOf(".");
    const end = dot > 0 && fits.length - dot <= 17 ? fits.slice(dot) : "";
    const stem = [...fits.slice(0, fits.length - end.length)];
    while (tooLong(stem.join("") + end)) stem.pop();
    fits = trimmed(stem.join("")) + end;
  }
  if (DEVICE.test(fits)) fits = `_${fits}`;
  return fits || "file";
}

/** Why the policy does not let a file through, if it does not. */
export function unwanted({ name, size }: Pick<FileOffer, "name" | "size">, { largest, types }: FilePolicy): Unwanted | undefined {
  if (size > largest) return "size";
  const dot = name.lastIndexOf(".");
  const type = dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
  return types.length === 0 || types.includes(type) ? undefined : "type";
}
