// The desk inside a session: who is in it, the state of the machine, its log files, restarts, breaks, and the end (K10).

import assert from "node:assert/strict";
import { test } from "node:test";
import { MACHINE, startPeer, TEST, welcome } from "./support/session_peer.mjs";
import { button, startUse } from "./support/use.mjs";

const use = startUse();
const desk = { kind: "provider" };
const dialog = (page) => page.locator("dialog[open]");
const bytes = (value) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** Joins the session from the page of its launch. */
async function join(page, peer) {
  await page.getByLabel("Password").fill("7kqm-2xrd");
  await button(page, "Join the session").click();
  await page.getByRole("heading", { name: "Session: 検査装置 3号機" }).waitFor();
  assert.deepEqual(peer.said[0], { type: "hello" });
}

/** Opens the launch that runs, with `options` for the peer, and joins. */
const inside = (run, options = {}, more = {}) =>
  use(
    "desk/launches/aozora/l3",
    async (page, state) => {
      const peer = await startPeer(page, options);
      await join(page, peer);
      await run(page, peer, state);
    },
    { ...desk, ...more },
  );

test("joining shows who is in it, for how long, and on what", () =>
  inside(async (page, peer) => {
    assert.deepEqual(peer.opened[0].slice(1), ["tegata.session.v1", "tg_st_made-up"]);
    assert.match(peer.opened[0][0], /\/t\/support\/sessions\/482913705$/);
    assert.ok(page.url().endsWith("#/desk/sessions/482913705"), "no ticket in the address");
    await page.getByText("山田 太郎 (you)").waitFor();
    await page.locator(".details").getByText("Connected", { exact: true }).waitFor();
    await page.getByRole("timer").getByText(/^1:(29:\d\d|30:00)$/).waitFor();
    peer.say({ type: "joined", id: 3, role: "desk", name: "Lars Holm" });
    await page.getByText("Lars Holm").waitFor();
    peer.say({ type: "left", id: 3 });
    await page.getByText("Lars Holm").waitFor({ state: "detached" });
    peer.say({ type: "left", id: 1 });
    await page.locator(".details").getByText("Not connected", { exact: true }).waitFor();
    assert.ok(await button(page, "Look at the machine").isDisabled());
  }));

test("what everybody must know is said: the lock, and the end that comes", () =>
  inside(async (page, peer) => {
    peer.say({ type: "a kind of a newer edge", x: 1 });
    peer.say({ type: "locked" });
    await page.getByText("Joining by password is locked").waitFor();
    peer.say({ type: "warning", until: Math.floor(Date.now() / 1000) + 240 });
    await page.getByText("The granted period ends soon").waitFor();
    await page.getByRole("timer").getByText(/^(3:5\d|4:00)$/).waitFor();
    peer.say({ type: "extended", until: Math.floor(Date.now() / 1000) + 7200 });
    await page.getByText("The granted period ends soon").waitFor({ state: "detached" });
    peer.say({ type: "ended", why: "machine" });
    await page.getByText("The session has ended (Person at the machine).").waitFor();
    peer.break(4001);
    await page.waitForTimeout(300);
    assert.equal(peer.opened.length, 1);
  }));

test("the state of the machine and its connection are shown as the agent reports them", () =>
  inside(
    async (page, peer) => {
      await button(page, "Look at the machine").click();
      await page.getByText("3 days 4 hours").waitFor();
      await page.getByText("40 seconds fast").waitFor();
      await page.getByText("6 GB free of 16 GB (37%)").waitFor();
      await page.locator(".state.caution").getByText("20 GB free of 500 GB (4%)").waitFor();
      await page.locator(".state.bad").getByText("Not running").waitFor();
      await button(page, "Connection test").click();
      await page.getByRole("row", { name: "Proxy connects to the service" }).getByText("Failed").waitFor();
      await page.getByText("of a newer agent").waitFor();
      await page.getByText("Proxy: proxy.aozora.example:8080").waitFor();
      const opened = peer.frames.filter(({ act }) => act === "open").map(({ kind, to, stream }) => [kind, to, stream]);
      assert.deepEqual(opened, [[5, 1, 1], [5, 1, 2]]);
      await page.getByRole("row", { name: "Connection test" }).getByText("Done").waitFor();
    },
    {
      answer: async (request, peer) => {
        peer.doing(request);
        await peer.bring(request.stream, bytes(request.deed.what === "overview" ? MACHINE : TEST));
        peer.done(request);
      },
    },
  ));

test("a log file of more than the first credit comes whole, with its Japanese, and can be saved", () => {
  const log = "2026-11-21 印刷キューが停止しました。\n".repeat(3500);
  return inside(
    async (page, peer) => {
      await page.getByText('Press "Look at the machine"').waitFor();
      await button(page, "Look at the machine").click();
      await page.getByLabel("Log file").selectOption("syslog/today.log");
      await button(page, "Show").click();
      const shown = page.locator("pre.log");
      await shown.waitFor();
      assert.equal(await shown.textContent(), log);
      assert.deepEqual(peer.said.at(-1).deed, { what: "log_tail", log: "syslog/today.log" });
      assert.ok(bytes(log).length > 150_000);
      const saved = page.waitForEvent("download");
      await button(page, "Save as a file").click();
      assert.equal((await saved).suggestedFilename(), "syslog-today.log");
    },
    { answer: (request, peer) => peer.bring(request.stream, bytes(request.deed.what === "overview" ? MACHINE : log)).then(() => peer.done(request)) },
  );
});

test("what the machine refuses brings nothing, and says so", () =>
  inside(
    async (page, peer) => {
      await button(page, "Look at the machine").click();
      await page.getByText("The machine refused: its settings do not allow it.").waitFor();
      assert.ok(peer.frames.some(({ act, stream }) => act === "close" && stream === 1));
      await button(page, "Look at the machine").click();
      await page.getByText("What the machine sent cannot be read.").waitFor();
    },
    {
      answer: async (request, peer) => {
        if (request.stream === 1) return peer.done(request, "refused");
        await peer.bring(request.stream, bytes("no document"));
      },
    },
  ));

for (const [what, title, outcome, text] of [
  ["restart_software", "Restart the software on 検査装置 3号機?", "done", "Done"],
  ["restart_machine", "Restart 検査装置 3号機?", "unknown", "cannot say whether it restarted"],
  ["restart_software", "Restart the software on 検査装置 3号機?", "failed", "The restart failed."],
  ["restart_machine", "Restart 検査装置 3号機?", "refused", "The settings on the machine do not allow it."],
]) {
  test(`${what} takes a question that names the machine, and shows that it was ${outcome}`, () => {
    const name = what === "restart_software" ? "Restart software" : "Restart machine";
    return inside(
      async (page, peer) => {
        await button(page, name).click();
        await dialog(page).getByRole("heading", { name: title }).waitFor();
        await dialog(page).getByText("TG-2041/B").waitFor();
        await button(dialog(page), "Cancel").click();
        assert.equal(peer.said.length, 1);
        await button(page, name).click();
        await button(dialog(page), name).click();
        await page.locator(".restart").getByText("In progress…").waitFor();
        assert.ok(await button(page, name).isDisabled());
        const [, request] = peer.said;
        assert.deepEqual(request.deed, { what });
        assert.match(request.id, /^[\w-]{22}$/);
        peer.done(request, outcome);
        await page.locator(".restart").getByText(text).first().waitFor();
        assert.ok(await button(page, name).isEnabled());
      },
      { answer: (request, peer) => peer.doing(request) },
    );
  });
}

test("only what the approval allows is offered", () =>
  inside(
    async (page) => {
      await button(page, "Restart software").waitFor();
      assert.equal(await button(page, "Restart machine").count(), 0);
      assert.equal(await button(page, "Look at the machine").count(), 0);
    },
    { first: welcome({ abilities: ["restart_software"] }) },
  ));

test("after a break the page comes back by itself, once with each ticket, and what was on its way says so", () =>
  inside(async (page, peer) => {
    await page.evaluate(() => (Math.random = () => 0));
    await button(page, "Look at the machine").click();
    await button(page, "In progress…").waitFor();
    peer.break();
    await page.getByText("The connection broke before it was complete.").waitFor();
    await page.waitForFunction(() => !document.querySelector("[role=status] .outcome.caution"));
    assert.equal(peer.opened.length, 2);
    assert.equal(peer.opened[1][2], "tg_st_again");
    assert.equal(peer.said.at(-1).type, "hello");
    await page.getByText("山田 太郎 (you)").waitFor();
    await button(page, "Look at the machine").click();
    await page.waitForTimeout(100);
    // A new connection, a new count of its streams.
    assert.equal(peer.frames.filter(({ act }) => act === "open").at(-1).stream, 1);
  }));

test("where the session does not let the page back in, the password does", () =>
  inside(async (page, peer) => {
    peer.break(4001);
    await page.getByText("Could not reconnect.").waitFor();
    await page.getByText("482 913 705").waitFor();
    await page.getByLabel("Password").fill("7KQM-2XRD");
    await button(page, "Join the session").click();
    await page.getByText("山田 太郎 (you)").waitFor();
    assert.equal(peer.opened[1][2], "tg_st_made-up");
  }));

test("a message that breaks the protocol ends the connection, not the page", () =>
  inside(async (page, peer) => {
    await page.evaluate(() => (Math.random = () => 0));
    peer.send({ act: "data", kind: 0, from: 0, to: 2, stream: 0, offset: 99_999, payload: new Uint8Array(3) });
    for (let tries = 0; peer.opened.length < 2; tries += 1) {
      assert.ok(tries < 60, "it did not connect again");
      await page.waitForTimeout(50);
    }
    await page.getByText("山田 太郎 (you)").waitFor();
  }));

test("leaving the page leaves the session, which goes on for the others; ending it asks first", () =>
  inside(async (page, peer) => {
    await button(page, "End session").click();
    await dialog(page).getByText("everyone in it is disconnected").waitFor();
    await button(dialog(page), "Cancel").click();
    assert.equal(peer.said.length, 1);
    await button(page, "End session").click();
    await button(dialog(page), "End session").click();
    await page.waitForTimeout(100);
    assert.deepEqual(peer.said[1], { type: "end" });
    await page.locator(".back a").click();
    await page.getByRole("link", { name: "検査装置 3号機" }).first().waitFor();
    await page.goBack();
    await page.getByText("Enter the password again to join the session.").waitFor();
    assert.equal(peer.opened.length, 1);
  }));

test("a session that somebody at the machine started is joined by its number", () =>
  use(
    "desk/sessions",
    async (page, state) => {
      const peer = await startPeer(page);
      await page.getByLabel("ID in use").fill("482 913 705");
      await join(page, peer);
      assert.deepEqual(state.sent, { number: "482913705", password: "7kqm-2xrd" });
    },
    desk,
  ));

test("joining takes a fresh login", () =>
  use(
    "desk/launches/aozora/l3",
    async (page) => {
      await startPeer(page);
      await page.getByLabel("Password").fill("7KQM-2XRD");
      await button(page, "Join the session").click();
      await dialog(page).getByLabel("Password", { exact: true }).fill("right password");
      await button(dialog(page), "Continue").click();
      await page.getByText("山田 太郎 (you)").waitFor();
    },
    { ...desk, prepare: (state) => (state.fresh = false) },
  ));
