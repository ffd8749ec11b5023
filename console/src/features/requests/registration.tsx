// One request, with the text that is consented to, and its answer (K3, B1).

import type { ComponentChildren } from "preact";
import { shownAddress } from "../../address";
import { address, api } from "../../api";
import { Decide, Decided, Statement } from "../../parts/decision";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Details, State, Time } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { Registration } from "../../types";

/** What `expires_at` is about, while something is awaited. */
const UNTIL: Record<string, string> = {
  awaiting_address: "console-field-until",
  awaiting_approval: "console-field-answer-by",
  awaiting_code: "console-field-until",
};

function until({ state, expires_at: at }: Registration): [string, ComponentChildren] {
  const label = UNTIL[state];
  return label ? [t(label), <Time at={at} />] : ["", null];
}

function Shown({ of, set }: { of: Registration; set: (now: Registration) => void }) {
  const params = { path: { id: of.id } };
  return (
    <>
      <Details
        rows={[
          [t("console-field-state"), <State list="registration-state" value={of.state} />],
          [t("console-field-requested"), <Time at={of.requested_at} />],
          until(of),
          [t("console-field-key"), of.has_key ? t("console-field-key-yes") : t("console-field-key-no")],
        ]}
      />
      {of.outside_mail_domains && !of.decision && <p class="outcome caution">{t("console-registration-outside-lead", { email: shownAddress(of) })}</p>}
      <Statement title={t("console-registration-statement")} text={of.statement}>
        <Details
          rows={[
            [t("console-field-person"), of.name],
            [t("console-field-email"), shownAddress(of)],
            [t("console-field-company"), of.organization],
            [t("console-field-device"), of.device_name],
          ]}
        />
      </Statement>
      {of.state === "awaiting_approval" && may("registrations.decide") && (
        <Decide<Registration>
          id={of.id}
          load={() => api.GET("/registrations/{id}", { params })}
          send={(body) => api.POST("/registrations/{id}/decision", { params, body })}
          confirm={t("console-decide-confirm")}
          refuse={t("console-decide-refuse-confirm")}
          reasonHint={t("console-decide-reason-hint")}
          closed="decided"
          said={(outcome) => t(`console-decide-${outcome}`)}
          answered={(now) => set({ ...of, ...now })}
        />
      )}
      <Decided decision={of.decision} receipt={address("/registrations/{id}/receipt", { params })} />
    </>
  );
}

export default function RegistrationPage({ id }: PageProps) {
  const loaded = useLoad(() => api.GET("/registrations/{id}", { params: { path: { id } } }), "", "registrations");
  const name = loaded.data?.name;
  return (
    <Page
      title={name ? t("console-registration-of", { name, device: loaded.data?.device_name ?? "" }) : t("console-registration-title")}
      back={{ href: href("registrations"), label: t("console-nav-registrations") }}
    >
      <Show of={loaded}>{(of) => <Shown of={of} set={loaded.set} />}</Show>
    </Page>
  );
}
