// An attended session as people live it (Z3 to Z7, B8): the desk opens it in the console and hands a link over; a person
// at the customer joins from a browser when they like, shares a real screen, writes, and hands a file over; a colleague
// comes by ID and password; either side ends it, and nothing remains.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { assertFitForEveryone, EACH_LOOK, startBrowser } from "./support/browser.mjs";
import { openConsole } from "./support/console.mjs";
import { startBrowserOn, startDisplay } from "./support/display.mjs";
import { edgeUrl, until } from "./support/edge.mjs";
import { startFirefox } from "./support/firefox.mjs";
import { makePair } from "./support/filled.mjs";
import { Guest } from "./support/guest.mjs";
import { CAST } from "./support/tenant.mjs";
import { say, STORIES } from "./support/texts.mjs";

const TITLE = "印刷のずれの確認";
const COLLEAGUE = "Jens Møller";

let browser;
let display;
before(async () => {
  browser = await startBrowser();
  display = await startDisplay("1280x900");
});
after(async () => {
  await browser.close();
  display.stop();
});

/** Somebody in the attended session, or on the way into it. */
class Participant extends Guest {
  static open(from, language, url) {
    return super.open(from, language, url, { acceptDownloads: true });
  }

  async join(name) {
    await super.join(name);
    await this.page.getByRole("log").waitFor();
  }

  async write(text) {
    await this.field("console-chat-write").fill(text);
    await this.page.keyboard.press("Enter");
  }

  /** What everybody reads, in order. */
  said() {
    return this.page.getByRole("log").innerText();
  }
}

/** Whether a picture on the page shows something: its own size, and more than one colour. */
const shows = (page) =>
  page.evaluate(() => {
    const picture = [...document.querySelectorAll("video, canvas")].find((one) => (one.videoWidth || one.width) > 600 && !one.closest("[inert]"));
    if (!picture) return false;
    const canvas = new OffscreenCanvas(64, 48);
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0, 64, 48);
    const { data } = context.getImageData(0, 0, 64, 48);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) colours.add(`${data[at] >> 4},${data[at + 1] >> 4},${data[at + 2] >> 4}`);
    return colours.size > 3;
  });

/** Everything that a page can leave in a browser. */
const traces = (page) =>
  page.evaluate(async () => {
    const files = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return { files, databases: await indexedDB.databases(), local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie };
  });

/** The desk opens a session for the customer, by the console. */
async function openSession(desk, { customer, provider }) {
  await desk.visit(`customers/${customer.slug}`);
  await desk.link("console-attended-new").click();
  await desk.heading("console-attended-new").waitFor();
  await assertFitForEveryone(desk.page, "attended-new", EACH_LOOK);
  await desk.page.getByLabel(new RegExp(`^${desk.say("console-attended-title")}`)).fill(TITLE);
  await desk.button("console-attended-open").click();
  await desk.told("console-attended-was-opened");
  await desk.page.getByText(desk.say("console-attended-waiting")).waitFor();
  await assertFitForEveryone(desk.page, "attended-open", EACH_LOOK);
  const [{ attended }] = await provider.desk.items("desk/attended");
  return provider.desk.get(`desk/attended/${customer.slug}/${attended.id}`);
}

for (const language of STORIES) {
  test(`${language}: a person shares their screen, and the desk looks`, { timeout: 240_000 }, async () => {
    const pair = await makePair(language);
    const { provider, customer } = pair;
    const { panel } = customer;
    const desk = await openConsole(browser, language, provider.slug, provider.desk);
    const { id, hand_over: over } = await openSession(desk, pair);
    const state = async () => (await panel.get(`attended/${id}`)).state;

    // Looking at the link joins nothing.
    assert.equal((await fetch(over.link)).status, 200);
    const headed = await startBrowserOn(display, language);
    const guest = await Participant.open(headed, language, over.link);
    await guest.page.getByText(TITLE).first().waitFor();
    await guest.page.getByText(guest.say("join-whole-screen")).waitFor();
    await assertFitForEveryone(guest.page, "join-before", EACH_LOOK);
    assert.equal(await state(), "open");
    await guest.join(CAST[language].approver);
    assert.equal(await state(), "running");

    // The desk's page follows by itself.
    await desk.button("console-session-join").click();
    await desk.page.getByText(desk.say("console-chat-everybody")).waitFor();
    await guest.page.getByText(say(language, "console-chat-role-desk")).first().waitFor();

    // A colleague comes by ID and password.
    const other = await Participant.open(browser, language, over.page);
    await other.page.getByLabel(other.say("page-knock-number")).fill(over.number);
    await other.page.getByLabel(other.say("page-knock-password")).fill(over.password);
    await other.page.keyboard.press("Enter");
    await other.page.getByText(TITLE).first().waitFor();
    await other.join(COLLEAGUE);

    // The screen.
    await guest.button("join-share").click();
    await guest.page.getByText(guest.say("join-state-sharing-monitor")).first().waitFor();
    await until("the desk sees the screen", () => shows(desk.page), 30);
    await until("the colleague sees the screen", () => shows(other.page), 30);
    await assertFitForEveryone(guest.page, "join-sharing", EACH_LOOK);
    await guest.button("join-pause").click();
    await desk.page.getByText(desk.say("console-shared-paused", { name: CAST[language].approver })).waitFor();
    await guest.button("join-resume").click();
    await assertFitForEveryone(desk.page, "attended-session", EACH_LOOK);

    // The chat: Enter within a composition sends nothing.
    const devtools = await guest.page.context().newCDPSession(guest.page);
    await guest.page.getByLabel(guest.say("console-chat-write"), { exact: true }).focus();
    await devtools.send("Input.imeSetComposition", { text: "ようし", selectionStart: 3, selectionEnd: 3 });
    await devtools.send("Input.dispatchKeyEvent", { type: "keyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 });
    await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 });
    await devtools.send("Input.insertText", { text: "用紙" });
    await pause(300);
    assert.ok(!(await guest.said()).includes("用紙"), "nothing is sent within a composition");
    await guest.page.keyboard.type("を替えました。");
    await guest.page.keyboard.press("Enter");
    await desk.page.getByRole("log").getByText("用紙を替えました。").waitFor();
    await desk.field("console-chat-write").fill("ありがとうございます。");
    await desk.page.keyboard.press("Enter");
    for (const { page } of [guest, other, desk]) {
      await page.getByRole("log").getByText("ありがとうございます。").waitFor();
      const said = await page.getByRole("log").innerText();
      assert.ok(said.indexOf("用紙を替えました。") < said.indexOf("ありがとうございます。"), said);
    }

    // A file from the customer to the desk, which accepts it.
    const file = Buffer.from("印刷の記録\n".repeat(30_000));
    await guest.page.locator('input[type="file"]').setInputFiles({ name: "記録.log", mimeType: "text/plain", buffer: file });
    await desk.page.getByRole("button", { name: new RegExp(`^${desk.say("console-files-accept")}`) }).first().click();
    const [download] = await Promise.all([
      desk.page.waitForEvent("download", { timeout: 40_000 }),
      desk.page.getByRole("button", { name: new RegExp(`^${desk.say("console-files-save")}`) }).first().click({ timeout: 40_000 }),
    ]);
    const received = Buffer.concat(await (await download.createReadStream()).toArray());
    assert.ok(received.equals(file), "the file is the same");

    // The person ends it for everybody. Nothing remains.
    await guest.button("join-end").click();
    await guest.page.getByRole("dialog").getByRole("button", { name: guest.say("join-end"), exact: true }).click();
    await guest.page.getByText(guest.say("join-nothing-left")).waitFor();
    await assertFitForEveryone(guest.page, "join-after", EACH_LOOK);
    assert.deepEqual(await traces(guest.page), { files: [], databases: [], local: {}, session: {}, cookies: "" });
    await other.page.getByText(other.say("join-over-title")).waitFor();
    await until("the session has ended", async () => (await state()) === "ended");

    // The customer: who agreed, what happened.
    const { consents } = await panel.get(`attended/${id}`);
    assert.deepEqual(consents.map(({ name }) => name), [CAST[language].approver, COLLEAGUE]);
    const receipt = await panel.text(`attended/${id}/receipts/${consents[0].guest}`);
    assert.equal(JSON.parse(Buffer.from(receipt.split(".")[1], "base64url")).kind, "attended");
    const hash = createHash("sha256").update(file).digest("hex");
    const logged = async () => (await panel.items(`audit?object=attended%2F${id}`)).map(({ action, outcome }) => `${action} ${outcome}`);
    await until("everything is in the log", async () => (await logged()).some((entry) => entry.startsWith("attended.end")));
    for (const entry of ["attended.consent", "attended.join", "attended.share monitor", `attended.receive_file 記録.log (${file.length} bytes, sha256 ${hash}): done`]) {
      assert.ok((await logged()).some((one) => one.startsWith(entry)), entry);
    }
    assert.deepEqual([guest.faults, other.faults], [[], []]);
    await Promise.all([other.close(), headed.close()]);
    await desk.leave(401, 403, 404, 409);
  });
}

test("a person with Firefox shares their screen, and sees that of another", { timeout: 180_000 }, async () => {
  const language = STORIES[0];
  const pair = await makePair(language);
  const { provider, customer } = pair;
  const desk = await openConsole(browser, language, provider.slug, provider.desk);
  const { hand_over: over } = await openSession(desk, pair);
  const firefox = await startFirefox({ display: display.name });
  const fox = await firefox.newPage();
  await fox.goto(`${over.link}?lang=${language}`);
  await fox.says(say(language, "join-whole-screen"));
  await fox.fill("input", COLLEAGUE);
  await fox.press(say(language, "join-join"));
  await fox.says(say(language, "console-chat-everybody"));
  await desk.button("console-session-join").click();
  await desk.page.getByText(desk.say("console-chat-everybody")).waitFor();

  // What is shared from Firefox.
  await fox.press(say(language, "join-share"));
  await until("the desk sees the screen", () => shows(desk.page), 30);
  await fox.press(say(language, "join-stop"));
  await until("the desk sees nothing any more", async () => !(await shows(desk.page)), 30);

  // What is shared from Chromium.
  const headed = await startBrowserOn(display, language);
  const guest = await Participant.open(headed, language, over.link);
  await guest.join(CAST[language].approver);
  await guest.button("join-share").click();
  await until("Firefox sees the screen", () => shows(fox), 30);

  await fox.fill("textarea", "見えています。");
  await fox.press(say(language, "console-chat-send"));
  await desk.page.getByRole("log").getByText("見えています。").waitFor();
  await desk.field("console-chat-write").fill("ありがとうございます。");
  await desk.page.keyboard.press("Enter");
  await fox.says("ありがとうございます。");
  await desk.button("console-session-end").click();
  await desk.button("console-session-end", desk.dialog).click();
  await fox.says(say(language, "join-nothing-left"));
  await Promise.all([firefox.close(), headed.close()]);
  await desk.leave(401, 403, 404, 409);
});

test("who is removed is out at once", { timeout: 120_000 }, async () => {
  const pair = await makePair("en");
  const { provider, customer } = pair;
  const made = await provider.desk.post(`desk/customers/${customer.slug}/attended`, { title: TITLE });
  const { hand_over: over } = await until("it can be joined", async () => {
    const now = await provider.desk.get(`desk/attended/${customer.slug}/${made.id}`);
    return now.state === "open" && now;
  });
  const consent = await fetch(`${over.link}/join`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: edgeUrl },
    body: JSON.stringify({ name: "佐藤 花子", locale: "ja" }),
  });
  assert.equal(consent.status, 200, await consent.clone().text());
  const { number, ticket, tenant } = await consent.json();
  const desk = await openConsole(browser, "en", provider.slug, provider.desk);
  const away = desk.page.evaluate(
    async ({ url, ticket: own }) => {
      const socket = new WebSocket(url, ["tegata.session.v1", own]);
      // The farewell itself counts: Chromium waits two seconds more for the server to drop the connection below.
      window.away = new Promise((over_) => {
        const timer = setInterval(() => socket.readyState > WebSocket.OPEN && (clearInterval(timer), over_(Date.now())), 5);
      });
      window.removed = new Promise((over_) => (socket.onclose = ({ code }) => over_(code)));
      await new Promise((opened) => (socket.onopen = opened));
    },
    { url: `${edgeUrl.replace("http", "ws")}/t/${tenant}/sessions/${number}`, ticket },
  );
  await away;
  const { ticket: own } = await provider.desk.post("desk/sessions/join", { number, password: over.password });
  const took = await desk.page.evaluate(
    async ({ url, ticket: mine }) => {
      const socket = new WebSocket(url, ["tegata.session.v1", mine]);
      await new Promise((opened) => (socket.onopen = opened));
      const text = JSON.stringify({ type: "remove", who: 2 });
      const payload = new TextEncoder().encode(text);
      const frame = new Uint8Array(24 + payload.length);
      frame.set([1, 1]);
      new DataView(frame.buffer).setUint32(12, payload.length);
      frame.set(payload, 24);
      const began = Date.now();
      socket.send(frame);
      const ms = (await window.away) - began;
      const code = await window.removed;
      socket.close();
      return { code, ms };
    },
    { url: `${edgeUrl.replace("http", "ws")}/t/${provider.slug}/sessions/${number}`, ticket: own },
  );
  assert.equal(took.code, 4005);
  console.log(`removed within ${took.ms} ms`);
  await desk.leave(401, 403, 404, 409);
});
