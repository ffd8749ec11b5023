// The frame of the page outside a session: whose it is, the language, and how to reach the desk.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { isLocale, LOCALES, locale, speak, t } from "../text";
import { brandName, place } from "./place";

export function Brand() {
  const { logo } = place;
  return <p class={logo ? "product drawn" : "product"}>{logo ? <img src={logo} alt={brandName()} /> : brandName()}</p>;
}

interface LanguagesProps {
  /** Whether the edge writes the page anew: what a person consents to is its text. Later this page changes its own. */
  anew: boolean;
}

/** The choice of a language is not remembered: this page leaves nothing in the browser. */
function Languages({ anew }: LanguagesProps) {
  const current = locale.get();
  const other = (tag: string, name: string) =>
    anew ? (
      <a href={`?lang=${tag}`} lang={tag} hreflang={tag}>
        {name}
      </a>
    ) : (
      <button type="button" class="plain" lang={tag} onClick={() => isLocale(tag) && void speak(tag, "join")}>
        {name}
      </button>
    );
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
              other(tag, name)
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Contact() {
  const heading = useId();
  if (!place.contact.length) return null;
  return (
    <section class="reach" aria-labelledby={heading}>
      <h2 id={heading}>{t("join-contact")}</h2>
      <p class="pre-line">
        <b>{brandName()}</b>
        {`\n${place.contact.join("\n")}`}
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

interface DoorProps {
  title: string;
  /** Before joining. */
  first?: boolean;
  children: ComponentChildren;
}

export function Door({ title, first = false, children }: DoorProps) {
  useLayoutEffect(() => {
    document.title = `${title} - ${brandName()}`;
  }, [title]);
  return (
    <div class="door">
      <header class="bar">
        <Brand />
        <Languages anew={first} />
      </header>
      <main>{children}</main>
      <footer class="foot">
        <Contact />
        <p>{place.product}</p>
      </footer>
    </div>
  );
}
