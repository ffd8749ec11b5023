// The audit log: who did what (B4, C7).

import { useState } from "preact/hooks";
import { api } from "../../api";
import { startOfDay } from "../../dates";
import { outcomeName } from "../../names";
import { options } from "../../options";
import { ExportLink, FilterDay, FilterOrder, Filters, FilterSelect } from "../../parts/filters";
import { List } from "../../parts/list";
import { useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Section, Time } from "../../parts/shown";
import { actionOf, objectOf, Who } from "../../parts/who";
import { chosen, route } from "../../router";
import { may } from "../../session";
import { t } from "../../text";
import type { AuditEntry } from "../../types";
import { Entry } from "./entry";
import { Heads } from "./heads";

/** A filter whose value may come from an entry and not be among the choices. */
function FilterOr({ name, label, options }: { name: string; label: string; options: [string, string][] }) {
  const value = route.use().query.get(name) ?? "";
  const known = value === "" || options.some(([option]) => option === value);
  const own: [string, string][] = known ? [] : [[value, value]];
  return <FilterSelect name={name} label={label} options={[["", t("console-filter-all")], ...own, ...options]} />;
}

/** All actions; with a dot at its end an action stands for all that begin with it. */
function actions(): [string, string][] {
  return options("action").map(([action, label]) => [action === "registration.code" ? `${action}.` : action, label]);
}

/** Kinds of actors, and the people with an account by name. */
function useActors(): [string, string][] {
  const people = useLoad(async () =>
    may("users.read") ? (await api.GET("/users", { params: { query: { account: "true" } } })).items : [],
  );
  return [...options("actor-kind"), ...(people.data ?? []).map(({ id, display_name }): [string, string] => [id, display_name])];
}

export default function Audit() {
  const { query } = route.use();
  const [shown, setShown] = useState<AuditEntry>();
  const [heads, setHeads] = useState(false);
  const actors = useActors();
  const asked = {
    actor: query.get("actor") ?? "",
    object: query.get("object") ?? "",
    action: query.get("action") ?? "",
    from: startOfDay(query.get("from") ?? ""),
    // The last day is meant as a whole.
    to: startOfDay(query.get("to") ?? "", 1),
  };
  const order = chosen(query, "order", ["oldest"]);
  return (
    <Page
      title={t("console-nav-audit")}
      lead={t("console-audit-lead")}
      actions={
        <>
          <ExportLink path="/audit/export" query={{ format: "jsonl", ...asked }} label={t("console-audit-export-jsonl")} />
          <ExportLink path="/audit/export" query={asked} />
        </>
      }
    >
      <Filters>
        <FilterOr name="action" label={t("console-audit-action")} options={actions()} />
        <FilterOr name="actor" label={t("console-audit-by")} options={actors} />
        <FilterOr
          name="object"
          label={t("console-audit-object")}
          options={options("object").map(([kind, label]) => [`${kind}/`, label])}
        />
        <FilterDay name="from" label={t("console-audit-from")} />
        <FilterDay name="to" label={t("console-audit-to")} />
        <FilterOrder />
      </Filters>
      <List
        caption={t("console-nav-audit")}
        path="/audit"
        query={{ ...asked, order }}
        id={({ seq }) => String(seq)}
        empty={<p>{t("console-list-empty")}</p>}
        columns={[
          { label: t("console-audit-at"), cell: ({ at }) => <Time at={at} /> },
          { label: t("console-audit-action"), cell: (entry) => <span class="prose">{actionOf(entry)}</span> },
          { label: t("console-audit-object"), cell: objectOf },
          { label: t("console-audit-by"), cell: (entry) => <Who of={entry} /> },
          { label: t("console-audit-outcome"), cell: ({ outcome }) => <span class="prose">{outcomeName(outcome)}</span> },
          {
            label: t("console-details"),
            cell: (entry) => (
              <button type="button" class="plain" aria-label={t("console-act-on", { act: t("console-details"), name: t("console-audit-entry", { seq: entry.seq }) })} onClick={() => setShown(entry)}>
                {t("console-details")}
              </button>
            ),
          },
        ]}
      />
      <Section title={t("console-audit-heads")}>
        <p>{t("console-audit-heads-lead")}</p>
        {heads ? (
          <Heads />
        ) : (
          <button type="button" class="secondary small" onClick={() => setHeads(true)}>
            {t("console-audit-heads-show")}
          </button>
        )}
      </Section>
      {shown && <Entry of={shown} close={() => setShown(undefined)} />}
    </Page>
  );
}
