// The desk proposes other times, or moves an agreed date: what was agreed stands until the customer has chosen.

import { useState } from "preact/hooks";
import { api } from "../../api";
import { done } from "../../parts/feedback";
import { AreaField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import { useLoad } from "../../parts/load";
import { Modal } from "../../parts/modal";
import { ZoneField } from "../../parts/zone_field";
import { LONGEST_REASON, oneLine } from "../../reason";
import { t } from "../../text";
import type { Appointment } from "../../types";
import { busyOf } from "./busy";
import { clocksOf } from "./clocks";
import { type Outcome, overtaken } from "./reason_form";
import { type Asked, checkTimes, explained, sentTimes, type TimeRow } from "./times";
import { TimesField } from "./times_field";
import { knownZone } from "./wall_clock";

interface Values {
  time_zone: string;
  times: TimeRow[];
  reason: string;
}

function wrongReason(reason: string, moves: boolean): string | undefined {
  const { length } = [...oneLine(reason)];
  if (moves && !length) return t("console-required");
  return length > LONGEST_REASON ? t("console-invalid-long") : undefined;
}

export function Propose({ path, ...outcome }: Outcome & { path: { customer: string; id: string } }) {
  const { of } = outcome;
  const busy = useLoad(() => busyOf(of.host.user), of.host.user);
  const [asked, setAsked] = useState<Asked>({});
  // Moving an agreed date takes a reason.
  const moves = of.agreed !== null && of.over === null;
  const form = useForm<Values, Appointment>({
    name: "appointment-times",
    object: of.id,
    initial: { time_zone: knownZone(of.time_zone), times: [{ row: 1, day: "", time: "", occurrence: "" }], reason: "" },
    labels: {
      time_zone: t("console-appointment-zone"),
      times: t("console-appointment-times"),
      reason: t(moves ? "console-appointment-reason" : "console-appointment-message"),
    },
    check: ({ times, time_zone, reason }) => ({ ...checkTimes(times, time_zone, asked), reason: wrongReason(reason, moves) }),
    wrong: { reason: t("console-invalid-long") },
    explain(problem) {
      const { times, time_zone } = form.values;
      const question = explained(problem, times, time_zone, asked);
      if (question) setAsked(question.asked);
      if (question) return question.errors;
      return problem.field === "start" ? { times: t("console-appointment-times-range") } : overtaken(problem, outcome);
    },
    send: ({ times, time_zone, reason }) =>
      api.POST("/desk/appointments/{customer}/{id}/proposal", {
        params: { path },
        body: { times: sentTimes(times, time_zone, asked), reason: oneLine(reason) || null },
      }),
    done(now) {
      outcome.set(now);
      outcome.close();
      done(t("console-appointment-proposed"));
    },
  });
  const { time_zone } = form.values;
  return (
    <Modal wide title={t(moves ? "console-appointment-move" : "console-appointment-other-times")} close={outcome.close}>
      <p>{t(moves ? "console-appointment-move-lead" : "console-appointment-other-times-lead")}</p>
      <FormView form={form}>
        <ZoneField form={form} name="time_zone" hint={t("console-appointment-zone-hint")} />
        <TimesField
          form={form}
          zone={time_zone}
          length={of.length}
          clocks={clocksOf(of, "desk").slice(0, 2)}
          busy={(busy.data ?? []).filter(({ id }) => id !== of.id)}
          asked={asked}
        />
        <AreaField form={form} name="reason" rows={3} optional={!moves} hint={t("console-appointment-reason-hint")} />
        <div class="buttons">
          <Cancel form={form} close={outcome.close} />
          <Submit form={form}>{t("console-appointment-propose")}</Submit>
        </div>
      </FormView>
    </Modal>
  );
}
