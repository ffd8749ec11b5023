// The page of an attended session as the person at the customer uses it (Z3, Z4, Z7): nothing before 「参加する」, what they
// share said at every moment, and nothing left afterwards.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { openPage } from "../../tests/web/support/browser.mjs";
import { joinPages } from "./support/join_page.mjs";
import { BARE_PAGES, enter, startHeadless, startSocketViewer, view } from "./support/screens.mjs";
import { attended, startRelay } from "./support/session_relay.mjs";
import { button } from "./support/use.mjs";

const DESK = { role: "desk", name: "山田 太郎" };

let browser;
before(async () => {
  browser = await startHeadless();
});
after(() => browser?.close());

async function until(what, found, tries = 200) {
  for (let left = tries; left > 0; left -= 1) {
    const value = await found();
    if (value) return value;
    await wait(50);
  }
  assert.fail(`${what} does not come about`);
}

/** Opens the page behind the link; `run(page, relay, state)`. */
async function invited(run, { locale = "ja", data = {}, session = attended(), people = {}, script, started = browser } = {}) {
  const state = { locale, data };
  const all = { d: DESK, ...people };
  const relay = await startRelay({ session, people: all, pages: { ...BARE_PAGES, ...joinPages(all, state) } });
  const { page, faults, close } = await openPage(started);
  page.setDefaultTimeout(10_000);
  if (script) await page.addInitScript(script);
  await page.addInitScript(() => {
    window.captured = [];
    const { getDisplayMedia } = MediaDevices.prototype;
    if (getDisplayMedia)
      MediaDevices.prototype.getDisplayMedia = async function (...all) {
        const stream = await getDisplayMedia.apply(this, all);
        captured.push(...stream.getTracks());
        return stream;
      };
    const { clone } = MediaStreamTrack.prototype;
    MediaStreamTrack.prototype.clone = function () {
      const copy = clone.call(this);
      captured.push(copy);
      return copy;
    };
  });
  const url = `${relay.origin}/j/token`;
  try {
    await page.goto(url);
    await page.locator("h1").waitFor();
    await run(page, relay, state);
    assert.deepEqual(faults.filter((fault) => !/\/join$/.test(fault)), []);
    assert.deepEqual(relay.faults, []);
  } finally {
    await close();
    await relay.stop();
  }
}

async function join(page, name = "佐藤 花子") {
  await page.getByLabel("お名前").fill(name);
  await button(page, "参加する").click();
  await page.getByRole("log").waitFor();
}

const inside = (run, options) =>
  invited(async (page, relay, state) => {
    await join(page);
    await until("the guest", () => relay.named("佐藤 花子"));
    await run(page, relay, state);
  }, options);

const live = (page) => page.evaluate(() => captured.filter(({ readyState }) => readyState === "live").length);

/** What the page has left in the browser. */
const traces = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const files = [];
    for await (const name of root.keys()) files.push(name);
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    const workers = (await navigator.serviceWorker.getRegistrations()).length;
    return { files, databases, workers, local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie, caches: await caches.keys() };
  });
const NO_TRACES = { files: [], databases: [], workers: 0, local: {}, session: {}, cookies: "", caches: [] };

test("opening the link joins nothing, captures nothing and asks the edge for nothing", () =>
  invited(
    async (page, relay, state) => {
      await page.getByText("東海サポート株式会社の山田 太郎が、サポートのセッションにご招待しています。").waitFor();
      await page.getByText("画面全体を共有すると、ほかのウィンドウや通知も").waitFor();
      await page.reload();
      await page.getByLabel("お名前").press("Enter");
      await page.getByText("お名前を入力してください。").waitFor();
      await wait(300);
      assert.deepEqual([state.requests, relay.seats.size, relay.said], [[], 0, []]);
      assert.deepEqual(await page.evaluate(() => [captured.length, sockets]), [0, 0]);
      assert.deepEqual(await traces(page), NO_TRACES);
    },
    {
      script: () => {
        window.sockets = 0;
        window.WebSocket = class extends WebSocket {
          constructor(...all) {
            super(...all);
            sockets += 1;
          }
        };
      },
    },
  ));

test("「参加する」 joins with the name and the language, and the chat is open", () =>
  invited(async (page, relay, state) => {
    await join(page, " 佐藤 花子 ");
    assert.deepEqual(state.requests, [{ method: "POST", type: "application/json", sent: { name: "佐藤 花子", locale: "ja" } }]);
    await page.getByText("佐藤 花子（ご自身）").waitFor();
    await page.getByText("全員に表示されます").waitFor();
    await page.getByText("サポートデスクの担当者は、まだ参加していません。").waitFor();
    await page.getByRole("timer").getByText(/^(59:\d\d|1:00:00)$/).waitFor();
    await page.getByText("画面は共有していません").waitFor();
    assert.equal(await live(page), 0, "joining shares nothing");
    await page.getByLabel("メッセージ", { exact: true }).fill("よろしくお願いします。");
    await button(page, "送信").click();
    await page.getByRole("log").getByText("よろしくお願いします。").waitFor();
    assert.ok(!page.url().includes("tg_st"), "no ticket in the address");
  }));

for (const [refusal, text] of [
  [{ status: 410, code: "session-over" }, "このセッションは、すでに終了しています。"],
  [{ status: 429, code: "too-many-requests", retryAfter: 754 }, "13分ほど待ってから"],
  [{ status: 404, code: "bad-link" }, "この招待は見つかりません。"],
  [{ status: 403, code: "suspended" }, "現在、このサービスを利用できません。"],
  [{ status: 503, code: "unavailable" }, "少し待ってから、もう一度お試しください。"],
  [{ status: 400, code: "invalid-field", field: "name" }, "お名前は100文字以内で"],
]) {
  test(`joining that is refused says why, and can be tried again: ${refusal.code}`, () =>
    invited(async (page, _relay, state) => {
      state.refusal = refusal;
      await page.getByLabel("お名前").fill("佐藤 花子");
      await button(page, "参加する").click();
      await page.getByRole("alert").getByText(text).waitFor();
      state.refusal = undefined;
      await button(page, "参加する").click();
      await page.getByRole("log").waitFor();
    }));
}

test("a session that is just being opened is joined a moment later", () =>
  invited(async (page, _relay, state) => {
    state.refusal = { status: 409, code: "not-open-yet", retryAfter: 1 };
    await page.getByLabel("お名前").fill("佐藤 花子");
    await button(page, "参加する").click();
    await button(page, "参加しています…").click();
    await wait(300);
    state.refusal = undefined;
    await page.getByRole("log").waitFor();
    assert.deepEqual(state.joined, ["佐藤 花子"], "once");
  }));

for (const [over, text] of [
  ["ended", "このセッションは、すでに終了しています。"],
  ["expired", "参加できる期間が過ぎました。"],
  ["withdrawn", "この招待は取り消されました。"],
  ["suspended", "現在、このサービスを利用できません。"],
]) {
  test(`a session that is over is not offered: ${over}`, () =>
    invited(
      async (page) => {
        await page.getByText(text).waitFor();
        assert.equal(await button(page, "参加する").count(), 0);
      },
      { data: { state: over } },
    ));
}

test("what a person consents to is shown word for word, and the name of the invitation is in the field", () =>
  invited(
    async (page) => {
      assert.equal(await page.locator(".statement").textContent(), "件名：<b>x</b>\n  選ぶまでは、何も共有されません");
      assert.equal(await page.getByLabel("お名前").inputValue(), "佐藤 花子");
    },
    { data: { statement: "件名：<b>x</b>\n  選ぶまでは、何も共有されません", name: "佐藤 花子" } },
  ));

test("without a network it says so", () =>
  invited(async (page) => {
    await page.route("**/join", (route) => route.abort());
    await page.getByLabel("お名前").fill("佐藤 花子");
    await button(page, "参加する").click();
    await page.getByRole("alert").getByText("サーバーに接続できません。").waitFor();
  }));

test("what is shared is said at the top at every moment, and pausing and stopping are one press away", () =>
  inside(async (page, relay) => {
    const state = page.getByRole("status", { name: "画面の共有の状態" });
    const viewer = await browser.newPage();
    await enter(viewer, relay, "d");
    await page.getByText("山田 太郎").first().waitFor();
    await button(page, "画面を共有").click();
    await state.getByText("画面全体を共有しています").waitFor();
    assert.match(await page.title(), /^● 共有中 - 帳票印刷の設定/);
    assert.equal((await view(viewer)).state, "showing");
    await viewer.evaluate(() => viewing.point({ x: 0.5, y: 0.5 }));
    await page.locator(".pointer").getByText("山田 太郎").waitFor();
    await button(page, "一時停止").click();
    await state.getByText("共有を一時停止しています").waitFor();
    assert.match(await page.title(), /^❚❚ 一時停止中/);
    await page.getByText("参加者には表示されていません。").waitFor();
    await until("the pause", () => viewer.evaluate(() => viewing.view.get().state === "paused"));
    await button(page, "再開").click();
    await state.getByText("画面全体を共有しています").waitFor();
    await button(page, "共有を停止").click();
    await state.getByText("画面は共有していません").waitFor();
    assert.equal(await live(page), 0, "nothing is captured any more");
    assert.deepEqual(relay.said.filter(({ type }) => type === "share").map(({ surface }) => surface), ["monitor", null]);
    await viewer.close();
  }));

test("the screen of another person is shown, scaled or pixel by pixel, with a tool that points", () =>
  inside(async (page, relay) => {
    const other = await browser.newPage();
    await enter(other, relay, "e");
    await other.evaluate(async () => {
      window.sharer = new tegata.Sharer(channel);
      await sharer.start();
    });
    await page.getByText("鈴木 一郎が共有しています：画面全体").waitFor();
    const picture = page.locator(".picture");
    await picture.waitFor();
    const room = await page.locator(".stage-room").boundingBox();
    assert.ok((await picture.boundingBox()).width <= room.width);
    await button(page, "実寸で表示").click();
    await until("its own size", async () => (await picture.boundingBox()).width === 1920);
    await button(page, "実寸で表示").click();
    await button(page, "指し示す").click();
    await picture.hover({ position: { x: 30, y: 30 } });
    await until("the pointer", () => other.evaluate(() => sharer.view.get().pointers[0]?.name === "佐藤 花子"));
    await button(page, "指し示す").click();
    await until("no pointer", () => other.evaluate(() => sharer.view.get().pointers.length === 0));
    await other.evaluate(() => sharer.pause(true));
    await page.getByText("鈴木 一郎が、共有を一時停止しています。").waitFor();
    await other.evaluate(() => sharer.stop());
    await page.getByText("ほかに画面を共有している方はいません。").waitFor();
    await other.close();
  }, { people: { e: { role: "guest", name: "鈴木 一郎" } } }));

test("who cancels the browser's dialog is told that nothing is shared", async () => {
  const started = await startHeadless({ denied: true });
  try {
    await inside(
      async (page) => {
        await button(page, "画面を共有").click();
        await page.getByText("画面は共有されませんでした。").waitFor();
        await page.getByText("画面は共有していません").waitFor();
      },
      { started },
    );
  } finally {
    await started.close();
  }
});

test("a browser that cannot share says so before and inside, and can still watch and write", () =>
  inside(
    async (page) => {
      assert.equal(await button(page, "画面を共有").count(), 0);
      await page.getByText("このブラウザーでは、ご自身の画面を共有できません").waitFor();
      await page.getByLabel("メッセージ", { exact: true }).waitFor();
    },
    { script: () => void delete MediaDevices.prototype.getDisplayMedia },
  ));

test("a browser that cannot take part is told plainly, and offered nothing", () =>
  invited(
    async (page) => {
      await page.getByText("このブラウザーでは、セッションに参加できません。").waitFor();
      assert.equal(await button(page, "参加する").count(), 0);
    },
    { script: () => void delete window.WebSocket },
  ));

test("a session without screens or files offers neither", () =>
  inside(
    async (page) => {
      assert.equal(await button(page, "画面を共有").count(), 0);
      assert.equal(await page.getByText("参加者の画面").count(), 0);
    },
    { data: { abilities: "" }, session: attended({ abilities: [] }) },
  ));

test("the red × asks whoever is the only one at the customer, and leaves nothing behind", () =>
  inside(async (page, relay) => {
    const desk = await startSocketViewer(relay, "d");
    await button(page, "画面を共有").click();
    await page.getByText("画面全体を共有しています").waitFor();
    await desk.view();
    await until("a picture", () => desk.keys > 0);
    await button(page, "退出する").click();
    const dialog = page.locator("dialog[open]");
    await button(dialog, "キャンセル").click();
    assert.ok(relay.named("佐藤 花子"));
    await button(page, "退出する").click();
    await button(dialog, "退出する").click();
    await page.getByRole("heading", { name: "セッションから退出しました" }).waitFor();
    await page.getByText("何も残っていません").waitFor();
    await until("that they are gone", () => !relay.named("佐藤 花子"));
    assert.equal(await live(page), 0, "nothing is captured any more");
    assert.ok((await page.evaluate(() => captured.length)) > 0);
    assert.deepEqual(await traces(page), NO_TRACES);
    assert.equal(relay.over, undefined, "for the others it goes on");
    await button(page, "もう一度参加する").click();
    await join(page);
    desk.channel.leave();
  }));

/** A guest who offers a file of 300,000 bytes, which the page is asked to receive. */
async function offered(page, relay) {
  const other = await browser.newPage();
  await enter(other, relay, "d");
  await other.evaluate(async () => {
    const content = new Uint8Array(300_000).fill(7);
    const sha256 = [...new Uint8Array(await crypto.subtle.digest("SHA-256", content))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    window.serve = true;
    channel.accept(2, (stream) =>
      stream.take(async () => {
        await stream.send(content.slice(0, 100_000));
        while (!window.serve) await new Promise((over) => setTimeout(over, 50));
        await stream.send(content.slice(100_000));
        stream.close();
      }));
    channel.say({ type: "offer", id: "AAECAwQFBgcICQoLDA0ODw", name: "patch-2.1.zip", size: content.length, sha256 });
  });
  await page.getByText("patch-2.1.zip").waitFor();
  return other;
}

test("a file that was received and not saved is offered once more, and gone when it is deleted", () =>
  inside(async (page, relay) => {
    const other = await offered(page, relay);
    await button(page, "受け取る").click();
    await page.getByText("内容を確認しました。保存できます。").waitFor();
    relay.end("desk");
    await page.getByRole("heading", { name: "保存していないファイルがあります" }).waitFor();
    assert.equal(await page.getByText("何も残っていません").count(), 0);
    const saved = page.waitForEvent("download");
    await button(page, "保存").click();
    assert.equal((await saved).suggestedFilename(), "patch-2.1.zip");
    await button(page, "保存せずに削除").click();
    await page.getByText("何も残っていません").waitFor();
    assert.deepEqual(await traces(page), NO_TRACES);
    await other.close();
  }));

for (const how of ["ended", "left", "ended at once"]) {
  test(`of a file that was received in part nothing is left: ${how}`, () =>
    inside(async (page, relay) => {
      const other = await offered(page, relay);
      await other.evaluate(() => void (window.serve = false));
      await button(page, "受け取る").click();
      if (how !== "ended at once") {
        await until("a part", async () => (await traces(page)).files.length > 0);
        await wait(300);
      }
      if (how !== "left") relay.end("desk");
      else {
        await button(page, "退出する").click();
        await button(page.locator("dialog[open]"), "退出する").click();
      }
      await page.getByText("何も残っていません").waitFor();
      assert.deepEqual(await traces(page), NO_TRACES);
      await other.close();
    }));
}

test("with others at the customer the × leaves at once", () =>
  inside(async (page, relay) => {
    const other = await startSocketViewer(relay, "e");
    await page.getByText("鈴木 一郎").waitFor();
    await button(page, "退出する").click();
    await page.getByRole("heading", { name: "セッションから退出しました" }).waitFor();
    other.channel.leave();
  }, { people: { e: { role: "guest", name: "鈴木 一郎" } } }));

test("ending it for everybody is a question of its own", () =>
  inside(async (page, relay) => {
    await button(page, "セッションを終了").click();
    await page.locator("dialog[open]").getByText("参加者全員の接続が切れ").waitFor();
    assert.equal(relay.over, undefined);
    await button(page.locator("dialog[open]"), "セッションを終了").click();
    await page.getByRole("heading", { name: "セッションは終了しました" }).waitFor();
    await page.getByText("お客様側の参加者が終了しました。").waitFor();
    assert.equal(relay.over, true);
  }));

for (const [why, text] of [
  ["desk", "サポートデスクの担当者が終了しました。"],
  ["administrator", "お客様の管理者が終了しました。"],
  ["expired", "セッションの時間が終わりました。"],
  ["suspended", "セッションを続けられなくなったため、終了しました。"],
]) {
  test(`whoever ends it, sharing stops and the page says who: ${why}`, () =>
    inside(async (page, relay) => {
      await button(page, "画面を共有").click();
      await page.getByText("画面全体を共有しています").waitFor();
      relay.end(why);
      await page.getByText(text).waitFor();
      assert.equal(await live(page), 0);
      assert.equal(await button(page, "もう一度参加する").count(), 0);
    }));
}

test("whoever is removed by the desk is told, and nothing of theirs is captured", () =>
  inside(async (page, relay) => {
    await button(page, "画面を共有").click();
    await page.getByText("画面全体を共有しています").waitFor();
    relay.named("佐藤 花子").socket.close(4005);
    await page.getByRole("heading", { name: "セッションから外されました" }).waitFor();
    assert.equal(await live(page), 0);
  }));

test("a lost connection is said, and what was shared goes on when it is back", () =>
  inside(
    async (page, relay) => {
      await button(page, "画面を共有").click();
      await page.getByText("画面全体を共有しています").waitFor();
      relay.cut("佐藤 花子");
      await page.getByText("接続が切れました。自動で再接続しています。").waitFor();
      await until("the guest again", () => relay.named("佐藤 花子")?.sharing === "monitor");
      await page.getByText("接続が切れました。").waitFor({ state: "detached" });
      await page.getByText("画面全体を共有しています").waitFor();
    },
    { script: () => void (Math.random = () => 0.1) },
  ));

test("the end of its time is announced", () =>
  inside(async (page, relay) => {
    relay.tell({ type: "warning", until: Math.floor(Date.now() / 1000) + 240 });
    await page.getByText("まもなくセッションの時間が終わります。").waitFor();
    relay.tell({ type: "extended", until: Math.floor(Date.now() / 1000) + 7200 });
    await page.getByText("まもなくセッションの時間が終わります。").waitFor({ state: "detached" });
  }));

test("a session that ends while the dialog is open captures nothing when it is answered", () =>
  inside(
    async (page, relay) => {
      await button(page, "画面を共有").click();
      await page.getByText("共有する画面を選んでいます…").waitFor();
      relay.end("desk");
      await page.getByRole("heading", { name: "セッションは終了しました" }).waitFor();
      await page.evaluate(() => choose());
      await wait(300);
      assert.equal(await live(page), 0);
    },
    {
      script: () => {
        const { getDisplayMedia } = MediaDevices.prototype;
        MediaDevices.prototype.getDisplayMedia = function (...all) {
          return new Promise((over) => (window.choose = async () => over(await getDisplayMedia.apply(this, all))));
        };
      },
    },
  ));

test("the language is changed on the page, and not remembered", () =>
  invited(async (page, _relay, state) => {
    await page.getByRole("link", { name: "Dansk" }).click();
    await page.getByRole("heading", { name: "Deltag i sessionen" }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "da");
    await page.getByLabel("Dit navn").fill("Hana");
    await button(page, "Deltag").click();
    await page.getByText("Du deler ikke din skærm").waitFor();
    assert.equal(state.requests[0].sent.locale, "da");
    await button(page, "Forlad").click();
    await button(page, "English").click();
    await page.getByRole("heading", { name: "You have left the session" }).waitFor();
    assert.deepEqual(await traces(page), NO_TRACES);
  }));
