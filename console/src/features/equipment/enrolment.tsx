// Lets an agent in, with a code that is shown once, and ends it.

import { useState } from "preact/hooks";
import { api } from "../../api";
import { exactTime } from "../../dates";
import { acted } from "../../parts/confirm";
import { CopyField } from "../../parts/copy_field";
import { done } from "../../parts/feedback";
import { SelectField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import { Modal } from "../../parts/modal";
import { Act } from "../../parts/shown";
import { ShownOnce } from "../../parts/shown_once";
import { place } from "../../place";
import { t } from "../../text";
import type { EnrolmentIssued, Equipment } from "../../types";
import { isEnrolled } from "./shown";

const HOUR = 3600;
/** For how long a code can be valid, in seconds. */
const LIVES: [number, string][] = [
  [HOUR, "console-enrolment-life-hour"],
  [24 * HOUR, "console-enrolment-life-day"],
  [7 * 24 * HOUR, "console-enrolment-life-week"],
];
const USUAL_LIFE = 24 * HOUR;

interface EnrolmentProps {
  of: Equipment;
  set: (now: Equipment) => void;
}

function Issue({ of, close, issued }: { of: Equipment; close: () => void; issued: (code: EnrolmentIssued) => void }) {
  const form = useForm<{ expires_in: string }, EnrolmentIssued>({
    name: "enrolment",
    object: of.id,
    initial: { expires_in: String(USUAL_LIFE) },
    labels: { expires_in: t("console-enrolment-life") },
    send: ({ expires_in }) =>
      api.POST("/equipment/{id}/enrolment", { params: { path: { id: of.id } }, body: { expires_in: Number(expires_in) } }),
    done: issued,
  });
  return (
    <Modal title={t("console-enrolment-title")} close={close}>
      <p>{t("console-enrolment-lead", { name: of.name })}</p>
      <ul class="points">
        <li>{t("console-enrolment-once")}</li>
        <li>{t("console-enrolment-before")}</li>
        {isEnrolled(of) && <li>{t("console-enrolment-replaces")}</li>}
      </ul>
      <FormView form={form}>
        <SelectField form={form} name="expires_in" options={LIVES.map(([seconds, key]) => [String(seconds), t(key)])} />
        <div class="buttons">
          <Cancel form={form} close={close} />
          <Submit form={form}>{t("console-enrolment-issue")}</Submit>
        </div>
      </FormView>
    </Modal>
  );
}

function Once({ of, code, close }: { of: Equipment; code: EnrolmentIssued; close: () => void }) {
  return (
    <ShownOnce
      title={t("console-enrolment-issued", { name: of.name })}
      lead={t("console-enrolment-shown")}
      label={t("console-enrolment-code")}
      value={code.code}
      wide
      close={close}
    >
      <p>{t("console-enrolment-until", { time: exactTime(code.expires_at) })}</p>
      <h3>{t("console-enrolment-command-title")}</h3>
      <p>{t("console-enrolment-command-lead")}</p>
      <CopyField label={t("console-enrolment-command")} value={`tegata agent enrol --edge ${location.origin} --tenant ${place.slug}`} />
    </ShownOnce>
  );
}

/** Ends the agent, and a code that was not used yet. */
function end({ of, set }: EnrolmentProps): Promise<void> {
  const what = isEnrolled(of) ? "agent" : "code";
  return acted(
    {
      title: t(`console-end-${what}-title`),
      body: t(`console-end-${what}-body`, { name: of.name }),
      action: t(`console-end-${what}`),
      danger: true,
    },
    async () => {
      set(await api.POST("/equipment/{id}/agent/end", { params: { path: { id: of.id } } }));
      done(t(`console-end-${what}-done`));
    },
  );
}

export function Enrolment(props: EnrolmentProps) {
  const { of } = props;
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState<EnrolmentIssued>();
  return (
    <>
      <div class="buttons">
        <button type="button" class="secondary" onClick={() => setOpen(true)}>
          {t("console-enrolment-issue")}
        </button>
        <Act tone="danger" run={() => end(props)}>
          {t(isEnrolled(of) ? "console-end-agent" : "console-end-code")}
        </Act>
      </div>
      {open && (
        <Issue
          of={of}
          close={() => setOpen(false)}
          issued={(issued) => {
            setOpen(false);
            setCode(issued);
          }}
        />
      )}
      {code && <Once of={of} code={code} close={() => setCode(undefined)} />}
    </>
  );
}
