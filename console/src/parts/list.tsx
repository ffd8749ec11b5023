// A list: the server searches, sorts and filters; more is fetched on request. On a narrow screen each row is a card.

import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { listed, type Part } from "../api";
import { TOPICS, useTurn } from "../events";
import { Problem } from "../problem";
import type { Item, ListPath, NamesOf, QueryOf } from "../tenant_paths";
import { t } from "../text";
import { Failed } from "./load";
import "./list.css";

export interface Column<T> {
  label: string;
  cell: (item: T) => ComponentChildren;
  /** What stands below it, smaller. */
  below?: (item: T) => ComponentChildren;
}

interface ListProps<P extends ListPath> {
  /** Says what the table holds. */
  caption: string;
  path: P;
  names?: NamesOf<P>;
  query: Omit<QueryOf<P>, "cursor">;
  columns: Column<Item<P>>[];
  id: (item: Item<P>) => string;
  /** Where a row leads, if anywhere; its first cell is the link. */
  link?: (item: Item<P>) => string | undefined;
  empty: ComponentChildren;
  /** Fetches again when it changes. */
  turn?: number;
}

/** Empty pages that are gone through before somebody has to ask for more. */
const EMPTY_TURNS = 20;

export function List<P extends ListPath>({ caption, path, names, query, columns, id, link, empty, turn = 0 }: ListProps<P>) {
  const [rows, setRows] = useState<Part<Item<P>>>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(true);
  const abort = useRef<AbortController>(undefined);
  const firstNew = useRef(-1);
  const body = useRef<HTMLTableSectionElement>(null);
  const wanted = JSON.stringify([path, names, query, turn]);
  const changes = useTurn(TOPICS.find((topic) => topic === path.slice(1).replace("/", "_")));
  const shown = useRef(changes);
  const [longer, setLonger] = useState(false);
  const stale = changes !== shown.current;

  const fetch = async (cursor?: string, background = false) => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    // Following a change dims nothing, and keeps what is shown when it fails: the next change fetches again. What was
    // being fetched for the person already goes on being fetched for them.
    const quiet = background && rows !== undefined && !busy;
    if (!quiet) setBusy(true);
    if (!cursor) shown.current = changes;
    const ask = (from?: string) =>
      listed(path, { ...(names && { names }), query: { ...query, cursor: from } as unknown as QueryOf<P> }, controller.signal);
    try {
      let page = await ask(cursor);
      // A page may be empty and not the last: what is looked through for one page is bounded.
      for (let turns = 0; page.items.length === 0 && page.cursor && turns < EMPTY_TURNS; turns += 1) {
        page = await ask(page.cursor);
      }
      setLonger(cursor !== undefined);
      if (cursor) firstNew.current = rows?.items.length ?? -1;
      setRows({ items: cursor ? [...(rows?.items ?? []), ...page.items] : page.items, cursor: page.cursor });
      setProblem(undefined);
      setBusy(false);
    } catch (error) {
      if (controller.signal.aborted) return;
      if (!quiet) setProblem(Problem.from(error));
      setBusy(false);
    }
  };

  useEffect(() => {
    void fetch();
    return () => abort.current?.abort();
  }, [wanted]);

  // A single page updates itself. After "Show more" the user decides, because a refetch drops the extra pages.
  useEffect(() => {
    if (stale && !longer) void fetch(undefined, true);
  }, [changes]);

  // The button that fetched more may be gone: go on with the first of what came.
  useEffect(() => {
    if (firstNew.current < 0) return;
    body.current?.rows[firstNew.current]?.querySelector("a")?.focus();
    firstNew.current = -1;
  }, [rows]);

  if (problem) return <Failed problem={problem} retry={() => void fetch()} />;
  return (
    <section class="list" aria-busy={busy}>
      <p class={rows ? "unseen" : "loading"} role="status">
        {rows ? t("console-list-count", { count: rows.items.length }) : t("console-loading")}
      </p>
      {stale && longer && (
        <button type="button" class="secondary more" onClick={() => void fetch()}>
          {t("console-list-changed")}
        </button>
      )}
      {rows && rows.items.length === 0 && !rows.cursor && <div class="empty">{empty}</div>}
      {rows && rows.items.length > 0 && (
        <Table caption={caption} columns={columns} items={rows.items} id={id} link={link} body={body} />
      )}
      {rows?.cursor && (
        <button type="button" class="secondary more" aria-disabled={busy} onClick={() => busy || void fetch(rows.cursor ?? "")}>
          {busy ? t("console-loading") : t("console-list-more")}
        </button>
      )}
    </section>
  );
}

interface TableProps<T> {
  caption: string;
  columns: Column<T>[];
  items: T[];
  id: (item: T) => string;
  link?: ((item: T) => string | undefined) | undefined;
  body?: RefObject<HTMLTableSectionElement | null>;
}

function Row<T>({ of, columns, leads }: { of: T; columns: Column<T>[]; leads: string | undefined }) {
  return (
    <tr role="row" class={leads ? "leads" : ""}>
      {columns.map(({ label, cell, below }, index) => (
        <td key={label} role="cell">
          <span class="label" aria-hidden="true">
            {label}
          </span>
          <span>
            {index === 0 && leads ? <a href={leads}>{cell(of)}</a> : cell(of)}
            {below && <span class="below">{below(of)}</span>}
          </span>
        </td>
      ))}
    </tr>
  );
}

/** The roles are said again because a table drawn as cards loses its own. */
export function Table<T>({ caption, columns, items, id, link, body }: TableProps<T>) {
  return (
    <table role="table" class="rows">
      <caption class="unseen">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ label }) => (
            <th key={label} role="columnheader" scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" {...(body ? { ref: body } : {})}>
        {items.map((item) => (
          <Row key={id(item)} of={item} columns={columns} leads={link?.(item)} />
        ))}
      </tbody>
    </table>
  );
}
