// The frame of a page behind a link, for people without an account: whose it is, the language, and how to reach the desk.
// What it says comes from the page, which has its own texts.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { isLocale, LOCALES, locale } from "../text";
import type { Locale } from "../types";
import "./door.css";

/** Whose page it is, as the edge wrote it into the page. */
export interface Owner {
  /** The name of the provider; where there is none, the product's. */
  name: string;
  logo: string | undefined;
  /** How to reach the desk, in lines. */
  contact: string[];
  product: string;
}

export function Face({ name, logo }: Pick<Owner, "name" | "logo">) {
  return <p class={logo ? "product drawn" : "product"}>{logo ? <img src={logo} alt={name} /> : name}</p>;
}

interface LanguagesProps {
  label: string;
  /** Changes the language of what is shown. Without it, the edge writes the page anew. */
  change: ((tag: Locale) => void) | undefined;
}

/** The choice of a language is not remembered: such a page leaves nothing in the browser. */
function Languages({ label, change }: LanguagesProps) {
  const current = locale.get();
  const other = (tag: string, name: string) =>
    change ? (
      <button type="button" class="plain" lang={tag} onClick={() => isLocale(tag) && change(tag)}>
        {name}
      </button>
    ) : (
      <a href={`?lang=${tag}`} lang={tag} hreflang={tag}>
        {name}
      </a>
    );
  return (
    <nav aria-label={label}>
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

function Contact({ label, of: { name, contact } }: { label: string; of: Owner }) {
  const heading = useId();
  if (!contact.length) return null;
  return (
    <section class="reach" aria-labelledby={heading}>
      <h2 id={heading}>{label}</h2>
      <p class="pre-line">
        <b>{name}</b>
        {`\n${contact.join("\n")}`}
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
  of: Owner;
  labels: { languages: string; contact: string };
  change: LanguagesProps["change"];
  children: ComponentChildren;
}

export function Door({ title, of, labels, change, children }: DoorProps) {
  useLayoutEffect(() => {
    document.title = `${title} - ${of.name}`;
  }, [title]);
  return (
    <div class="door">
      <header class="bar">
        <Face {...of} />
        <Languages label={labels.languages} change={change} />
      </header>
      <main>{children}</main>
      <footer class="foot">
        <Contact label={labels.contact} of={of} />
        <p>{of.product}</p>
      </footer>
    </div>
  );
}
