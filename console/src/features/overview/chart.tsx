// Requests and answers per day, drawn; the same numbers as a table for those who do not see the drawing.

import { day } from "../../dates";
import { Table } from "../../parts/list";
import { t } from "../../text";
import type { DayCount } from "../../types";

const HEIGHT = 120;
const WIDTH = 720;
const SERIES = ["requests", "approved", "refused"] as const;

/** A scale that ends on a round number. */
function top(days: DayCount[]): number {
  const most = Math.max(1, ...days.flatMap((one) => SERIES.map((name) => one[name])));
  const step = 10 ** Math.floor(Math.log10(most));
  return Math.max(4, Math.ceil(most / step) * step);
}

export function Chart({ days }: { days: DayCount[] }) {
  const scale = top(days);
  const slot = WIDTH / Math.max(1, days.length);
  const bar = (slot * 0.75) / SERIES.length;
  const sum = (name: (typeof SERIES)[number]) => days.reduce((total, one) => total + one[name], 0);
  const summary = t("console-chart-summary", {
    requests: sum("requests"),
    approved: sum("approved"),
    refused: sum("refused"),
  });
  const first = days[0];
  const last = days.at(-1);
  return (
    <figure class="chart">
      <ul class="legend">
        {SERIES.map((name) => (
          <li key={name} class={name}>
            {t(`console-chart-${name}`)} <b>{sum(name)}</b>
          </li>
        ))}
      </ul>
      <div class="plot">
        <span class="scale" aria-hidden="true">
          {scale}
        </span>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={summary}>
          <pattern id="stripes" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="refused" width="4" height="4" />
            <rect class="gap" width="1" height="4" />
          </pattern>
          <line x1="0" x2={WIDTH} y1="0.5" y2="0.5" class="grid" />
          <line x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} class="grid" />
          <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} class="grid" />
          {days.map((one, index) =>
            SERIES.map((name, place) => {
              const height = (one[name] / scale) * HEIGHT;
              const x = index * slot + slot * 0.125 + place * bar;
              const pattern = name === "refused" ? { fill: "url(#stripes)" } : {};
              return <rect key={name} class={name} {...pattern} x={x} y={HEIGHT - height} width={bar * 0.9} height={height} />;
            }),
          )}
        </svg>
      </div>
      <p class="ends" aria-hidden="true">
        <span>{first && day(first.day)}</span>
        <span>{last && day(last.day)}</span>
      </p>
      <details>
        <summary>{t("console-chart-table")}</summary>
        <div class="scroll" role="region" aria-label={t("console-chart-table")} tabIndex={0}>
          <Table
            caption={t("console-chart-title")}
            items={[...days].reverse()}
            id={(one) => one.day}
            columns={[
              { label: t("console-chart-day"), cell: (one) => day(one.day) },
              ...SERIES.map((name) => ({ label: t(`console-chart-${name}`), cell: (one: DayCount) => one[name] })),
            ]}
          />
        </div>
      </details>
    </figure>
  );
}
