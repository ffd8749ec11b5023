// The way to the machine's screen (K10): it is shown when somebody asks for it, and its code is loaded then.

import { useState } from "preact/hooks";
import { Lazy } from "../../parts/lazy";
import { Section } from "../../parts/shown";
import type { Channel } from "../../session/channel";
import { machineIsHere } from "../../session/view";
import { t } from "../../text";

const load = () => import("./screen_view");

export function Screen({ of, layout, opened }: { of: Channel; layout: string | undefined; opened: () => void }) {
  const view = of.view.use();
  const [open, setOpen] = useState(false);
  if (!view.abilities.includes("view_screen") && !view.abilities.includes("control_screen")) return null;
  const show = () => {
    setOpen(true);
    opened();
  };
  return (
    <Section title={t("console-screen")}>
      {open ? (
        <Lazy load={load} name="screen" props={{ of, layout, close: () => setOpen(false) }} />
      ) : (
        <>
          <p class="hint">{t("console-screen-lead")}</p>
          <button type="button" class="primary" disabled={!machineIsHere(view)} onClick={show}>
            {t("console-screen-show")}
          </button>
        </>
      )}
    </Section>
  );
}
