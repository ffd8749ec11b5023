// Sizes and rates as people read them.

import { formatTag } from "../text";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

function parts(bytes: number): [number, string] {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(bytes, 1)) / 10)));
  return [bytes / 1024 ** power, UNITS[power] ?? "byte"];
}

/** 1.5 GB. */
export function sizeText(bytes: number): string {
  const [value, unit] = parts(bytes);
  const unitDisplay = unit === "byte" ? "long" : "short";
  return new Intl.NumberFormat(formatTag(), { style: "unit", unit, unitDisplay, maximumFractionDigits: 1 }).format(value);
}

/** 1.5 MB/s. */
export function rateText(bytesPerSecond: number): string {
  const [value, unit] = parts(bytesPerSecond);
  return new Intl.NumberFormat(formatTag(), { style: "unit", unit: `${unit}-per-second`, maximumFractionDigits: 1 }).format(value);
}
