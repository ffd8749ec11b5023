// Remote support from the request to the restart (K7 to K10, P10) in a real browser, with a real agent: the desk asks,
// the administrator approves on the page behind the mail, the desk executes, ID and password are mailed, the desk joins,
// looks at the machine and restarts its software.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { assertFitForEveryone, EACH_LOOK, openPage, startBrowser } from "./support/browser.mjs";
import { openConsole } from "./support/console.mjs";
import { edgeUrl, until } from "./support/edge.mjs";
import { lines, linkIn, mailTo } from "./support/mailbox.mjs";
import { makeMachine, MACHINE as NAME } from "./support/machine.mjs";
import { LANGUAGES, say } from "./support/texts.mjs";

const REASON = "加工中に停止するため、ログを確認します。";
const ASKED = "リモートサポート遠隔起動確認[Confirmation of Remote Support execution]";
const STARTED = "リモートサポートID&PASS通知[Notification of Remote Support ID&Pass]";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

const said = (mail, label) => {
  const all = lines(mail);
  return all[all.indexOf(label) + 1];
};

/** The desk asks; returns its console at the page of the launch. */
async function request(language, { provider, customer, id }) {
  const desk = await openConsole(browser, language, provider.slug, provider.desk);
  await desk.visit(`customers/${customer.slug}/equipment/${id}`);
  await desk.link("console-launch-new").click();
  await desk.heading("console-launch-new").waitFor();
  await desk.page.getByLabel(new RegExp(`^${desk.say("console-launch-reason")}`)).fill(REASON);
  await assertFitForEveryone(desk.page, "launch-new", EACH_LOOK);
  await desk.button("console-launch-send").click();
  await desk.told("console-launch-requested");
  return desk;
}

/** The administrator approves on the page behind the mail (K8). */
async function approve(language, { customer, serial_number }) {
  const asked = await mailTo(customer.door.administrator?.email ?? `contact@${customer.slug}.example`, ASKED);
  const { page, faults, close } = await openPage(browser, { locale: language });
  await page.goto(linkIn(asked, `${edgeUrl}/a/`));
  for (const named of [NAME, serial_number, REASON]) await page.getByText(named).first().waitFor();
  await assertFitForEveryone(page, "launch-approval", EACH_LOOK);
  await page.getByLabel(say(language, "page-launch-confirm")).check();
  await page.getByRole("button", { name: say(language, "page-approval-approve"), exact: true }).click();
  await page.getByText(say(language, "page-decided-launch-next")).waitFor();
  await assertFitForEveryone(page, "launch-approved");
  assert.deepEqual(faults, []);
  await close();
}

for (const language of LANGUAGES) {
  test(`${language}: remote support from the request to the restart`, { timeout: 240_000 }, async () => {
    const machine = await makeMachine(language);
    const { panel, provider, customer, pc, log } = machine;
    const desk = await request(language, machine);
    await approve(language, machine);
    // The desk's page follows by itself.
    await desk.button("console-launch-execute").click();
    await desk.told("console-launch-executed");
    await desk.page.getByText(desk.say("console-launch-step-issued")).waitFor();
    const toAdministrator = await mailTo(`contact@${customer.slug}.example`, STARTED);
    assert.ok(toAdministrator.text.replaceAll("\n", "").includes(say(language, "mail-started-nothing-to-do").replaceAll("\n", "")), toAdministrator.text);
    const toDesk = await mailTo(`desk@${provider.slug}.example`, STARTED);
    assert.equal(toDesk.subject, toAdministrator.subject, "the same for every recipient");
    await assertFitForEveryone(desk.page, "launch-running", EACH_LOOK);

    await desk.field("console-session-password").fill("2222-2222");
    await desk.button("console-session-join").click();
    await desk.page.getByText(desk.say("console-problem-wrong-session")).first().waitFor();
    await desk.field("console-session-password").fill(said(toDesk, say(language, "mail-started-password")));
    await desk.button("console-session-join").click();
    await desk.heading("console-session-of", { name: NAME }).waitFor();
    await desk.button("console-session-look").click();
    await desk.page.getByText("ライン制御").first().waitFor();
    await assertFitForEveryone(desk.page, "session", EACH_LOOK);

    await desk.button("console-deed-restart_software").click();
    await desk.button("console-deed-restart_software", desk.dialog).click();
    await until("the software was restarted", async () => (await readFile(log, "utf8")).includes("再起動しました"));
    await desk.button("console-session-end").click();
    await desk.button("console-session-end", desk.dialog).click();
    await until("the launch has ended", async () => (await panel.items("launches"))[0].state === "ended");

    const [{ steps, id }] = await panel.items("launches");
    assert.deepEqual(
      steps.map(({ what }) => what).filter((what) => what !== "left" && what !== "diagnostics"),
      ["requested", "approved", "executed", "started", "issued", "joined", "restart_software", "ended"],
    );
    const entries = (await panel.items(`audit?object=launch%2F${id}`)).map(({ action }) => action);
    for (const action of ["request", "execute", "start", "open", "join", "restart_software", "end"]) {
      assert.ok(entries.includes(`launch.${action}`), `launch.${action} in ${entries}`);
    }
    const file = join(pc.home, "receipt.jwt");
    await writeFile(file, await panel.text(`launches/${id}/receipt`));
    const { code, told } = await pc.verify(file, `${edgeUrl}/t/${customer.slug}`);
    assert.deepEqual([code, told.receipt.kind], [0, "launch"]);

    const administrator = await openConsole(browser, language, customer.slug, panel);
    await administrator.visit(`launches/${id}`);
    await administrator.page.getByText(administrator.say("console-launch-step-restart_software")).first().waitFor();
    await assertFitForEveryone(administrator.page, "launch-ended", EACH_LOOK);
    await administrator.leave();
    await desk.leave(401, 403, 404, 409);
    machine.stop();
  });
}
