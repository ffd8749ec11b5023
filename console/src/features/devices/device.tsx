// One PC: what it was allowed, by which decision, and the end of that.

import { address, api } from "../../api";
import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Details, State, Time } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { Device } from "../../types";

async function revoke(of: Device, set: (now: Device) => void): Promise<void> {
  await acted(
    {
      title: t("console-device-revoke-title"),
      body: t("console-device-revoke-body", { name: of.name, device: of.device_name }),
      action: t("console-device-revoke"),
      danger: true,
    },
    async () => {
      set(await api.POST("/devices/{id}/revoke", { params: { path: { id: of.id } } }));
      done(t("console-device-revoked"));
    },
  );
}

function Shown({ of, set }: { of: Device; set: (now: Device) => void }) {
  return (
    <>
      <Details
        rows={[
          [t("console-field-state"), <State list="device-state" value={of.state} />],
          [t("console-field-person"), of.name],
          [t("console-field-email"), of.email],
          [t("console-field-company"), of.organization],
          [t("console-field-device"), of.device_name],
          [t("console-field-approved"), <Time at={of.approved_at} />],
          [t("console-field-activated"), <Time at={of.activated_at} />],
          [t("console-field-last-used"), <Time at={of.last_refresh_at} />],
          [t("console-field-until"), of.expires_at ? <Time at={of.expires_at} /> : t("console-device-no-end")],
          [t("console-field-revoked"), of.revoked_at ? <Time at={of.revoked_at} /> : ""],
          [t("console-field-key"), of.jkt ? <code>{of.jkt}</code> : t("console-field-key-no")],
        ]}
      />
      <div class="buttons">
        <a class="button secondary" href={address("/devices/{id}/receipt", { params: { path: { id: of.id } } })} download>
          {t("console-receipt")}
        </a>
        {of.state === "active" && may("devices.revoke") && (
          <Act tone="danger" run={() => revoke(of, set)}>
            {t("console-device-revoke")}
          </Act>
        )}
      </div>
      <p class="hint">{t("console-receipt-hint")}</p>
    </>
  );
}

export default function DevicePage({ id }: PageProps) {
  const loaded = useLoad(() => api.GET("/devices/{id}", { params: { path: { id } } }), "", "devices");
  return (
    <Page title={loaded.data?.device_name ?? t("console-device-title")} back={{ href: href("devices"), label: t("console-nav-devices") }}>
      <Show of={loaded}>{(of) => <Shown of={of} set={loaded.set} />}</Show>
    </Page>
  );
}
