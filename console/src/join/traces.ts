// What this page has put into the browser, and its removal (Z7): parts of files that are being received, and whole ones until
// they are saved. It keeps nothing else.

import { removeReceived } from "../session/file_store";
import type { Files } from "../session/files";
import type { Receiving } from "../session/receiving";

/** What was received whole and may not be saved yet. */
export function unsaved(files: Files): Receiving[] {
  const isWhole = ({ state }: Receiving) => ["ready", "checking"].includes(state.get().phase);
  return [...files.state.get().receiving.values()].filter(isWhole);
}

/** Whether nothing is left of what was received. A browser that lets no page store files has none. */
async function isEmpty(): Promise<boolean> {
  const root = await navigator.storage?.getDirectory?.().catch(() => undefined);
  if (!root) return true;
  return root.getDirectoryHandle("received").then(
    () => false,
    (problem: unknown) => problem instanceof DOMException && problem.name === "NotFoundError",
  );
}

/** Removes what cannot be saved; and everything, if nothing waits to be. False where the browser does not let it, undefined
 * while something waits to be saved. */
export async function removeTraces(files: Files): Promise<boolean | undefined> {
  const kept = unsaved(files);
  const partial = [...files.state.get().receiving.values()].filter((one) => !kept.includes(one));
  await Promise.all(partial.map(({ offer }) => files.forget(offer.id).catch(() => undefined)));
  if (kept.length > 0) return undefined;
  await files.removed();
  await removeReceived();
  return isEmpty();
}
