// What was done, or why it was not: said aloud by a live region and shown until the next page.

import { useEffect } from "preact/hooks";
import { Problem } from "../api";
import { route } from "../router";
import { store } from "../store";
import { t } from "../text";
import { problemText } from "./problem";

interface Feedback {
  text: string;
  kind: "good" | "bad";
  path: string;
  turn: number;
}

const feedback = store<Feedback | undefined>(undefined);

const path = () => route.get().path.join("/");

function show(text: string, kind: Feedback["kind"]): void {
  feedback.set({ text, kind, path: path(), turn: (feedback.get()?.turn ?? 0) + 1 });
}

/** Tells that something was done. Call it after the page it belongs to was opened. */
export function done(text: string): void {
  show(text, "good");
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
          <button type="button" class="plain" onClick={() => feedback.set(undefined)}>
            {t("console-close")}
          </button>
        </div>
      )}
    </div>
  );
}
