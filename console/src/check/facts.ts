// What was found, in words: what was measured on this page, or the figure of an earlier result.

import { formatTag, t } from "../text";
import { machine } from "./machine";
import type { View } from "./preflight";
import { MOST_RATE } from "./rate";
import type { Check } from "./verdicts";

/** Errors of a clock from this size on are given in minutes. In seconds. */
const LONG = 120;

function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(formatTag(), { maximumFractionDigits: digits }).format(value);
}

function rateText(kbps: number): string {
  if (kbps <= 0) return t("check-rate-none");
  // A figure and its unit stay on one line.
  const rate = kbps < 1000 ? `${number(kbps)}\u00a0kbit/s` : `${number(kbps / 1000, 1)}\u00a0Mbit/s`;
  return kbps < MOST_RATE ? rate : t("check-rate-most", { rate });
}

function clockText(seconds: number): string {
  const off = Math.abs(seconds);
  if (off <= 1) return t("check-clock-right");
  const way = seconds > 0 ? "ahead" : "behind";
  return off < LONG ? t(`check-clock-${way}-seconds`, { seconds: off }) : t(`check-clock-${way}-minutes`, { minutes: number(off / 60) });
}

function machineText(): string {
  const { browser, version, system } = machine();
  const name = browser === "Other" ? t("check-browser-other") : browser;
  return t("check-machine", { browser: version ? `${name} ${version}` : name, system: system === "Other" ? t("check-system-other") : system });
}

/** Nothing where it is not known. */
export function factOf(check: Check, { tried, measured, result }: View): string | undefined {
  const here = tried.includes(check);
  const { socket, peer, sharing } = measured;
  const value = (here ? undefined : result?.checks.find((one) => one.check === check)?.value) ?? undefined;
  switch (check) {
    case "browser":
      return here ? machineText() : undefined;
    case "socket":
      return here ? t(socket ? "check-socket-works" : "check-socket-fails") : undefined;
    case "download":
    case "upload": {
      const kbps = measured[check] ?? value;
      if (kbps !== undefined) return rateText(kbps);
      return here ? t("check-unmeasured") : undefined;
    }
    case "peer":
      return here ? t(peer ? "check-peer-works" : "check-peer-fails") : undefined;
    case "clock": {
      const seconds = measured.clock ?? value;
      if (seconds !== undefined) return clockText(seconds);
      return here ? t("check-unmeasured") : undefined;
    }
    case "sharing":
      return here && sharing ? t(`check-sharing-${sharing}`) : undefined;
  }
}
