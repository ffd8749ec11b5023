// The frame of the page outside a session: whose it is, the language, and how to reach the desk.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { isLocale, LOCALES, locale, speak, t } from "../text";
import { brandName, place } from "./place";

export function Brand() {
  const logo = place.face?.logo;
  return <p class={logo ? "product drawn" : "product"}>{logo ? <img src={logo} alt={brandName()} /> : brandName()}</p>;
}

/** The choice of a language is not remembered: this page leaves nothing in the browser. */
function Languages() {
  const current = locale.get();
  return (
    <nav aria-label={t("join-languages")}>
      <ul class="languages">
        {Object.entries(LOCALES).map(([tag, name]) => (
          <li key={tag}>
            {tag === current ? (
              <span lang={tag} aria-current="true">
                {name}
              </span>
            ) : (
              <button type="button" class="plain" lang={tag} onClick={() => isLocale(tag) && void speak(tag, "join")}>
                {name}
              </button>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Contact() {
  const heading = useId();
  const lines = place.face?.contact ?? [];
  if (!lines.length) return null;
  return (
    <section class="reach" aria-labelledby={heading}>
      <h2 id={heading}>{t("join-contact")}</h2>
      <p class="pre-line">
        <b>{brandName()}</b>
        {`\n${lines.join("\n")}`}
      </p>
    </section>
  );
}

/** The heading of a page that has just replaced another takes the focus. */
export function Heading({ children, first }: { children: ComponentChildren; first?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!first) heading.current?.focus();
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

export function Door({ title, children }: { title: string; children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} - ${brandName()}`;
  }, [title]);
  return (
    <div class="door">
      <header class="bar">
        <Brand />
        <Languages />
      </header>
      <main>{children}</main>
      <footer class="foot">
        <Contact />
        <p>{place.product}</p>
      </footer>
    </div>
  );
}
