// Fetching what a deed brings from the machine, and saying why nothing came.

import { useState } from "preact/hooks";
import type { Channel } from "../../session/channel";
import type { Deed } from "../../session/control";
import { machineIsHere } from "../../session/view";
import { t } from "../../text";
import { bring, type Brought } from "./bring";

export type Fetching<T> = ReturnType<typeof useBrought<T>>;

/** A deed that brings something: what it brought, or why nothing came. */
export function useBrought<T>(of: Channel, understood: (bytes: Uint8Array<ArrayBuffer>) => T | undefined) {
  const [found, setFound] = useState<T>();
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<Exclude<Brought, Uint8Array> | "unreadable">();
  const view = of.view.use();
  const run = async (deed: Deed) => {
    setBusy(true);
    setWhy(undefined);
    const brought = await bring(of, deed);
    setBusy(false);
    if (typeof brought === "string") return setWhy(brought);
    const value = understood(brought);
    if (value === undefined) return setWhy("unreadable");
    setFound(value);
  };
  return { found, busy, why, run, ready: machineIsHere(view) && !busy };
}

/** Why nothing came. */
export function Nothing({ why }: { why: string | undefined }) {
  return <div role="status">{why && <p class="outcome bad">{t(`console-session-nothing-${why}`)}</p>}</div>;
}
