// Browser and operating system, as the browser names them itself.

export interface Machine {
  browser: "Chrome" | "Edge" | "Firefox" | "Safari" | "Opera" | "Other";
  version: number | undefined;
  system: "Windows" | "macOS" | "Linux" | "ChromeOS" | "Android" | "iOS" | "Other";
  /** A phone or a tablet: their browsers share no screen. */
  phone: boolean;
}

/** User-agent client hints: only Chromium has them, and only on a secure page. */
interface Hints {
  brands?: { brand: string; version: string }[];
  mobile?: boolean;
  platform?: string;
}

const BRANDS: Record<string, Machine["browser"]> = { "Google Chrome": "Chrome", "Microsoft Edge": "Edge", Opera: "Opera" };

/** The first that fits. Most browsers also claim to be those further down. */
const AGENTS: [RegExp, Machine["browser"]][] = [
  [/\b(?:SamsungBrowser|Vivaldi|YaBrowser|DuckDuckGo)\/(\d+)/, "Other"],
  [/\bEdg(?:A|iOS)?\/(\d+)/, "Edge"],
  [/\b(?:OPR|OPT|OPX)\/(\d+)/, "Opera"],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/\b(?:Chrome|HeadlessChrome|CriOS)\/(\d+)/, "Chrome"],
  [/\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//, "Safari"],
];

const SYSTEMS: [RegExp, Machine["system"]][] = [
  [/\b(?:iPhone|iPad|iPod)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b|\bChrom(?:e|ium) OS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bmacOS\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

function browserOf({ brands = [] }: Hints, agent: string): Pick<Machine, "browser" | "version"> {
  const named = brands.find(({ brand }) => BRANDS[brand]);
  if (named) return { browser: BRANDS[named.brand] ?? "Other", version: Number.parseInt(named.version, 10) || undefined };
  for (const [pattern, browser] of AGENTS) {
    const version = pattern.exec(agent)?.[1];
    if (version) return { browser, version: Number(version) };
  }
  return { browser: "Other", version: undefined };
}

function systemOf({ platform = "" }: Hints, agent: string, touches: number): Machine["system"] {
  const [, system = "Other"] = SYSTEMS.find(([pattern]) => pattern.test(platform)) ?? SYSTEMS.find(([pattern]) => pattern.test(agent)) ?? [];
  // Safari on an iPad calls itself a Mac. No Mac has a screen that takes fingers.
  return system === "macOS" && touches > 1 ? "iOS" : system;
}

export function machineOf(agent: string, hints: Hints = {}, touches = 0): Machine {
  const system = systemOf(hints, agent, touches);
  return { ...browserOf(hints, agent), system, phone: hints.mobile === true || system === "Android" || system === "iOS" };
}

export function machine(): Machine {
  const { userAgent, userAgentData, maxTouchPoints } = navigator as Navigator & { userAgentData?: Hints };
  return machineOf(userAgent, userAgentData, maxTouchPoints);
}
