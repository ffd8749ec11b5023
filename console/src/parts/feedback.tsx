// What was done, or why it was not: said aloud by a live region and shown until the next page.

import { useEffect } from "preact/hooks";
import { Problem } from "../problem";
import { route } from "../router";
import { store } from "../store";
import { t } from "../text";
import { problemText } from "./problem_text";

interface Feedback {
  text: string;
  kind: "good" | "bad";
  path: string;
  turn: number;
  /** Takes back what was done. */
  undo?: (() => Promise<void>) | undefined;
}

const feedback = store<Feedback | undefined>(undefined);

const path = () => route.get().path.join("/");

function show(text: string, kind: Feedback["kind"], undo?: Feedback["undo"]): void {
  feedback.set({ text, kind, path: path(), turn: (feedback.get()?.turn ?? 0) + 1, undo });
}

/**
 * Tells that something was done. Call it after the page it belongs to was opened. `undo` is for what the same call with the
 * former value takes back; what cannot be taken back is asked about beforehand.
 */
export function done(text: string, undo?: () => Promise<void>): void {
  show(text, "good", undo);
}

/** Tells why something was not done; nothing where the reader broke it off. */
export function failed(error: unknown): void {
  const problem = Problem.from(error);
  if (problem.code !== "cancelled" && problem.code !== "unauthorized") show(problemText(problem), "bad");
}

export function FeedbackHost() {
  const current = feedback.use();
  const here = route.use().path.join("/");
  useEffect(() => {
    const shown = feedback.get();
    if (shown && shown.path !== here) feedback.set(undefined);
  }, [here]);
  return (
    <div class="feedback" aria-live="polite" role="status">
      {current && (
        <div class={`outcome ${current.kind}`} key={current.turn}>
          <p>{current.text}</p>
          {current.undo && (
            <button type="button" class="plain" onClick={() => current.undo?.().then(() => done(t("console-undone")), failed)}>
              {t("console-undo")}
            </button>
          )}
          <button type="button" class="plain" onClick={() => feedback.set(undefined)}>
            {t("console-close")}
          </button>
        </div>
      )}
    </div>
  );
}
