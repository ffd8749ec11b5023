// The other side of a session's socket: what its object and the agent say, as a test has them say it.

import { setTimeout as wait } from "node:timers/promises";
import { moduleOf } from "./module.mjs";
import { far } from "./session_far.mjs";

const { decode, encode, endOf, frame, AGENT, CONTROL, DIAGNOSTICS, LONGEST_PAYLOAD } = await moduleOf("session/frames.ts");

const ROSTER = [
  { id: AGENT, role: "agent", name: "inspection-03" },
  { id: 2, role: "desk", name: "山田 太郎" },
];

/** The state of a machine, as its agent reports it. */
export const MACHINE = {
  agent: "tegata 0.1.0",
  host_name: "inspection-03",
  system: "Linux 6.12 (Debian 13)",
  kernel: "6.12.9",
  uptime_seconds: 3 * 86400 + 4 * 3600,
  clock_offset_seconds: -40,
  processors: 4,
  load: [0.5, 0.25, 0.1],
  memory: { total: 16 * 1024 ** 3, available: 6 * 1024 ** 3 },
  swap: { total: 0, available: 0 },
  disks: [
    { mounted_at: "/", file_system: "ext4", total: 500 * 1024 ** 3, available: 20 * 1024 ** 3 },
    { mounted_at: "/data", file_system: "xfs", total: 1024 ** 4, available: 512 * 1024 ** 3 },
  ],
  software: { name: "印刷サーバー", runs: false, running_since: null },
  may_restart_machine: true,
  logs: ["印刷サーバー", "syslog/today.log"],
};

/** A connection test, with a step that this console does not know. */
export const TEST = {
  edge: "https://edge.example",
  proxy: "proxy.aozora.example:8080",
  checks: [["remote_service", "passed"], ["proxy_tunnel", "failed"], ["clock", "not_reached"], ["of a newer agent", "passed"]],
  outcome: { code: "proxy_refused", proxy: "proxy.aozora.example:8080", status: 403 },
};

export function welcome(changes = {}) {
  return {
    type: "welcome",
    you: 2,
    time: Math.floor(Date.now() / 1000),
    roster: ROSTER,
    abilities: ["diagnostics", "restart_software", "restart_machine"],
    until: Math.floor(Date.now() / 1000) + 5400,
    tenant_name: "青空精工株式会社",
    equipment: "検査装置 3号機",
    serial_number: "TG-2041/B",
    resume: "tg_st_again",
    deeds: [],
    ...changes,
  };
}

/**
 * Plays the session for `page`. `answer(request, peer)` plays the machine; without it nothing is answered. `opened(end,
 * found, peer)` gets the other end of each stream that the page opens, besides those for deeds.
 */
export async function startPeer(page, { answer = () => {}, opened = () => {}, first = welcome() } = {}) {
  /** `first` changes what the session says at the next hello. */
  const peer = { opened: [], frames: [], said: [], chat: [], first: {} };
  let socket;
  let offset = 0;
  const send = (sent) => socket.send(Buffer.from(encode(sent)));
  const sendData = (kind, from, stream, at, payload) => {
    const sent = { ...frame("data", kind, 2, stream, at, payload), from };
    send(sent);
    return endOf(sent);
  };
  let ends = new Map();
  const put = (bytes) => socket.send(Buffer.from(bytes));
  const endOn = (kind, from, stream) => {
    const end = far({ put, kind, from, stream });
    ends.set(`${from}/${stream}`, end);
    return end;
  };
  /** Opens a stream of `kind` to the page. */
  peer.open = (kind, from, stream) => {
    const end = endOn(kind, from, stream);
    end.open();
    return end;
  };
  const took = (found) => {
    peer.frames.push(found);
    if (found.kind !== CONTROL && found.kind !== DIAGNOSTICS) {
      if (found.act === "open") opened(endOn(found.kind, found.to, found.stream), found, peer);
      else ends.get(`${found.to}/${found.stream}`)?.took(found);
    }
    if (found.kind !== CONTROL || found.act !== "data") return;
    const message = JSON.parse(new TextDecoder().decode(found.payload));
    peer.said.push(message);
    if (message.type === "hello") peer.say({ ...first, chats: peer.chat.length, ...peer.first });
    if (message.type === "request") answer(message, peer);
    if (message.type === "chat") peer.wrote(message);
    if (message.type === "chats") peer.say({ type: "chats", messages: peer.chat.slice(message.after, message.after + 2), last: peer.chat.length });
  };
  /** Numbers what somebody has written, and says it; again to who says it again. */
  peer.wrote = ({ id, text }, { by = 2, role = "desk", name = "山田 太郎" } = {}) => {
    let message = peer.chat.find((one) => one.id === id);
    if (!message) peer.chat.push((message = { number: peer.chat.length + 1, id, by, role, name, at: 1795000000, text }));
    peer.say({ type: "chat", ...message });
  };
  peer.say = (message) => (offset = sendData(CONTROL, 0, 0, offset, new TextEncoder().encode(JSON.stringify(message))));
  /** Says that a request is being done, and how it ended. */
  peer.doing = ({ id, deed }) => peer.say({ type: "doing", id, by: 2, name: "山田 太郎", deed });
  peer.done = ({ id }, outcome = "done") => peer.say({ type: "done", id, outcome });
  /** Brings `bytes` on a stream, as far as the page has paid for it, and closes it. */
  peer.bring = async (stream, bytes, kind = DIAGNOSTICS) => {
    const paid = () => Math.max(65_536, ...peer.frames.filter((one) => one.act === "credit" && one.stream === stream).map((one) => one.offset));
    let at = 0;
    for (let from = 0; from < bytes.length; from += LONGEST_PAYLOAD) {
      const part = new Uint8Array(bytes.subarray(from, from + LONGEST_PAYLOAD));
      for (let tries = 0; at + part.length + 24 > paid(); tries += 1) {
        if (tries > 100) throw new Error("the page pays for nothing more");
        await wait(20);
      }
      at = sendData(kind, AGENT, stream, at, part);
    }
    send({ ...frame("close", kind, 2, stream), from: AGENT });
  };
  /** Sends a frame as it is. */
  peer.send = send;
  peer.break = (code = 1012) => socket.close({ code, reason: "" });
  await page.routeWebSocket(/\/sessions\/\d{9}$/, (route) => {
    socket = route;
    offset = 0;
    for (const end of ends.values()) {
      end.closed = true;
      end.onclose();
    }
    ends = new Map();
    peer.opened.push([route.url(), ...route.protocols()]);
    route.onMessage((message) => {
      if (typeof message === "string") return message === "ping" && route.send("pong");
      const found = decode(new Uint8Array(message));
      if (typeof found === "string") throw new Error(`the page sent a malformed message: ${found}`);
      took(found);
    });
  });
  return peer;
}
