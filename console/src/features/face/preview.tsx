// How a customer's page will look with the face as it stands in the form, on a light screen and on a dark one.

import { t } from "../../text";
import { colour, SCHEMES, type Scheme, shades } from "./accent";
import { source } from "./logo";
import { type FaceValues, linesOf } from "./values";

function Plate({ scheme, of }: { scheme: Scheme; of: FaceValues }) {
  const { paper, ink, plain } = SCHEMES[scheme];
  const accent = colour(of.accent);
  const shown = accent ? shades(accent, scheme) : plain;
  const lines = linesOf(of.contact);
  return (
    <figure class="plate" style={{ background: paper, color: ink }}>
      <p>{of.logo ? <img src={source(of.logo)} alt={of.name} style={scheme === "dark" ? { background: ink } : {}} /> : <b>{of.name}</b>}</p>
      <p>
        <span class="button" style={{ background: shown.accent, borderColor: shown.accent, color: shown.onAccent }}>
          {t("console-decide-approve")}
        </span>
      </p>
      {lines.length > 0 && (
        <p class="pre-line">
          <b>{t("console-support-desk")}</b>
          {`\n${[of.name, ...lines].join("\n")}`}
        </p>
      )}
      <figcaption>{t(`console-face-${scheme}`)}</figcaption>
    </figure>
  );
}

export function Preview({ of }: { of: FaceValues }) {
  return (
    <div class="plates">
      <Plate scheme="light" of={of} />
      <Plate scheme="dark" of={of} />
    </div>
  );
}
