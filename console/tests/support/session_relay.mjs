// A session between real browsers, without an edge: a server on the loopback that plays the session's object, with the
// rules of docs/session-protocol.md for addresses, offsets and credit. It can be slow, and it can lose connections.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocketServer } from "ws";
import { moduleOf } from "./module.mjs";

const { decode, encode, endOf, frame, CONTROL, HEADER, SESSION } = await moduleOf("session/frames.ts");

const FIRST = 65_536;
const MOST = 1_048_576;
const DIST = new URL("../../dist/console/", import.meta.url);
const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", png: "image/png" };

/** What a page needs to know about itself; a test changes it. */
export function attended(changes = {}) {
  return { abilities: ["view_screen", "files"], title: "帳票印刷の設定", tenant: "青空精工株式会社", until: Math.floor(Date.now() / 1000) + 3600, ...changes };
}

/** A line of `rate` bits a second and a delay in milliseconds, one way. It keeps the order. */
function line({ rate = Infinity, delay = 0 } = {}, arrive) {
  let free = 0;
  let last = Promise.resolve();
  return (message) => {
    if (rate === Infinity && delay === 0) return arrive(message);
    const now = performance.now();
    free = Math.max(free, now) + (message.length * 8000) / rate;
    const due = free + delay;
    last = last.then(() => wait(Math.max(0, due - performance.now()))).then(() => arrive(message));
  };
}

/**
 * Starts it. `people` are those who may come, by their ticket: `{ role, name, down, up, stalled }`, with lines for both ways.
 * `pages` are what the server shows besides the console's files, by path: text, or a function of the request. Everything
 * else is asked of the server `behind`, if there is one.
 */
export async function startRelay({ people, session = attended(), pages = {}, behind }) {
  const relay = { session, people, seats: new Map(), faults: [], said: [], chat: [], offers: [], bytes: 0 };
  let next = 2;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const page = pages[pathname];
    if (page) {
      const { status = 200, type = "text/html; charset=utf-8", headers = {}, body } = typeof page === "function" ? await page(request) : { body: page };
      response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...headers });
      return response.end(body);
    }
    const name = /^\/console\/([\w.-]+)$/.exec(pathname)?.[1];
    try {
      const body = readFileSync(new URL(name ?? "none", DIST));
      response.writeHead(200, { "content-type": TYPES[name.split(".").at(-1)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      if (behind) return forward(request, response);
      response.writeHead(404).end();
    }
  });

  async function forward(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, headers } = request;
    const type = headers["content-type"];
    const found = await fetch(behind + request.url, { method, headers: type ? { "content-type": type } : {}, ...(chunks.length ? { body: Buffer.concat(chunks) } : {}) });
    response.writeHead(found.status, Object.fromEntries([...found.headers].filter(([name]) => !["content-length", "transfer-encoding", "connection"].includes(name))));
    response.end(Buffer.from(await found.arrayBuffer()));
  }
  const sockets = new WebSocketServer({ server, handleProtocols: () => "tegata.session.v1", maxPayload: 65_536 });
  sockets.on("connection", (socket, request) => {
    if (!/\/sessions\/\d{9}$/.test(request.url)) return socket.close(1008);
    const [protocol, ticket] = String(request.headers["sec-websocket-protocol"]).split(/,\s*/);
    const person = relay.people[ticket];
    if (protocol !== "tegata.session.v1" || !person || relay.over) return socket.close(4001);
    enter(socket, ticket, person);
  });

  function enter(socket, ticket, { down, up, ...person }) {
    const seat = { id: next++, ...person, sharing: null, socket, streams: new Map(), told: 0, opened: new Map() };
    const out = line(down, (message) => socket.readyState === 1 && socket.send(message));
    const come = line(up, (message) => take(seat, message));
    seat.send = (sent, from = SESSION) => out(Buffer.from(encode({ ...sent, from })));
    seat.tell = (message) => {
      const sent = frame("data", CONTROL, seat.id, 0, seat.told, new TextEncoder().encode(JSON.stringify(message)));
      seat.told = endOf(sent);
      seat.send(sent);
    };
    seat.ticket = ticket;
    socket.on("message", (data, binary) => {
      if (!binary) return socket.send("pong");
      come(new Uint8Array(data));
    });
    socket.on("close", () => leave(seat));
    socket.on("error", () => leave(seat));
  }

  const shown = ({ id, role, name, sharing }) => ({ id, role, name, ...(sharing ? { sharing } : {}) });
  const others = (seat) => [...relay.seats.values()].filter((one) => one !== seat);

  function leave(seat) {
    if (relay.seats.get(seat.id) !== seat) return;
    relay.seats.delete(seat.id);
    for (const { streams } of relay.seats.values()) for (const [key, { peer }] of streams) if (peer === seat.id) streams.delete(key);
    for (const one of others(seat)) one.tell({ type: "left", id: seat.id });
  }

  function fault(seat, why) {
    relay.faults.push(`${seat.name}: ${why}`);
    seat.socket.close(1008);
  }

  function take(seat, bytes) {
    relay.bytes += bytes.length;
    const found = decode(bytes);
    if (typeof found === "string") return fault(seat, `malformed: ${found}`);
    if (found.kind === CONTROL) return found.act === "data" && hear(seat, JSON.parse(new TextDecoder().decode(found.payload)));
    const other = relay.seats.get(found.to);
    const opener = found.stream >= 2 ** 31 ? Math.min(seat.id, found.to) : Math.max(seat.id, found.to);
    if (found.act === "open") {
      if (opener !== seat.id) return fault(seat, "another has to open this stream");
      const range = found.stream >= 2 ** 31;
      if (found.stream <= (seat.opened.get(range) ?? 0)) return fault(seat, "a number out of order");
      if (!other) return;
      seat.opened.set(range, found.stream);
      if (seat.streams.size >= 32) return fault(seat, "a 33rd stream");
      seat.streams.set(found.stream, { peer: found.to, kind: found.kind, there: { sent: 0, paid: FIRST }, back: { sent: 0, paid: FIRST }, ended: [false, false] });
      return other.send(found, seat.id);
    }
    const owner = relay.seats.get(opener);
    const stream = owner?.streams.get(found.stream);
    if (!other || !stream || stream.peer !== (opener === seat.id ? found.to : seat.id)) return;
    const mine = opener === seat.id;
    if (stream.ended[mine ? 0 : 1]) return;
    if (found.act === "close") {
      stream.ended[mine ? 0 : 1] = true;
      if (stream.ended[0] && stream.ended[1]) owner.streams.delete(found.stream);
      return other.send(found, seat.id);
    }
    if (stream.ended[mine ? 1 : 0]) return;
    if (stream.kind !== found.kind) return fault(seat, "another kind");
    const flow = mine === (found.act === "data") ? stream.there : stream.back;
    if (found.act === "data") {
      if (found.offset !== flow.sent) return fault(seat, "an offset out of place");
      if (endOf(found) > flow.paid) return fault(seat, "unpaid");
      flow.sent = endOf(found);
    } else {
      if (found.offset > flow.sent + MOST) return fault(seat, "too much credit");
      if (found.offset < flow.paid + 1024) return;
      flow.paid = found.offset;
    }
    if (found.act === "credit" && seat.stalled) return;
    other.send(found, seat.id);
  }

  function hear(seat, message) {
    relay.said.push({ by: seat.name, ...message });
    const all = () => [...relay.seats.values()];
    if (message.type === "hello") {
      relay.seats.set(seat.id, seat);
      const { abilities, title, tenant, until, welcome = {} } = relay.session;
      for (const one of others(seat)) one.tell({ type: "joined", ...shown(seat) });
      return seat.tell({
        type: "welcome", you: seat.id, time: Math.floor(Date.now() / 1000), roster: all().map(shown), abilities, until, tenant_name: tenant, equipment: "",
        serial_number: "", title, resume: seat.ticket, chats: relay.chat.length, offers: relay.offers, files: { largest: 4 * 1024 ** 3, types: [] }, ...welcome,
      });
    }
    if (message.type === "share") {
      seat.sharing = message.surface;
      for (const one of all()) one.tell({ type: "sharing", id: seat.id, surface: message.surface });
    }
    if (message.type === "chat" && !relay.chat.some(({ id }) => id === message.id)) {
      const { id, text } = message;
      relay.chat.push({ number: relay.chat.length + 1, id, by: seat.id, role: seat.role, name: seat.name, at: Math.floor(Date.now() / 1000), text });
      for (const one of all()) one.tell({ type: "chat", ...relay.chat.at(-1) });
    }
    if (message.type === "chats") seat.tell({ type: "chats", messages: relay.chat.slice(message.after), last: relay.chat.length });
    if (message.type === "offer") {
      const { type, ...offer } = message;
      relay.offers.push({ by: seat.id, person: seat.name, ...offer });
      for (const one of others(seat)) one.tell({ type: "offered", by: seat.id, person: seat.name, ...offer });
    }
    if (message.type === "end") relay.end(seat.role);
    if (message.type === "remove") relay.seats.get(message.who)?.socket.close(4005);
  }

  /** Says something to everybody. */
  relay.tell = (message) => {
    for (const seat of relay.seats.values()) seat.tell(message);
  };
  relay.end = (why) => {
    relay.over = true;
    relay.tell({ type: "ended", why });
    for (const { socket } of [...relay.seats.values()]) socket.close(4001);
  };
  /** Somebody's connection breaks. */
  relay.cut = (name) => {
    for (const seat of relay.seats.values()) if (seat.name === name) seat.socket.terminate();
  };
  relay.named = (name) => [...relay.seats.values()].find((seat) => seat.name === name);
  relay.stop = async () => {
    for (const client of sockets.clients) client.terminate();
    sockets.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  relay.origin = `http://127.0.0.1:${server.address().port}`;
  relay.header = HEADER;
  return relay;
}
