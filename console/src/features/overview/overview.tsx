// A customer's overview: what waits comes first, then what is left of setting up (C8), then how things have been.

import { choice } from "../../names";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Section } from "../../parts/shown";
import { href } from "../../router";
import { may, session } from "../../session";
import { t } from "../../text";
import type { Overview } from "../../types";
import { loadOverview, loadWaitingLaunches, seesEnrolments, seesLaunches } from "../../waiting";
import { Advice, Cards, EnrolmentsCard, WaitingCard } from "./cards";
import { Chart } from "./chart";
import { Latest } from "./latest";

function LaunchesCard() {
  const { data } = useLoad(loadWaitingLaunches, "", "launches");
  return data === undefined ? null : <WaitingCard count={data} path="launches" label={t("console-nav-launches")} />;
}

function WaitingCards({ waiting }: { waiting: Overview["waiting"] }) {
  return (
    <Cards>
      {may("registrations.read") && (
        <WaitingCard count={waiting.registrations} path="registrations" label={t("console-nav-registrations")} />
      )}
      {may("questions.read") && <WaitingCard count={waiting.questions} path="questions" label={t("console-nav-questions")} />}
      {seesLaunches() && <LaunchesCard />}
      {seesEnrolments() && <EnrolmentsCard />}
      {may("inquiries") && <WaitingCard count={waiting.inquiries} path="inquiries" label={t("console-nav-inquiries")} />}
      {may("mails") && <WaitingCard count={waiting.mails} path="mails" label={t("console-nav-mails")} />}
    </Cards>
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

export default function OverviewPage() {
  const loaded = useLoad(loadOverview, "", "audit");
  return (
    <Page title={t("console-nav-overview")} lead={t("console-overview-lead", { name: session.get()?.name ?? "" })}>
      <Show of={loaded}>
        {(overview) => (
          <>
            <WaitingCards waiting={overview.waiting} />
            {overview.recommend_second_administrator && may("accounts.write") && (
              <Advice text={t("console-overview-second")} path="administrators/new" action={t("console-administrator-add")} />
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
