// The border between a session's sockets and the module: whose a socket is, which bytes the module sees, and where a
// frame goes. What may pass is decided in Rust (domain/tests/session_relay.rs).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { attach, pass, payloadText, readHeader, seatOf, sendFrame } from "../../src/platform/frames.js";

const vectors = JSON.parse(readFileSync(new URL("../../docs/session-vectors.json", import.meta.url), "utf8"));

const message = (hex) => new Uint8Array(Buffer.from(hex, "hex")).buffer;

/** A socket as the platform has it, with what was sent on it. */
function socket(address, connection = address) {
  let attachment = address && JSON.stringify({ participant: { address, connection } });
  return {
    sent: [],
    reads: 0,
    readyState: 1,
    deserializeAttachment() {
      this.reads += 1;
      return attachment;
    },
    serializeAttachment: (text) => (attachment = text),
    send(sent) {
      if (this.readyState !== 1) throw new TypeError("closing");
      this.sent.push(sent);
    },
  };
}

/** An object's state with these sockets, in the order in which they were opened. */
const state = (sockets) => ({ getWebSockets: (tag) => sockets.filter(([name]) => name === tag).map(([, socket]) => socket) });

test("whose a socket is, is read once", () => {
  const ours = socket(2, 5);
  assert.equal(seatOf(ours), 2 * 65_536 + 5);
  assert.equal(seatOf(ours), 2 * 65_536 + 5);
  assert.equal(ours.reads, 1);
  assert.equal(seatOf(socket(undefined)), 0);
});

test("the module sees the header and the length alone", () => {
  for (const { hex, payload } of vectors.frames) {
    const header = new Uint8Array(24);
    assert.equal(readHeader(message(hex), header), 24 + Buffer.byteLength(payload));
    assert.equal(Buffer.from(header).toString("hex"), hex.slice(0, 48));
    assert.equal(payloadText(message(hex)), payload);
  }
  for (const none of ["ping", new ArrayBuffer(23), new Uint8Array(24), undefined]) {
    assert.equal(readHeader(none, new Uint8Array(24)), 0);
  }
  assert.equal(payloadText(new Uint8Array([...new Uint8Array(24), 0xff]).buffer), undefined, "it is not UTF-8");
});

test("a frame goes on as it came, with its sender written into it", () => {
  const [agent, desk] = [socket(1), socket(2)];
  const own = state([["participant/1", agent], ["participant/2", desk]]);
  const { hex } = vectors.frames[1];
  const frame = message(hex);
  new DataView(frame).setUint16(4, 9);
  pass(own, frame, 2, 1);
  assert.equal(agent.sent[0], frame, "it is not copied");
  assert.equal(Buffer.from(frame).toString("hex"), hex);
  assert.deepEqual(desk.sent, []);
  pass(own, frame, 2, 7);
});

test("the newest open socket of a participant gets its frames", () => {
  const [old, young] = [socket(1, 1), socket(1, 2)];
  const sockets = [["participant/1", old]];
  const own = state(sockets);
  pass(own, message(vectors.frames[1].hex), 2, 1);
  sockets.push(["participant/1", young]);
  old.readyState = 2;
  pass(own, message(vectors.frames[1].hex), 2, 1);
  assert.deepEqual([old.sent.length, young.sent.length], [1, 1]);
  young.readyState = 2;
  pass(own, message(vectors.frames[1].hex), 2, 1);
  attach(own, 1, "{}");
  assert.equal(young.sent.length, 1, "nobody is there, and that is no error");
});

test("a frame of the session's own is copied out of the module's memory", () => {
  const agent = socket(1);
  const memory = new Uint8Array([1, 2, 3]);
  sendFrame(state([["participant/1", agent]]), 1, memory);
  memory.fill(0);
  assert.deepEqual([...agent.sent[0]], [1, 2, 3]);
});
