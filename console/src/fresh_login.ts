// Calls that wait until a password or a passkey was given anew: who asks, and how it is answered. The dialog is
// parts/fresh.tsx; it makes calls itself, so that those who wait cannot know it.

import { store } from "./store";

interface Waiting {
  /** Only a passkey will do. */
  passkey: boolean;
  resolve: (given: boolean) => void;
}

/** Those who wait; the dialog is open while there are any. */
export const asking = store<Waiting[]>([]);

/** Whether it was given. */
export function askAgain({ passkey }: { passkey: boolean }): Promise<boolean> {
  return new Promise((resolve) => asking.set([...asking.get(), { passkey, resolve }]));
}

/** Lets all who wait go on, or not. */
export function answer(given: boolean): void {
  const waiting = asking.get();
  asking.set([]);
  for (const { resolve } of waiting) resolve(given);
}
