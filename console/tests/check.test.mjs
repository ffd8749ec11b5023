// The page of the check before a session, as the person who has the appointment uses it (Z2): what works is measured, what
// does not is explained, the result reaches the service, and nothing else goes anywhere.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openPage } from "../../tests/web/support/browser.mjs";
import { FOUND, startCheck } from "./support/check_page.mjs";
import { startHeadless } from "./support/screens.mjs";
import { button } from "./support/use.mjs";

let browser;
before(async () => {
  browser = await startHeadless();
});
after(() => browser?.close());

/** Opens the page; `run(page, state, server)`. */
async function opened(run, { state = {}, script, started = browser, context = {}, faulty = /^$/ } = {}) {
  const server = await startCheck(state);
  const { page, faults, close } = await openPage(started, context);
  page.setDefaultTimeout(20_000);
  const elsewhere = [];
  const own = (url) => url.startsWith(`http://${server.host}/`) || url.startsWith(`ws://${server.host}/`) || url.startsWith("data:");
  page.context().on("request", (request) => own(request.url()) || elsewhere.push(request.url()));
  page.on("websocket", (socket) => own(socket.url()) || elsewhere.push(socket.url()));
  await page.addInitScript(() => {
    window.captured = [];
    const { getDisplayMedia } = MediaDevices.prototype;
    MediaDevices.prototype.getDisplayMedia = async function (...all) {
      const stream = await getDisplayMedia.apply(this, all);
      captured.push(...stream.getTracks());
      return stream;
    };
  });
  if (script) await page.addInitScript(script);
  try {
    await page.goto(server.url);
    await page.locator("h1").waitFor();
    await run(page, state, server);
    assert.deepEqual(faults.filter((fault) => !faulty.test(fault)), []);
    assert.deepEqual(elsewhere, []);
    const strange = state.asked.filter((one) => !/^(GET|POST) (\/m\/token\/check|\/check\/bytes)$|^GET \/console\/check[\w.-]*$/.test(one));
    assert.deepEqual(strange, []);
  } finally {
    await close();
    await server.stop();
  }
}

/** The line of a check, by its name. */
const line = (page, name) => page.locator(".tried > li").filter({ has: page.getByRole("heading", { name, exact: true }) });
const start = (page) => button(page, "確認を始める").click();
const share = (page) => button(page, "画面の共有を試す").click();
const sent = (page) => page.getByText("結果を北サポート株式会社に送信しました").waitFor();

async function checked(page) {
  await start(page);
  await sent(page);
}

// Side by side: slow lines take their time.
describe("the page of the check", { concurrency: 6 }, () => {
  test("opening the page says what it is for and what is needed, and does nothing", () =>
    opened(async (page, state, { host }) => {
      await page.getByText("青空商事株式会社　佐藤 花子様").waitFor();
      await page.getByText("2026年11月18日（水）20時06分（日本時間）").waitFor();
      await page.getByText("何もインストールされません。").waitFor();
      const [name, port] = host.split(":");
      await page.getByText(`${name}、TCPポート${port}（HTTPSとWebSocket）`).waitFor();
      await page.getByText("128 kbit/s以上（256 kbit/s以上を推奨）").waitFor();
      assert.equal(await page.getByText("これから確認します").count(), 7);
      assert.equal(await button(page, "画面の共有を試す").count(), 0);
      assert.deepEqual(state.asked.filter((one) => one.includes("bytes") || one.startsWith("POST")), []);
      assert.deepEqual([state.reports, state.said, await page.evaluate(() => captured.length)], [[], [], 0]);
    }));

  test("on a good line everything passes, and the result is sent before and after the screen is tried", () =>
    opened(async (page, state) => {
      await checked(page);
      await page.getByText("ここまで問題ありません。画面の共有は、まだ試していません。").waitFor();
      await line(page, "画面の共有").getByText("試していません").waitFor();
      await line(page, "WebSocketによる接続").getByText("接続できました").waitFor();
      await line(page, "お使いのPCの時計").getByText("合っています").waitFor();
      assert.equal(await page.evaluate(() => captured.length), 0, "nothing is captured without a press");
      await share(page);
      await line(page, "画面の共有").getByText("画面全体を共有できました").waitFor();
      await page.getByText("すべて問題ありません。このまま当日お使いになれます。").waitFor();
      assert.deepEqual(await page.evaluate(() => captured.map(({ readyState }) => readyState)), ["ended"]);
      const [first, second] = state.reports;
      const { version, download_kbps: down, upload_kbps: up, ...others } = first;
      assert.deepEqual(others, { locale: "ja", browser: "Chrome", system: "Linux", phone: false, socket: true, peer: true, clock_seconds: 0 });
      assert.ok(version > 100 && down > 1000 && up > 1000, `${version}, ${down}, ${up}`);
      assert.deepEqual(second, { ...first, sharing: "shared" });
      assert.equal(state.reports.length, 2);
      assert.ok(state.bytes.down <= 262_144 && state.bytes.up <= 262_144);
      assert.ok(state.said.length <= 8 && state.said.every((text) => text.length <= 1024));
    }));

  test("a slow line is measured within seconds and told in figures", () =>
    opened(
      async (page, state) => {
        const begun = Date.now();
        await checked(page);
        assert.ok(Date.now() - begun < 15_000, "it is not waited for");
        const { download_kbps: down, upload_kbps: up } = state.reports[0];
        // Wide enough for a computer that is busy with other tests, and narrow enough for the right verdicts.
        assert.ok(down >= 140 && down < 256, `down: ${down}`);
        assert.ok(up >= 60 && up < 128, `up: ${up}`);
        const slow = line(page, "通信速度（受信）");
        await slow.getByText(`${down} kbit/s`, { exact: true }).waitFor();
        await slow.getByText("注意", { exact: true }).waitFor();
        await slow.getByText("256 kbit/s以上を推奨しています").waitFor();
        const slower = line(page, "通信速度（送信）");
        await slower.getByText("問題あり", { exact: true }).waitFor();
        await slower.getByText("128 kbit/sに届いていません").waitFor();
        await page.getByText("このままでは、画面の共有をご利用になれません。").waitFor();
      },
      { state: { down: 200, up: 90 } },
    ));

  test("a line that stalls ends in a figure", () =>
    opened(
      async (page, state) => {
        const begun = Date.now();
        await checked(page);
        assert.ok(Date.now() - begun < 15_000, "it is not waited for");
        const { download_kbps: down, upload_kbps: up } = state.reports[0];
        assert.ok(down > 0 && down < 20, `down: ${down}`);
        assert.equal(up, 0);
        await line(page, "通信速度（送信）").getByText("ほとんど通信できませんでした").waitFor();
      },
      { state: { down: 400, stalls: 4096 } },
    ));

  for (const [socket, faulty] of [["refused", /WebSocket connection to/], ["wrong", undefined], ["silent", undefined]]) {
    test(`a WebSocket that does not do is told, with what an administrator has to allow: ${socket}`, () =>
      opened(
        async (page, state, { host }) => {
          await checked(page);
          const found = line(page, "WebSocketによる接続");
          await found.getByText("接続できませんでした").waitFor();
          const [name, port] = host.split(":");
          await found.getByText(`${name}とのHTTPSとWebSocket（wss）の通信を、TCPポート${port}で許可してください。`).waitFor();
          assert.equal(state.reports[0].socket, false);
          assert.ok(state.reports[0].download_kbps > 1000, "the rest is measured all the same");
        },
        { state: { socket }, faulty },
      ));
  }

  test("a result that cannot be sent stays on the page, and is sent again without another check", () =>
    opened(
      async (page, state) => {
        state.refusal = { status: 503, code: "unavailable" };
        await start(page);
        await page.getByText("結果を送信できませんでした").waitFor();
        await page.getByText("サーバーで問題が起きました。").waitFor();
        await line(page, "WebSocketによる接続").getByText("接続できました").waitFor();
        assert.equal(await page.getByText("確認しました", { exact: true }).count(), 6, "the service has said nothing of them");
        state.refusal = { status: 429, code: "too-many", retryAfter: 150 };
        await button(page, "もう一度送信する").click();
        await page.getByText("3分ほど待ってから").waitFor();
        await page.route("**/check", (route) => route.abort());
        await button(page, "もう一度送信する").click();
        await page.getByText("サーバーに接続できません。").waitFor();
        await page.unroute("**/check");
        state.refusal = undefined;
        const before = { ...state.bytes };
        await button(page, "もう一度送信する").click();
        await sent(page);
        assert.equal(await page.getByText("結果を送信できませんでした").count(), 0);
        assert.deepEqual(state.bytes, before, "nothing was measured again");
        assert.deepEqual(state.reports[2], state.reports[0]);
      },
      { faulty: /Failed to load resource/ },
    ));

  for (const [refusal, text] of [
    [{ status: 410, code: "session-over" }, "すでに終了したか、中止になりました。"],
    [{ status: 404, code: "bad-link" }, "このリンクは無効です。"],
  ]) {
    test(`where there is nothing to try again, nothing is offered: ${refusal.code}`, () =>
      opened(
        async (page) => {
          await start(page);
          await page.getByText(text).waitFor();
          assert.equal(await button(page, "もう一度送信する").count(), 0);
        },
        { state: { refusal } },
      ));
  }

  test("sharing that is refused is told and sent, and can be tried again", async () => {
    const started = await startHeadless({ denied: true });
    try {
      await opened(
        async (page, state) => {
          await checked(page);
          await share(page);
          const found = line(page, "画面の共有");
          await found.getByText("画面は共有されませんでした").waitFor();
          await found.getByText("問題あり", { exact: true }).waitFor();
          await found.getByText("ScreenCaptureAllowed").waitFor();
          assert.equal(state.reports.at(-1).sharing, "denied");
          await button(page, "画面の共有をもう一度試す").click();
          await sent(page);
          assert.equal(state.reports.length, 3);
        },
        { started },
      );
    } finally {
      await started.close();
    }
  });

  test("a browser that cannot share says so at once, without a second step", () =>
    opened(
      async (page, state) => {
        await checked(page);
        const found = line(page, "画面の共有");
        await found.getByText("問題あり", { exact: true }).waitFor();
        await found.getByText("最新版で、このページを開き直してください。").waitFor();
        assert.equal(await button(page, "画面の共有を試す").count(), 0);
        assert.equal(state.reports[0].sharing, "unsupported");
      },
      { script: () => void delete MediaDevices.prototype.getDisplayMedia },
    ));

  test("a phone is told that it can watch, on a narrow screen", () =>
    opened(
      async (page, state) => {
        await page.getByRole("button", { name: "確認を始める" }).tap();
        await sent(page);
        await line(page, "画面の共有").getByText("共有された画面を見ることはできますが").waitFor();
        await page.getByText("お使いになれますが、ご注意いただきたい点があります。").waitFor();
        assert.deepEqual([state.reports[0].phone, state.reports[0].system, state.reports[0].browser], [true, "iOS", "Safari"]);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
      },
      {
        context: {
          viewport: { width: 360, height: 740 },
          hasTouch: true,
          userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        },
        script: () => {
          delete MediaDevices.prototype.getDisplayMedia;
          Object.defineProperty(Navigator.prototype, "userAgentData", { value: undefined });
        },
      },
    ));

  test("a browser without peer connections goes over the service, and a wrong clock is told", () =>
    opened(
      async (page, state) => {
        await checked(page);
        await line(page, "PC同士の直接の接続（WebRTC）").getByText("を経由して送られます。").waitFor();
        await line(page, "お使いのPCの時計").getByText("約5分遅れています").waitFor();
        await line(page, "お使いのPCの時計").getByText("時刻の自動設定をオンに").waitFor();
        assert.equal(state.reports[0].peer, false);
        assert.ok(Math.abs(state.reports[0].clock_seconds + 300) <= 1);
      },
      { state: { ahead: 300 }, script: () => void delete window.RTCPeerConnection },
    ));

  const earlier = { state: { data: { found: JSON.stringify(FOUND) } } };

  test("an earlier result is shown with its time, and the check can be repeated", () =>
    opened(async (page, state) => {
      await page.getByRole("heading", { name: "前回の結果：2026年11月18日（水）17時20分（日本時間）" }).waitFor();
      await line(page, "通信速度（受信）").getByText("200 kbit/s", { exact: true }).waitFor();
      await line(page, "通信速度（送信）").getByText("問題あり", { exact: true }).waitFor();
      await line(page, "お使いのPCの時計").getByText("約3秒遅れています").waitFor();
      await page.getByText("この結果は、北サポート株式会社に送信済みです。").waitFor();
      assert.deepEqual(state.reports, []);
      await button(page, "もう一度確認する").click();
      await sent(page);
      await page.getByText("ここまで問題ありません。").waitFor();
      assert.equal(await page.getByText("前回の結果").count(), 0);
    }, structuredClone(earlier)));

  for (const [what, data, text] of [
    ["a zone that the browser does not know", { zone: "Mars/Olympus" }, "18日（水）"],
    ["no zone", { zone: "" }, "18日（水）"],
    ["a result that cannot be read", { found: '{"at":"soon"' }, "確認する項目"],
    ["no start and no name", { start: "", name: "" }, "青空商事株式会社"],
  ]) {
    test(`the page works with ${what}`, () =>
      opened(
        async (page) => {
          await page.getByText(text).first().waitFor();
          await button(page, "確認を始める").waitFor();
        },
        { state: { data } },
      ));
  }

  test("the language changes in place: nothing is lost, and the next report names it", () =>
    opened(async (page, state) => {
      await checked(page);
      await button(page, "English").click();
      await page.getByRole("heading", { name: "Try your PC beforehand" }).waitFor();
      await page.getByText("Everything is fine so far.").waitFor();
      assert.equal(await page.title(), "Try your PC beforehand - 北サポート株式会社");
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      await button(page, "Try screen sharing").click();
      await page.getByText("Everything is fine. You are ready").waitFor();
      assert.deepEqual(state.reports.map(({ locale }) => locale), ["ja", "en"]);
      assert.deepEqual(await page.evaluate(() => [{ ...localStorage }, document.cookie]), [{}, ""]);
    }));

  test("it goes with the keyboard alone, keeps the focus, and says what happens to those who do not see it", () =>
    opened(async (page) => {
      await page.evaluate(() => {
        window.heard = [];
        for (const region of document.querySelectorAll('[role="status"]'))
          new MutationObserver(() => heard.push(region.textContent.trim())).observe(region, { subtree: true, childList: true, characterData: true });
      });
      const go = button(page, "確認を始める");
      for (let presses = 0; presses < 10 && !(await go.evaluate((one) => one === document.activeElement)); presses += 1) await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await sent(page);
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "もう一度確認する");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.getByText("すべて問題ありません。").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "画面の共有をもう一度試す");
      const heard = await page.evaluate(() => window.heard.join("\n"));
      for (const text of ["ブラウザーとOSを確認しています。", "WebSocketによる接続：接続できました。", "ここまで問題ありません。"]) assert.ok(heard.includes(text), `${text} in ${heard}`);
    }));
});
