// A logo, as the API takes it: a PNG image in base64.

import { t } from "../../text";

/** Largest image, in bytes. */
const LARGEST = 48 * 1024;
/** Largest width and height, in pixels. */
const LARGEST_SIDE = 1200;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Where a browser finds the image. */
export function source(image: string): string {
  return `data:image/png;base64,${image}`;
}

/** The image's size in bytes. */
export function sizeOf(image: string): number {
  return Math.floor((image.replace(/=+$/, "").length * 3) / 4);
}

/** Why the file cannot be the logo. Its bytes say what it is: a name does not. */
function refusal(bytes: Uint8Array): string | undefined {
  if (bytes.length > LARGEST) return t("console-logo-large");
  if (!PNG.every((byte, at) => bytes[at] === byte) || bytes.length < 24) return t("console-logo-wrong");
  const sides = new DataView(bytes.buffer, bytes.byteOffset);
  const fits = [16, 20].every((at) => sides.getUint32(at) >= 1 && sides.getUint32(at) <= LARGEST_SIDE);
  return fits ? undefined : t("console-logo-wide");
}

/** The image of the file, or why there is none. */
export async function logoOf(file: File): Promise<{ image: string } | { refused: string }> {
  // A large file is not read to be refused.
  if (file.size > LARGEST) return { refused: t("console-logo-large") };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const refused = refusal(bytes);
  if (refused) return { refused };
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { image: btoa(text) };
}
