// An attended session from both sides, in real browsers: the customer's page shares a real monitor, the desk's console shows
// it; chat, a file, pointers, a pause, and the end (Z3 to Z7). With TEGATA_SHOTS=directory it keeps pictures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { assertFitForEveryone, EACH_LOOK, openPage, startBrowser } from "../../tests/web/support/browser.mjs";
import { joinPages } from "./support/join_page.mjs";
import { startMock } from "./support/mock.mjs";
import { OTHER_WAY, startDisplay, startSharing } from "./support/screens.mjs";
import { startRelay } from "./support/session_relay.mjs";
import { button } from "./support/use.mjs";

async function until(what, found, tries = 200) {
  for (let left = tries; left > 0; left -= 1) {
    if (await found()) return;
    await wait(50);
  }
  assert.fail(`${what} does not come about`);
}

for (const way of ["peer", "edge"]) {
  test(`the customer's whole screen is seen at the desk, from 「参加する」 to the end (${way})`, { timeout: 120_000 }, async () => {
    const mock = await startMock({ kind: "provider", locale: "ja" });
    const people = { "tg_st_made-up": { role: "desk", name: "山田 太郎" } };
    const relay = await startRelay({ people, pages: joinPages(people), behind: mock.origin });
    const screen = await startDisplay();
    const [customers, desks] = await Promise.all([startSharing(screen), startBrowser()]);
    try {
      const customer = await (await customers.newContext({ viewport: null })).newPage();
      customer.setDefaultTimeout(15_000);
      const { page: desk, faults } = await openPage(desks);
      desk.setDefaultTimeout(15_000);

      await customer.goto(`${relay.origin}/j/token`);
      await customer.getByLabel("お名前").fill("佐藤 花子");
      await button(customer, "参加する").click();
      await customer.getByText("サポートデスクの担当者は、まだ参加していません。").waitFor();

      await desk.addInitScript((missing) => void delete window[missing], OTHER_WAY[way]);
      await desk.goto(`${relay.origin}/t/support/#/desk/attended/aozora/s1`);
      await button(desk, "セッションに参加").click();
      await desk.getByText("お客様の画面の共有を待っています。").waitFor();
      await customer.getByText("山田 太郎").first().waitFor();

      await button(customer, "画面を共有").click();
      await customer.getByText("画面全体を共有しています").waitFor();
      await desk.getByText("佐藤 花子が共有しています：画面全体").waitFor();
      await desk.locator(".picture").waitFor();
      await desk.getByText(way === "peer" ? "ブラウザー間の直接接続" : "サーバー経由の接続").waitFor();
      await assertFitForEveryone(desk, `attended-desk-${way}`, EACH_LOOK);

      await button(desk, "指し示す").click();
      await desk.locator(".picture").hover();
      await customer.locator(".own-picture .pointer").getByText("山田 太郎").waitFor();

      await desk.getByLabel("メッセージ", { exact: true }).fill("右上のボタンを押してください。");
      await button(desk, "送信").click();
      await customer.getByRole("log").getByText("右上のボタンを押してください。").waitFor();

      await desk.locator("input[type=file]").setInputFiles({ name: "更新プログラム.zip", mimeType: "application/zip", buffer: Buffer.alloc(700_000, 3) });
      await customer.getByText("更新プログラム.zip").waitFor();
      await button(customer, "受け取る").click();
      await customer.getByText("内容を確認しました。保存できます。").waitFor();
      const saved = customer.waitForEvent("download");
      await button(customer, "保存").click();
      assert.equal((await saved).suggestedFilename(), "更新プログラム.zip");

      await button(customer, "一時停止").click();
      await desk.getByText("佐藤 花子が、共有を一時停止しています。").waitFor();
      await button(customer, "再開").click();
      await desk.locator(".picture").waitFor();

      await button(desk, "外す：佐藤 花子").click();
      await button(desk.locator("dialog[open]"), "キャンセル").click();
      await button(desk, "セッションを終了").click();
      await button(desk.locator("dialog[open]"), "セッションを終了").click();
      await customer.getByText("サポートデスクの担当者が終了しました。").waitFor();
      await desk.getByText("セッションは終了しました").waitFor();
      await until("that nothing is shared", () => customer.evaluate(() => document.querySelector("video") === null));
      assert.deepEqual(relay.faults, []);
      assert.deepEqual(faults.filter((fault) => !/events/.test(fault)), []);
    } finally {
      await Promise.all([customers.close(), desks.close()]);
      screen.stop();
      await relay.stop();
      await mock.stop();
    }
  });
}
