// What is said on a shared screen's stream, byte by byte, also by somebody who lies; and the rates that follow from what is
// paid for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { moduleOf } from "./support/module.mjs";

const { DELTA, KEY, Messages, POINT, readJson, readPicture, write, writeJson, writePicture } = await moduleOf("sharing/messages.ts");
const { readPlace, readPointer, moved } = await moduleOf("sharing/pointers.ts");
const { limitsAt, MOST_RATE, Pace, Window } = await moduleOf("sharing/pace.ts");

/** The same numbers in every run. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("messages are put together again, wherever frames begin and end", () => {
  const next = random(7);
  for (let round = 0; round < 200; round += 1) {
    const sent = Array.from({ length: 1 + next(6) }, () => ({ kind: next(20), rest: Uint8Array.from({ length: next(3000) }, () => next(256)) }));
    const all = Buffer.concat(sent.map(({ kind, rest }) => write(kind, rest)));
    const messages = new Messages();
    const come = [];
    for (let at = 0; at < all.length; ) {
      const end = at + 1 + next(900);
      come.push(...messages.take(new Uint8Array(all.subarray(at, end))));
      at = end;
    }
    assert.deepEqual(come.map(({ kind, rest }) => [kind, Buffer.from(rest)]), sent.map(({ kind, rest }) => [kind, Buffer.from(rest)]));
  }
});

test("a message that could never be paid for is refused as soon as its length is known", () => {
  const head = new Uint8Array([DELTA, 0x00, 0x10, 0x00, 0x01]);
  assert.equal(new Messages().take(head), undefined);
  assert.deepEqual(new Messages().take(new Uint8Array([DELTA, 0x00, 0x10, 0x00, 0x00])), []);
});

test("a picture keeps its time, before 1970 and after", () => {
  for (const time of [0, -5_000_000, 1_764_300_000_000_000]) {
    const message = writePicture(KEY, time, 3, (place) => place.set([1, 2, 3]));
    const [{ kind, rest }] = new Messages().take(message);
    assert.deepEqual([kind, readPicture(rest).time, [...readPicture(rest).data]], [KEY, time, [1, 2, 3]]);
  }
});

test("a picture without a frame, or of a time that is none, is no picture", () => {
  assert.equal(readPicture(new Uint8Array(8)), undefined);
  assert.equal(readPicture(new Uint8Array(3)), undefined);
  assert.equal(readPicture(Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1)), undefined);
});

test("what is no object is no JSON message", () => {
  const bytes = (text) => new TextEncoder().encode(text);
  for (const text of ["", "{", "[1]", "null", "3", '"x"', "\u0000"]) assert.equal(readJson(bytes(text)), undefined, text);
  assert.deepEqual(readJson(bytes('{"x":0.5}')), { x: 0.5 });
  assert.deepEqual(readJson(write(POINT).subarray(5)), undefined);
  assert.deepEqual(readJson(writeJson(POINT, {}).subarray(5)), {});
});

test("a pointer is within the picture or nowhere", () => {
  assert.deepEqual(readPlace({ x: 0, y: 1 }), { x: 0, y: 1 });
  assert.equal(readPlace({}), null);
  for (const said of [{ x: 0.5 }, { y: 0.5 }, { x: -0.1, y: 0 }, { x: 0, y: 1.1 }, { x: "0", y: 0 }, { x: Number.NaN, y: 0 }]) {
    assert.equal(readPlace(said), undefined, JSON.stringify(said));
  }
  assert.equal(readPointer({ who: "3", x: 0, y: 0 }), undefined);
  assert.equal(readPointer({ who: 3.5, x: 0, y: 0 }), undefined);
  assert.equal(readPointer({ who: 3, name: "x".repeat(500), x: 0, y: 0 }).name.length, 100);
  const shown = moved(moved([], readPointer({ who: 3, name: "山田", x: 0, y: 0 })), readPointer({ who: 4, name: "佐藤", x: 1, y: 1 }));
  assert.deepEqual(moved(shown, readPointer({ who: 3 })).map(({ who }) => who), [4]);
});

/** A sender over a line of `bits` a second with a window of 64 KiB; `run(seconds)` sends `pace.rate`, as far as it is paid for. */
function overLine(bits) {
  const pace = new Pace(0);
  let [sent, consumed, paid, now] = [0, 0, 65_536, 0];
  const run = (seconds) => {
    for (const end = now + seconds * 1000; now < end; now += 33) {
      const size = (pace.rate / 8) * 0.033;
      consumed = Math.min(sent, consumed + (bits / 8) * 0.033);
      if (paid - consumed < 32_768) paid = consumed + 65_536;
      if (size <= paid - sent) {
        sent += size;
        pace.sent(size);
      } else pace.held();
      pace.think(now, paid);
    }
    return pace.rate;
  };
  return { pace, run };
}

test("a slow line is found out, and its rate is kept to", () => {
  const { run } = overLine(256_000);
  run(8);
  const rates = Array.from({ length: 20 }, () => run(1));
  assert.ok(Math.max(...rates) < 420_000, `at most ${Math.max(...rates)}`);
  assert.ok(Math.min(...rates) > 100_000, `at least ${Math.min(...rates)}`);
});

test("a fast line is used to the full within seconds", () => {
  assert.equal(overLine(50_000_000).run(5), MOST_RATE);
});

test("the less a line carries, the fewer frames and the smaller the picture, and 256 kbit/s still have 10", () => {
  const limits = [3_000_000, 600_000, 256_000, 100_000].map((rate) => limitsAt(rate));
  assert.deepEqual(limits.map(({ frames }) => frames), [30, 15, 10, 5]);
  assert.ok(limits.every(({ width }, index) => index === 0 || width <= limits[index - 1].width));
});

test("the receiver's window grows while nothing queues and shrinks when it does, in whole bytes", () => {
  const window = new Window();
  const first = window.ahead;
  let now = 1000;
  for (let frame = 0; frame < 60; frame += 1) window.came((now += 33), now - 500, 10_000);
  assert.ok(window.ahead > first);
  assert.ok(window.ahead <= 524_288);
  for (let frame = 0; frame < 60; frame += 1) window.came((now += 150), now - 500 - 20 * frame, 10_000);
  assert.equal(window.ahead, 65_536);
  assert.ok(Number.isInteger(window.ahead));
});
