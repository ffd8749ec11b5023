// A terminal on the machine in the desk's page (K10), against a made-up agent that echoes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startPeer, welcome } from "./support/session_peer.mjs";
import { button, startUse } from "./support/use.mjs";

const use = startUse();
const TERMINAL = 4;
const text = new TextEncoder();
const reader = new TextDecoder();

/** An agent with one terminal: it shows what it is told to, and keeps the last of it. */
function machine({ id = "t-1", kept = 1 << 18 } = {}) {
  const of = { shown: Buffer.alloc(0), typed: "", said: [], end: undefined, id };
  const message = (kind, bytes) => new Uint8Array(Buffer.concat([Buffer.of(kind), bytes]));
  of.say = (document) => of.end.post(message(1, Buffer.from(JSON.stringify(document))));
  of.show = (bytes) => {
    of.shown = Buffer.concat([of.shown, Buffer.from(bytes)]);
    return of.end?.closed ? undefined : of.end?.post(message(0, Buffer.from(bytes)));
  };
  of.opened = (end) => {
    of.end = end;
    end.ondata = (payload) => {
      const rest = payload.subarray(1);
      if (payload[0] === 0) {
        of.typed += reader.decode(rest);
        return of.show(text.encode(reader.decode(rest).replaceAll("\r", "\r\n")));
      }
      const document = JSON.parse(reader.decode(rest));
      of.said.push(document);
      if (!document.open) return undefined;
      const first = document.open.terminal === of.id ? Math.max(document.open.from, of.shown.length - kept) : 0;
      of.say({ opened: { terminal: of.id, from: first } });
      if (first < of.shown.length) of.end.post(message(0, of.shown.subarray(first)));
      return undefined;
    };
  };
  return of;
}

const inside = (run, of = machine(), locale = "en") =>
  use(
    "desk/launches/aozora/l3",
    async (page) => {
      const faults = [];
      page.on("console", (one) => ["error", "warning"].includes(one.type()) && faults.push(one.text()));
      const peer = await startPeer(page, {
        first: welcome({ abilities: ["terminal"] }),
        opened: (end, { kind }) => kind === TERMINAL && of.opened(end),
      });
      await page.getByLabel("Password").fill("7kqm-2xrd");
      await button(page, "Join the session").click();
      await button(page, "Open a terminal").click();
      for (let tries = 0; !of.said.length && tries < 100; tries += 1) await page.waitForTimeout(50);
      await run(page, of, peer);
      assert.deepEqual(faults.filter((fault) => /policy|Trusted/i.test(fault)), []);
    },
    { kind: "provider", locale },
  );

const shows = (page, found) => page.waitForFunction((wanted) => document.querySelector(".xterm-rows")?.textContent.includes(wanted), found);

test("what is typed arrives and what is shown is shown, Japanese too, and it is said beforehand that it is kept", () =>
  inside(async (page, of) => {
    await page.getByText("Everything typed and shown is kept in the session's record.").waitFor();
    await page.getByRole("textbox", { name: "Terminal input", includeHidden: true }).waitFor({ state: "attached" });
    await of.show(text.encode("\u001b[38;2;250;120;0m印刷サーバー\u001b[0m $ "));
    await shows(page, "印刷サーバー $ ");
    await page.keyboard.type("ls -l");
    await page.keyboard.press("Enter");
    await page.keyboard.insertText("日本語");
    await shows(page, "日本語");
    assert.equal(of.typed, "ls -l\r日本語");
    const [{ open }] = of.said;
    assert.deepEqual([open.terminal, open.from], [null, 0]);
    assert.ok(open.columns > 40 && open.rows > 10, JSON.stringify(open));
    // The policy of the page forbids style attributes and elements; the colour is there all the same.
    assert.equal(await page.locator(".xterm-rows span", { hasText: "印" }).first().evaluate((one) => getComputedStyle(one).color), "rgb(250, 120, 0)");
    assert.equal(await page.locator(".xterm-rows").evaluate((one) => getComputedStyle(one).whiteSpace), "pre");
  }));

test("a link that the machine shows opens nothing", () =>
  inside(async (page, of) => {
    const pages = page.context().pages().length;
    const asked = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await of.show(text.encode("\u001b]8;;https://elsewhere.example/\u001b\\click-here\u001b]8;;\u001b\\"));
    await shows(page, "click-here");
    const rows = await page.locator(".xterm-rows").boundingBox();
    await page.mouse.move(rows.x + 30, rows.y + 8);
    await page.waitForTimeout(100);
    await page.mouse.click(rows.x + 30, rows.y + 8);
    await page.waitForTimeout(200);
    assert.deepEqual([asked, page.context().pages().length], [[], pages]);
  }));

test("a window of another size gives the terminal another", () =>
  inside(async (page, of) => {
    const before = of.said[0].open;
    await page.setViewportSize({ width: 800, height: 500 });
    for (let tries = 0; of.said.at(-1).resize?.rows >= before.rows && tries < 100; tries += 1) await page.waitForTimeout(50);
    const { resize } = of.said.at(-1);
    assert.ok(resize.columns !== before.columns && resize.rows < before.rows, JSON.stringify([before, resize]));
  }));

test("after a break it goes on behind what was shown, and shows what came meanwhile", () =>
  inside(async (page, of, peer) => {
    await page.evaluate(() => (Math.random = () => 0.1));
    await of.show(text.encode("before "));
    await shows(page, "before");
    peer.break();
    await page.getByText("The terminal broke off.").waitFor();
    of.end = undefined;
    of.show(text.encode("meanwhile "));
    await shows(page, "before meanwhile");
    const opens = of.said.filter(({ open }) => open);
    assert.deepEqual([opens[1].open.terminal, opens[1].open.from], ["t-1", 7]);
    await page.keyboard.type("x");
    await shows(page, "before meanwhile x");
  }));

test("what is lost of a break is said", () =>
  inside(
    async (page, of, peer) => {
      await page.evaluate(() => (Math.random = () => 0.1));
      await of.show(text.encode("before "));
      await shows(page, "before");
      peer.break();
      await page.getByText("The terminal broke off.").waitFor();
      of.end = undefined;
      of.show(text.encode("a lot of text "));
      await page.getByText("Part of what was shown during the break is lost.").waitFor();
    },
    machine({ kept: 5 }),
  ));

test("a program that ends says how, and another can be started", () =>
  inside(async (page, of) => {
    await of.show(text.encode("$ "));
    await of.say({ exit: { code: 3 } });
    of.end.close();
    await page.getByText("The program has ended (exit code 3).").waitFor();
    of.id = "t-2";
    of.shown = Buffer.alloc(0);
    await button(page, "Open a new terminal").click();
    await page.getByText("The program has ended").waitFor({ state: "detached" });
    assert.equal(of.said.filter(({ open }) => open).at(-1).open.terminal, null);
  }));

test("a machine that opens none says so, and the keyboard comes back to the page", () =>
  inside(async (page, of) => {
    await page.keyboard.press("Control+Alt+Home");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Close the terminal");
    await page.keyboard.press("Enter");
    of.opened = (end) => end.close();
    await button(page, "Open a terminal").click();
    await page.getByText("The machine could not open a terminal.").waitFor();
  }));

test("more than is paid for comes as it is shown, and no more of it waits than the credit", () =>
  inside(async (page, of, peer) => {
    const lines = Array.from({ length: 40_000 }, (_, line) => `line ${line}\r\n`).join("");
    for (let at = 0; at < lines.length; at += 60_000) await of.show(text.encode(lines.slice(at, at + 60_000)));
    await shows(page, "line 39999");
    assert.ok(peer.frames.filter(({ act, kind }) => act === "credit" && kind === TERMINAL).length > 1);
  }));
