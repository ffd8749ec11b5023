// The provider as its customers see it (B16): logo or name, and how to reach its desk. Without a face it is the product.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { place } from "../place";
import { t } from "../text";
import "./brand.css";

export function brandName(): string {
  return place.face?.name ?? place.product;
}

export function Brand({ children }: { children?: ComponentChildren }) {
  const logo = place.face?.logo;
  return (
    <p class={logo ? "product drawn" : "product"}>
      {logo ? <img src={logo} alt={brandName()} /> : brandName()}
      {children}
    </p>
  );
}

/** How to reach the desk, for customers: its own people know. */
export function Contact() {
  const heading = useId();
  const lines = place.kind === "tenant" ? (place.face?.contact ?? []) : [];
  if (!lines.length) return null;
  return (
    <section class="reach" aria-labelledby={heading}>
      <h2 id={heading}>{t("console-support-desk")}</h2>
      <p class="pre-line">
        <b>{brandName()}</b>
        {`\n${lines.join("\n")}`}
      </p>
    </section>
  );
}
