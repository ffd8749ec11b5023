// A reason, as somebody types it and as it is kept.

/** Most characters of a reason. */
export const LONGEST_REASON = 500;

/** A field of several lines brings line ends; a reason is one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
