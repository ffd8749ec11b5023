// Every state of the attended session's page in every language, width and colour scheme: nothing wider than the screen,
// nothing that axe finds, no complaint of the browser. With TEGATA_SHOTS=directory it keeps pictures.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { assertFitForEveryone, EACH_LOOK, openPage } from "../../tests/web/support/browser.mjs";
import { joinPages } from "./support/join_page.mjs";
import { BARE_PAGES, enter, startHeadless } from "./support/screens.mjs";
import { attended, startRelay } from "./support/session_relay.mjs";

const LOCALES = (process.env.TEGATA_LOCALES ?? "ja,en,da").split(",");

let browser;
before(async () => {
  browser = await startHeadless({ surface: "window" });
});
after(() => browser?.close());

async function opened(locale, run, { data = {}, session = attended(), script } = {}) {
  const state = { locale, data };
  const people = { d: { role: "desk", name: "山田 太郎" }, e: { role: "guest", name: "鈴木 一郎" } };
  const relay = await startRelay({ session, people, pages: { ...BARE_PAGES, ...joinPages(people, state) } });
  const { page, faults, close } = await openPage(browser);
  page.setDefaultTimeout(10_000);
  if (script) await page.addInitScript(script);
  const look = async (name) => {
    await assertFitForEveryone(page, `join-${name}`, EACH_LOOK);
    assert.equal(await page.getByText(/(join|console)-[a-z]/).count(), 0, `${name}: a text is missing`);
  };
  try {
    await page.goto(`${relay.origin}/j/token`);
    await page.locator("h1").waitFor();
    await run({ page, relay, state, look });
    assert.deepEqual(faults.filter((fault) => !/\/join$/.test(fault)), []);
  } finally {
    await close();
    await relay.stop();
  }
}

const press = (page, index = 0) => page.locator("button.primary").nth(index).click();

async function join(page) {
  await page.locator("input").fill("佐藤 花子");
  await press(page);
  await page.locator(".here li").first().waitFor();
}

for (const locale of LOCALES) {
  test(`before joining in ${locale}`, () =>
    opened(locale, async ({ page, state, look }) => {
      await look("before");
      await press(page);
      await look("no-name");
      state.refusal = { status: 410, code: "session-over" };
      await page.locator("input").fill("佐藤 花子");
      await press(page);
      await page.locator(".outcome.bad").waitFor();
      await look("refused");
    }));

  test(`over, and browsers that cannot, in ${locale}`, async () => {
    await opened(locale, ({ look }) => look("expired"), { data: { state: "expired" } });
    await opened(locale, ({ look }) => look("impossible"), { script: () => void delete window.WebSocket });
    await opened(
      locale,
      async ({ page, look }) => {
        await look("no-share");
        await join(page);
        await look("no-share-inside");
      },
      { script: () => void delete MediaDevices.prototype.getDisplayMedia },
    );
  });

  test(`inside in ${locale}`, () =>
    opened(locale, async ({ page, relay, look }) => {
      await join(page);
      await look("alone");
      const desk = await browser.newPage();
      await enter(desk, relay, "d");
      await press(page);
      await page.locator(".own-picture").waitFor();
      const other = await browser.newPage();
      await enter(other, relay, "e");
      await other.evaluate(async () => {
        window.sharer = new tegata.Sharer(channel);
        await sharer.start();
        channel.write("こんにちは。印刷の設定画面を開きました。");
      });
      await desk.evaluate(async () => {
        const who = channel.view.get().roster.find(({ name }) => name === "佐藤 花子").id;
        window.viewing = new tegata.Viewing(channel, who);
        while (viewing.view.get().state !== "showing") await new Promise((over) => setTimeout(over, 50));
        viewing.point({ x: 0.4, y: 0.5 });
      });
      await page.locator(".picture").waitFor();
      await page.locator(".pointer").waitFor();
      await look("sharing");
      await page.locator(".stage-bar button").first().click();
      await page.locator(".over-buttons button").first().click();
      await other.evaluate(() => sharer.pause(true));
      relay.tell({ type: "warning", until: Math.floor(Date.now() / 1000) + 240 });
      await wait(300);
      await look("paused");
      await other.evaluate(() => channel.leave());
      await wait(300);
      await page.locator(".leave").click();
      await look("leaving");
      await page.keyboard.press("Escape");
      await page.evaluate(() => void (Math.random = () => 1));
      relay.cut("佐藤 花子");
      await page.locator(".outcome.caution").first().waitFor();
      await look("broken");
      await page.locator(".leave").click();
      await page.locator(".outcome.good").waitFor();
      await look("left");
      await Promise.all([desk.close(), other.close()]);
    }));

  test(`afterwards in ${locale}`, async () => {
    for (const why of ["desk", "expired"]) {
      await opened(locale, async ({ page, relay, look }) => {
        await join(page);
        relay.end(why);
        await page.locator(".outcome.good").waitFor();
        await look(`over-${why}`);
      });
    }
    await opened(locale, async ({ page, relay, look }) => {
      await join(page);
      relay.named("佐藤 花子").socket.close(4005);
      await page.locator(".outcome.good").waitFor();
      await look("removed");
    });
  });
}
