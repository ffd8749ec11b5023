// The second step of a login: the password was right, and a passkey is still to come.

import { api } from "../../api";
import { failed } from "../../parts/feedback";
import { PasskeyButton } from "../../parts/passkey";
import { session } from "../../session";
import { t } from "../../text";
import { Door } from "./door";

export default function SecondStep() {
  return (
    <Door title={t("console-second-step-title")}>
      <p>{t("console-second-step-lead", { name: session.get()?.name ?? "" })}</p>
      <PasskeyButton path="/session/passkey" tone="primary" done={(view) => session.set(view)}>
        {t("console-second-step-go")}
      </PasskeyButton>
      <p class="hint">{t("console-second-step-lost")}</p>
      <p>
        <button type="button" class="plain" onClick={() => api.DELETE("/session").then(() => session.set(null), failed)}>
          {t("console-second-step-back")}
        </button>
      </p>
    </Door>
  );
}
