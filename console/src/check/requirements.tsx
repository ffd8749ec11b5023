// What is needed (Z2): systems, browsers, the line, what a firewall has to let through, and what some devices cannot do.

import { t } from "../text";
import { destination } from "./advice";

const REQUIREMENTS = ["system", "browser", "phone", "rate", "network", "peer", "programs"];

export function Requirements() {
  return (
    <section aria-labelledby="requirements">
      <h2 id="requirements">{t("check-needed")}</h2>
      <dl class="details">
        {REQUIREMENTS.map((what) => (
          <div key={what}>
            <dt>{t(`check-needed-${what}`)}</dt>
            <dd>{t(`check-need-${what}`, destination())}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
