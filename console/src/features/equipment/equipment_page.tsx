// One piece of equipment: what it is, who is asked about it, what may be started on it, and its agent.

import { api } from "../../api";
import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Act, Section, State } from "../../parts/shown";
import { place } from "../../place";
import { href, type PageProps } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { Equipment } from "../../types";
import { Applicants } from "../enrolments/applicants";
import { Enrolment } from "./enrolment";
import { loadOffered, type Offered, responsible } from "./people";
import { AgentSection, Facts } from "./shown";
import { Switches } from "./switches";

interface Of {
  of: Equipment;
  offered: Required<Offered>;
  set: (now: Equipment) => void;
  reload: () => void;
}

/** Those who are responsible; where none of them can act, who is asked instead. */
function Responsible({ of, offered }: Of) {
  const people = responsible(of, offered.administrators);
  const acting = people.some((who) => !who || who.state === "active");
  return (
    <>
      {people.map((who, index) => (
        <div key={of.responsible[index]}>
          {who ? <a href={href("users", who.id)}>{who.name}</a> : t("console-equipment-person-hidden")}{" "}
          {who && who.state !== "active" && <State list="account-state" value={who.state} />}
        </div>
      ))}
      {!acting && (
        <>
          <div>{t(people.length > 0 ? "console-equipment-nobody-acts" : "console-equipment-nobody")}</div>
          {of.state === "active" && (
            <div class="hint">{t(of.organization ? "console-equipment-asked-organization" : "console-equipment-asked-system")}</div>
          )}
        </>
      )}
    </>
  );
}

function retire({ of, set }: Of): Promise<void> {
  return acted(
    {
      title: t("console-equipment-retire-title", { name: of.name }),
      body: t("console-equipment-retire-body"),
      points: ["agent", "remote", "serial", "kept"].map((point) => t(`console-equipment-retire-${point}`)),
      action: t("console-equipment-retire"),
      danger: true,
    },
    async () => {
      set(await api.POST("/equipment/{id}/retire", { params: { path: { id: of.id } } }));
      done(t("console-equipment-retired", { name: of.name }));
    },
  );
}

function restore({ of, set }: Of): Promise<void> {
  return acted(
    {
      title: t("console-equipment-restore-title", { name: of.name }),
      body: t("console-equipment-restore-body"),
      action: t("console-equipment-restore"),
    },
    async () => {
      set(await api.POST("/equipment/{id}/restore", { params: { path: { id: of.id } } }));
      done(t("console-equipment-restored", { name: of.name }));
    },
  );
}

function Use(props: Of) {
  if (!may("equipment.write")) return null;
  return (
    <Section title={t("console-equipment-use")}>
      {props.of.state === "active" ? (
        <Act tone="danger" run={() => retire(props)}>
          {t("console-equipment-retire")}
        </Act>
      ) : (
        <Act tone="primary" run={() => restore(props)}>
          {t("console-equipment-restore")}
        </Act>
      )}
    </Section>
  );
}

function Shown(props: Of) {
  const { of, offered, set, reload } = props;
  const organization = offered.organizations.find(({ id }) => id === of.organization)?.name ?? (of.organization ? t("console-none") : "");
  return (
    <>
      {place.kind === "tenant" && <Applicants of={of} />}
      <Facts of={of} organization={organization} responsible={<Responsible {...props} />} />
      <Switches of={of} set={set} reload={reload} />
      <AgentSection of={of}>{of.state === "active" && may("equipment.write") && <Enrolment of={of} set={set} />}</AgentSection>
      <Use {...props} />
      {may("launches.read") && place.kind === "tenant" && (
        <p>
          <a href={`${href("launches")}?state=all&equipment=${encodeURIComponent(of.id)}`}>{t("console-equipment-launches")}</a>
        </p>
      )}
      {may("audit.read") && (
        <p>
          <a href={`${href("audit")}?object=${encodeURIComponent(`equipment/${of.id}`)}`}>{t("console-equipment-audit")}</a>
        </p>
      )}
    </>
  );
}

export default function EquipmentPage({ id }: PageProps) {
  const offered = useLoad(loadOffered);
  const loaded = useLoad(() => api.GET("/equipment/{id}", { params: { path: { id } } }), "", "equipment");
  const of = loaded.data;
  return (
    <Page
      title={of?.name ?? t("console-nav-equipment")}
      back={{ href: href("equipment"), label: t("console-nav-equipment") }}
      actions={
        of?.state === "active" &&
        may("equipment.write") && (
          <a class="button secondary small" href={href("equipment", id, "edit")}>
            {t("console-change")}
          </a>
        )
      }
    >
      <Show of={loaded}>
        {(of) => <Show of={offered}>{(found) => <Shown of={of} offered={found} set={loaded.set} reload={loaded.reload} />}</Show>}
      </Show>
    </Page>
  );
}
