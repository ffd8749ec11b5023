// What fields, summary and conflict need to know of the form that they belong to.

export interface Difference {
  name: string;
  label: string;
  theirs: string;
  mine: string;
  /** Both changed it: one of the two has to be chosen. */
  both: boolean;
}

export type Errors = Record<string, string | undefined>;

/** What fields need of their form. */
export interface Fields {
  id: string;
  labels: Record<string, string>;
  errors: Errors;
  value(name: string): unknown;
  /** `error` names the errors that go with it, where only a part of the value changes. */
  put(name: string, value: unknown, error?: string): void;
}

/** What the view of a form needs. */
export interface FormState extends Fields {
  busy: boolean;
  restored: boolean;
  general: string | undefined;
  /** Counts the refusals: each gives the focus to the summary. */
  refusals: number;
  conflict: Difference[] | undefined;
  submit(): void;
  /** Throws away what was typed; what it answers brings it back. */
  discard(): () => void;
  resolve(chosen: Record<string, "mine" | "theirs">): void;
}
