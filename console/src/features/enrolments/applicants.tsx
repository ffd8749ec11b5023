// On the page of a piece of equipment: the machines that ask to become its agent. An administrator lets one in or not.

import { api } from "../../api";
import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { Failed, useLoad } from "../../parts/load";
import { Act, Details, Section } from "../../parts/shown";
import { may } from "../../session";
import { t } from "../../text";
import type { EnrolmentRequest, Equipment, Outcome } from "../../types";
import { answer, loadApplicants } from "./data";
import { accepting, refusing, told } from "./shown";
import "./enrolments.css";

interface AnswerProps {
  of: EnrolmentRequest;
  equipment: Equipment;
  reload: () => void;
}

function Answer({ of, equipment, reload }: AnswerProps) {
  const send = (outcome: Outcome) =>
    acted(outcome === "approved" ? accepting(of, equipment) : refusing(of, "customer"), () =>
      answer(async () => {
        await api.POST("/enrolments/{id}/decision", { params: { path: { id: of.id } }, body: { outcome } });
        done(t(`console-enrolment-said-${outcome}`));
        reload();
      }, reload),
    );
  const label = (act: string) => t("console-act-on", { act, name: of.report.host_name });
  const [approve, refuse] = [t("console-decide-approve"), t("console-decide-refuse")];
  return (
    <div class="buttons">
      <Act tone="primary" label={label(approve)} run={() => send("approved")}>
        {approve}
      </Act>
      <Act tone="danger" label={label(refuse)} run={() => send("refused")}>
        {refuse}
      </Act>
    </div>
  );
}

export function Applicants({ of }: { of: Equipment }) {
  const { data, problem, reload } = useLoad(() => loadApplicants(of.id), of.id, "enrolments");
  if (problem) return <Failed problem={problem} retry={reload} />;
  if (!data?.length) return null;
  return (
    <Section title={t("console-enrolment-applicants")}>
      <p>{t("console-enrolment-applicants-lead")}</p>
      {data.map((one) => (
        <div key={one.id} class="applicant">
          <Details rows={told(one)} />
          {may("equipment.write") && of.state === "active" && <Answer of={one} equipment={of} reload={reload} />}
        </div>
      ))}
      <p class="hint">{t("console-enrolment-report-hint")}</p>
    </Section>
  );
}
