// The way to a terminal on the machine (K10), where the approval names it; its code is loaded when it is opened.

import { useState } from "preact/hooks";
import { Lazy } from "../../parts/lazy";
import { Section } from "../../parts/shown";
import type { Channel } from "../../session/channel";
import { machineIsHere } from "../../session/view";
import { t } from "../../text";

const load = () => import("./terminal_view");

export function Terminal({ of }: { of: Channel }) {
  const view = of.view.use();
  const [open, setOpen] = useState(false);
  if (!view.abilities.includes("terminal")) return null;
  return (
    <Section title={t("console-terminal")}>
      {open ? (
        <Lazy load={load} name="terminal" props={{ of, close: () => setOpen(false) }} />
      ) : (
        <>
          <p class="hint">{t("console-terminal-recorded")}</p>
          <button type="button" class="secondary" disabled={!machineIsHere(view)} onClick={() => setOpen(true)}>
            {t("console-terminal-open")}
          </button>
        </>
      )}
    </Section>
  );
}
