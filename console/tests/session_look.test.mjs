// What a session looks like in each of its states, in every language: nothing wider than the screen, nothing that axe
// finds. With TEGATA_SHOTS=directory it keeps pictures.

import { after, before, test } from "node:test";
import { assertFitForEveryone, openPage, startBrowser } from "../../tests/web/support/browser.mjs";
import { startMock } from "./support/mock.mjs";
import { startPeer, welcome } from "./support/session_peer.mjs";

const LOCALES = (process.env.TEGATA_LOCALES ?? "ja,en,da").split(",");
const guest = { by: 5, role: "guest", name: "佐藤 花子" };

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
};

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

for (const locale of LOCALES) {
  for (const [name, [options, act]] of Object.entries(STATES)) {
    test(`a session in ${locale}: ${name}`, async () => {
      const mock = await startMock({ kind: "provider", locale });
      const { page, close } = await openPage(browser);
      page.setDefaultTimeout(8000);
      await page.goto(`${mock.home}#/desk/launches/aozora/l3`);
      const peer = await startPeer(page, { ...options, first: welcome(options.first) });
      await page.locator('input[name="password"]').fill("7KQM-2XRD");
      await page.locator("form button.primary").click();
      await page.locator(".inside").waitFor();
      await act(page, peer);
      await assertFitForEveryone(page, `session-${name}`);
      await close();
      await mock.stop();
    });
  }
}
