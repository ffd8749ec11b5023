// Firefox in an attended session, as far as it goes: it sees screens both ways, shares its own, and takes part in the page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startFirefox } from "../../tests/web/support/firefox.mjs";
import { joinPages } from "./support/join_page.mjs";
import { BARE_PAGES, enter, share, startDisplay, startHeadless, startSocketViewer, view } from "./support/screens.mjs";
import { startRelay } from "./support/session_relay.mjs";

const GUEST = { role: "guest", name: "佐藤 花子" };
const DESK = { role: "desk", name: "山田 太郎" };

let screen, firefox, chromium;
before(async () => {
  screen = await startDisplay();
  [firefox, chromium] = await Promise.all([startFirefox(screen), startHeadless({ surface: "window" })]);
});
after(async () => {
  await Promise.all([firefox?.close(), chromium?.close()]);
  screen?.stop();
});

async function session(run, people = {}) {
  const all = { g: GUEST, d: DESK, ...people };
  const relay = await startRelay({ pages: { ...BARE_PAGES, ...joinPages(all) }, people: all });
  const page = await chromium.newPage();
  const fox = await firefox.newPage();
  try {
    await run(relay, page, fox);
    assert.deepEqual(relay.faults, []);
  } finally {
    await Promise.all([page.close(), fox.close()]);
    await relay.stop();
  }
}

/** How many different colours a few points of the picture have. */
const colours = (page) =>
  page.evaluate(() => {
    const { element } = viewing.view.get();
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 40 });
    const drawing = canvas.getContext("2d");
    drawing.drawImage(element, 0, 0, 64, 40);
    const { data } = drawing.getImageData(0, 0, 64, 40);
    return new Set(Array.from({ length: data.length / 4 }, (_, at) => data.slice(4 * at, 4 * at + 3).join())).size;
  });

for (const way of ["peer", "edge"]) {
  test(`Firefox shows a shared screen, and points on it (${way})`, { timeout: 60_000 }, () =>
    session(async (relay, page, fox) => {
      await enter(page, relay, "g");
      await share(page);
      await enter(fox, relay, "d", way);
      const seen = await view(fox);
      assert.deepEqual([seen.state, seen.way], ["showing", way]);
      assert.ok((await colours(fox)) > 3);
      await fox.evaluate(() => viewing.point({ x: 0.5, y: 0.25 }));
      await page.waitForFunction(() => sharer.view.get().pointers[0]?.name === "山田 太郎");
    }));

  test(`Firefox shares its screen (${way})`, { timeout: 60_000 }, () =>
    session(async (relay, page, fox) => {
      await enter(fox, relay, "g");
      await share(fox);
      await enter(page, relay, "d", way);
      const { state, way: taken, width, height } = await view(page);
      assert.deepEqual([state, taken, width, height], ["showing", way, 1280, 800]);
      assert.ok((await colours(page)) > 3);
      await fox.evaluate(() => sharer.pause(true));
      await page.waitForFunction(() => viewing.view.get().state === "paused");
      await fox.evaluate(() => sharer.stop());
      assert.equal(relay.named("佐藤 花子").sharing, null);
    }));
}

test("Firefox takes part in the page: it joins, writes, shares, stops and leaves nothing", { timeout: 60_000 }, () =>
  session(async (relay, _page, fox) => {
    await fox.goto(`${relay.origin}/j/token`);
    const desk = await startSocketViewer(relay, "d");
    await fox.says("このブラウザーでできること");
    assert.equal(await fox.evaluate(() => document.querySelectorAll(".can .good").length), 4, "it can do everything");
    await fox.fill("input", "鈴木 一郎");
    await fox.press("参加する");
    await fox.says("鈴木 一郎（ご自身）");
    await fox.fill("textarea", "こんにちは");
    await fox.press("送信");
    await fox.says("こんにちは");
    assert.deepEqual(relay.chat.map(({ name, text }) => [name, text]), [["鈴木 一郎", "こんにちは"]]);
    await fox.press("画面を共有");
    await fox.says("画面を共有しています");
    await desk.view();
    for (let tries = 0; desk.keys === 0; tries += 1) {
      assert.ok(tries < 200, "no picture came");
      await new Promise((over) => setTimeout(over, 50));
    }
    await fox.press("共有を停止");
    await fox.says("画面は共有していません");
    await fox.press("退出する");
    await fox.evaluate(() => document.querySelector("dialog[open] button.primary").click());
    await fox.says("何も残っていません");
    desk.channel.leave();
  }));
