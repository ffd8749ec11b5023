// Wraps Tegata's worker in counters: the cost of a path is the number of reads and writes that workerd itself reports.
//
// `tegata-worker` is the built worker (an alias passed to esbuild). Objects get a state that counts cursors and alarms,
// and all code gets an environment that counts KV calls. `GET /bench/counts` returns the sums.

import Edge, { Keyring as InnerKeyring, MailBudget as InnerBudget, Mailbox, Session, Tenant as InnerTenant } from "tegata-worker";

const counts = {
  requests: 0, tenant_calls: 0, keyring_calls: 0, budget_calls: 0, alarms: 0, statements: 0,
  rows_read: 0, rows_written: 0, set_alarms: 0, kv_reads: 0, kv_writes: 0, kv_lists: 0, changes: 0,
  // Rows written by each statement.
  written_by: {},
};

/** `target` with some members replaced and the others bound to it. */
function replaced(target, members) {
  return new Proxy(target, {
    get(_, name) {
      if (Object.hasOwn(members, name)) return members[name];
      const value = target[name];
      return typeof value === "function" && name !== "constructor" ? value.bind(target) : value;
    },
  });
}

/** A cursor, or its raw iterator, that updates the sums after every read from it. */
function countedCursor(text, cursor, iterator = cursor, seen = { read: 0, written: 0 }) {
  const tally = () => {
    counts.rows_read += cursor.rowsRead - seen.read;
    counts.rows_written += cursor.rowsWritten - seen.written;
    if (cursor.rowsWritten > seen.written) counts.written_by[text] = (counts.written_by[text] ?? 0) + cursor.rowsWritten - seen.written;
    seen.read = cursor.rowsRead;
    seen.written = cursor.rowsWritten;
  };
  tally();
  return new Proxy(iterator, {
    get(_, name) {
      const value = iterator[name];
      if (typeof value !== "function") return value;
      return (...list) => {
        const result = value.apply(iterator, list);
        tally();
        return name === "raw" ? countedCursor(text, cursor, result, seen) : result;
      };
    },
  });
}

function countedState(state) {
  const storage = state.storage;
  const sql = replaced(storage.sql, {
    exec(...list) {
      counts.statements += 1;
      return countedCursor(list[0], storage.sql.exec(...list));
    },
  });
  const setAlarm = (...list) => {
    counts.set_alarms += 1;
    return storage.setAlarm(...list);
  };
  return replaced(state, { storage: replaced(storage, { sql, setAlarm }) });
}

/** Runs `work`, and adds the rows that SQLite changed meanwhile to the sum. */
async function changing({ storage }, work) {
  const total = () => storage.sql.exec("SELECT total_changes() AS total").one().total;
  const before = total();
  try {
    return await work();
  } finally {
    counts.changes += total() - before;
  }
}

function countedNamespace(namespace) {
  const counted = (name, sum) => (...list) => {
    counts[sum] += 1;
    return namespace[name](...list);
  };
  return replaced(namespace, { get: counted("get", "kv_reads"), put: counted("put", "kv_writes"), list: counted("list", "kv_lists") });
}

function countedEnv(env) {
  const members = {};
  for (const name of ["DIRECTORY", "KEYS", "REVOCATIONS"]) members[name] = countedNamespace(env[name]);
  return replaced(env, members);
}

export { Mailbox, Session };

/** Wraps the state and environment given to `object` in counters, before its first use. */
function counted(object) {
  const value = { ctx: countedState(object.ctx), env: countedEnv(object.env) };
  for (const name of ["ctx", "env"]) Object.defineProperty(object, name, { value: value[name] });
}

export class Tenant extends InnerTenant {
  constructor(state, env) {
    super(state, env);
    counted(this);
  }

  command(text) {
    counts.tenant_calls += 1;
    return changing(this.ctx, () => super.command(text));
  }

  alarm() {
    counts.alarms += 1;
    return changing(this.ctx, () => super.alarm());
  }
}

export class MailBudget extends InnerBudget {
  constructor(state, env) {
    super(state, env);
    counted(this);
  }

  command(text) {
    counts.budget_calls += 1;
    return changing(this.ctx, () => super.command(text));
  }
}

export class Keyring extends InnerKeyring {
  constructor(state, env) {
    super(state, env);
    counted(this);
  }

  open() {
    counts.keyring_calls += 1;
    return super.open();
  }

  alarm() {
    counts.alarms += 1;
    return super.alarm();
  }
}

export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/bench/counts") return Response.json(counts);
    if (!pathname.startsWith("/dev/")) counts.requests += 1;
    return Edge.fetch(request, countedEnv(env));
  },
};
