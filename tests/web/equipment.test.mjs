// Equipment (K7, P10, K6, B17): an administrator registers a machine, its agent enrols with the code that the console
// shows once, remote assistance is allowed and forbidden, the machine is retired and brought back, and a file of an
// office's spreadsheet is imported. The provider's desk keeps the same registry from its side.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertFitForEveryone, EACH_LOOK, startBrowser } from "./support/browser.mjs";
import { Pc } from "./support/command.mjs";
import { openConsole } from "./support/console.mjs";
import { edgeUrl } from "./support/edge.mjs";
import { makePair } from "./support/filled.mjs";
import { CAST } from "./support/tenant.mjs";

const LANGUAGE = "ja";
const NAME = "検査装置 3号機";
const SERIAL = "TG-2041/B";
/** 名称, 製造番号 and 搬送ロボット in Shift_JIS, as spreadsheets save them. */
const HEADINGS = Buffer.from("96bc8fcc2c90bb91a294d48d860d0a", "hex");
const ROBOT = Buffer.from("94c09197838d837b8362836720", "hex");

let browser;
let machine;
let pair;
before(async () => {
  browser = await startBrowser();
  machine = await Pc.withKeys();
  pair = await makePair(LANGUAGE);
}, { timeout: 120_000 });
after(() => browser?.close());

/** The button of the row of a list of buttons, which names what it acts on. */
const acting = (person, act, on) => person.page.getByRole("button", { name: person.say("console-act-on", { act: person.say(act), name: person.say(on) }), exact: true });

async function register(person) {
  await person.go("console-nav-equipment");
  await person.link("console-equipment-add").click();
  await person.field("console-field-name").fill(NAME);
  await person.button("console-equipment-register").click();
  await person.page.locator(".field .error", { hasText: person.say("console-required-of", { field: person.say("console-equipment-serial") }) }).waitFor();
  // As somebody types it whose keyboard is on full width.
  await person.field("console-equipment-serial").fill("ＴＧ－２０４１／Ｂ");
  await person.page.getByLabel(CAST[LANGUAGE].approver).check();
  await person.button("console-equipment-register").click();
  await person.told("console-equipment-added", { name: NAME });
  await person.page.locator("dd", { hasText: SERIAL }).waitFor();
  return person.page.url().split("/").at(-1);
}

async function edit(person) {
  await person.link("console-change").click();
  await person.page.getByLabel(new RegExp(`^${person.say("console-equipment-place")}`)).fill("本社 第一工場 2階");
  await person.page.getByLabel(new RegExp(`^${person.say("console-equipment-notes")}`)).fill("鍵は守衛室\n夜間は停止");
  await person.button("console-save").click();
  await person.told("console-saved");
  await person.page.getByText("夜間は停止").waitFor();
}

/** Issues a code, and has the machine's agent enrol with it as the page says. */
async function enrol(person) {
  await person.button("console-enrolment-issue").click();
  await person.button("console-enrolment-issue", person.dialog).click();
  const code = await person.dialog.getByRole("textbox", { name: person.say("console-enrolment-code") }).inputValue();
  assert.match(code, /^tg_enr_/);
  const command = await person.dialog.getByRole("textbox", { name: person.say("console-enrolment-command"), exact: true }).inputValue();
  assert.equal(command, `tegata agent enrol --edge ${edgeUrl} --tenant ${person.slug}`);
  await assertFitForEveryone(person.page, "equipment-code", EACH_LOOK);
  await person.button("console-close", person.dialog).click();
  assert.equal(await person.page.getByText(code).count(), 0, "it is shown once");
  const enrolled = await machine.run(...command.split(" ").slice(1), "--code", code);
  assert.equal(enrolled.code, 0, enrolled.stdout + enrolled.stderr);
  // The page follows by itself.
  await person.page.getByText(person.say("console-agent-light-away"), { exact: true }).waitFor();
  await person.page.getByText(person.say("console-agent-not-seen")).waitFor();
  const again = await machine.run(...command.split(" ").slice(1), "--code", code);
  assert.notEqual(again.code, 0);
}

async function switches(person, panel, id) {
  await acting(person, "console-allow", "console-switch-remote-assistance").click();
  await person.dialog.getByText(person.say("console-remote-assistance-point-off")).waitFor();
  await person.button("console-allow", person.dialog).click();
  await person.told("console-switch-remote-assistance-on");
  assert.equal((await panel.get(`equipment/${id}`)).remote_assistance, true);
  await acting(person, "console-forbid", "console-switch-manual-launch").click();
  await person.told("console-switch-manual-launch-off");
  assert.equal((await panel.get(`equipment/${id}`)).manual_launch, false);
}

async function retire(person, panel, id) {
  await person.button("console-equipment-retire").click();
  await person.button("console-equipment-retire", person.dialog).click();
  await person.told("console-equipment-retired", { name: NAME });
  await person.page.getByText(person.say("console-agent-end-retired")).waitFor();
  await person.button("console-equipment-restore").click();
  await person.button("console-equipment-restore", person.dialog).click();
  await person.told("console-equipment-restored", { name: NAME });
  const { state, remote_assistance, agent } = await panel.get(`equipment/${id}`);
  assert.deepEqual([state, remote_assistance, agent.ended], ["active", false, "retired"], "it comes back closed");
}

async function importFile(person, panel) {
  const list = (rows) => ({ name: "機器一覧.csv", mimeType: "text/csv", buffer: Buffer.concat([HEADINGS, ...rows]) });
  const row = (number, serial) => Buffer.concat([ROBOT, Buffer.from(`${number},${serial}\r\n`)]);
  await person.go("console-nav-equipment");
  await person.link("console-import").click();
  const input = person.page.locator('input[type="file"]');
  await input.setInputFiles(list([row(1, "RB-1"), row(2, "RB-1")]));
  await person.page.getByText(person.say("console-import-wrong", { count: "1" })).waitFor();
  await person.page.getByText(person.say("console-import-cause-twice")).waitFor();
  assert.equal((await panel.items("equipment")).length, 1, "one wrong row stops the file");
  await assertFitForEveryone(person.page, "equipment-import-wrong", EACH_LOOK);
  await input.setInputFiles(list([row(1, "RB-1"), row(2, "RB-2"), Buffer.concat([ROBOT, Buffer.from(`3,${SERIAL}\r\n`)])]));
  await person.page.getByText(person.say("console-import-ready", { created: "2", updated: "1" })).waitFor();
  assert.equal((await panel.items("equipment")).length, 1, "so far it was only checked");
  await person.button("console-import-go").click();
  await person.page.getByText(person.say("console-import-summary", { created: "2", updated: "1", unchanged: "0" })).waitFor();
  await person.link("console-import-list").click();
  for (const number of [1, 2, 3]) await person.page.getByRole("link", { name: `搬送ロボット ${number}` }).waitFor();
  await assertFitForEveryone(person.page, "equipment-list", EACH_LOOK);
}

test("a machine from its registration to its retirement, and a list from a spreadsheet", { timeout: 180_000 }, async () => {
  const { panel, slug } = pair.customer;
  const person = await openConsole(browser, LANGUAGE, slug, panel);
  const id = await register(person);
  await edit(person);
  await enrol(person);
  await switches(person, panel, id);
  await assertFitForEveryone(person.page, "equipment", EACH_LOOK);
  await retire(person, panel, id);
  await importFile(person, panel);
  await person.visit(`audit?object=equipment%2F${id}`);
  for (const action of ["create", "update", "enrolment_code", "switches", "retire", "restore"]) {
    await person.page.locator("tbody").getByText(person.say(`console-action-equipment-${action}`), { exact: true }).first().waitFor();
  }
  for (const action of ["enrol", "end"]) {
    await person.page.locator("tbody").getByText(person.say(`console-action-agent-${action}`), { exact: true }).waitFor();
  }
  await person.leave();
});

test("the desk registers, changes and retires its customer's equipment, and is told of a number that is taken", { timeout: 90_000 }, async () => {
  const { provider, customer } = pair;
  const desk = await openConsole(browser, LANGUAGE, provider.slug, provider.desk);
  await desk.visit(`customers/${customer.slug}`);
  await desk.link("console-equipment-add").click();
  await desk.field("console-field-name").fill("搬送ロボット 9");
  await desk.field("console-equipment-serial").fill("rb-1");
  const [first] = await customer.panel.items("equipment?q=RB-1");
  if (!first) await customer.panel.post("equipment", { name: "搬送ロボット 1", serial_number: "RB-1" });
  await desk.button("console-equipment-register").click();
  await desk.page.locator(".field .error", { hasText: desk.say("console-problem-serial-number-taken") }).waitFor();
  await desk.field("console-equipment-serial").fill("RB-9");
  await desk.button("console-equipment-register").click();
  await desk.told("console-equipment-added", { name: "搬送ロボット 9" });
  await desk.page.getByText(desk.say("console-desk-equipment-switches")).waitFor();
  assert.equal(await desk.button("console-enrolment-issue").count(), 0);
  await assertFitForEveryone(desk.page, "desk-equipment", EACH_LOOK);
  await desk.link("console-change").click();
  await desk.page.getByLabel(new RegExp(`^${desk.say("console-equipment-place")}`)).fill("第二工場");
  await desk.button("console-save").click();
  await desk.told("console-saved");
  await desk.button("console-equipment-retire").click();
  await desk.button("console-equipment-retire", desk.dialog).click();
  await desk.told("console-equipment-retired", { name: "搬送ロボット 9" });
  const [retired] = await customer.panel.items("equipment?q=RB-9");
  assert.deepEqual([retired.place, retired.state], ["第二工場", "retired"]);
  await desk.leave(409);
});
