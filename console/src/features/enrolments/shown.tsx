// What people see of a machine that asked to be enrolled, and what follows from an answer, which is said before it is sent.

import type { ComponentChildren } from "preact";
import type { Question } from "../../parts/confirm";
import type { Column } from "../../parts/list";
import { FilterSelect } from "../../parts/filters";
import { Breakable, Deadline, State, Time } from "../../parts/shown";
import { t } from "../../text";
import type { EnrolmentRequest, Equipment } from "../../types";
import { isEnrolled } from "../equipment/shown";
import { standing } from "./data";

export function EnrolmentState({ of }: { of: EnrolmentRequest }) {
  return <State list="enrolment-state" value={standing(of)} />;
}

/** The filter of lists: what waits, or all. */
export function WaitingOrAll() {
  const options: [string, string][] = [
    ["open", t("console-enrolments-open")],
    ["all", t("console-filter-all")],
  ];
  return <FilterSelect name="state" label={t("console-filter-state")} initial="open" options={options} />;
}

/** The columns of a list; `own` are those that its side alone has. */
export function columns(own: Column<EnrolmentRequest>[]): Column<EnrolmentRequest>[] {
  return [
    { label: t("console-equipment-serial"), cell: ({ serial_number }) => serial_number, below: ({ report }) => <Breakable>{report.host_name}</Breakable> },
    ...own,
    { label: t("console-enrolment-asked"), cell: ({ requested_at }) => <Time at={requested_at} /> },
    { label: t("console-field-answer-by"), cell: ({ expires_at, state }) => <Deadline at={expires_at} waits={state === "open"} /> },
    { label: t("console-field-state"), cell: (of) => <EnrolmentState of={of} /> },
  ];
}

/** What is known of the machine, and until when an answer is taken. */
export function told(of: EnrolmentRequest): [string, ComponentChildren][] {
  const { report } = of;
  return [
    [t("console-enrolment-typed"), of.serial_number],
    [t("console-agent-host"), <Breakable>{report.host_name}</Breakable>],
    [t("console-agent-system"), report.system],
    [t("console-agent-software"), report.software],
    [t("console-agent-key"), <code>{of.jkt}</code>],
    [t("console-enrolment-asked"), <Time at={of.requested_at} />],
    [t("console-field-answer-by"), of.state === "open" ? <Time at={of.expires_at} /> : null],
  ];
}

/** Letters of either case are the same in a serial number. */
function isOther(of: EnrolmentRequest, equipment: Equipment): boolean {
  return of.serial_number.toUpperCase() !== equipment.serial_number.toUpperCase();
}

/** Before the machine is accepted for `equipment`. `customer` is the customer's name, at the desk. */
export function accepting(of: EnrolmentRequest, equipment: Equipment, customer?: string): Question {
  const replaces = isEnrolled(equipment);
  return {
    title: t("console-enrolment-accept-title"),
    body: t("console-enrolment-accept-body", { name: equipment.name }),
    points: [
      ...(isOther(of, equipment) ? [t("console-enrolment-other-serial", { typed: of.serial_number, serial: equipment.serial_number })] : []),
      ...(replaces ? [t("console-enrolment-replaces-agent")] : []),
      ...(equipment.agent ? [t("console-enrolment-forbids-assistance")] : []),
      t("console-enrolment-ends-code"),
      ...(customer ? [t("console-enrolment-logged", { customer })] : []),
    ],
    rows: [
      [t("console-customer"), customer],
      [t("console-launch-equipment"), equipment.name],
      [t("console-equipment-serial"), equipment.serial_number],
      [t("console-equipment-place"), equipment.place],
      [t("console-agent-host"), of.report.host_name],
    ],
    action: t("console-decide-approve"),
    danger: replaces,
  };
}

/** Before the machine is refused, by one of the two sides. */
export function refusing(of: EnrolmentRequest, side: "customer" | "desk"): Question {
  return {
    title: t("console-enrolment-refuse-title"),
    body: t("console-enrolment-refuse-body", { serial: of.serial_number, host: of.report.host_name }),
    points: [
      ...(of.waits === "enrolled" ? [t("console-enrolment-refuse-agent")] : []),
      // A customer that was never asked has nothing to approve.
      ...(side === "customer" || of.customer ? [t(`console-enrolment-refuse-${side}`)] : []),
      t("console-enrolment-refuse-again"),
    ],
    action: t("console-decide-refuse"),
    danger: true,
  };
}
