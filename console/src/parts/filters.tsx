// The filters of a list. They live in the address: a reload keeps them, and "back" takes them back.

import { type ComponentChildren, Fragment } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { exported } from "../api";
import { filter, route } from "../router";
import type { ExportPath, QueryOf } from "../tenant_paths";
import { t } from "../text";

/** How long somebody has to stop typing before the server is asked, in milliseconds. */
const PAUSE = 250;

export function Filters({ children }: { children: ComponentChildren }) {
  const { query } = route.use();
  const form = useRef<HTMLFormElement>(null);
  const [turn, setTurn] = useState(0);
  const clear = () => {
    filter(Object.fromEntries([...query.keys()].map((name) => [name, ""])));
    setTurn(turn + 1);
  };
  // The button is gone with the filters.
  useEffect(() => {
    if (turn) form.current?.querySelector<HTMLElement>("input, select")?.focus();
  }, [turn]);
  return (
    <form ref={form} class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      {/* Drawn anew, so that no field keeps what was typed. */}
      <Fragment key={turn}>{children}</Fragment>
      {query.size > 0 && (
        <button type="button" class="plain" onClick={clear}>
          {t("console-filter-clear")}
        </button>
      )}
    </form>
  );
}

export function SearchBox({ name = "q", label, hint }: { name?: string; label: string; hint?: string }) {
  const asked = route.use().query.get(name) ?? "";
  const [text, setText] = useState(asked);
  const timer = useRef<number>(undefined);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // "Back" changes the address under the field; but nothing touches what is being typed (an IME may be composing it).
  useEffect(() => {
    if (document.activeElement !== input.current) setText(asked);
  }, [asked]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div class="filter search">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={input}
        type="search"
        value={text}
        placeholder={hint ?? ""}
        autocomplete="off"
        onInput={(event) => {
          const typed = event.currentTarget.value;
          setText(typed);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => filter({ [name]: typed.trim() }, false), PAUSE);
        }}
      />
    </div>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  options: [string, string][];
  /** What holds where the address says nothing. */
  initial?: string;
}

export function FilterSelect({ name, label, options, initial = "" }: ChoiceProps) {
  const value = route.use().query.get(name) ?? initial;
  const id = useId();
  return (
    <div class="filter">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          filter({ [name]: chosen === initial ? "" : chosen });
        }}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Which way a list goes through time. What is searched for comes in the order of what was found. */
export function FilterOrder() {
  const { query } = route.use();
  if (query.get("q")) return null;
  return (
    <FilterSelect
      name="order"
      label={t("console-filter-sort")}
      options={[
        ["", t("console-order-newest")],
        ["oldest", t("console-order-oldest")],
      ]}
    />
  );
}

export function FilterDay({ name, label }: { name: string; label: string }) {
  const value = route.use().query.get(name) ?? "";
  const id = useId();
  return (
    <div class="filter">
      <label for={id}>{label}</label>
      <input id={id} type="date" value={value} onChange={(event) => filter({ [name]: event.currentTarget.value })} />
    </div>
  );
}

/** The whole list as a file, with the same filters. */
export function ExportLink<P extends ExportPath>({ path, query, label }: { path: P; query: QueryOf<P>; label?: string }) {
  return (
    <a class="button secondary small" href={exported(path, { format: "csv", ...query })} download>
      {label ?? t("console-export-csv")}
    </a>
  );
}
