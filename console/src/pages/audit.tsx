// The audit log: who did what (B4, C7).

import { useState } from "preact/hooks";
import { api } from "../api";
import { actionName, ID_LENGTH, options, outcomeName } from "../choices";
import { startOfDay } from "../dates";
import { ExportLink, FilterDay, FilterOrder, Filters, FilterSelect } from "../parts/filters";
import { List, Table } from "../parts/list";
import { Show, useLoad } from "../parts/load";
import { Modal } from "../parts/modal";
import { Page } from "../parts/page";
import { Details, Section, Time } from "../parts/shown";
import { chosen, filter, href, route } from "../router";
import { may } from "../session";
import { t } from "../text";
import type { AuditEntry, Right } from "../types";
import { Who } from "./who";

/** Things that have a page of their own. */
const PAGES_OF: Record<string, [string, Right]> = {
  device: ["devices", "devices.read"],
  registration: ["registrations", "registrations.read"],
  question: ["questions", "questions.read"],
  user: ["users", "users.read"],
  account: ["users", "users.read"],
};

/** The id of a thing, as a link to its page where there is one. */
function Thing({ of }: { of: string }) {
  const [kind = "", id = ""] = of.split("/");
  const page = PAGES_OF[kind];
  if (!page || id.length !== ID_LENGTH || !may(page[1])) return <code>{of}</code>;
  return (
    <a href={href(page[0], id)}>
      <code>{of}</code>
    </a>
  );
}

/** Whom a filter means: a token's actor is its user, and the token behind a slash, and all that the user did is wanted. A mail
 * address may have a slash too, and is taken whole. */
function actorFilter({ kind, id }: AuditEntry["actor"]): string {
  const [user = "", token] = (id ?? "").split("/");
  const withToken = ["token", "approver"].includes(kind) && user.length === ID_LENGTH && token?.length === ID_LENGTH;
  return withToken ? user : (id ?? "");
}

/** Shows only the entries with this actor, or about this object. */
function Only({ name, value, close }: { name: "actor" | "object"; value: string; close: () => void }) {
  const show = () => {
    close();
    filter({ [name]: value });
  };
  return (
    <button type="button" class="plain" onClick={show}>
      {t(`console-audit-only-${name}`)}
    </button>
  );
}

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

/** The outcome, and the word of the log where it is another. */
function Outcome({ of }: { of: string }) {
  const name = outcomeName(of);
  return (
    <>
      {name} {name !== of && <code>{of}</code>}
    </>
  );
}

function Entry({ of, close }: { of: AuditEntry; close: () => void }) {
  return (
    <Modal title={t("console-audit-entry", { seq: of.seq })} close={close} wide>
      <Details
        rows={[
          [t("console-audit-at"), <Time at={of.at} />],
          [
            t("console-audit-by"),
            <>
              <Who of={of} /> {of.actor.id && <code>{of.actor.id}</code>} {of.actor.id && <Only name="actor" value={actorFilter(of.actor)} close={close} />}
            </>,
          ],
          [t("console-audit-address"), of.actor.address],
          [
            t("console-audit-action"),
            <>
              {actionName(of.action)} <code>{of.action}</code>
            </>,
          ],
          [
            t("console-audit-object"),
            <>
              {of.object_name} <Thing of={of.object} /> <Only name="object" value={of.object} close={close} />
            </>,
          ],
          [t("console-audit-outcome"), <Outcome of={of.outcome} />],
          [t("console-audit-requester"), of.requester],
          [t("console-audit-approver"), of.approver],
          [t("console-audit-previous"), of.previous ? <code>{of.previous}</code> : ""],
          [t("console-audit-hash"), <code>{of.hash}</code>],
        ]}
      />
      <div class="buttons">
        <button type="button" class="secondary" onClick={close}>
          {t("console-close")}
        </button>
      </div>
    </Modal>
  );
}

function Heads() {
  const loaded = useLoad(() => api.GET("/audit/heads"));
  return (
    <Show of={loaded}>
      {({ items }) =>
        items.length ? (
          <div class="scroll" role="region" aria-label={t("console-audit-heads")} tabIndex={0}>
            <Table
              caption={t("console-audit-heads")}
              items={items}
              id={({ seq, at }) => `${seq}-${at}`}
              columns={[
                { label: t("console-audit-at"), cell: ({ at }) => <Time at={at} /> },
                { label: t("console-audit-seq"), cell: ({ seq }) => seq },
                { label: t("console-audit-hash"), cell: ({ hash }) => <code>{hash}</code> },
              ]}
            />
          </div>
        ) : (
          <p class="empty">{t("console-audit-heads-none")}</p>
        )
      }
    </Show>
  );
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
          { label: t("console-audit-action"), cell: ({ action }) => actionName(action) },
          { label: t("console-audit-object"), cell: ({ object_name }) => object_name },
          { label: t("console-audit-by"), cell: (entry) => <Who of={entry} /> },
          { label: t("console-audit-outcome"), cell: ({ outcome }) => outcomeName(outcome) },
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
