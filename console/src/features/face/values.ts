// A face as a form has it, and as the API takes it.

import { isAddress } from "../../address";
import type { Errors } from "../../parts/form_state";
import { formatTag, t } from "../../text";
import type { ChangedFace, FaceView } from "../../types";
import { colour } from "./accent";
import { sizeOf } from "./logo";

/** Limits of the API: lines, and characters of each. */
const MOST_LINES = 5;
const LONGEST_LINE = 120;
const LONGEST_NAME = 100;

export interface FaceValues {
  name: string;
  /** One line for each. */
  contact: string;
  accent: string;
  sender: string;
  reply_to: string;
  /** The image in base64. */
  logo: string;
}

export function read({ name, contact, accent, sender, reply_to, image }: FaceView): FaceValues {
  return {
    name,
    contact: contact.join("\n"),
    accent: accent ?? "",
    sender: sender ?? "",
    reply_to: reply_to ?? "",
    logo: image ?? "",
  };
}

export function linesOf(contact: string): string[] {
  return contact
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

const long = (text: string, most: number) => [...text.trim()].length > most;

export function check({ name, contact, accent, sender, reply_to }: FaceValues): Errors {
  const lines = linesOf(contact);
  const contactWrong = lines.length > MOST_LINES || lines.some((line) => long(line, LONGEST_LINE));
  const named = long(name, LONGEST_NAME) ? t("console-invalid-name") : undefined;
  return {
    name: name.trim() ? named : t("console-required"),
    contact: contactWrong ? t("console-face-contact-wrong") : undefined,
    accent: !accent.trim() || colour(accent) ? undefined : t("console-face-accent-wrong"),
    sender: long(sender, LONGEST_NAME) ? t("console-invalid-name") : undefined,
    reply_to: !reply_to.trim() || isAddress(reply_to.trim()) ? undefined : t("console-invalid-email"),
  };
}

/** The logo is sent only where it is another one. */
export function write(values: FaceValues, base: FaceValues): Omit<ChangedFace, "version"> {
  const { logo } = values;
  const changed = logo ? { logo } : { remove_logo: true };
  return {
    name: values.name.trim(),
    contact: linesOf(values.contact),
    accent: colour(values.accent) ?? null,
    sender: values.sender.trim() || null,
    reply_to: values.reply_to.trim() || null,
    ...(logo === base.logo ? {} : changed),
  };
}

/** In a conflict, a logo is identified by its size. */
export function show(name: string, value: unknown): string {
  if (name !== "logo" || !value) return "";
  return `PNG ${new Intl.NumberFormat(formatTag(), { maximumFractionDigits: 1 }).format(sizeOf(String(value)) / 1024)} KB`;
}
