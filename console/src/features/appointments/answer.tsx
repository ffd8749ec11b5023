// The desk answers the times that the customer proposes: one of them, or none.

import { useState } from "preact/hooks";
import { api } from "../../api";
import { dayAndTime, now } from "../../dates";
import { done } from "../../parts/feedback";
import { RadioField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { Section } from "../../parts/shown";
import { t } from "../../text";
import type { Appointment } from "../../types";
import { clocksOf, clockTexts } from "./clocks";
import { overtaken, ReasonForm } from "./reason_form";

interface AnswerProps {
  path: { customer: string; id: string };
  of: Appointment;
  set: (now: Appointment) => void;
}

/** A time by the clocks of both sides: the first of them stands out. */
function choice(of: Appointment, at: number, index: number): [string, string, string] {
  const [first = "", ...others] = clockTexts(at, of.length, clocksOf(of, "desk"));
  return [String(index), first, others.join(" ")];
}

function Choose({ path, of, set, number }: AnswerProps & { number: number }) {
  const times = of.proposal?.times ?? [];
  const offered = times.flatMap(({ at }, index) => (at > now() ? [choice(of, at, index)] : []));
  const form = useForm<{ time: string }, Appointment>({
    name: "appointment-answer",
    object: `${of.id}/${number}`,
    initial: { time: "" },
    labels: { time: t("console-appointment-choose") },
    check: ({ time }) => ({ time: time ? undefined : t("console-appointment-choose-one") }),
    explain: (problem) => overtaken(problem, { of, set, close: () => undefined }),
    send: ({ time }) =>
      api.POST("/desk/appointments/{customer}/{id}/answer", { params: { path }, body: { proposal: number, time: Number(time) } }),
    done(now) {
      set(now);
      const { agreed } = now;
      done(t("console-appointment-was-agreed", { time: agreed ? dayAndTime(agreed.time.at) : "" }));
    },
  });
  if (!offered.length) return <p>{t("console-appointment-all-passed")}</p>;
  return (
    <FormView form={form}>
      <RadioField form={form} name="time" options={offered} />
      {offered.length < times.length && <p class="hint">{t("console-appointment-some-passed")}</p>}
      <div class="buttons">
        <Submit form={form}>{t("console-appointment-agree")}</Submit>
      </div>
    </FormView>
  );
}

export function Answer({ path, of, set }: AnswerProps) {
  const [declining, setDeclining] = useState(false);
  const { proposal } = of;
  if (!proposal || of.awaits !== "desk") return null;
  const { number } = proposal;
  return (
    <Section title={t("console-appointment-answer")}>
      <p>{t("console-appointment-answer-lead", { name: proposal.name })}</p>
      {proposal.reason && <p class="pre-line">{t("console-appointment-said", { reason: proposal.reason })}</p>}
      <Choose key={number} path={path} of={of} set={set} number={number} />
      <div class="buttons">
        <button type="button" class="secondary" onClick={() => setDeclining(true)}>
          {t("console-appointment-decline")}
        </button>
      </div>
      {declining && (
        <ReasonForm
          what="decline"
          of={of}
          set={set}
          close={() => setDeclining(false)}
          send={(reason) => api.POST("/desk/appointments/{customer}/{id}/answer", { params: { path }, body: { proposal: number, time: null, reason } })}
          said={() => done(t("console-appointment-was-declined"))}
        />
      )}
    </Section>
  );
}
