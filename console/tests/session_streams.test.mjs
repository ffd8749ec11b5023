// Streams and the chat in the browser: who numbers them, what is sent before it is paid for (nothing), what is paid for
// before it is consumed (nothing), and each message once and in order (docs/session-protocol.md).

import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "node:test";
import { moduleOf } from "./support/module.mjs";

const { endOf, frame, FILE, SCREEN, LOWER_OPENS } = await moduleOf("session/frames.ts");
const { Streams } = await moduleOf("session/streams.ts");
const { ChatLog } = await moduleOf("session/chat_log.ts");

/** The streams of participant `you`, and what they put on the wire. */
function streams(you) {
  const sent = [];
  const accepts = new Map();
  return { of: new Streams(you, accepts, (one) => sent.push(one)), sent, accepts };
}

/** The frames of `peer` on one of our streams, or on one of its own. */
function other(peer, you, kind, number) {
  let at = 0;
  const from = (sent) => ({ ...sent, from: peer });
  return {
    open: () => from(frame("open", kind, you, number)),
    close: () => from(frame("close", kind, you, number)),
    pay: (offset) => from(frame("credit", kind, you, number, offset)),
    data(size) {
      const sent = from(frame("data", kind, you, number, at, new Uint8Array(size)));
      at = endOf(sent);
      return sent;
    },
  };
}

const credits = (sent) => sent.filter(({ act }) => act === "credit").map(({ offset }) => offset);
const sizes = (sent) => sent.filter(({ act }) => act === "data").map(({ payload }) => payload.length);

test("whoever has the higher address numbers from 1, and the lower from 2^31", () => {
  const { of, sent } = streams(5);
  const opened = [of.open(SCREEN, 1), of.open(FILE, 9), of.open(FILE, 4), of.open(FILE, 8)];
  assert.deepEqual(opened.map(({ number }) => number), [1, LOWER_OPENS, 2, LOWER_OPENS + 1]);
  assert.deepEqual(sent.map(({ act, to }) => [act, to]), [["open", 1], ["open", 9], ["open", 4], ["open", 8]]);
});

test("a stream of another participant is accepted under its number, and refused under one of ours", () => {
  const { of, accepts, sent } = streams(5);
  const accepted = [];
  accepts.set(FILE, (stream) => accepted.push(stream));
  assert.ok(of.take(other(9, 5, FILE, 1).open()));
  assert.ok(of.take(other(8, 5, FILE, 1).open()));
  assert.ok(of.take(other(1, 5, FILE, LOWER_OPENS).open()));
  assert.deepEqual(accepted.map(({ peer, number }) => [peer, number]), [[9, 1], [8, 1], [1, LOWER_OPENS]]);
  assert.equal(of.take(other(9, 5, FILE, LOWER_OPENS).open()), false);
  assert.equal(of.take(other(1, 5, FILE, 1).open()), false);
  assert.equal(of.take(other(9, 5, FILE, 1).open()), false);
  assert.deepEqual(sent, []);
});

test("a stream that nobody waits for is closed at once, and frames on none are skipped", () => {
  const { of, sent } = streams(5);
  assert.ok(of.take(other(9, 5, SCREEN, 1).open()));
  assert.deepEqual(sent.map(({ act, to, stream }) => [act, to, stream]), [["close", 9, 1]]);
  assert.ok(of.take(other(9, 5, SCREEN, 7).data(3)));
});

test("bytes go as far as they are paid for, and on with the next credit", async () => {
  const { of, sent } = streams(5);
  const stream = of.open(FILE, 1);
  const peer = other(1, 5, FILE, 1);
  assert.equal(stream.room, 65_512);
  let gone;
  void stream.send(new Uint8Array(100_000)).then((value) => (gone = value));
  assert.deepEqual(sizes(sent), [65_512]);
  assert.equal(stream.room, 0);
  await wait(1);
  assert.equal(gone, undefined);
  of.take(peer.pay(65_536 + 10_000));
  assert.deepEqual(sizes(sent), [65_512, 9976]);
  of.take(peer.pay(200_000));
  assert.deepEqual(sizes(sent), [65_512, 9976, 24_512]);
  await wait(1);
  assert.equal(gone, true);
  const ends = sent.filter(({ act }) => act === "data").map((one) => [one.offset, endOf(one)]);
  assert.ok(ends.every(([offset], at) => offset === (at ? ends[at - 1][1] : 0)));
});

test("a message goes whole or waits, and whoever would rather leave it out sees how much has room", () => {
  const { of, sent } = streams(5);
  const stream = of.open(SCREEN, 1);
  const peer = other(1, 5, SCREEN, 1);
  let rooms = 0;
  stream.onroom = () => (rooms += 1);
  void stream.post(new Uint8Array(40_000));
  void stream.post(new Uint8Array(40_000));
  assert.deepEqual(sizes(sent), [40_000]);
  of.take(peer.pay(80_000));
  assert.deepEqual(sizes(sent), [40_000]);
  of.take(peer.pay(90_000));
  assert.deepEqual(sizes(sent), [40_000, 40_000]);
  assert.equal(rooms, 2);
  assert.equal(stream.room, 90_000 - 80_048 - 24);
  assert.throws(() => stream.post(new Uint8Array(65_513)), RangeError);
});

test("what was not consumed is not paid for", async () => {
  const { of, sent } = streams(5);
  const stream = of.open(FILE, 1);
  const peer = other(1, 5, FILE, 1);
  assert.ok(of.take(peer.data(30_000)));
  assert.deepEqual(credits(sent), []);
  const turns = [];
  stream.take(() => new Promise((over) => turns.push(over)));
  assert.ok(of.take(peer.data(30_000)));
  await wait(1);
  assert.deepEqual([turns.length, credits(sent)], [1, []]);
  turns[0]();
  await wait(1);
  assert.deepEqual([turns.length, credits(sent)], [2, [30_024 + 262_144]]);
  // A sender that goes on beyond that is not one to go on with.
  for (let at = 60_048; at + 65_024 <= 30_024 + 262_144; at += 65_024) assert.ok(of.take(peer.data(65_000)));
  assert.equal(of.take(peer.data(65_000)), false);
});

test("what came before the end is consumed before the stream has ended", async () => {
  const { of, sent } = streams(5);
  const stream = of.open(FILE, 1);
  const peer = other(1, 5, FILE, 1);
  let over;
  let end;
  const taken = [];
  stream.take(async ({ length }) => {
    await new Promise((done) => (over = done));
    taken.push(length);
  });
  void stream.ended.then((how) => (end = how));
  of.take(peer.data(1));
  of.take(peer.data(2));
  of.take(peer.close());
  assert.deepEqual(sent.at(-1).act, "close");
  over();
  await wait(1);
  assert.equal(end, undefined);
  over();
  await wait(1);
  assert.deepEqual([taken, end], [[1, 2], "closed"]);
});

test("the end of a stream, of its other side, or of the connection ends what waits to be sent", async () => {
  const { of } = streams(5);
  const [closed, gone, broken] = [of.open(FILE, 1), of.open(FILE, 9), of.open(FILE, 4)];
  const waiting = [closed, gone, broken].map((stream) => stream.send(new Uint8Array(100_000)));
  closed.close();
  of.leave(9);
  assert.equal(broken.over, false);
  of.clear();
  assert.deepEqual(await Promise.all(waiting), [false, false, false]);
  assert.deepEqual(await Promise.all([closed, gone, broken].map(({ ended }) => ended)), ["closed", "broken", "broken"]);
  assert.equal(await closed.send(new Uint8Array(1)), false);
});

test("no more than 32 streams are open, and one that both sides have closed is not", () => {
  const { of, sent } = streams(5);
  const all = Array.from({ length: 32 }, () => of.open(FILE, 1));
  assert.ok(of.open(FILE, 1).over);
  all[0].close();
  assert.ok(of.open(FILE, 1).over);
  of.take(other(1, 5, FILE, 1).close());
  assert.equal(of.open(FILE, 1).over, false);
  assert.equal(sent.filter(({ act }) => act === "open").length, 33);
});

const message = (number, id = `id-${number}`) => ({ number, id, by: 2, role: "desk", name: "山田 太郎", at: 1, text: `${number}` });

function chat() {
  const said = [];
  return { log: new ChatLog((one) => said.push(one)), said };
}

const numbers = (log) => log.messages.map(({ number }) => number);

test("a message is shown once and in order, and what is missing is asked for in as many pages as there are", () => {
  const { log, said } = chat();
  log.welcome(5);
  assert.deepEqual(said, [{ type: "chats", after: 0 }]);
  log.heard(message(6));
  assert.deepEqual(numbers(log), []);
  log.answered([message(1), message(2), message(3)], 6);
  assert.deepEqual(said.at(-1), { type: "chats", after: 3 });
  log.answered([message(4), message(5), message(6)], 6);
  log.heard(message(6));
  log.heard(message(7));
  log.heard(message(3));
  assert.deepEqual(numbers(log), [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(said.length, 2);
  log.heard(message(9));
  assert.deepEqual(said.at(-1), { type: "chats", after: 7 });
});

test("what was written is said again after a break under the same id, until it has a number", () => {
  const { log, said } = chat();
  log.welcome(0);
  log.write("はい。");
  const [{ id }] = said;
  assert.deepEqual(said, [{ type: "chat", id, text: "はい。" }]);
  log.welcome(1);
  assert.deepEqual(said.slice(1), [{ type: "chats", after: 0 }, { type: "chat", id, text: "はい。" }]);
  assert.equal(log.unsent.length, 1);
  log.heard(message(1, id));
  log.answered([message(1, id)], 1);
  assert.deepEqual([log.unsent.length, numbers(log)], [0, [1]]);
});

test("an answer that brings nothing new is not asked for again", () => {
  const { log, said } = chat();
  log.welcome(3);
  log.answered([], 3);
  assert.equal(said.length, 1);
});
