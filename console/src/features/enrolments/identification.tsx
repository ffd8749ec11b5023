// By what machines find the provider: its organisation id, and the verification code, which is shown once (P2).

import { useState } from "preact/hooks";
import { api } from "../../api";
import { acted } from "../../parts/confirm";
import { CopyField } from "../../parts/copy_field";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Details, Section, State, Time } from "../../parts/shown";
import { ShownOnce } from "../../parts/shown_once";
import { href } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { ServiceOrganization, VerificationCode } from "../../types";

/** Both ways of a machine: its agent's page, and the command, which asks for what is not given with it. */
function OnMachine({ organization }: { organization: string }) {
  const edge = location.origin;
  return (
    <Section title={t("console-enrolment-command-title")}>
      <p>{t("console-identification-page")}</p>
      <CopyField label={t("console-identification-edge")} value={edge} />
      <p>{t("console-identification-command")}</p>
      <CopyField label={t("console-enrolment-command")} value={`tegata agent enrol --edge ${edge} --organization ${organization}`} />
      {may("desk") && (
        <p>
          <a href={href("desk", "enrolments")}>{t("console-identification-enrolments")}</a>
        </p>
      )}
    </Section>
  );
}

/** The first code ends none. */
function renewing() {
  return {
    title: t("console-verification-renew-title"),
    body: t("console-verification-renew-body"),
    points: ["waiting", "enrolled", "tell"].map((point) => t(`console-verification-renew-${point}`)),
    action: t("console-verification-renew"),
    danger: true,
  };
}

function Shown({ of, set }: { of: ServiceOrganization; set: (now: ServiceOrganization) => void }) {
  const [issued, setIssued] = useState<VerificationCode>();
  const { organization, code_issued_at } = of;
  const issue = () =>
    acted(organization ? renewing() : undefined, async () => {
      const now = await api.POST("/service-organization/verification-code");
      set({ organization: now.organization, code_issued_at: now.code_issued_at });
      setIssued(now);
    });
  return (
    <>
      <Section title={t("console-service-organization")}>
        {organization ? <CopyField label={t("console-service-organization")} value={organization} /> : <p>{t("console-service-organization-none")}</p>}
        <p class="hint">{t("console-service-organization-hint")}</p>
      </Section>
      <Section title={t("console-verification-code")}>
        <Details
          rows={[
            [t("console-field-state"), <State list="verification-code" value={code_issued_at ? "valid" : "none"} />],
            [t("console-verification-issued-at"), code_issued_at && <Time at={code_issued_at} />],
          ]}
        />
        <p class="hint">{t("console-verification-hint")}</p>
        <Act tone={organization ? "secondary" : "primary"} run={issue}>
          {t(organization ? "console-verification-renew" : "console-verification-issue")}
        </Act>
      </Section>
      {organization && <OnMachine organization={organization} />}
      {issued && (
        <ShownOnce
          title={t("console-verification-issued")}
          lead={t("console-verification-shown")}
          label={t("console-verification-code")}
          value={issued.verification_code}
          wide
          close={() => setIssued(undefined)}
        />
      )}
    </>
  );
}

export default function Identification() {
  const loaded = useLoad(() => api.GET("/service-organization"), "", "desk_enrolments");
  return (
    <Page title={t("console-nav-desk-identification")} lead={t("console-identification-lead")}>
      <Show of={loaded}>{(of) => <Shown of={of} set={loaded.set} />}</Show>
    </Page>
  );
}
