// How a piece of equipment is shown to its own administrators and to the desk: in lists, and its facts.

import type { ComponentChildren } from "preact";
import type { Column } from "../../parts/list";
import { Breakable, Details, Section, State, Time } from "../../parts/shown";
import { t } from "../../text";
import type { Equipment } from "../../types";

/** Whether an agent may connect. */
export function isEnrolled({ agent }: Equipment): boolean {
  return agent !== null && agent.ended === null;
}

/** Whether the agent is connected; one that has ended is none. */
export function lightOf(of: Equipment): "none" | "away" | "connected" {
  if (!isEnrolled(of)) return "none";
  return of.agent?.connected_since ? "connected" : "away";
}

export function AgentLight({ of }: { of: Equipment }) {
  return <State list="agent-light" value={lightOf(of)} />;
}

/** Whether something is allowed. */
export function Allowed({ yes }: { yes: boolean }) {
  return <State list="allowed" value={yes ? "yes" : "no"} />;
}

function orNone(text: string | null | undefined): string {
  return text ?? t("console-none");
}

/** The columns of a list, with the model below the name. `organization` names the organisation; without it there is no such column. */
export function columns(organization?: (id: string) => string | undefined): Column<Equipment>[] {
  const belongs: Column<Equipment> = {
    label: t("console-field-organization"),
    cell: (of) => orNone(of.organization && organization?.(of.organization)),
  };
  return [
    { label: t("console-field-name"), cell: ({ name }) => name, below: ({ model }) => model },
    { label: t("console-equipment-serial"), cell: ({ serial_number }) => <Breakable>{serial_number}</Breakable> },
    { label: t("console-equipment-place"), cell: ({ place }) => orNone(place) },
    ...(organization ? [belongs] : []),
    { label: t("console-agent"), cell: (of) => (of.state === "retired" ? <State list="equipment-state" value="retired" /> : <AgentLight of={of} />) },
    {
      label: t("console-equipment-assistance"),
      cell: ({ remote_assistance }) => <Allowed yes={remote_assistance} />,
      below: ({ manual_launch }) => t(manual_launch ? "console-equipment-manual-yes" : "console-equipment-manual-no"),
    },
  ];
}

/** Whether the machine's own administrator allows remote assistance too (P10); unknown without an agent. */
export function MachineAllows({ of: { agent } }: { of: Equipment }) {
  return agent && !agent.ended ? <Allowed yes={agent.remote_assistance} /> : <>{t("console-machine-allows-unknown")}</>;
}

interface FactsProps {
  of: Equipment;
  organization?: ComponentChildren;
  responsible: ComponentChildren;
}

export function Facts({ of, organization, responsible }: FactsProps) {
  return (
    <Details
      rows={[
        [t("console-field-state"), <State list="equipment-state" value={of.state} />],
        [t("console-equipment-serial"), of.serial_number],
        [t("console-equipment-model"), of.model],
        [t("console-equipment-place"), of.place],
        [t("console-field-organization"), organization],
        [t("console-equipment-responsible"), responsible],
        [t("console-equipment-notes"), of.notes && <span class="pre-line">{of.notes}</span>],
        [t("console-equipment-registered"), <Time at={of.created_at} />],
        [t("console-field-updated"), <Time at={of.updated_at} />],
        [t("console-equipment-retired-at"), of.retired_at && <Time at={of.retired_at} />],
      ]}
    />
  );
}

/** The program on the equipment, and whether it is there. */
export function AgentFacts({ of }: { of: Equipment }) {
  const { agent } = of;
  if (!agent) {
    return (
      <>
        <p>
          <AgentLight of={of} />
        </p>
        <p>{t("console-agent-never")}</p>
      </>
    );
  }
  const { report } = agent;
  return (
    <Details
      rows={[
        [t("console-field-state"), <AgentLight of={of} />],
        [t("console-agent-ended"), agent.ended && t(`console-agent-end-${agent.ended}`)],
        [t("console-agent-ended-at"), agent.ended_at && <Time at={agent.ended_at} />],
        [t("console-agent-connected-since"), agent.connected_since && <Time at={agent.connected_since} />],
        [t("console-agent-seen"), agent.connected_since ? null : agent.seen_at ? <Time at={agent.seen_at} /> : t("console-agent-not-seen")],
        [t("console-agent-enrolled"), <Time at={agent.enrolled_at} />],
        [t("console-agent-software"), report.software],
        [t("console-agent-system"), report.system],
        [t("console-agent-host"), <Breakable>{report.host_name}</Breakable>],
        [t("console-agent-key"), <code>{agent.jkt}</code>],
      ]}
    />
  );
}

export function AgentSection({ of, children }: { of: Equipment; children?: ComponentChildren }) {
  return (
    <Section title={t("console-agent")}>
      <AgentFacts of={of} />
      {of.agent && <p class="hint">{t("console-agent-report-hint")}</p>}
      {children}
    </Section>
  );
}
