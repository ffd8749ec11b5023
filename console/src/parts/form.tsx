// The state of a form: values, drafts, errors beside their fields, and what happens when somebody else was faster.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { newKey } from "../api";
import { Problem } from "../problem";
import { t } from "../text";
import { ConflictPanel, differences } from "./conflict";
import { dropDraft, loadDraft, same, saveDraft } from "./draft";
import { done } from "./feedback";
import type { Difference, Errors, FormState } from "./form_state";
import { problemText } from "./problem_text";
import { ErrorSummary } from "./summary";

export interface FormOptions<V, T> {
  /** With `object` and the user, the name of the draft. */
  name: string;
  object?: string;
  initial: V;
  version?: number;
  labels: Record<string, string>;
  secret?: (keyof V)[];
  check?: (values: V) => Errors;
  /** What to say about a field that the server refused. */
  wrong?: Record<string, string>;
  /** What to say about a refusal, where its code needs words of this form. */
  explain?: (problem: Problem) => Errors | undefined;
  /** The values of the thing as the server has it. */
  read?: (thing: unknown) => V;
  /** Its version, where that is not its member `version`. */
  versionOf?: (thing: unknown) => number;
  /** A value as a reader sees it. */
  show?: (name: string, value: unknown) => string;
  /** `base` are the values that the form began with, for what sends only those that differ. */
  send: (values: V, version: number, key: string, base: V) => Promise<T>;
  done: (result: T, values: V) => void;
}

export interface Form<V> extends FormState {
  values: V;
  /** Shows what is stored now. */
  reset(values: V): void;
}

export function useForm<V extends object, T>(options: FormOptions<V, T>): Form<V> {
  const id = useId();
  const object = options.object ?? "";
  const [draft] = useState(() => loadDraft<V>(options.name, object));
  const [state, setState] = useState(() => ({
    values: draft ? { ...options.initial, ...draft.values } : options.initial,
    base: draft?.base ?? options.initial,
    version: draft?.version ?? options.version ?? 0,
  }));
  const [restored, setRestored] = useState(draft !== undefined);
  const [errors, setErrors] = useState<Errors>({});
  const [general, setGeneral] = useState<string>();
  const [refusals, setRefusals] = useState(0);
  const [busy, setBusy] = useState(false);
  const [conflict, setConflict] = useState<{ theirs: V; version: number; found: Difference[] }>();
  const key = useRef(newKey());
  // What is typed while an answer is on its way must not be lost with the state of an older drawing.
  const latest = useRef(state);
  const change = (next: typeof state) => {
    latest.current = next;
    setState(next);
    saveDraft(options.name, object, next, options.secret ?? []);
  };

  const refuse = (found: Errors, text?: string) => {
    setErrors(found);
    setGeneral(text);
    setRefusals((count) => count + 1);
  };

  const versionOf = options.versionOf ?? ((thing: unknown) => (thing as { version: number }).version);

  const refused = (problem: Problem) => {
    if (problem.code === "cancelled" || problem.code === "unauthorized") return;
    if (problem.code === "changed" && options.read && problem.current) {
      const theirs = options.read(problem.current);
      const found = differences({ ...latest.current, theirs, labels: options.labels, show: options.show });
      setConflict({ theirs, version: versionOf(problem.current), found });
      return;
    }
    const own = options.explain?.(problem);
    if (own) return refuse(own);
    const field = fieldOf(problem.field, options.labels);
    if (field) return refuse({ [field]: options.wrong?.[field] ?? t("console-invalid-value") });
    refuse({}, problemText(problem));
  };

  const send = async (sent: typeof state) => {
    setBusy(true);
    try {
      const result = await options.send(sent.values, sent.version, key.current, sent.base);
      key.current = newKey();
      dropDraft(options.name, object);
      const values = options.read ? options.read(result) : cleared(sent, options);
      const version = options.read ? versionOf(result) : sent.version;
      latest.current = { values, base: values, version };
      setState(latest.current);
      setRestored(false);
      setConflict(undefined);
      options.done(result, sent.values);
    } catch (error) {
      refused(Problem.from(error));
    } finally {
      setBusy(false);
    }
  };

  return {
    id,
    labels: options.labels,
    values: state.values,
    errors,
    general,
    refusals,
    busy,
    restored,
    conflict: conflict?.found,
    value: (name) => state.values[name as keyof V],
    put(name, value, error = name) {
      key.current = newKey();
      change({ ...latest.current, values: { ...latest.current.values, [name]: value } });
      const left = Object.entries(errors).filter(([found]) => found !== error && !found.startsWith(`${error}-`));
      if (left.length < Object.keys(errors).length) setErrors(Object.fromEntries(left));
    },
    submit() {
      if (busy) return;
      const found = named(options.check?.(latest.current.values) ?? {}, options.labels);
      if (Object.values(found).some(Boolean)) return refuse(found);
      setErrors({});
      setGeneral(undefined);
      void send(latest.current);
    },
    discard() {
      const before = latest.current;
      dropDraft(options.name, object);
      latest.current = { values: options.initial, base: options.initial, version: options.version ?? 0 };
      setState(latest.current);
      setRestored(false);
      setErrors({});
      return () => change(before);
    },
    reset(values) {
      dropDraft(options.name, object);
      latest.current = { ...latest.current, values, base: values };
      setState(latest.current);
    },
    resolve(chosen) {
      if (!conflict) return;
      const { values, base } = latest.current;
      const merged = { ...conflict.theirs };
      for (const name of Object.keys(values) as (keyof V & string)[]) {
        const mine = chosen[name] ? chosen[name] === "mine" : !same(values[name], base[name]);
        if (mine) merged[name] = values[name];
      }
      const next = { values: merged, base: conflict.theirs, version: conflict.version };
      setConflict(undefined);
      change(next);
      void send(next);
    },
  };
}

/** The errors, where a missing value is said with the name of its field. */
function named(found: Errors, labels: Record<string, string>): Errors {
  const missing = t("console-required");
  const name = ([field, text]: [string, string | undefined]) => {
    const label = labels[field];
    return [field, label && text === missing ? t("console-required-of", { field: label }) : text];
  };
  return Object.fromEntries(Object.entries(found).map(name));
}

/** The field of the form that a server's field name belongs to: `emails.0.value` to `emails`. */
function fieldOf(field: string | undefined, labels: Record<string, string>): string | undefined {
  const parts = field?.split(".") ?? [];
  return parts.find((name) => name in labels);
}

function cleared<V extends object, T>(sent: { values: V; base: V }, options: FormOptions<V, T>): V {
  const values = { ...sent.values };
  for (const name of options.secret ?? []) values[name] = options.initial[name];
  return values;
}

interface FormViewProps {
  form: FormState;
  /** No summary: a form of one field says it beside the field. */
  quiet?: boolean;
  /** Its fields stand in sections, each of which is a card. */
  sections?: boolean;
  children: ComponentChildren;
}

export function FormView({ form, quiet, sections, children }: FormViewProps) {
  const element = useRef<HTMLFormElement>(null);
  const discard = () => {
    const bringBack = form.discard();
    done(t("console-draft-discarded"), async () => bringBack());
  };
  useEffect(() => {
    if (quiet && form.refusals) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.refusals]);
  return (
    <form
      ref={element}
      class={sections ? "sections" : ""}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      {form.restored && (
        <div class="outcome">
          <p>{t("console-draft")}</p>
          <button type="button" class="secondary small" onClick={discard}>
            {t("console-draft-discard")}
          </button>
        </div>
      )}
      {!quiet && <ErrorSummary form={form} />}
      {form.conflict && <ConflictPanel form={form} found={form.conflict} />}
      {children}
    </form>
  );
}

/** Leaves a form without sending it. */
export function Cancel({ form, close }: { form: FormState; close: () => void }) {
  return (
    <button
      type="button"
      class="secondary"
      onClick={() => {
        form.discard();
        close();
      }}
    >
      {t("console-cancel")}
    </button>
  );
}

export function Submit({ form, danger, children }: { form: FormState; danger?: boolean; children: ComponentChildren }) {
  return (
    <button class={danger ? "danger" : "primary"} aria-disabled={form.busy}>
      {form.busy ? t("console-sending") : children}
    </button>
  );
}
