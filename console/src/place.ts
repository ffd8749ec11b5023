// Where the console runs: what the edge wrote into the page.

import type { TenantKind } from "./types";

const element = document.getElementById("app");
if (!element) throw new Error("the page has no element #app");

export const root: HTMLElement = element;
const data = element.dataset;

/** How the provider presents itself (B16). */
interface Face {
  name: string;
  /** How to reach its desk, in lines. */
  contact: string[];
  /** The address of its logo. */
  logo: string | null;
}

export const place = {
  slug: data["slug"] ?? "",
  name: data["name"] ?? "",
  kind: (data["kind"] === "provider" ? "provider" : "tenant") satisfies TenantKind as TenantKind,
  product: data["product"] ?? "Tegata",
  locale: data["locale"] ?? "ja",
  /** Undefined where the provider has set none. */
  face: data["face"] ? (JSON.parse(data["face"]) as Face) : undefined,
};

/** The API of this tenant. */
export const API = `/t/${place.slug}/api/v1`;
