// Values with a fixed list, as a form or a filter offers them.

import { type Choice, CHOICES } from "./choices";
import { choice } from "./names";

/** All values of `list` with their names. */
export function options(list: Choice): [string, string][] {
  return CHOICES[list].map((value) => [value, choice(list, value)]);
}
