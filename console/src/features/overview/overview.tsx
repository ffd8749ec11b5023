// The overview: what waits comes first, then what is left of setting up (C8), then how things have been.

import { choice, outcomeName } from "../../choices";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Section, Time } from "../../parts/shown";
import { actionOf, objectOf, Who } from "../../parts/who";
import { place } from "../../place";
import { href } from "../../router";
import { may, session } from "../../session";
import { t } from "../../text";
import type { Overview } from "../../types";
import { loadOverview } from "../../waiting";
import { Chart } from "./chart";
import "./overview.css";

function WaitingCard({ count, path, label }: { count: number; path: string; label: string }) {
  return (
    <li class={count ? "card some" : "card"}>
      <a href={href(...path.split("/"))}>
        <span class="label">{label}</span>
        <span class="number">{count >= 100 ? t("console-overview-hundred") : t("console-overview-number", { count })}</span>
        <span class="hint">{t(`console-overview-${path.replace("/", "-")}`, { count })}</span>
      </a>
    </li>
  );
}

function WaitingCards({ waiting }: { waiting: Overview["waiting"] }) {
  return (
    <ul class="cards">
      {may("registrations.read") && (
        <WaitingCard count={waiting.registrations} path="registrations" label={t("console-nav-registrations")} />
      )}
      {may("questions.read") && place.kind === "tenant" && (
        <WaitingCard count={waiting.questions} path="questions" label={t("console-nav-questions")} />
      )}
      {may("desk") && (
        <WaitingCard count={waiting.inquiries} path="desk/inquiries" label={t("console-nav-desk-inquiries")} />
      )}
      {may("inquiries") && !may("desk") && <WaitingCard count={waiting.inquiries} path="inquiries" label={t("console-nav-inquiries")} />}
      {may("mails") && <WaitingCard count={waiting.mails} path="mails" label={t("console-nav-mails")} />}
    </ul>
  );
}

type Step = Overview["setup"][number]["step"];

function stepPage(step: Step): string {
  const pages: Record<Step, string[]> = {
    password: ["account"],
    second_administrator: may("accounts.write") ? ["administrators", "new"] : ["administrators"],
    policies: ["policies"],
    first_user: ["users"],
    first_device: ["devices"],
  };
  return href(...pages[step]);
}

function Setup({ steps }: { steps: Overview["setup"] }) {
  const finished = steps.filter(({ done }) => done).length;
  if (finished === steps.length) return null;
  const next = steps.find(({ done }) => !done)?.step;
  return (
    <Section title={t("console-setup-title")}>
      <p class="hint">{t("console-setup-progress", { done: finished, of: steps.length })}</p>
      <ol class="setup">
        {steps.map(({ step, done }) => (
          <li key={step} class={done ? "done" : ""} {...(step === next ? { "aria-current": "step" as const } : {})}>
            <span class="mark" aria-hidden="true" />
            <div>
              {done ? <b>{choice("step", step)}</b> : <a href={stepPage(step)}>{choice("step", step)}</a>}
              <span class="hint">{done ? t("console-setup-done") : t(`console-setup-${step}`)}</span>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** What came of it, where that is more than that it was done. */
function Outcome({ of }: { of: string }) {
  const outcome = outcomeName(of);
  return outcome === t("console-outcome-done") ? null : <>{t("console-audit-with", { outcome })}</>;
}

function Latest({ entries }: { entries: Overview["latest"] }) {
  if (!entries.length) return null;
  return (
    <Section title={t("console-overview-latest")}>
      <ul class="latest">
        {entries.map((entry) => (
          <li key={entry.seq}>
            <span class="when">
              <Time at={entry.at} />
            </span>
            <span>
              {actionOf(entry)}
              {objectOf(entry) && t("console-audit-about", { name: objectOf(entry) })}{" "}
              <span class="hint">
                <Who of={entry} />
                <Outcome of={entry.outcome} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p>
        <a href={href("audit")}>{t("console-overview-audit")}</a>
      </p>
    </Section>
  );
}

export default function OverviewPage() {
  const loaded = useLoad(loadOverview);
  return (
    <Page title={t("console-nav-overview")} lead={t("console-overview-lead", { name: session.get()?.name ?? "" })}>
      <Show of={loaded}>
        {(overview) => (
          <>
            <WaitingCards waiting={overview.waiting} />
            {overview.recommend_second_administrator && may("accounts.write") && (
              <div class="outcome caution">
                <p>{t("console-overview-second")}</p>
                <p>
                  <a href={href("administrators", "new")}>{t("console-administrator-add")}</a>
                </p>
              </div>
            )}
            <div class="board">
              <Setup steps={overview.setup} />
              <Section title={t("console-chart-title")}>
                <Chart days={overview.days} />
              </Section>
              <Latest entries={overview.latest} />
            </div>
          </>
        )}
      </Show>
    </Page>
  );
}
