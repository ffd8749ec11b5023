// One's own account: language, time zone, alerts, password, passkeys, sessions and tokens.

import { api } from "../../api";
import { CHOICES } from "../../choices";
import { choice } from "../../names";
import { done } from "../../parts/feedback";
import { LocaleField, TickField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { Page } from "../../parts/page";
import { newPasswordError, PasswordField, PasswordRules } from "../../parts/password";
import { passwordText } from "../../parts/problem_text";
import { Details, Section } from "../../parts/shown";
import { ZoneField } from "../../parts/zone_field";
import { session } from "../../session";
import { rememberLocale, t } from "../../text";
import type { Alerts, Locale, SessionView } from "../../types";
import { Passkeys } from "./passkeys";
import { Sessions } from "./sessions";
import { Tokens } from "./tokens";

interface Own {
  locale: Locale;
  time_zone: string;
}

function Settings({ of }: { of: SessionView }) {
  const form = useForm<Own, SessionView>({
    name: "me",
    initial: { locale: of.locale, time_zone: of.time_zone },
    labels: { locale: t("console-field-locale"), time_zone: t("console-field-zone") },
    send: (body) => api.PATCH("/me", { body }),
    done(now) {
      rememberLocale(now.locale);
      session.set(now);
      done(t("console-saved"));
    },
  });
  return (
    <FormView form={form}>
      <LocaleField form={form} name="locale" />
      <ZoneField form={form} name="time_zone" hint={t("console-me-zone-hint")} />
      <div class="buttons">
        <Submit form={form}>{t("console-save")}</Submit>
      </div>
    </FormView>
  );
}

function AlertSettings({ of }: { of: SessionView }) {
  const send = (alerts: Alerts) => api.PATCH("/me", { body: { alerts } });
  const form = useForm<Alerts, SessionView>({
    name: "alerts",
    initial: of.alerts,
    labels: Object.fromEntries(CHOICES.alert.map((name) => [name, choice("alert", name)])),
    send,
    done(now) {
      session.set(now);
      done(t("console-saved"), async () => {
        const before = await send(of.alerts);
        session.set(before);
        form.reset(before.alerts);
      });
    },
  });
  return (
    <FormView form={form}>
      {CHOICES.alert.map((name) => (
        <TickField key={name} form={form} name={name} />
      ))}
      <div class="buttons">
        <Submit form={form}>{t("console-save")}</Submit>
      </div>
    </FormView>
  );
}

function Password({ of }: { of: SessionView }) {
  // Where a passkey is taken too, the password alone proves nothing: the passkey is asked for when it is sent.
  const current = !of.second_factor;
  const form = useForm<{ current: string; password: string }, SessionView>({
    name: "password",
    initial: { current: "", password: "" },
    labels: { current: t("console-password-current"), password: t("console-password-new") },
    secret: ["current", "password"],
    check: (values) => ({
      current: values.current || !current ? undefined : t("console-required"),
      password: newPasswordError(values.password),
    }),
    explain(problem) {
      if (problem.code === "wrong-credentials") return { current: t("console-fresh-wrong") };
      return problem.field === "password" ? { password: passwordText(problem) } : undefined;
    },
    send: (values) => api.PUT("/session/password", { body: current ? values : { password: values.password } }),
    done(now) {
      session.set(now);
      done(t("console-password-changed"));
    },
  });
  return (
    <FormView form={form}>
      <p class="hint">{t("console-password-ends")}</p>
      <input class="unseen" type="text" autocomplete="username" value={of.account} readOnly tabIndex={-1} aria-hidden="true" />
      {current && <PasswordField form={form} name="current" autocomplete="current-password" />}
      <PasswordRules />
      <PasswordField form={form} name="password" autocomplete="new-password" />
      <div class="buttons">
        <Submit form={form}>{t("console-password-change")}</Submit>
      </div>
    </FormView>
  );
}

export default function MyAccount() {
  const of = session.use();
  if (!of) return null;
  return (
    <Page title={t("console-me-title")}>
      <Details
        rows={[
          [t("console-field-person"), of.name],
          [t("console-account-name"), of.account],
          [t("console-field-email"), of.email],
          [t("console-field-role"), choice("role", of.role)],
          [t("console-field-support"), of.support_option ? t("console-yes") : ""],
        ]}
      />
      <Section title={t("console-me-settings")}>
        <Settings of={of} />
      </Section>
      {of.support_option && (
        <Section title={t("console-me-alerts")}>
          <p>{t("console-me-alerts-lead", { email: of.email ?? "" })}</p>
          <AlertSettings of={of} />
        </Section>
      )}
      <Section title={t("console-password-change")}>
        <Password of={of} />
      </Section>
      <Section title={t("console-passkeys-title")}>
        <Passkeys of={of} />
      </Section>
      <Section title={t("console-sessions-title")}>
        <Sessions />
      </Section>
      <Section title={t("console-tokens-title")}>
        <Tokens />
      </Section>
    </Page>
  );
}
