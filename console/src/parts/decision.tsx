// An answer of any kind: the form that gives it, and what stands on the page once it was given (B1).

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../problem";
import { LONGEST_REASON, oneLine } from "../reason";
import { locale, t } from "../text";
import type { Answering, Decision, Outcome } from "../types";
import { countAgain } from "../waiting";
import { done, failed } from "./feedback";
import { AreaField, TickField } from "./fields";
import { FormView, useForm } from "./form";
import { Section, Time } from "./shown";

/** Each answer has a tick of its own. */
interface Answer {
  confirm: boolean;
  refuse: boolean;
  reason: string;
}

interface DecideProps<T> {
  id: string;
  /** Fetches what is answered, as it is now. */
  load: () => Promise<T>;
  send: (answer: Answering) => Promise<T>;
  /** What stands beside the tick for approving. */
  confirm: string;
  /** What stands beside the tick for refusing. */
  refuse: string;
  reasonHint: string;
  /** The code that says why it can no longer be answered. */
  closed: string;
  /** What is said once `outcome` was recorded. */
  said: (outcome: Outcome, now: T) => string;
  answered: (now: T) => void;
}

export function Decide<T>({ id, load, send, confirm, refuse, reasonHint, closed, said, answered }: DecideProps<T>) {
  // Whatever submits the form without a button must not approve.
  const [outcome, setOutcome] = useState<Outcome>("refused");
  const [asked, setAsked] = useState(0);
  const form = useForm<Answer, T>({
    name: "decision",
    object: id,
    initial: { confirm: false, refuse: false, reason: "" },
    // The errors of the ticks say by themselves which of them is meant.
    labels: { confirm: "", refuse: "", reason: t("console-decide-reason") },
    check(values) {
      if (values.confirm && values.refuse) return { confirm: t("console-decide-both") };
      if (outcome === "approved") return { confirm: values.confirm ? undefined : t("console-decide-unconfirmed", { tick: confirm }) };
      return {
        refuse: values.refuse ? undefined : t("console-decide-refusal-unconfirmed", { tick: refuse }),
        reason: [...oneLine(values.reason)].length > LONGEST_REASON ? t("console-decide-reason-long") : undefined,
      };
    },
    wrong: { reason: t("console-invalid-long") },
    explain(problem) {
      if (problem.code !== "conflict") return undefined;
      load().then((now) => {
        answered(now);
        failed(new Problem(409, closed));
      }, failed);
      return {};
    },
    // Without a key: sent again, it meets the answer that it gave, and shows it.
    send: ({ reason }) =>
      send({
        outcome,
        confirmed: true,
        locale: locale.get(),
        ...(outcome === "refused" && oneLine(reason) ? { reason: oneLine(reason) } : {}),
      }),
    done(now) {
      answered(now);
      countAgain();
      done(said(outcome, now));
    },
  });
  // The answer is part of what is sent, so it is sent once the button's value has arrived.
  useEffect(() => {
    if (asked) form.submit();
  }, [asked]);
  const choose = (chosen: Outcome) => {
    setOutcome(chosen);
    setAsked((count) => count + 1);
  };
  return (
    <Section title={t("console-decide-title")}>
      <FormView form={form}>
        <fieldset class="either">
          <legend>{t("console-decide-to-approve")}</legend>
          <TickField form={form} name="confirm" label={confirm} />
          <div class="buttons">
            <button type="button" class="primary" aria-disabled={form.busy} onClick={() => choose("approved")}>
              {t("console-decide-approve")}
            </button>
          </div>
        </fieldset>
        <fieldset class="either">
          <legend>{t("console-decide-to-refuse")}</legend>
          <TickField form={form} name="refuse" label={refuse} />
          <AreaField form={form} name="reason" optional rows={2} hint={reasonHint} />
          <div class="buttons">
            <button type="button" class="refuse" aria-disabled={form.busy} onClick={() => choose("refused")}>
              {t("console-decide-refuse")}
            </button>
          </div>
        </fieldset>
      </FormView>
    </Section>
  );
}

const MARK = "> ";

/** A statement in paragraphs of lines: ours, and those of the asker, whose marks only the plain text needs. */
function paragraphs(text: string): { quoted: boolean; lines: string[] }[] {
  const found: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const quoted = line.startsWith(MARK);
    const words = quoted ? line.slice(MARK.length) : line;
    const last = found.at(-1);
    if (last?.quoted === quoted) last.lines.push(words);
    else found.push({ quoted, lines: [words] });
  }
  return found;
}

/** The text that is consented to, or what is known where there is none. */
export function Statement({ title, text, children }: { title: string; text: string | null | undefined; children: ComponentChildren }) {
  return (
    <Section title={title}>
      {text ? (
        <div class="statement">
          {paragraphs(text).map(({ quoted, lines }, index) =>
            quoted ? (
              <blockquote key={index} class="quoted">{lines.join("\n")}</blockquote>
            ) : (
              <p key={index} class="pre-line">
                {lines.join("\n")}
              </p>
            ),
          )}
        </div>
      ) : (
        children
      )}
    </Section>
  );
}

/** The answer, and the signed record of it at the address `receipt`. */
export function Decided({ decision, receipt }: { decision: Decision | null; receipt: string }) {
  if (!decision) return null;
  return (
    <Section title={t("console-decision-title")}>
      <div class={`outcome ${decision.outcome === "approved" ? "good" : "bad"}`}>
        <p>
          <b>{t(`console-decision-${decision.outcome}`, { name: decision.name })}</b>
          <br />
          <Time at={decision.at} />
        </p>
        {decision.reason && <p class="pre-line">{t("console-decision-reason", { reason: decision.reason })}</p>}
      </div>
      <p>
        <a class="button secondary small" href={receipt} download>
          {t("console-receipt")}
        </a>
      </p>
      <p class="hint">{t("console-receipt-hint")}</p>
    </Section>
  );
}
