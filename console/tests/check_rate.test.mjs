// How fast a line is, on lines of a made-up time; and which browser on which system a user agent names.

import assert from "node:assert/strict";
import { test } from "node:test";
import { moduleOf } from "./support/module.mjs";

const { measureRate, MOST_RATE } = await moduleOf("check/rate.ts");
const { machineOf } = await moduleOf("check/machine.ts");

/** Measures a line of `kbps` with a round trip of `trip` milliseconds that carries nothing more after `stalls` bytes. */
async function measured(context, { kbps, trip = 20, stalls = Infinity, fails }) {
  const line = { now: 0, bytes: 0, asked: 0 };
  context.mock.method(performance, "now", () => line.now);
  context.mock.method(AbortSignal, "timeout", (time) => ({ time }));
  const transfer = async (size, { time }) => {
    if (fails) throw new Error("refused");
    line.asked += size;
    const carried = Math.min(size, stalls - line.bytes, Math.floor((Math.max(0, time - trip) * kbps) / 8));
    line.bytes += carried;
    line.now += carried < size ? time : trip + (size * 8) / kbps;
    return carried;
  };
  return { found: await measureRate(transfer, trip), ...line };
}

for (const [what, line, least, most] of [
  ["128 kbit/s", { kbps: 128 }, 126, 130],
  ["128 kbit/s by satellite", { kbps: 128, trip: 700 }, 120, 140],
  ["64 kbit/s", { kbps: 64 }, 60, 68],
  ["20 kbit/s", { kbps: 20 }, 18, 21],
  ["5 kbit/s, which carries not even the first bytes", { kbps: 5 }, 4, 6],
  ["5 Mbit/s", { kbps: 5000 }, 4800, 5200],
  ["1 Gbit/s", { kbps: 1_000_000, trip: 0.5 }, MOST_RATE, MOST_RATE],
  ["that carries nothing", { kbps: 1000, stalls: 0 }, 0, 0],
  ["that stalls in between", { kbps: 1000, stalls: 40_000 }, 50, 130],
]) {
  test(`a line of ${what} is measured within 5 seconds and 256 KiB`, async (context) => {
    const { found, now, asked } = await measured(context, line);
    assert.ok(found >= least && found <= most, `${found} kbit/s`);
    assert.ok(now <= 5001, `${now} ms`);
    assert.ok(asked <= 262_144, `${asked} bytes`);
  });
}

test("a line that refuses is not measured", async (context) => {
  assert.equal((await measured(context, { kbps: 1000, fails: true })).found, undefined);
});

const CHROMIUM = (more, os = "Windows NT 10.0; Win64; x64") => `Mozilla/5.0 (${os}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36${more}`;
const APPLE = (os, more) => `Mozilla/5.0 (${os}) AppleWebKit/605.1.15 (KHTML, like Gecko) ${more} Safari/605.1.15`;

for (const [agent, hints, touches, found] of [
  [CHROMIUM(""), { brands: [{ brand: "Not A(Brand", version: "8" }, { brand: "Google Chrome", version: "156" }], mobile: false, platform: "Windows" }, 0, ["Chrome", 156, "Windows", false]],
  [CHROMIUM(""), undefined, 10, ["Chrome", 156, "Windows", false]],
  [CHROMIUM(" Edg/155.0.1.2"), undefined, 0, ["Edge", 155, "Windows", false]],
  [CHROMIUM(" OPR/140.0.0.0", "X11; Linux x86_64"), undefined, 0, ["Opera", 140, "Linux", false]],
  [CHROMIUM(" OPR/140.0.0.0"), { brands: [{ brand: "Opera", version: "140" }], mobile: false, platform: "macOS" }, 0, ["Opera", 140, "macOS", false]],
  [CHROMIUM("", "X11; CrOS x86_64 14541.0.0"), { platform: "Chrome OS" }, 0, ["Chrome", 156, "ChromeOS", false]],
  [CHROMIUM(" SamsungBrowser/29.0", "Linux; Android 10; K").replace("Safari", "Mobile Safari"), undefined, 5, ["Other", 29, "Android", true]],
  [CHROMIUM("", "Linux; Android 10; K"), { brands: [{ brand: "Google Chrome", version: "156" }], mobile: true, platform: "Android" }, 5, ["Chrome", 156, "Android", true]],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0", undefined, 0, ["Firefox", 150, "Windows", false]],
  [APPLE("Macintosh; Intel Mac OS X 10_15_7", "Version/26.0"), undefined, 0, ["Safari", 26, "macOS", false]],
  [APPLE("Macintosh; Intel Mac OS X 10_15_7", "Version/26.0"), undefined, 5, ["Safari", 26, "iOS", true]],
  [APPLE("iPhone; CPU iPhone OS 18_5 like Mac OS X", "Version/18.5 Mobile/15E148"), undefined, 5, ["Safari", 18, "iOS", true]],
  [APPLE("iPhone; CPU iPhone OS 18_5 like Mac OS X", "CriOS/156.0.1 Mobile/15E148"), undefined, 5, ["Chrome", 156, "iOS", true]],
  [APPLE("iPhone; CPU iPhone OS 18_5 like Mac OS X", "FxiOS/150.0 Mobile/15E148"), undefined, 5, ["Firefox", 150, "iOS", true]],
  ["curl/8.0", undefined, 0, ["Other", undefined, "Other", false]],
]) {
  test(`${found.join(" ")} is known by ${agent}${hints ? " and its hints" : ""}`, () => {
    const { browser, version, system, phone } = machineOf(agent, hints, touches);
    assert.deepEqual([browser, version, system, phone], found);
  });
}
