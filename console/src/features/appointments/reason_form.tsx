// A dialog that asks why, before an appointment is cancelled or a proposal declined.

import { failed } from "../../parts/feedback";
import { AreaField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import type { Errors } from "../../parts/form_state";
import { Modal } from "../../parts/modal";
import type { Problem } from "../../problem";
import { oneLine } from "../../reason";
import { t } from "../../text";
import type { Appointment } from "../../types";
import { checkReason } from "../desk/period";

/** What came of it: shows the appointment as it is now. */
export interface Outcome {
  of: Appointment;
  set: (now: Appointment) => void;
  close: () => void;
}

/** Somebody else was faster: shows what is there now, and says so. */
export function overtaken(problem: Problem, { set, close }: Outcome): Errors | undefined {
  if (problem.code !== "changed" || !problem.current) return undefined;
  set(problem.current as Appointment);
  close();
  failed(problem);
  return {};
}

interface ReasonProps extends Outcome {
  /** `cancel` or `decline`. */
  what: "cancel" | "decline";
  send: (reason: string) => Promise<Appointment>;
  said: (now: Appointment) => void;
}

export function ReasonForm({ what, send, said, ...outcome }: ReasonProps) {
  const form = useForm<{ reason: string }, Appointment>({
    name: `appointment-${what}`,
    object: outcome.of.id,
    initial: { reason: "" },
    labels: { reason: t("console-appointment-reason") },
    check: ({ reason }) => ({ reason: checkReason(reason) }),
    wrong: { reason: t("console-invalid-long") },
    explain: (problem) => overtaken(problem, outcome),
    send: ({ reason }) => send(oneLine(reason)),
    done(now) {
      outcome.set(now);
      outcome.close();
      said(now);
    },
  });
  return (
    <Modal title={t(`console-appointment-asks-title-${what}`)} close={outcome.close}>
      <p>{t(`console-appointment-asks-body-${what}`)}</p>
      <FormView form={form}>
        <AreaField form={form} name="reason" rows={3} hint={t("console-appointment-reason-hint")} />
        <div class="buttons">
          <Cancel form={form} close={outcome.close} />
          <Submit form={form} danger>
            {t(what === "cancel" ? "console-appointment-cancel" : "console-appointment-decline")}
          </Submit>
        </div>
      </FormView>
    </Modal>
  );
}
