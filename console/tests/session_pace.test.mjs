// How much of a file is under way (console/src/session/pace.ts), on a line that is made up: what queues on it delays every
// key that is pressed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { moduleOf } from "./support/module.mjs";

const { Pace } = await moduleOf("session/pace.ts");

/** Runs `pace` on a line of `rate` bytes a ms, with a round trip of `way` ms and answers that are late by `busy`. */
function run(pace, { rate, way, busy = 0, turns = 80 }) {
  let queued = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const under = 2 * pace.window;
    queued = Math.max(0, under / rate - way - busy);
    pace.measured(way + busy + queued, Math.min(rate, under / (way + busy)));
  }
  return { window: pace.window, queued };
}

function started(way) {
  const pace = new Pace();
  pace.measured(way, 0);
  return pace;
}

test("on a slow line a file queues no more than a key may wait", () => {
  for (const kbit of [128, 256, 1000]) {
    const { queued } = run(started(100), { rate: kbit / 8, way: 100 });
    assert.ok(queued <= 420, `${kbit} kbit/s: ${queued} ms`);
  }
});

test("a fast line is filled, near and far", () => {
  for (const way of [1, 20, 150]) assert.equal(run(started(way), { rate: 25_000, way }).window, 1 << 20, `${way} ms`);
});

test("a computer that answers late because it is busy does not slow a fast line down", () => {
  for (const busy of [150, 300, 1000]) assert.ok(run(started(5), { rate: 5000, way: 5, busy }).window >= 1 << 18, `${busy} ms`);
});

test("a line that becomes slow is found to be, and one that becomes fast again too", () => {
  const pace = started(20);
  run(pace, { rate: 25_000, way: 20 });
  assert.ok(run(pace, { rate: 32, way: 20 }).queued <= 420);
  assert.equal(run(pace, { rate: 25_000, way: 20 }).window, 1 << 20);
});
