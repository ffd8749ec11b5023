// A forgotten password: the answer is the same whether or not there is such an account.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { api } from "../../api";
import { TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { t } from "../../text";
import { Door } from "./door";

export function Forgotten({ back }: { back: () => void }) {
  const [sent, setSent] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const form = useForm<{ account: string }, unknown>({
    name: "forgotten",
    initial: { account: "" },
    labels: { account: t("console-account-name") },
    check: ({ account }) => ({ account: account.trim() ? undefined : t("console-required") }),
    send: ({ account }) => api.POST("/password-reset", { body: { account: account.trim() } }),
    done: () => setSent(true),
  });
  // At once: an effect that comes later would take the focus from whoever has begun to type.
  useLayoutEffect(() => {
    if (sent) box.current?.focus();
    else document.querySelector("h1")?.focus();
  }, [sent]);
  return (
    <Door title={t("console-forgotten-title")}>
      {sent ? (
        <div class="outcome good" ref={box} tabIndex={-1}>
          <p>{t("console-forgotten-sent")}</p>
        </div>
      ) : (
        <>
          <p>{t("console-forgotten-lead")}</p>
          <FormView form={form}>
            <TextField form={form} name="account" autocomplete="username" spellcheck={false} />
            <div class="buttons">
              <Submit form={form}>{t("console-forgotten-send")}</Submit>
            </div>
          </FormView>
        </>
      )}
      <p>
        <button type="button" class="plain" onClick={back}>
          {t("console-forgotten-back")}
        </button>
      </p>
    </Door>
  );
}
