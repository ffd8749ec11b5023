// The machine's screen in the desk's page (K10): noVNC over a stream of the session, against a real VNC server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { startScreen } from "./support/machine_screen.mjs";
import { moduleOf } from "./support/module.mjs";
import { serveRfb } from "./support/rfb_server.mjs";
import { MACHINE, startPeer, welcome } from "./support/session_peer.mjs";
import { button, startUse } from "./support/use.mjs";

const { LEVELS, QualityControl } = await moduleOf("features/session/screen_quality.ts");

const use = startUse();
const SCREEN = 3;

let screen;
before(async () => {
  screen = await startScreen({ layout: "jp" });
});
after(() => screen?.stop());

const inside = (run, { abilities = ["control_screen", "diagnostics"], layout = "jp", opened, prepare = async () => {} } = {}) =>
  use(
    "desk/launches/aozora/l3",
    async (page) => {
      const machine = { ...MACHINE, keyboard_layout: layout };
      const peer = await startPeer(page, {
        first: welcome({ abilities }),
        opened: opened ?? ((end, { kind }) => kind === SCREEN && screen.join(end)),
        answer: (request, peer) =>
          request.deed.what === "put_text"
            ? // This agent has no way to the clipboard: it is the VNC server's.
              peer.done(request, "failed")
            : peer.bring(request.stream, new TextEncoder().encode(JSON.stringify(machine))).then(() => peer.done(request)),
      });
      await prepare(page);
      await page.getByLabel("Password").fill("7kqm-2xrd");
      await button(page, "Join the session").click();
      await button(page, "Show the screen").click();
      await run(page, peer);
    },
    { kind: "provider" },
  );

const picture = (page) => page.getByRole("img", { name: "Screen of 検査装置 3号機" });

async function pressed(keys, expected) {
  for (let tries = 0; tries < 160 && keys.pressed().length < expected.length; tries += 1) await wait(50);
  assert.deepEqual(keys.pressed(), expected);
}

/** The keys that were let go, in no order: noVNC keeps none. */
async function released(keys, expected) {
  for (let tries = 0; tries < 160 && keys.released().length < expected.length; tries += 1) await wait(50);
  assert.deepEqual(keys.released().sort(), expected);
}

/** Calls `run` with the keys that arrive on the machine. */
async function withKeys(page, run) {
  await picture(page).waitFor();
  const keys = await screen.keys();
  try {
    await picture(page).click();
    // Keys go to the window under the pointer, which has to arrive there first.
    await wait(300);
    await run(keys);
  } finally {
    keys.stop();
  }
}

test("keys reach the machine as this keyboard has them, those of a Japanese one too", () =>
  inside(async (page) => {
    await withKeys(page, async (keys) => {
      const cdp = await page.context().newCDPSession(page);
      const press = async (key, code, windowsVirtualKeyCode, modifiers = 0) => {
        const event = { key, code, windowsVirtualKeyCode, modifiers, ...(key.length === 1 ? { text: key } : {}) };
        await cdp.send("Input.dispatchKeyEvent", { type: key.length === 1 ? "keyDown" : "rawKeyDown", ...event });
        await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
      };
      await press("a", "KeyA", 65);
      await press("Zenkaku", "Backquote", 244);
      await press("Convert", "Convert", 28);
      await press("NonConvert", "NonConvert", 29);
      await press("\\", "IntlRo", 226);
      await page.keyboard.down("Shift");
      await press("_", "IntlRo", 226, 8);
      await press("|", "IntlYen", 220, 8);
      await page.keyboard.up("Shift");
      await pressed(keys, ["a", "Zenkaku_Hankaku", "Henkan_Mode", "Muhenkan", "backslash", "Shift_L", "underscore", "bar"]);
    });
  }));

test("keys that are held are let go on the machine where the screen loses the keyboard, or is closed", () =>
  inside(async (page) => {
    await withKeys(page, async (keys) => {
      await page.keyboard.press("Control+Alt+Home");
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "Control");
      await pressed(keys, ["Control_L", "Alt_L"]);
      await released(keys, ["Alt_L", "Control_L"]);
      await picture(page).click();
      await page.keyboard.down("Shift");
      await pressed(keys, ["Control_L", "Alt_L", "Shift_L"]);
      await page.getByRole("button", { name: "Close the screen" }).evaluate((one) => one.click());
      await released(keys, ["Alt_L", "Control_L", "Shift_L"]);
    });
  }));

test("buttons press 半角/全角, and Ctrl+Alt+Del after a question", () =>
  inside(async (page) => {
    await withKeys(page, async (keys) => {
      await button(page, "半角/全角").click();
      await pressed(keys, ["Zenkaku_Hankaku"]);
      await button(page, "Ctrl+Alt+Del").click();
      await button(page.locator("dialog[open]"), "Send Ctrl+Alt+Del").click();
      await pressed(keys, ["Zenkaku_Hankaku", "Control_L", "Alt_L", "Delete"]);
    });
  }));

test("a text is typed with the keys of the machine's layout", () =>
  inside(async (page) => {
    await withKeys(page, async (keys) => {
      await page.getByLabel("Send text").fill("a_B@\n");
      await button(page, "Send as key presses").click();
      await pressed(keys, ["a", "Shift_L", "underscore", "Shift_L", "B", "at", "Return"]);
    });
  }));

test("without the ability to control, nothing of keys or pointer is sent", () =>
  inside(
    async (page, peer) => {
      await page.getByText("View only").waitFor();
      assert.equal(await button(page, "Control").count(), 0);
      assert.equal(await button(page, "Ctrl+Alt+Del").count(), 0);
      await withKeys(page, async (keys) => {
        await page.keyboard.type("abc");
        await wait(300);
        assert.deepEqual(keys.pressed(), []);
        const messages = peer.frames.filter(({ act, kind }) => act === "data" && kind === SCREEN).map(({ payload }) => payload[0]);
        // KeyEvent 4, PointerEvent 5 (RFC 6143, 7.5), and QEMU's KeyEvent.
        assert.deepEqual(messages.filter((type) => [4, 5, 255].includes(type)), []);
      });
    },
    { abilities: ["view_screen"] },
  ));

test("the screen and its bar fill the whole screen, and come back", () =>
  inside(async (page) => {
    await picture(page).waitFor();
    await button(page, "Full screen").click();
    await button(page, "Leave full screen").waitFor();
    assert.equal(await page.evaluate(() => document.fullscreenElement.className), "screen");
    const { height } = await page.locator(".screen-picture").boundingBox();
    assert.ok(height > 600, `${height}`);
    await button(page, "Ctrl+Alt+Del").click();
    await button(page.locator("dialog[open]"), "Cancel").click();
    assert.equal(await page.evaluate(() => document.fullscreenElement), null);
    await button(page, "Full screen").waitFor();
  }));

test("control can be put down and taken up again", () =>
  inside(async (page) => {
    await withKeys(page, async (keys) => {
      await button(page, "Control").click();
      await picture(page).click();
      await page.keyboard.type("a");
      await wait(200);
      assert.deepEqual(keys.pressed(), []);
      await button(page, "Control").click();
      await picture(page).click();
      await page.keyboard.type("b");
      await pressed(keys, ["b"]);
    });
  }));

test("the machine's layout is shown, with a warning where this keyboard has another", () =>
  inside(
    async (page) => {
      await page.getByText("Keyboard layout of the machine: us").waitFor();
      await page.getByText("The machine's keyboard layout (us) differs from your keyboard (JP).").waitFor();
    },
    {
      layout: "us",
      prepare: (page) =>
        page.evaluate(() => {
          const keys = new Map([["BracketLeft", "@"], ["Quote", ":"], ["IntlYen", "\\"]]);
          navigator.keyboard.getLayoutMap = async () => keys;
        }),
    },
  ));

test("after a break the screen comes again on a new stream, by itself", () =>
  inside(async (page, peer) => {
    await page.evaluate(() => (Math.random = () => 0));
    await picture(page).waitFor();
    peer.break();
    await page.getByText("The screen broke off.").waitFor();
    await page.getByText("The screen broke off.").waitFor({ state: "detached" });
    await picture(page).waitFor();
    assert.equal(await page.locator(".screen canvas").count(), 1);
    assert.equal(peer.frames.filter(({ act, kind }) => act === "open" && kind === SCREEN).length, 2);
    await button(page, "Close the screen").click();
    await button(page, "Show the screen").waitFor();
    // The page says so before the frame is here.
    for (let tries = 0; peer.frames.at(-1).act !== "close" && tries < 100; tries += 1) await page.waitForTimeout(20);
    assert.equal(peer.frames.at(-1).act, "close");
  }));

test("a machine that shows no screen says so, and is asked again by a press alone", () => {
  let refuses = true;
  return inside(
    async (page, peer) => {
      await page.getByText("The machine could not show its screen.").waitFor();
      await page.waitForTimeout(1500);
      assert.equal(peer.frames.filter(({ act, kind }) => act === "open" && kind === SCREEN).length, 1);
      refuses = false;
      await button(page, "Try again").click();
      await picture(page).waitFor();
    },
    { opened: (end, { kind }) => kind === SCREEN && (refuses ? end.close() : screen.join(end)) },
  );
});

test("texts go into the machine's clipboard and out of it with their Japanese", () => {
  let server;
  return inside(
    async (page) => {
      await picture(page).waitFor();
      await page.getByLabel("Send text").fill("印刷設定を確認\n2行目 𠮷野");
      await button(page, "Put into the clipboard").click();
      const reached = async (count) => {
        for (let tries = 0; server.got.length < count && tries < 60; tries += 1) await wait(50);
      };
      await reached(1);
      assert.deepEqual(server.got, ["印刷設定を確認\r\n2行目 𠮷野"]);
      assert.deepEqual(server.keys, []);
      await page.getByLabel("Send text").fill("二つ目");
      await button(page, "Paste").click();
      await reached(2);
      for (let tries = 0; server.keys.length < 2 && tries < 60; tries += 1) await wait(50);
      assert.deepEqual([server.got.at(-1), server.keys], ["二つ目", [0xffe3, 0x76]]);
      server.copy("機器の文字 が𠮷\n終わり");
      await page.getByLabel("Text copied on the machine").waitFor();
      assert.equal(await page.getByLabel("Text copied on the machine").inputValue(), "機器の文字 が𠮷\n終わり");
    },
    { opened: (end, { kind }) => kind === SCREEN && (server = serveRfb(end)) },
  );
});

test("less is sent as soon as the line is full, and more once it has been clear for a while", () => {
  const control = new QualityControl();
  const first = control.level;
  control.measured(100, 50_000);
  assert.equal(control.measured(600, 30_000), true);
  assert.equal(control.level, first + 1);
  for (let turn = 0; turn < 10; turn += 1) control.measured(900, 30_000);
  assert.equal(control.level, LEVELS.length - 1);
  // A still screen says nothing about the line.
  for (let turn = 0; turn < 100; turn += 1) assert.equal(control.measured(100, 100), false);
  let turns = 0;
  while (!control.measured(110, 30_000)) turns += 1;
  assert.ok(turns > 10, "it is not tried again at once");
  assert.equal(control.level, LEVELS.length - 2);
});
