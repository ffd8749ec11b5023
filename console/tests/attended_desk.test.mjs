// Attended sessions at the desk (Z3, Z4): opening one, what is handed over, waiting for the customer, and the session itself
// with real browsers that share their screens.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startPeer, welcome } from "./support/session_peer.mjs";
import { button, feedback, startUse } from "./support/use.mjs";

const use = startUse();
const desk = { kind: "provider" };
const dialog = (page) => page.locator("dialog[open]");

test("the desk opens a session from the customer's page and invites somebody by mail", () =>
  use(
    "customers/aozora",
    async (page, state) => {
      await page.getByRole("link", { name: "Open a screen sharing session" }).click();
      await button(page, "Open the session").click();
      await page.locator(".errors").waitFor();
      await page.getByLabel("Subject").fill("Label printing");
      await page.getByLabel("Email").fill("hanako.sato@aozora.example");
      await button(page, "Open the session").click();
      await page.locator(".field .error").first().waitFor();
      await page.getByLabel("Name").fill("佐藤 花子");
      await button(page, "Open the session").click();
      await feedback(page, "The screen sharing session is open.");
      assert.deepEqual(state.sent, {
        title: "Label printing",
        period: 14_400,
        inquiry: null,
        invited: [{ name: "佐藤 花子", email: "hanako.sato@aozora.example", locale: "ja" }],
      });
      assert.ok(page.url().endsWith("#/desk/attended/aozora/s-new"));
    },
    desk,
  ));

test("from an inquiry it belongs to that inquiry, and nobody has to be invited", () =>
  use(
    "desk/inquiries/aozora/q1",
    async (page, state) => {
      await page.getByRole("link", { name: "Open a screen sharing session" }).click();
      await page.getByLabel("Subject").fill("Label printing");
      await page.getByLabel("Duration").selectOption("1 hour");
      await button(page, "Open the session").click();
      await feedback(page, "The screen sharing session is open.");
      assert.deepEqual(state.sent, { title: "Label printing", period: 3600, inquiry: "q1", invited: [] });
    },
    desk,
  ));

test("link, ID and password are there to hand over while the customer is waited for, and joining is not", () =>
  use(
    "desk/attended/aozora/s0",
    async (page) => {
      await page.getByText("Waiting for the customer.").waitFor();
      await page.getByText("482 913 705", { exact: true }).waitFor();
      await page.getByText("7KQM-2XRD", { exact: true }).waitFor();
      assert.equal(await page.getByLabel("Link to the page for joining", { exact: true }).inputValue(), "https://edge.example/j/aozora~AAECAwQFBgcICQoLDA0ODw");
      assert.equal(await button(page, "Join the session").count(), 0);
    },
    desk,
  ));

test("somebody else is invited, or the same person again", () =>
  use(
    "desk/attended/aozora/s1",
    async (page, state) => {
      await button(page, "Invite by mail").click();
      await dialog(page).getByLabel("Name").fill("Mette Sørensen");
      await dialog(page).getByLabel("Email").fill("mette@aozora.example");
      await dialog(page).getByLabel("Language of the mail").selectOption("Dansk");
      await button(dialog(page), "Send the invitation").click();
      await feedback(page, "The invitation was sent to mette@aozora.example.");
      assert.deepEqual(state.sent, { name: "Mette Sørensen", email: "mette@aozora.example", locale: "da" });
      await page.getByRole("row", { name: "Mette Sørensen" }).waitFor();
    },
    desk,
  ));

test("what nobody has joined is withdrawn, after a question", () =>
  use(
    "desk/attended/aozora/s0",
    async (page) => {
      await button(page, "Withdraw the session").click();
      await button(dialog(page), "Withdraw the session").click();
      await feedback(page, "The session was withdrawn.");
      await page.locator(".state").getByText("Withdrawn").waitFor();
      assert.equal(await page.getByText("7KQM-2XRD").count(), 0, "nothing is handed over any more");
    },
    desk,
  ));

test("who has agreed to take part is listed, each with the signed record", () =>
  use(
    "desk/attended/aozora/s1",
    async (page) => {
      await page.getByRole("row", { name: "佐藤 花子" }).first().waitFor();
      const href = await page.locator("a[download]").getAttribute("href");
      assert.match(href, /\/desk\/attended\/aozora\/s1\/receipts\/g0$/);
    },
    desk,
  ));

const ATTENDED = {
  you: 4,
  roster: [
    { id: 2, role: "guest", name: "佐藤 花子" },
    { id: 4, role: "desk", name: "山田 太郎" },
  ],
  abilities: ["view_screen", "files"],
  equipment: "",
  serial_number: "",
  title: "帳票印刷の設定",
  chats: 0,
  offers: [],
};

/** Joins the session that runs. */
const inside = (run) =>
  use(
    "desk/attended/aozora/s1",
    async (page, state) => {
      const peer = await startPeer(page, { first: welcome(ATTENDED) });
      await button(page, "Join the session").click();
      await page.getByRole("heading", { name: "Session: 帳票印刷の設定" }).waitFor();
      await run(page, peer, state);
    },
    desk,
  );

test("joining takes the password without typing it, and shows people, chat and files, and no machine", () =>
  inside(async (page, peer, state) => {
    assert.deepEqual(state.sent, { number: "482913705", password: "7KQM-2XRD" });
    assert.ok(page.url().endsWith("#/desk/sessions/482913705"));
    await page.getByText("Waiting for the customer to share a screen.").waitFor();
    await page.getByText("山田 太郎 (you)").waitFor();
    await page.getByText("佐藤 花子").waitFor();
    await page.getByRole("heading", { name: "Chat" }).waitFor();
    await page.getByRole("heading", { name: "Files" }).waitFor();
    for (const name of ["Look at the machine", "Restart software"]) assert.equal(await button(page, name).count(), 0, name);
  }));

test("a screen that somebody shares is asked for: between browsers first", () =>
  inside(async (page, peer) => {
    peer.say({ type: "sharing", id: 2, surface: "window" });
    await page.getByText("佐藤 花子 is sharing: one window").waitFor();
    for (let tries = 0; !peer.frames.some(({ act, kind, to }) => act === "open" && kind === 6 && to === 2); tries += 1) {
      assert.ok(tries < 40, "no stream was opened");
      await page.waitForTimeout(50);
    }
    peer.say({ type: "sharing", id: 2, surface: null });
    await page.getByText("Waiting for the customer to share a screen.").waitFor();
  }));

test("a person is removed after a question, and the session ended for everybody", () =>
  inside(async (page, peer) => {
    await button(page, "Remove: 佐藤 花子").click();
    await button(dialog(page), "Cancel").click();
    assert.equal(peer.said.some(({ type }) => type === "remove"), false);
    await button(page, "Remove: 佐藤 花子").click();
    await button(dialog(page), "Remove").click();
    await button(page, "End session").click();
    await button(dialog(page), "End session").click();
    await page.waitForTimeout(100);
    assert.deepEqual(peer.said.slice(-2), [{ type: "remove", who: 2 }, { type: "end" }]);
    peer.say({ type: "ended", why: "desk" });
    await page.getByRole("link", { name: "All screen sharing" }).click();
    await page.getByRole("heading", { name: "Screen sharing" }).waitFor();
  }));
