// What the edge wrote into the page of the check before a session: who checks for which appointment, and the last result.

import type { Owner } from "../parts/door";
import { readResult } from "./verdicts";

const element = document.getElementById("check");
if (!element) throw new Error("the page has no element #check");

export const root: HTMLElement = element;
const data = element.dataset;
const product = data["product"] ?? "Tegata";
/** Unix seconds. */
const start = Number(data["start"] || undefined);

export const place = {
  locale: data["locale"] ?? "ja",
  owner: { name: data["provider"] || product, logo: data["logo"], contact: JSON.parse(data["contact"] ?? "[]") as string[], product } satisfies Owner,
  /** The name of the customer. */
  customer: data["customer"] ?? "",
  /** What the session is about. */
  title: data["title"] ?? "",
  /** The person who has the appointment. */
  name: data["name"] ?? "",
  start: Number.isFinite(start) ? start : undefined,
  /** The time zone of the appointment, as the edge knows it; a browser may not. */
  zone: data["zone"] ?? "",
  /** What the last check found. */
  found: data["found"] ? readResult(data["found"]) : undefined,
  /** What the line is measured with. */
  bytes: "/check/bytes",
  /** Where the page is; its socket is below it. */
  path: location.pathname.replace(/\/$/, ""),
};
