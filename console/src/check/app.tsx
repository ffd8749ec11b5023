// The page: what it is for, the check, and the second step, for which the person has to choose a screen.

import { abilities } from "../join/abilities";
import { Door, Heading } from "../parts/door";
import { locale, speak, t } from "../text";
import { Lines, Progress } from "./lines";
import { momentText } from "./moment";
import { Outcome } from "./outcome";
import { place } from "./place";
import type { Preflight, View } from "./preflight";
import { Requirements } from "./requirements";

function Lead() {
  const { owner, customer, name, title, start } = place;
  return (
    <>
      <p class="for">{name ? t("check-for", { customer, name }) : customer}</p>
      <Heading first>{t("check-title")}</Heading>
      <p class="quoted">
        <span class="unseen">{t("check-subject")} </span>
        {title}
      </p>
      {start !== undefined && (
        <p>
          {t("check-start")}
          <time dateTime={new Date(start * 1000).toISOString()}>{momentText(start)}</time>
        </p>
      )}
      <p>{t("check-lead", { provider: owner.name })}</p>
      <p class="outcome">{t("check-safe")}</p>
    </>
  );
}

/** It is the same button before, during and after, so that it keeps the focus. */
function Start({ of, view: { phase, result } }: { of: Preflight; view: View }) {
  const text = { before: result ? "check-again" : "check-go", running: "check-going", done: "check-again" }[phase];
  return (
    <div class="buttons">
      <button type="button" class={phase === "done" ? "" : "primary"} aria-disabled={of.busy} onClick={() => void of.start()}>
        {t(text)}
      </button>
    </div>
  );
}

function ShareStep({ of, view: { tried, phase } }: { of: Preflight; view: View }) {
  if (phase !== "done" || !abilities().share) return null;
  return (
    <section aria-labelledby="share">
      <h2 id="share">{t("check-share-title")}</h2>
      <p>{t("check-share-hint")}</p>
      <div class="buttons">
        <button type="button" class="primary" aria-disabled={of.busy} onClick={() => void of.tryToShare()}>
          {t(tried.includes("sharing") ? "check-share-again" : "check-share")}
        </button>
      </div>
    </section>
  );
}

function itemsTitle({ phase, result }: View): string {
  if (phase === "before") return result ? t("check-earlier", { time: momentText(result.at) }) : t("check-items");
  return t(phase === "done" ? "check-results" : "check-items");
}

export function App({ preflight }: { preflight: Preflight }) {
  locale.use();
  const view = preflight.view.use();
  return (
    <Door
      title={t("check-title")}
      of={place.owner}
      labels={{ languages: t("check-languages"), contact: t("check-contact") }}
      change={(tag) => void speak(tag, "check")}
    >
      <Lead />
      <Start of={preflight} view={view} />
      <Progress view={view} />
      <section aria-labelledby="items">
        <h2 id="items">{itemsTitle(view)}</h2>
        <Lines view={view} />
      </section>
      <ShareStep of={preflight} view={view} />
      <Outcome of={preflight} />
      <p>
        <a href={place.path.replace(/\/check$/, "")}>{t("check-back")}</a>
      </p>
      <Requirements />
    </Door>
  );
}
