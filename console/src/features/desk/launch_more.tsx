// More time for remote support that is approved or runs: a request of its own, which the administrators answer.

import { done } from "../../parts/feedback";
import { AreaField, SelectField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import { Modal } from "../../parts/modal";
import { oneLine } from "../../reason";
import { replace } from "../../router";
import { t } from "../../text";
import type { Launch } from "../../types";
import { request } from "./launch_request";
import { checkReason, periods } from "./period";

const USUAL = 3600;

interface MoreProps {
  customer: string;
  of: Launch;
  close: () => void;
}

export function More({ customer, of, close }: MoreProps) {
  const form = useForm<{ reason: string; period: string }, Launch>({
    name: "launch-more",
    object: of.id,
    initial: { reason: "", period: String(USUAL) },
    labels: { reason: t("console-launch-reason"), period: t("console-launch-more-period") },
    check: ({ reason }) => ({ reason: checkReason(reason) }),
    wrong: { reason: t("console-invalid-long") },
    send: ({ reason, period }, _, key) =>
      request(customer, { equipment: of.equipment, reason: oneLine(reason), period: Number(period), extends: of.id }, key),
    done({ id }) {
      close();
      replace("desk", "launches", customer, id);
      done(t("console-launch-requested"));
    },
  });
  return (
    <Modal title={t("console-launch-more")} close={close}>
      <p>{t("console-launch-more-lead", { name: of.equipment_name })}</p>
      <FormView form={form}>
        <AreaField form={form} name="reason" rows={3} hint={t("console-launch-reason-hint")} />
        <SelectField form={form} name="period" options={periods()} />
        <div class="buttons">
          <Cancel form={form} close={close} />
          <Submit form={form}>{t("console-launch-send")}</Submit>
        </div>
      </FormView>
    </Modal>
  );
}
