// How much of a file is under way (console/src/session/pace.ts), on a line that is made up: what queues on it delays every
// key that is pressed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { moduleOf } from "./support/module.mjs";

const { Pace } = await moduleOf("session/pace.ts");

/** Runs a pace on a line of `rate` bytes a ms, with a round trip of `way` ms and answers that are late by `busy`. */
function run({ rate, way, busy = 0, turns = 60 }) {
  const pace = new Pace();
  let queued = 0;
  pace.measured(way, 0);
  for (let turn = 0; turn < turns; turn += 1) {
    const under = 2 * pace.window;
    const moved = Math.min(rate, under / way);
    queued = Math.max(0, under / rate - way);
    pace.measured(way + queued + busy, moved);
  }
  return { window: pace.window, queued };
}

test("on a slow line a file queues no more than a key may wait", () => {
  for (const kbit of [128, 256, 1000]) {
    const { queued } = run({ rate: kbit / 8, way: 100 });
    assert.ok(queued <= 420, `${kbit} kbit/s: ${queued} ms`);
  }
});

test("a fast line is filled, near and far", () => {
  for (const way of [1, 20, 150]) assert.equal(run({ rate: 25_000, way }).window, 1 << 20, `${way} ms`);
});

test("a computer that answers late because it is busy does not slow a fast line down", () => {
  assert.ok(run({ rate: 5000, way: 5, busy: 300 }).window >= 5000 * 60);
});
