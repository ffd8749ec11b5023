// A page whose code is loaded when it is opened.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../problem";
import { Failed, Waiting } from "./load";

export type Module<P> = () => Promise<{ default: ComponentType<P> }>;

const loaded = new Map<string, unknown>();

/** Loads the code of a page before it is drawn. That it failed is told where the page is opened. */
export async function preload<P>(name: string, load: Module<P>): Promise<void> {
  try {
    loaded.set(name, (await load()).default);
  } catch {
    // It is tried again.
  }
}

interface LazyProps<P> {
  load: Module<P>;
  name: string;
  props: P;
}

/** Where it is kept when the page was last loaded anew, in ms. */
const RELOADED = "tegata-reloaded";
/** After so long it may be loaded anew again, in ms. */
const PAUSE = 60_000;

/**
 * Code that is gone was replaced by that of a newer build: the page is loaded anew, with what was typed. Without a
 * connection it stays.
 */
async function reloaded(): Promise<boolean> {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < PAUSE) return false;
  try {
    if (!(await fetch(location.pathname, { cache: "no-store" })).ok) return false;
  } catch {
    return false;
  }
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
  return true;
}

export function Lazy<P extends object>({ load, name, props }: LazyProps<P>) {
  const [, redraw] = useState(0);
  const [failed, setFailed] = useState<string>();
  const fetch = () => {
    setFailed(undefined);
    load().then(
      (module) => {
        loaded.set(name, module.default);
        redraw((count) => count + 1);
      },
      async () => {
        if (!(await reloaded())) setFailed(name);
      },
    );
  };
  useEffect(() => {
    if (!loaded.has(name)) fetch();
  }, [name]);
  const Found = loaded.get(name) as ComponentType<P> | undefined;
  if (Found) return <Found {...props} />;
  return failed === name ? <Failed problem={new Problem(0, "offline")} retry={() => location.reload()} /> : <Waiting />;
}
