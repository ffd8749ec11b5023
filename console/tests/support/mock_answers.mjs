// What the parts of the made-up API answer with.

export class Refused extends Error {
  constructor(status, code, more = {}) {
    super(code);
    Object.assign(this, { status, code, more });
  }
}

export const listed = (items) => [200, { items, cursor: null }];

export function find(items, id, name = "id") {
  const found = items.find((item) => item[name] === id);
  if (!found) throw new Refused(404, "not-found");
  return found;
}

/** Carries out a change that is based on the current version. */
export function changed(thing, body) {
  if (body.version !== thing.version) throw new Refused(409, "changed", { current: thing });
  const { version, ...rest } = body;
  Object.assign(thing, rest, { version: version + 1 });
  return [200, thing];
}
