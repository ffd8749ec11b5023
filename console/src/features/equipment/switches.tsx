// What may be started on a piece of equipment: remote assistance by the desk (P10), and remote support at the machine
// itself (K6). Only system administrators decide it.

import { api } from "../../api";
import { acted, type Question } from "../../parts/confirm";
import { done, failed } from "../../parts/feedback";
import { Act, Section } from "../../parts/shown";
import { Problem } from "../../problem";
import { may } from "../../session";
import { t } from "../../text";
import type { Equipment } from "../../types";
import { Allowed, MachineAllows } from "./shown";
import "./equipment.css";

type Switch = "remote_assistance" | "manual_launch";

interface SwitchesProps {
  of: Equipment;
  set: (now: Equipment) => void;
  reload: () => void;
}

/** Opening a machine to the desk is asked about; closing it never is. */
function opening(of: Equipment): Question {
  return {
    title: t("console-remote-assistance-title"),
    body: t("console-remote-assistance-body"),
    points: ["asks", "agent", "alert", "off"].map((point) => t(`console-remote-assistance-point-${point}`)),
    rows: [
      [t("console-field-name"), of.name],
      [t("console-equipment-serial"), of.serial_number],
    ],
    action: t("console-allow"),
  };
}

async function put({ of, set, reload }: SwitchesProps, name: Switch, on: boolean): Promise<void> {
  try {
    const body = { version: of.version, [name]: on };
    set(await api.PATCH("/equipment/{id}/switches", { params: { path: { id: of.id } }, body }));
    done(t(`console-switch-${name.replace("_", "-")}-${on ? "on" : "off"}`));
  } catch (error) {
    failed(error);
    // Somebody else changed or retired it meanwhile.
    if (Problem.from(error).status === 409) reload();
  }
}

function Row({ name, props }: { name: Switch; props: SwitchesProps }) {
  const on = props.of[name];
  const key = name.replace("_", "-");
  const title = t(`console-switch-${key}`);
  const question = name === "remote_assistance" && !on ? opening(props.of) : undefined;
  const act = t(on ? "console-forbid" : "console-allow");
  return (
    <div class="switch">
      <div>
        <h3>{title}</h3>
        <p>
          <Allowed yes={on} />
        </p>
        <p class="hint">{t(`console-switch-${key}-hint`)}</p>
        {name === "remote_assistance" && (
          <p class="hint">
            {t("console-machine-allows")} <MachineAllows of={props.of} />
          </p>
        )}
      </div>
      {may("equipment.switch") && props.of.state === "active" && (
        <Act small label={t("console-act-on", { act, name: title })} run={() => acted(question, () => put(props, name, !on))}>
          {act}
        </Act>
      )}
    </div>
  );
}

export function Switches(props: SwitchesProps) {
  return (
    <Section title={t("console-equipment-remote")}>
      <Row name="remote_assistance" props={props} />
      <Row name="manual_launch" props={props} />
      {!may("equipment.switch") && <p class="hint">{t("console-switch-who")}</p>}
    </Section>
  );
}
