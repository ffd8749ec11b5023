// A button that logs in, or goes on, with a passkey, and says why it did not.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { api } from "../api";
import { Problem } from "../problem";
import { t } from "../text";
import type { SessionView } from "../types";
import { PASSKEYS, sign } from "../webauthn";
import { problemText } from "./problem_text";

interface PasskeyProps {
  /** The route that takes the answer; what is to be signed is asked of `{path}/challenge`. */
  path: "/login/passkey" | "/session/passkey";
  tone: "primary" | "secondary";
  done: (view: SessionView) => void;
  children: ComponentChildren;
}

export function PasskeyButton({ path, tone, done, children }: PasskeyProps) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const use = async () => {
    if (busy) return;
    setBusy(true);
    setRefused(undefined);
    try {
      const credential = await sign(await api.POST(`${path}/challenge`));
      done(await api.POST(path, { body: { credential } }));
    } catch (error) {
      const problem = Problem.from(error);
      if (problem.code === "wrong-credentials") setRefused(t("console-passkey-wrong"));
      else if (problem.code !== "unauthorized") setRefused(problemText(problem));
    } finally {
      setBusy(false);
    }
  };
  if (!PASSKEYS) return tone === "primary" ? <p class="error">{t("console-passkey-no-browser")}</p> : null;
  return (
    <div class="passkey">
      <button type="button" class={tone} aria-disabled={busy} onClick={() => void use()}>
        {busy ? t("console-passkey-waiting") : children}
      </button>
      <p class="error" role="alert">
        {refused}
      </p>
    </div>
  );
}
