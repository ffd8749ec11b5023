// What is fetched for a page: while it comes, when it came, and when it did not.

import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Topic, useTurn } from "../events";
import { Problem } from "../problem";
import { t } from "../text";
import { problemText } from "./problem_text";

export interface Loaded<T> {
  data: T | undefined;
  problem: Problem | undefined;
  reload(): void;
  set(data: T): void;
}

/**
 * Fetches when the page opens and when `key` changes, and refetches in the background when `topic` changes. What is shown
 * stays when that fails: a person may be writing in it, and the next change fetches again.
 */
export function useLoad<T>(fetch: () => Promise<T>, key = "", topic?: Topic | readonly Topic[]): Loaded<T> {
  const changes = useTurn(topic);
  const [found, setFound] = useState<{ key: string; data?: T; problem?: Problem }>({ key });
  const [turn, setTurn] = useState(0);
  const fetched = useRef(changes);
  const underWay = useRef(false);
  /** Whether what is shown was set since the last fetch was begun. */
  const overtaken = useRef(false);
  useEffect(() => {
    let current = true;
    const background = changes !== fetched.current || overtaken.current;
    fetched.current = changes;
    overtaken.current = false;
    underWay.current = true;
    const came = (put: () => void) => {
      if (!current || overtaken.current) return;
      underWay.current = false;
      put();
    };
    fetch().then(
      (data) => came(() => setFound({ key, data })),
      (error: unknown) =>
        came(() =>
          setFound((before) =>
            background && before.key === key && before.data !== undefined ? before : { key, problem: Problem.from(error) },
          ),
        ),
    );
    return () => {
      current = false;
    };
  }, [key, turn, changes]);
  const reload = useCallback(() => setTurn((count) => count + 1), []);
  const set = useCallback(
    (data: T) => {
      setFound({ key, data });
      // What is under way was read before this change: it is fetched anew.
      if (!underWay.current) return;
      overtaken.current = true;
      setTurn((count) => count + 1);
    },
    [key],
  );
  const fresh = found.key === key;
  return { data: fresh ? found.data : undefined, problem: fresh ? found.problem : undefined, reload, set };
}

export function Waiting() {
  return (
    <p class="loading" role="status">
      {t("console-loading")}
    </p>
  );
}

export function Failed({ problem, retry }: { problem: Problem; retry?: () => void }) {
  if (problem.code === "cancelled" || problem.code === "unauthorized") return null;
  return (
    <div class="outcome bad" role="alert">
      <p>{problemText(problem)}</p>
      {retry && (
        <button type="button" class="secondary small" onClick={retry}>
          {t("console-retry")}
        </button>
      )}
    </div>
  );
}

export function Show<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ComponentChildren }) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  return of.problem ? <Failed problem={of.problem} retry={of.reload} /> : <Waiting />;
}
