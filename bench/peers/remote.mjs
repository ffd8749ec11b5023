// Remote support in JavaScript: agents on hibernating sockets in their tenant's object, a desk that executes launches, and
// sessions that pass frames on. The rows of an execution and the rules of a frame are Tegata's.

import { createHash } from "node:crypto";
import { DurableObject } from "cloudflare:workers";
import { Hono } from "hono";
import { importJWK, jwtVerify } from "jose";
import { seconds } from "./copies.mjs";
import { checkProof, hash } from "./dpop.mjs";

const PROOF_WINDOW = 60;
const SWEEP_EVERY = 256;
const FRESH = 600;
const FIRST_CREDIT = 64 * 1024;
const MOST_CREDIT = 1024 * 1024;
const LARGEST = 64 * 1024;
const HEADER = 24;
const [DATA, CREDIT, OPEN] = [1, 2, 3];

class Stored extends DurableObject {
  constructor(state, env) {
    super(state, env);
    this.sql = state.storage.sql;
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  one(query, ...values) {
    const [row] = this.sql.exec(query, ...values).toArray();
    return row === undefined ? undefined : JSON.parse(row.record);
  }

  makeLog() {
    this.sql.exec(`
      CREATE TABLE IF NOT EXISTS audit (seq INTEGER PRIMARY KEY, actor TEXT, object TEXT, action TEXT NOT NULL, hash TEXT NOT NULL,
        record TEXT NOT NULL) STRICT;
      CREATE INDEX IF NOT EXISTS audit_actor ON audit (actor, seq);
      CREATE INDEX IF NOT EXISTS audit_object ON audit (object, seq);
      CREATE INDEX IF NOT EXISTS audit_action ON audit (action, seq);
    `);
  }

  audit(actor, action, object, outcome) {
    const [last] = this.sql.exec("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").toArray();
    const record = JSON.stringify({ seq: (last?.seq ?? 0) + 1, at: seconds(), actor, action, object, outcome, previous: last?.hash ?? "" });
    const hashed = createHash("sha256").update(record).digest("base64url");
    this.sql.exec("INSERT INTO audit (actor, object, action, hash, record) VALUES (?, ?, ?, ?, ?)", actor, object, action, hashed, record);
  }

  accept(attachment, tag, protocol) {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, [tag]);
    server.serializeAttachment(attachment);
    return new Response(null, { status: 101, webSocket: client, headers: { "sec-websocket-protocol": protocol } });
  }
}

/** The provider: its staff's sessions. */
export class Provider extends Stored {
  seed({ session, account }) {
    this.makeLog();
    this.sql.exec("CREATE TABLE IF NOT EXISTS session (hash TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID");
    this.sql.exec(`
      CREATE TABLE IF NOT EXISTS launch (id TEXT PRIMARY KEY, customer TEXT NOT NULL, changed INTEGER NOT NULL, record TEXT NOT NULL)
        STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS launch_changed ON launch (changed);
    `);
    this.sql.exec("CREATE TABLE IF NOT EXISTS account (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID");
    this.sql.exec("INSERT INTO session VALUES (?, ?)", session.hash, JSON.stringify(session));
    this.sql.exec("INSERT INTO account VALUES (?, ?)", account.id, JSON.stringify(account));
  }

  /** Keeps the desk's list of launches up to date. */
  note(customer, { id, state, changed }) {
    this.sql.exec(
      "INSERT INTO launch VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET changed = excluded.changed, record = excluded.record",
      id,
      customer,
      changed,
      JSON.stringify({ id, customer, state }),
    );
  }

  /** Who is behind a session that may connect, and has begun a short while ago. What they are about to do is logged first. */
  vouch(hashed, action, customer) {
    return this.ctx.storage.transactionSync(() => {
      const session = this.one("SELECT record FROM session WHERE hash = ?", hashed);
      if (session === undefined || seconds() - session.authenticated_at > FRESH) return undefined;
      const account = this.one("SELECT record FROM account WHERE id = ?", session.user);
      if (!account?.rights.includes("desk.connect")) return undefined;
      if (action !== undefined) this.audit(account.id, action, `customer/${customer}`, "asked");
      return { user: account.id, name: account.name, email: account.email };
    });
  }
}

/** The customer: machines, agents, launches, log. */
export class Tenant extends Stored {
  #writes = 0;

  seed({ provider, customer, machines, launches }) {
    this.makeLog();
    this.sql.exec(`
      CREATE TABLE IF NOT EXISTS equipment (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS agent (id TEXT PRIMARY KEY, equipment TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS agent_equipment ON agent (equipment);
      CREATE TABLE IF NOT EXISTS launch (id TEXT PRIMARY KEY, equipment TEXT NOT NULL, command TEXT, changed INTEGER NOT NULL,
        record TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS launch_equipment ON launch (equipment);
      CREATE INDEX IF NOT EXISTS launch_command ON launch (command) WHERE command IS NOT NULL;
      CREATE INDEX IF NOT EXISTS launch_changed ON launch (changed);
      CREATE TABLE IF NOT EXISTS approval (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS dpop_proof (jti TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, due_at INTEGER NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS outbox_due ON outbox (due_at);
      CREATE TABLE IF NOT EXISTS place (provider TEXT NOT NULL, customer TEXT NOT NULL) STRICT;
    `);
    this.sql.exec("INSERT INTO place VALUES (?, ?)", provider, customer);
    for (const { equipment, agent } of machines) {
      this.sql.exec("INSERT INTO equipment VALUES (?, ?)", equipment.id, JSON.stringify(equipment));
      this.sql.exec("INSERT INTO agent VALUES (?, ?, ?)", agent.id, equipment.id, JSON.stringify(agent));
    }
    for (const launch of launches) {
      this.#save(launch);
      const approval = { id: launch.approval, state: "approved", decided_at: seconds() };
      this.sql.exec("INSERT INTO approval VALUES (?, ?)", approval.id, JSON.stringify(approval));
    }
  }

  #save(launch) {
    this.sql.exec(
      `INSERT INTO launch VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
       command = excluded.command, changed = excluded.changed, record = excluded.record`,
      launch.id,
      launch.equipment,
      launch.execution?.command ?? null,
      seconds(),
      JSON.stringify(launch),
    );
  }

  /** Has the provider told of a launch, soon and however often it takes. */
  #tell(launch) {
    const told = { id: launch.id, state: launch.execution === undefined ? "approved" : "executing", changed: seconds() };
    this.sql.exec("INSERT INTO outbox VALUES (?, ?, ?)", crypto.randomUUID(), seconds(), JSON.stringify(told));
    void this.ctx.storage.setAlarm(Date.now());
  }

  async alarm() {
    const [{ provider, customer }] = this.sql.exec("SELECT provider, customer FROM place").toArray();
    const rows = this.sql.exec("SELECT id, record FROM outbox WHERE due_at <= ? ORDER BY due_at LIMIT 100", seconds()).toArray();
    const stub = this.env.PROVIDER.get(this.env.PROVIDER.idFromName(provider));
    for (const { id, record } of rows) {
      await stub.note(customer, JSON.parse(record));
      this.sql.exec("DELETE FROM outbox WHERE id = ?", id);
    }
  }

  #firstUse({ jti, iat }) {
    const now = seconds();
    if (++this.#writes % SWEEP_EVERY === 0) this.sql.exec("DELETE FROM dpop_proof WHERE expires_at < ?", now);
    const end = Math.max(iat + PROOF_WINDOW + 1, now);
    return this.sql.exec("INSERT INTO dpop_proof VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING 1", jti, end).toArray().length === 1;
  }

  #saveAgent(agent) {
    this.sql.exec("UPDATE agent SET record = ? WHERE id = ?", JSON.stringify(agent), agent.id);
  }

  /** Admits an agent: the worker has checked its token and its proof. */
  fetch(request) {
    const { id, proof } = JSON.parse(request.headers.get("x-admission"));
    return this.ctx.storage.transactionSync(() => {
      const agent = this.one("SELECT record FROM agent WHERE id = ?", id);
      const equipment = agent && this.one("SELECT record FROM equipment WHERE id = ?", agent.equipment);
      if (agent === undefined || equipment === undefined || agent.jkt !== proof.jkt || !this.#firstUse(proof)) {
        return new Response(null, { status: 403 });
      }
      this.#saveAgent({ ...agent, seen_at: seconds() });
      for (const before of this.ctx.getWebSockets(`agent/${id}`)) before.close(4002);
      return this.accept({ id, since: seconds() }, `agent/${id}`, "tegata.agent.v1");
    });
  }

  webSocketMessage(socket, text) {
    const { id } = socket.deserializeAttachment();
    const message = JSON.parse(text);
    this.ctx.storage.transactionSync(() => {
      const agent = this.one("SELECT record FROM agent WHERE id = ?", id);
      if (message.type === "hello") this.#welcome(socket, agent, message);
      if (message.type === "declined" || message.type === "started") this.#answered(agent, message);
    });
  }

  #welcome(socket, agent, { software, system, host_name }) {
    if (agent.report.software !== software) this.#saveAgent({ ...agent, report: { software, system, host_name } });
    const equipment = this.one("SELECT record FROM equipment WHERE id = ?", agent.equipment);
    const { name, serial_number, remote_assistance } = equipment;
    socket.send(JSON.stringify({ type: "welcome", time: seconds(), equipment: name, serial_number, remote_assistance, manual_launch: true }));
    for (const row of this.sql.exec("SELECT record FROM launch WHERE equipment = ?", agent.equipment)) {
      const launch = JSON.parse(row.record);
      if (launch.execution !== undefined && launch.execution.started_at === undefined) socket.send(order(launch));
    }
  }

  #answered(agent, { type, command, why }) {
    const launch = this.one("SELECT record FROM launch WHERE command = ?", command);
    if (launch?.execution?.agent !== agent.id) return;
    if (type === "started") launch.execution.started_at = seconds();
    else delete launch.execution;
    launch.steps.push({ at: seconds(), what: type, detail: why });
    this.#save(launch);
    this.audit(agent.id, `launch.${type}`, `launch/${launch.id}`, why ?? "done");
    this.#tell(launch);
  }

  webSocketClose(socket, code) {
    const agent = this.one("SELECT record FROM agent WHERE id = ?", socket.deserializeAttachment().id);
    this.#saveAgent({ ...agent, seen_at: seconds() });
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  webSocketError() {}

  /** Executes an approved launch: tells the agent to start. */
  execute(by, id) {
    return this.ctx.storage.transactionSync(() => {
      const launch = this.one("SELECT record FROM launch WHERE id = ?", id);
      const approval = launch && this.one("SELECT record FROM approval WHERE id = ?", launch.approval);
      if (approval?.state !== "approved" || launch.execution !== undefined || seconds() >= launch.until) return undefined;
      const equipment = this.one("SELECT record FROM equipment WHERE id = ?", launch.equipment);
      const agent = this.one("SELECT record FROM agent WHERE equipment = ?", launch.equipment);
      if (!equipment.remote_assistance || !agent.remote_assistance) return undefined;
      for (const row of this.sql.exec("SELECT record FROM launch WHERE equipment = ?", launch.equipment)) {
        if (JSON.parse(row.record).execution !== undefined) return undefined;
      }
      const [socket] = this.ctx.getWebSockets(`agent/${agent.id}`);
      if (socket === undefined) return undefined;
      launch.execution = { command: crypto.randomUUID(), agent: agent.id, by, at: seconds() };
      launch.steps.push({ at: seconds(), what: "executed", by: by.name });
      this.#save(launch);
      this.audit(by.user, "launch.execute", `launch/${id}`, "done");
      this.#tell(launch);
      socket.send(order(launch));
      return { id, state: "executing", steps: launch.steps };
    });
  }

  state(id) {
    const { execution } = this.one("SELECT record FROM launch WHERE id = ?", id);
    if (execution === undefined) return "approved";
    return execution.started_at === undefined ? "executing" : "running";
  }
}

function order({ id, execution, reason, until }) {
  const { command, by } = execution;
  const abilities = ["diagnostics", "restart_software", "restart_machine"];
  return JSON.stringify({ type: "launch", command, launch: id, provider: "北日本", supporter: by.name, reason, abilities, until });
}

/** A session: passes frames on between the agent (1) and the desk (2), as far as they are paid. */
export class Session extends Stored {
  #streams;
  #sockets = new Map();
  #keeping = false;

  fetch(request) {
    const address = Number(new URL(request.url).searchParams.get("as"));
    return this.accept({ address, streams: [] }, `participant/${address}`, "tegata.session.v1");
  }

  #find(address) {
    let socket = this.#sockets.get(address);
    if (socket?.readyState !== WebSocket.OPEN) {
      socket = this.ctx.getWebSockets(`participant/${address}`).findLast((socket) => socket.readyState === WebSocket.OPEN);
      this.#sockets.set(address, socket);
    }
    return socket;
  }

  #address(socket) {
    socket.address ??= socket.deserializeAttachment().address;
    return socket.address;
  }

  webSocketMessage(socket, message) {
    if (!(message instanceof ArrayBuffer) || message.byteLength < HEADER || message.byteLength > LARGEST) return socket.close(1008);
    const from = this.#address(socket);
    const header = new DataView(message);
    const [act, kind, stream, length] = [header.getUint8(1), header.getUint8(2), header.getUint32(8), header.getUint32(12)];
    const offset = header.getUint32(16) * 4_294_967_296 + header.getUint32(20);
    if (header.getUint8(0) !== 1 || length + HEADER !== message.byteLength || offset > Number.MAX_SAFE_INTEGER) return socket.close(1008);
    this.#streams ??= new Map(this.#find(2)?.deserializeAttachment().streams ?? []);
    if (act === OPEN) {
      const flow = () => ({ sent: 0, credit: FIRST_CREDIT });
      this.#streams.set(stream, { kind, there: flow(), back: flow() });
    } else {
      const known = this.#streams.get(stream);
      if (known === undefined) return undefined;
      if (known.kind !== kind) return socket.close(1008);
      const flow = (from !== 1) === (act === DATA) ? known.there : known.back;
      if (act === DATA) {
        const end = offset + length + HEADER;
        if (offset !== flow.sent) return socket.close(1008);
        if (end > flow.credit) return socket.close(4003);
        flow.sent = end;
      } else if (act === CREDIT) {
        if (offset > flow.sent + MOST_CREDIT) return socket.close(1008);
        if (offset < flow.credit + 1024) return undefined;
        flow.credit = offset;
      }
    }
    header.setUint16(4, from);
    this.#find(header.getUint16(6))?.send(message);
    this.#keepSoon();
  }

  #keepSoon() {
    if (this.#keeping) return;
    this.#keeping = true;
    setTimeout(() => {
      this.#keeping = false;
      this.#find(2)?.serializeAttachment({ address: 2, streams: [...this.#streams] });
    }, 1000);
  }

  webSocketClose(socket, code) {
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }
}

let key;

function publicKey(env) {
  const { d, ...bare } = JSON.parse(env.SIGNING_KEY);
  return importJWK(bare, "EdDSA");
}

const object = (namespace, name) => namespace.get(namespace.idFromName(name));

const app = new Hono();

app.post("/seed/:slug", async (c) => {
  await object(c.env.TENANT, c.req.param("slug")).seed(await c.req.json());
  return c.body(null, 204);
});

app.post("/seed-provider/:slug", async (c) => {
  await object(c.env.PROVIDER, c.req.param("slug")).seed(await c.req.json());
  return c.body(null, 204);
});

app.get("/t/:slug/agent", async (c) => {
  key ??= publicKey(c.env);
  const issuer = `${c.env.EDGE_URL}/t/${c.req.param("slug")}`;
  const url = `${issuer}/agent`;
  const token = c.req.header("authorization")?.slice("DPoP ".length) ?? "";
  const rules = { algorithms: ["EdDSA"], typ: "at+jwt", issuer, audience: url };
  const { payload } = await jwtVerify(token, await key, rules);
  const proof = await checkProof(c.req.header("dpop"), { method: "GET", url, window: PROOF_WINDOW, ath: await hash(token) });
  if (payload.cnf.jkt !== proof.jkt) return c.json({ code: "not-admitted" }, 401);
  const headers = { upgrade: "websocket", "x-admission": JSON.stringify({ id: payload.sub, proof }) };
  return object(c.env.TENANT, c.req.param("slug")).fetch("https://object.invalid/", { headers });
});

app.get("/t/:slug/sessions/:number", (c) => object(c.env.SESSION, c.req.param("number")).fetch(c.req.raw));

const caller = async (c, action) => {
  const cookie = c.req.header("cookie")?.match(/__Host-tegata-[a-z]+=([^;]+)/)?.[1] ?? "";
  return object(c.env.PROVIDER, c.req.param("slug")).vouch(await hash(cookie), action, c.req.param("customer"));
};

app.post("/t/:slug/api/v1/desk/launches/:customer/:id/execute", async (c) => {
  const by = await caller(c, "launch.execute");
  if (by === undefined) return c.json({ code: "forbidden" }, 403);
  const launch = await object(c.env.TENANT, c.req.param("customer")).execute(by, c.req.param("id"));
  return launch === undefined ? c.json({ code: "conflict" }, 409) : c.json(launch);
});

app.get("/t/:slug/api/v1/desk/launches/:customer/:id", async (c) => {
  if ((await caller(c)) === undefined) return c.json({ code: "forbidden" }, 403);
  return c.json({ state: await object(c.env.TENANT, c.req.param("customer")).state(c.req.param("id")) });
});

export default app;
