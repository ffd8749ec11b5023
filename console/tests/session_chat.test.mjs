// The chat of a session (Z5): open from the start, Japanese input, order and repetition across breaks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startPeer, welcome } from "./support/session_peer.mjs";
import { button, startUse } from "./support/use.mjs";

const use = startUse();
const guest = { by: 5, role: "guest", name: "佐藤 花子" };

const inside = (run, { locale = "en", ...options } = {}) =>
  use(
    "desk/launches/aozora/l3",
    async (page) => {
      const peer = await startPeer(page, options);
      await page.locator("input[name=password]").fill("7kqm-2xrd");
      await page.keyboard.press("Enter");
      await page.locator(".chat").waitFor();
      await run(page, peer);
    },
    { kind: "provider", locale },
  );

const box = (page) => page.getByLabel("Message", { exact: true });
const texts = (page) => page.locator(".messages .text").allTextContents();
const written = (peer) => peer.said.filter(({ type }) => type === "chat").map(({ text }) => text);
const shown = (page, count) => page.waitForFunction((most) => document.querySelectorAll(".messages li:not(.unsent)").length === most, count);

test("the chat is open at the start, and says who reads it", () =>
  inside(
    async (page) => {
      await page.getByText("全員に表示されます", { exact: true }).waitFor();
      assert.equal(await page.locator(".messages").getAttribute("aria-live"), "polite");
      assert.ok(await page.getByLabel("メッセージ", { exact: true }).isVisible());
    },
    { locale: "ja" },
  ));

test("Enter sends, Shift+Enter begins a new line, and nothing is sent that is empty", () =>
  inside(async (page, peer) => {
    await box(page).fill("  ");
    await box(page).press("Enter");
    await box(page).fill("first");
    await box(page).press("Shift+Enter");
    await box(page).pressSequentially("second");
    await box(page).press("Enter");
    await shown(page, 1);
    assert.deepEqual(written(peer), ["first\nsecond"]);
    assert.deepEqual(await texts(page), ["first\nsecond"]);
    assert.equal(await box(page).inputValue(), "");
  }));

test("Enter that ends a composition does not send; the next one does", () =>
  inside(async (page, peer) => {
    const cdp = await page.context().newCDPSession(page);
    await box(page).focus();
    await cdp.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
    const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 };
    await cdp.send("Input.dispatchKeyEvent", { type: "keyDown", ...enter });
    await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
    await page.waitForTimeout(50);
    assert.deepEqual(written(peer), []);
    await cdp.send("Input.insertText", { text: "日本" });
    assert.equal(await box(page).inputValue(), "日本");
    // A browser that ends the composition first sends this key within the same turn (Safari).
    await box(page).evaluate((area) => {
      area.dispatchEvent(new CompositionEvent("compositionend", { data: "日本" }));
      area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
      area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }));
    });
    await page.waitForTimeout(50);
    assert.deepEqual(written(peer), []);
    await box(page).press("Enter");
    await shown(page, 1);
    assert.deepEqual(written(peer), ["日本"]);
  }));

test("after a break what was missed comes in order, what was written comes once, and what was being written stays", () =>
  inside(async (page, peer) => {
    await page.evaluate(() => (Math.random = () => 0.2));
    peer.wrote({ id: "one", text: "1" }, guest);
    await shown(page, 1);
    // The session has it, and its answer does not arrive.
    const { wrote } = peer;
    peer.wrote = () => peer.break();
    await box(page).fill("mine");
    await box(page).press("Enter");
    await page.locator(".messages .unsent").getByText("mine").waitFor();
    await box(page).fill("half a sentence");
    peer.wrote = wrote;
    const { id, text } = peer.said.at(-1);
    peer.chat.push({ number: 2, id, by: 2, role: "desk", name: "山田 太郎", at: 1795000000, text });
    for (const number of [3, 4, 5]) peer.chat.push({ number, id: `${number}`, ...guest, at: 1795000000, text: `${number}` });
    await shown(page, 5);
    assert.deepEqual(await texts(page), ["1", "mine", "3", "4", "5"]);
    assert.equal(await page.locator(".messages .mine").count(), 1);
    assert.equal(await box(page).inputValue(), "half a sentence");
    assert.deepEqual(written(peer), ["mine", "mine"]);
  }));

test("what was being written outlasts joining again with the password", () =>
  inside(async (page, peer) => {
    await box(page).fill("half a sentence");
    peer.break(4001);
    await page.getByText("Could not reconnect.").waitFor();
    await page.getByLabel("Password").fill("7KQM-2XRD");
    await button(page, "Join the session").click();
    await box(page).waitFor();
    assert.equal(await box(page).inputValue(), "half a sentence");
  }));

test("what is too long stays, an address is no link and breaks, and the end of the session leaves the chat to read", () =>
  inside(
    async (page, peer) => {
      const address = `https://edge.example/${"a".repeat(300)}`;
      peer.wrote({ id: "one", text: address }, guest);
      await shown(page, 1);
      assert.equal(await page.locator(".messages a").count(), 0);
      assert.ok(await page.locator(".messages").evaluate((box) => box.scrollWidth <= box.clientWidth));
      await box(page).fill("漢".repeat(2001));
      await box(page).press("Enter");
      await page.getByText("at most 2,000 characters").waitFor();
      assert.deepEqual(written(peer), []);
      await page.locator(".messages").getByText("Customer").waitFor();
      peer.say({ type: "ended", why: "guest" });
      await page.getByText("The session has ended").waitFor();
      await page.getByText(address).waitFor();
      assert.ok(await box(page).isDisabled());
    },
    { first: welcome() },
  ));
