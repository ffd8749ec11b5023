// The frame of a page: its heading, which takes the focus when the page is opened, and the title of the window.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { place } from "../place";
import { navigations } from "../router";
import { t } from "../text";
import { brandName } from "./brand";
import "./surfaces.css";

interface PageProps {
  title: string;
  /** The page above this one. */
  back?: { href: string; label: string };
  actions?: ComponentChildren;
  lead?: string;
  children: ComponentChildren;
}

export function useTitle(title: string): void {
  useLayoutEffect(() => {
    // At the desk the tenant is the brand.
    const own = place.name === brandName();
    document.title = own ? t("console-window-own", { title, tenant: place.name }) : t("console-window", { title, tenant: place.name, product: brandName() });
  }, [title]);
}

/** The heading of a page. It has the focus from the moment that it is there. */
export function Heading({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (navigations.count > 0) heading.current?.focus();
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

export function Page({ title, back, actions, lead, children }: PageProps) {
  useTitle(title);
  return (
    <>
      {back && (
        <p class="back">
          <a href={back.href}>{back.label}</a>
        </p>
      )}
      <div class="head">
        <Heading>{title}</Heading>
        {actions && <div class="actions">{actions}</div>}
      </div>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </>
  );
}
