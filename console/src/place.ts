// Where the console runs: what the edge wrote into the page.

import type { TenantKind } from "./types";

const element = document.getElementById("app");
if (!element) throw new Error("the page has no element #app");

export const root: HTMLElement = element;
const data = element.dataset;

export const place = {
  slug: data["slug"] ?? "",
  name: data["name"] ?? "",
  kind: (data["kind"] === "provider" ? "provider" : "tenant") satisfies TenantKind as TenantKind,
  product: data["product"] ?? "Tegata",
  locale: data["locale"] ?? "ja",
};

/** The API of this tenant. */
export const API = `/t/${place.slug}/api/v1`;
