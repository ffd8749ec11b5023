// The form that joins a session: with the ID and the password that were mailed, or that a person at the machine reads out.

import { TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { readNumber, showNumber } from "../../session/number";
import { t } from "../../text";
import { join } from "./admission";

interface Values {
  number: string;
  password: string;
}

interface JoinProps {
  /** The session, where the page knows it. */
  number?: string;
  joined: (number: string) => void;
}

export function JoinForm({ number: known, joined }: JoinProps) {
  const form = useForm<Values, void>({
    name: "session",
    object: known ?? "",
    initial: { number: known ?? "", password: "" },
    labels: { ...(known ? {} : { number: t("console-session-number") }), password: t("console-session-password") },
    secret: ["password"],
    check: ({ number, password }) => ({
      number: readNumber(number) ? undefined : number.trim() ? t("console-session-number-wrong") : t("console-required"),
      password: password.trim() ? undefined : t("console-required"),
    }),
    wrong: { number: t("console-session-number-wrong") },
    send: ({ number, password }) => join(readNumber(number) ?? "", password.trim()),
    done: (_, { number }) => joined(readNumber(number) ?? ""),
  });
  return (
    <FormView form={form}>
      {known ? (
        <div class="field">
          <span class="label">{t("console-session-number")}</span>
          <output class="number">{showNumber(known)}</output>
        </div>
      ) : (
        <TextField form={form} name="number" inputMode="numeric" spellcheck={false} hint={t("console-session-number-hint")} />
      )}
      <TextField form={form} name="password" spellcheck={false} hint={t("console-session-password-hint")} />
      <div class="buttons">
        <Submit form={form}>{t("console-session-join")}</Submit>
      </div>
    </FormView>
  );
}
