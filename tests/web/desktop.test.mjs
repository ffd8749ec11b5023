// A session on a machine as people see it (K10, B8, Z5, Z6): the desk sees and controls the screen with noVNC, uses a
// terminal, writes, and hands a file over; the customer reads the record. The machine is a real agent with a real
// display, on which a browser shows what arrives.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { assertFitForEveryone, EACH_LOOK, startBrowser } from "./support/browser.mjs";
import { openConsole } from "./support/console.mjs";
import { startBrowserOn, startDisplay } from "./support/display.mjs";
import { until } from "./support/edge.mjs";
import { lines, mailTo } from "./support/mailbox.mjs";
import { MACHINE, makeMachine, startSupport } from "./support/machine.mjs";
import { say, STORIES } from "./support/texts.mjs";

const STARTED = "リモートサポートID&PASS通知[Notification of Remote Support ID&Pass]";
const SENT = "原点復帰、確認しました。";

let browser;
let display;
before(async () => {
  browser = await startBrowser();
  display = await startDisplay("1000x700");
});
after(async () => {
  await browser.close();
  display.stop();
});

/** A program on the machine: a page with a field for text, over the whole display. */
async function startProgram() {
  const machine = await startBrowserOn(display, "ja", "--kiosk");
  const page = await machine.newPage({ viewport: null });
  await page.setContent('<style>*{margin:0}textarea{width:100vw;height:100vh;font:32px sans-serif;background:#fed}</style><textarea autofocus></textarea>');
  await page.bringToFront();
  await page.locator("textarea").click();
  return { written: () => page.locator("textarea").inputValue(), stop: () => machine.close() };
}

async function joinSession(desk, provider, launch, language) {
  const mail = await mailTo(`desk@${provider.slug}.example`, STARTED);
  const all = lines(mail);
  await desk.visit(`desk/launches/${launch.customer}/${launch.id}`);
  await desk.field("console-session-password").fill(all[all.indexOf(say(language, "mail-started-password")) + 1]);
  await desk.button("console-session-join").click();
  await desk.heading("console-session-of", { name: MACHINE }).waitFor();
}

for (const language of STORIES) {
  test(`${language}: the desk controls a machine's screen, uses its terminal and hands a file over`, { timeout: 240_000 }, async () => {
    const folders = {};
    const machine = await makeMachine(language, (pc) => {
      Object.assign(folders, { incoming: join(pc.home, "incoming"), logs: join(pc.home, "logs") });
      return [
        `\n[screen]\ndisplay = "${display.name}"\n`,
        `[terminal]\nuser = "${userInfo().username}"\nshell = "/bin/sh"\n`,
        `[files]\nfolder = "${folders.incoming}"\noffer = ["${folders.logs}"]\naccept = "approval"\n`,
      ].join("\n");
    });
    const { provider, customer, panel } = machine;
    await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })));
    await writeFile(join(folders.logs, "軸.log"), "X軸: 正常\n".repeat(2000));
    const program = await startProgram();
    const launch = await startSupport(machine, ["diagnostics", "view_screen", "control_screen", "terminal", "files"]);
    const desk = await openConsole(browser, language, provider.slug, provider.desk);
    await joinSession(desk, provider, { ...launch, customer: customer.slug }, language);

    // The screen: what is typed arrives, and Japanese by the box for text.
    await desk.button("console-screen-show").click();
    const picture = desk.page.locator("canvas").first();
    await picture.waitFor();
    await until("the screen is shown", () => picture.evaluate((canvas) => canvas.width === 1000 && canvas.height === 700));
    await picture.click();
    await desk.page.keyboard.type("abc-123");
    await desk.page.keyboard.press("Shift+Minus");
    await until("what was typed has arrived", async () => (await program.written()) === "abc-123_");
    await desk.field("console-screen-text").fill(SENT);
    await desk.button("console-screen-paste").click();
    await until("the Japanese has arrived", async () => (await program.written()) === `abc-123_${SENT}`);
    await assertFitForEveryone(desk.page, "desktop", EACH_LOOK);
    await desk.button("console-screen-close").click();

    // The terminal.
    await desk.button("console-terminal-open").click();
    const shown = desk.page.locator(".xterm-rows");
    await shown.waitFor();
    await desk.page.locator(".xterm-helper-textarea").focus();
    await desk.page.keyboard.type("echo ターミナル-$((6*7))\n");
    await shown.getByText("ターミナル-42").first().waitFor();
    await desk.button("console-terminal-close").click();

    // The chat, and a file to the machine.
    await desk.field("console-chat-write").fill("これから更新します。");
    await desk.page.keyboard.press("Enter");
    await desk.page.getByText("これから更新します。").waitFor();
    const patch = Buffer.from("修正プログラム ".repeat(50_000));
    await desk.page.locator('input[type="file"]').setInputFiles({ name: "patch 2.bin", mimeType: "application/octet-stream", buffer: patch });
    await until("the file is on the machine", async () => (await readdir(folders.incoming)).includes("patch 2.bin"), 40);
    assert.deepEqual(await readFile(join(folders.incoming, "patch 2.bin")), patch);

    await desk.button("console-session-end").click();
    await desk.button("console-session-end", desk.dialog).click();
    await until("the launch has ended", async () => (await panel.get(`launches/${launch.id}`)).state === "ended");
    await program.stop();

    // The customer: log, record and page.
    const record = await until("the record is whole", async () => {
      const { items } = await panel.get(`launches/${launch.id}/record`);
      return items.some(({ event }) => event === "ended") && items;
    });
    const events = record.map(({ event, ability }) => ability ?? event);
    for (const expected of ["joined", "control_screen", "terminal", "typed", "said", "offered", "received", "ended"]) {
      assert.ok(events.includes(expected), `${expected} in ${events}`);
    }
    assert.ok(record.some(({ lines: typed }) => typed?.includes("ターミナル-42")), "what the terminal showed");
    const log = await panel.items(`audit?object=launch%2F${launch.id}`);
    const received = log.find(({ action }) => action === "launch.receive_file");
    const hash = createHash("sha256").update(patch).digest("hex");
    assert.equal(received.outcome, `patch 2.bin (${patch.length} bytes, sha256 ${hash}): done`);
    const administrator = await openConsole(browser, language, customer.slug, panel);
    await administrator.visit(`launches/${launch.id}`);
    await administrator.button("console-record-show").click();
    await administrator.page.getByText("これから更新します。").waitFor();
    await assertFitForEveryone(administrator.page, "record", EACH_LOOK);
    await administrator.leave();
    await desk.leave(401, 403, 404, 409);
    machine.stop();
  });
}

