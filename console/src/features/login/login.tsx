// The login of one tenant (C2), and the way out for those who forgot their password.

import { useEffect, useState } from "preact/hooks";
import { api } from "../../api";
import { countdown } from "../../dates";
import { TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import type { Errors } from "../../parts/form_state";
import { PasskeyButton } from "../../parts/passkey";
import { PasswordField } from "../../parts/password";
import type { Problem } from "../../problem";
import { ended, session } from "../../session";
import { locale, t } from "../../text";
import type { SessionView } from "../../types";
import { Door } from "./door";
import { Forgotten } from "./forgotten";

/** What was said about the refusal, and until when nothing more can be tried. */
interface Refused {
  code: string;
  until: number;
}

function Wait({ until, over }: { until: number; over: () => void }) {
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => {
      setSeconds(left());
      if (left() === 0) over();
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <div class="outcome bad" role="alert">
      <h2>{t("console-login-locked-title")}</h2>
      <p>{t("console-login-locked-body", { minutes: Math.max(1, Math.ceil((until - Date.now()) / 60_000)) })}</p>
      <p class="countdown" role="timer" aria-live="off">
        {t("console-login-locked-left", { time: countdown(seconds) })}
      </p>
    </div>
  );
}

function Notice() {
  const why = ended.use();
  if (!why) return null;
  return (
    <div class={`outcome ${why === "expired" ? "" : "good"}`} role="status">
      <p>{t(`console-login-${why}`)}</p>
    </div>
  );
}

function enter(view: SessionView): void {
  ended.set(undefined);
  session.set(view);
}

function LoginForm({ forget }: { forget: () => void }) {
  const [refused, setRefused] = useState<Refused>();
  const form = useForm<{ account: string; password: string }, SessionView>({
    name: "login",
    initial: { account: "", password: "" },
    labels: { account: t("console-account-name"), password: t("console-password") },
    secret: ["password"],
    check: ({ account, password }): Errors => ({
      account: account.trim() ? undefined : t("console-required"),
      password: password ? undefined : t("console-required"),
    }),
    explain(problem: Problem) {
      if (problem.code === "suspended" || (problem.code === "too-many-requests" && problem.retryAfter > 0)) {
        setRefused({ code: problem.code, until: Date.now() + problem.retryAfter * 1000 });
        return {};
      }
      setRefused(undefined);
      return undefined;
    },
    send: ({ account, password }) => api.POST("/login", { body: { account: account.trim(), password } }),
    done: enter,
  });
  return (
    <FormView form={form}>
      {refused?.code === "suspended" && (
        <div class="outcome bad" role="alert">
          <p>{t("console-problem-suspended")}</p>
        </div>
      )}
      {refused?.code === "too-many-requests" && <Wait until={refused.until} over={() => setRefused(undefined)} />}
      <TextField form={form} name="account" autocomplete="username" spellcheck={false} />
      <PasswordField form={form} name="password" autocomplete="current-password" />
      <div class="buttons">
        <Submit form={form}>{t("console-login")}</Submit>
      </div>
      <p>
        <button type="button" class="plain" onClick={forget}>
          {t("console-login-forgotten")}
        </button>
      </p>
    </FormView>
  );
}

export default function Login() {
  const [forgotten, setForgotten] = useState(false);
  locale.use();
  if (forgotten) return <Forgotten back={() => setForgotten(false)} />;
  return (
    <Door title={t("console-login-title")}>
      <Notice />
      <LoginForm forget={() => setForgotten(true)} />
      <div class="or">
        <PasskeyButton path="/login/passkey" tone="secondary" done={enter}>
          {t("console-login-passkey")}
        </PasskeyButton>
      </div>
    </Door>
  );
}
