// A value that the page redraws for.

import { useEffect, useState } from "preact/hooks";

export interface Store<T> {
  get(): T;
  set(value: T): void;
  /** The value, inside a component that is redrawn when it changes. */
  use(): T;
}

export function store<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener();
    },
    use() {
      const [, redraw] = useState(0);
      const seen = value;
      useEffect(() => {
        const listener = () => redraw((count) => count + 1);
        listeners.add(listener);
        // It may have changed between the first drawing and this effect.
        if (seen !== value) listener();
        return () => void listeners.delete(listener);
      }, []);
      return value;
    },
  };
}
