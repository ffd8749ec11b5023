// The clocks of objects on a developer's machine, which tests move ahead (entry-dev.js). They stand still nowhere, and a
// restart sets them right again.

/** Seconds by which the clock of the object with this state was moved ahead. */
export function clockAhead(state) {
  return globalThis.tegataClocks?.get(state.id.name) ?? 0;
}
