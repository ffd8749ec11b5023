// The state of a machine and its connection test, as the agent reports them.

import { choice } from "../../names";
import { Table } from "../../parts/list";
import { Details, Time } from "../../parts/shown";
import { sizeText } from "../../session/size";
import { formatTag, maybe, t } from "../../text";
import type { CheckState, Diagnosis, MachineState, Space } from "./reports";

/** Below this share of free space a disk is marked, in percent. */
const LITTLE = 10;
/** A clock that is no further off is right, in seconds. */
const TOLERATED = 2;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function Free({ of: { total, available } }: { of: Space }) {
  const percent = total > 0 ? Math.floor((100 * available) / total) : 0;
  const text = t("console-session-free", { available: sizeText(available), total: sizeText(total), percent });
  return total > 0 && percent < LITTLE ? <span class="state caution">{text}</span> : <>{text}</>;
}

/** 3 days 4 hours; 5 hours 12 minutes; 12 minutes. */
function uptime(seconds: number): string {
  const days = Math.floor(seconds / DAY);
  const hours = Math.floor((seconds % DAY) / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  const parts: [string, number][] = days ? [["days", days], ["hours", hours]] : hours ? [["hours", hours], ["minutes", minutes]] : [["minutes", minutes]];
  return parts.map(([unit, count]) => t(`console-duration-${unit}`, { count })).join(" ");
}

/** `offset` is the edge's time minus the machine's: a machine that is behind has a positive one. */
function clock(offset: number): string {
  if (Math.abs(offset) <= TOLERATED) return t("console-session-clock-right");
  return t(offset > 0 ? "console-session-clock-behind" : "console-session-clock-ahead", { seconds: Math.abs(offset) });
}

function Software({ of }: { of: NonNullable<MachineState["software"]> }) {
  const runs = of.runs === null ? "" : t(of.runs ? "console-session-runs" : "console-session-stopped");
  return (
    <>
      {of.name} {runs && <span class={`state ${of.runs ? "good" : "bad"}`}>{runs}</span>}
      {of.running_since !== null && (
        <div class="hint">
          {t("console-session-since")} <Time at={of.running_since} />
        </div>
      )}
    </>
  );
}

export function Overview({ of }: { of: MachineState }) {
  const number = new Intl.NumberFormat(formatTag(), { maximumFractionDigits: 2 });
  return (
    <>
      <Details
        rows={[
          [t("console-agent-host"), of.host_name],
          [t("console-agent-system"), [of.system, of.kernel].filter(Boolean).join(" / ")],
          [t("console-agent"), of.agent],
          [t("console-session-software"), of.software ? <Software of={of.software} /> : t("console-session-no-software")],
          [t("console-session-uptime"), typeof of.uptime_seconds === "number" ? uptime(of.uptime_seconds) : null],
          [t("console-session-clock"), typeof of.clock_offset_seconds === "number" ? clock(of.clock_offset_seconds) : null],
          [t("console-session-keyboard"), of.keyboard_layout],
          [t("console-session-processors"), of.processors],
          [t("console-session-load"), of.load?.map((part) => number.format(part)).join(" / ")],
          [t("console-session-memory"), of.memory && <Free of={of.memory} />],
          [t("console-session-swap"), of.swap && of.swap.total > 0 ? <Free of={of.swap} /> : null],
        ]}
      />
      {of.disks && of.disks.length > 0 && (
        <>
          <h3>{t("console-session-disks")}</h3>
          <Table
            caption={t("console-session-disks")}
            items={of.disks}
            id={({ mounted_at }) => mounted_at}
            columns={[
              { label: t("console-session-disk"), cell: ({ mounted_at }) => <code>{mounted_at}</code>, below: ({ file_system }) => file_system },
              { label: t("console-session-space"), cell: (disk) => <Free of={disk} /> },
            ]}
          />
        </>
      )}
    </>
  );
}

const TONES: Partial<Record<CheckState, string>> = { passed: "good", failed: "bad" };

export function ConnectionTest({ of: { edge, proxy, checks, outcome } }: { of: Diagnosis }) {
  return (
    <>
      <h3>{t("console-deed-connection_test")}</h3>
      <p class="hint">{[edge, proxy && t("console-session-proxy", { proxy })].filter(Boolean).join(" / ")}</p>
      <Table
        caption={t("console-deed-connection_test")}
        items={checks}
        id={([check]) => check}
        columns={[
          { label: t("console-session-check"), cell: ([check]) => maybe(`console-check-${check}`) ?? check },
          {
            label: t("console-session-outcome"),
            cell: ([, state]) => <span class={`state ${TONES[state] ?? ""}`}>{choice("check-state", state)}</span>,
          },
        ]}
      />
      {outcome?.detail && <p class="hint">{outcome.detail}</p>}
    </>
  );
}
