// The frame of the pages before the login: the tenant's name first (C2), and the choice of a language.

import type { ComponentChildren } from "preact";
import { Brand, Contact } from "../../parts/brand";
import { Heading, useTitle } from "../../parts/page";
import { place } from "../../place";
import { session } from "../../session";
import { LOCALES, isLocale, locale, rememberLocale, speak, t } from "../../text";
import "./door.css";

function Languages() {
  const current = locale.get();
  return (
    <nav aria-label={t("console-languages")}>
      <ul class="languages">
        {Object.entries(LOCALES).map(([tag, name]) => (
          <li key={tag}>
            {tag === current ? (
              <span lang={tag} aria-current="true">
                {name}
              </span>
            ) : (
              <button
                type="button"
                class="plain"
                lang={tag}
                onClick={() => {
                  if (!isLocale(tag)) return;
                  rememberLocale(tag);
                  void speak(tag);
                }}
              >
                {name}
              </button>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function Door({ title, children }: { title: string; children: ComponentChildren }) {
  useTitle(title);
  return (
    <div class="door">
      <header class="bar">
        <Brand />
        {!session.get() && <Languages />}
      </header>
      <main>
        <p class="tenant">{place.name}</p>
        <Heading>{title}</Heading>
        {children}
      </main>
      <footer class="foot">
        <Contact />
        <p>{t("console-door-foot", { tenant: place.name, slug: place.slug })}</p>
      </footer>
    </div>
  );
}
