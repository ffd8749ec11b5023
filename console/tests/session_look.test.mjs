// What a session looks like in each of its states, in every language: nothing wider than the screen, nothing that axe
// finds, no complaint of the browser. With TEGATA_SHOTS=directory it keeps pictures.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertFitForEveryone, openPage, startBrowser } from "../../tests/web/support/browser.mjs";
import { startScreen } from "./support/machine_screen.mjs";
import { startMock } from "./support/mock.mjs";
import { MACHINE, startPeer, welcome } from "./support/session_peer.mjs";

const LOCALES = (process.env.TEGATA_LOCALES ?? "ja,en,da").split(",");
const [FILE, SCREEN, TERMINAL] = [2, 3, 4];
const guest = { by: 5, role: "guest", name: "佐藤 花子" };
const GUEST = { id: 5, role: "guest", name: "佐藤 花子" };
const DESK = [{ id: 1, role: "agent", name: "inspection-03" }, { id: 2, role: "desk", name: "山田 太郎" }, { id: 4, role: "desk", name: "高橋 健" }, GUEST];
const HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const offer = (number, name, more = {}) => ({ by: 5, person: GUEST.name, id: `offer-${number}`, name, size: 300_000 * number, sha256: HASH, ...more });

const answer = (machine) => async (request, peer) => {
  peer.doing(request);
  const found = request.deed.what === "list_files" ? { files: [{ name: "印刷エラー 2026-11-21.log", size: 84_321, modified: 1795000000 }] } : machine;
  await peer.bring(request.stream, new TextEncoder().encode(JSON.stringify(found)), request.deed.what === "list_files" ? FILE : 5);
  peer.done(request);
};

let screen;

const STATES = {
  chat: [
    {},
    async (page, peer) => {
      peer.wrote({ id: "1", text: "画面は見えていますか。" });
      peer.wrote({ id: "2", text: `はい。手順書はこちらです。https://aozora.example/${"manual/".repeat(12)}\n2行目` }, guest);
      peer.wrote({ id: "3", text: "ありがとうございます。" }, { by: 1, role: "agent", name: "inspection-03" });
      await page.locator(".messages li").nth(2).waitFor();
      peer.wrote = () => {};
      await page.locator(".write textarea").fill("届いていないメッセージ");
      await page.keyboard.press("Enter");
      await page.locator(".unsent").waitFor();
      await page.locator(".write textarea").fill("書きかけ");
    },
  ],
  screen: [
    {
      first: { abilities: ["control_screen", "diagnostics"], roster: DESK },
      opened: (end, { kind }) => kind === SCREEN && screen.join(end),
      answer: answer({ ...MACHINE, keyboard_layout: "us" }),
    },
    async (page) => {
      await page.evaluate(() => {
        navigator.keyboard.getLayoutMap = async () => new Map([["BracketLeft", "@"], ["Quote", ":"], ["IntlYen", "\\"]]);
      });
      await page.locator("main .section button.primary").first().click();
      await page.locator(".screen canvas").waitFor();
      await page.locator(".screen-below .outcome").waitFor();
      await page.locator(".screen-below textarea").fill("設定を確認します。");
    },
  ],
  "screen-failed": [
    { first: { abilities: ["view_screen"] }, opened: (end) => end.close() },
    async (page) => {
      await page.locator("main .section button.primary").first().click();
      await page.locator(".screen .outcome.bad").waitFor();
    },
  ],
  terminal: [
    {
      first: { abilities: ["terminal"] },
      opened: (end, { kind }) => {
        if (kind !== TERMINAL) return;
        const post = (byte, text) => end.post(new Uint8Array(Buffer.concat([Buffer.of(byte), Buffer.from(text)])));
        void post(1, JSON.stringify({ opened: { terminal: "t", from: 0 } }));
        void post(0, "tegata@inspection-03:~$ ls\r\n\u001b[34m印刷キュー\u001b[0m  error.log  \u001b[38;2;250;120;0m設定.conf\u001b[0m\r\ntegata@inspection-03:~$ ");
        setTimeout(() => post(1, JSON.stringify({ exit: { code: 130 } })).then(() => end.close()), 300);
      },
    },
    async (page) => {
      await page.locator(".section > button.secondary").last().click();
      await page.locator(".section .outcome button").waitFor();
    },
  ],
  files: [
    {
      first: { abilities: ["files", "diagnostics"], roster: DESK, files: { largest: 4 * 1024 ** 3, types: ["log", "gz", "csv", "pdf"] } },
      opened: (end, { kind }) => {
        if (kind !== FILE) return;
        end.ondata = async (payload) => {
          const { offer } = JSON.parse(new TextDecoder().decode(payload));
          await end.send(new Uint8Array(offer === "offer-3" ? 300_000 : 900_001));
          if (offer === "offer-3") end.close();
        };
      },
      answer: answer({ ...MACHINE, files: { receives: true, accepted_by: "person", folders: ["印刷のログ"] } }),
    },
    async (page, peer) => {
      const input = page.locator(".files input[type=file]");
      await input.setInputFiles([
        { name: "更新プログラム 2026-11（第2ライン用の印刷制御、検証済み）.gz", mimeType: "", buffer: Buffer.alloc(700_000) },
        { name: "setup.exe", mimeType: "", buffer: Buffer.alloc(9) },
      ]);
      await page.waitForFunction(() => document.querySelectorAll(".file-list .outcome.bad").length === 1);
      await page.waitForFunction(() => !document.querySelector(".file-list progress"));
      const own = peer.said.find(({ type }) => type === "offer");
      peer.say({ ...own, type: "offered", by: 2, person: "山田 太郎" });
      peer.say({ type: "received", id: own.id, by: 5, outcome: "done" });
      peer.say({ type: "received", id: own.id, by: 4, outcome: "mismatch" });
      for (const [number, name] of [[1, "検査結果 2026-11.csv"], [2, "photo.pdf"], [3, "error.log"], [4, "core.gz"]]) peer.say({ type: "offered", ...offer(number, name) });
      peer.say({ type: "offered", ...offer(5, "earlier.log", { by: 2, person: "山田 太郎" }) });
      const rows = page.locator(".file-list > li");
      await rows.nth(6).waitFor();
      for (const row of [3, 4, 5]) await rows.nth(row).locator("button.primary").click();
      await rows.nth(3).locator(".outcome.bad").waitFor();
      await rows.nth(4).locator("button", { hasText: /再開|Resume|Fortsæt/ }).waitFor();
      await rows.nth(5).locator("button").first().click();
      const looks = page.locator(".section .buttons > button.secondary:not(.small)");
      await looks.first().click();
      await page.locator("main .section > button.secondary", { hasText: /一覧|List|Vis filer/ }).click();
      await page.locator("table", { hasText: "印刷エラー" }).waitFor();
    },
  ],
  over: [
    {},
    async (page, peer) => {
      peer.wrote({ id: "1", text: "以上です。" });
      await page.locator(".messages li").waitFor();
      peer.say({ type: "ended", why: "machine" });
      await page.locator("main > .outcome a").waitFor();
    },
  ],
  removed: [
    {},
    async (page, peer) => {
      peer.break(4005);
      await page.locator("main > .outcome.caution").waitFor();
    },
  ],
};

let browser;
before(async () => {
  browser = await startBrowser();
  screen = await startScreen({ layout: "us" });
  screen.run("xterm", ["-geometry", "80x20+20+20"]);
});
after(async () => {
  await browser?.close();
  await screen?.stop();
});

for (const locale of LOCALES) {
  for (const [name, [options, act]] of Object.entries(STATES)) {
    test(`a session in ${locale}: ${name}`, async () => {
      const mock = await startMock({ kind: "provider", locale });
      const { page, faults, close } = await openPage(browser);
      page.setDefaultTimeout(8000);
      await page.goto(`${mock.home}#/desk/launches/aozora/l3`);
      const peer = await startPeer(page, { ...options, first: welcome(options.first) });
      await page.locator('input[name="password"]').fill("7KQM-2XRD");
      await page.locator("form button.primary").click();
      await page.locator(".inside").waitFor();
      await act(page, peer);
      await assertFitForEveryone(page, `session-${name}`);
      assert.equal(await page.getByText(/console-[a-z]/).count(), 0, "a text is missing");
      // noVNC logs that a machine closes what it has opened.
      assert.deepEqual(faults.filter((fault) => !/401|404|Failed when connecting/.test(fault)), []);
      await close();
      await mock.stop();
    });
  }
}
