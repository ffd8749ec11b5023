// Keyboards: which layout this one has, as far as the browser says, and what the machine's is called. What is typed is sent
// as the characters that this keyboard makes; a character that the machine's layout lacks may not arrive.

/** The layouts that can be told apart by two keys, by their names in X11 (`setxkbmap`). */
const KNOWN: Record<string, [bracket: string, quote: string]> = {
  jp: ["@", ":"],
  us: ["[", "'"],
  dk: ["å", "ø"],
  de: ["ü", "ä"],
  fr: ["^", "ù"],
};

interface WithKeyboard {
  keyboard?: {
    getLayoutMap?: () => Promise<ReadonlyMap<string, string>>;
    lock?: () => Promise<void>;
    unlock?: () => void;
  };
}

/** The browser's own interface, which only some have. */
export const keyboard = (navigator as WithKeyboard).keyboard;

/** This keyboard's layout, where the browser says it and it is a known one. */
export async function ownLayout(): Promise<string | undefined> {
  const map = await keyboard?.getLayoutMap?.().catch(() => undefined);
  if (!map) return undefined;
  const [bracket, quote] = [map.get("BracketLeft"), map.get("Quote")];
  if (map.has("IntlYen") && bracket === "@") return "jp";
  return Object.entries(KNOWN).find(([, keys]) => keys[0] === bracket && keys[1] === quote)?.[0];
}

/** The first layout of those that a machine has: `jp,us` or `jp(106)`. */
export function firstLayout(layouts: string): string {
  return /^[a-z]+/.exec(layouts.trim())?.[0] ?? "";
}
