// The shades in which an accent colour is shown: as near to it as can be read. The same rule as in domain/src/face.rs,
// for the preview; domain/tests/vectors/accent.json holds both to it.

type Rgb = [number, number, number];

/** Contrast that text needs with its background (WCAG 2.2, 1.4.3). */
const READABLE = 4.5;
/** Text on an accent colour: the lighter and the darker choice. */
const ON_ACCENT: [string, string] = ["#ffffff", "#0b1016"];

export type Scheme = "light" | "dark";

export interface Shades {
  accent: string;
  onAccent: string;
}

/** `--panel` and `--ink` of styles/tokens.css, and its colours where no accent is set. */
export const SCHEMES: Record<Scheme, { paper: string; ink: string; plain: Shades }> = {
  light: { paper: "#f0f2f5", ink: "#1d2530", plain: { accent: "#1f4f8f", onAccent: "#ffffff" } },
  dark: { paper: "#212932", ink: "#e9edf1", plain: { accent: "#93bdf2", onAccent: "#0d1c2e" } },
};

/** The colour as the API takes it; undefined where `text` is none. */
export function colour(text: string): string | undefined {
  const typed = text.normalize("NFKC").trim().toLowerCase().replace(/^#/, "");
  const full = /^[0-9a-f]{3}$/.test(typed) ? [...typed].map((digit) => digit + digit).join("") : typed;
  return /^[0-9a-f]{6}$/.test(full) ? `#${full}` : undefined;
}

function parse(hex: string): Rgb {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

function hex(rgb: Rgb): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

/** Relative luminance (WCAG 2.2). */
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: string, other: string): number {
  const [first, second] = [luminance(parse(one)), luminance(parse(other))];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

/** `steps` of 32 of the way from one colour to another. */
function towards(from: Rgb, to: Rgb, steps: number): string {
  const mix = (at: 0 | 1 | 2) => Math.floor((from[at] * (32 - steps) + to[at] * steps) / 32);
  return hex([mix(0), mix(1), mix(2)]);
}

function readable(accent: string, paper: string): string {
  const far: Rgb = luminance(parse(paper)) > 0.5 ? [0, 0, 0] : [255, 255, 255];
  for (let steps = 0; steps <= 32; steps += 1) {
    const found = towards(parse(accent), far, steps);
    if (contrast(found, paper) >= READABLE) return found;
  }
  return hex(far);
}

export function shades(accent: string, scheme: Scheme): Shades {
  const shown = readable(accent, SCHEMES[scheme].paper);
  const [light, dark] = ON_ACCENT;
  return { accent: shown, onAccent: contrast(shown, light) >= contrast(shown, dark) ? light : dark };
}
