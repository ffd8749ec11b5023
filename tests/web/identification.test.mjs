// An installation that identifies itself (P2), in a real browser and with the real command: the desk issues the
// verification code; a machine whose place is taken waits for the customer's administrator, and one whose serial number
// was mistyped for the desk; each console shows its machine by itself, and once it was accepted the command goes on.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { assertFitForEveryone, EACH_LOOK, startBrowser } from "./support/browser.mjs";
import { Pc } from "./support/command.mjs";
import { openConsole } from "./support/console.mjs";
import { edgeUrl } from "./support/edge.mjs";
import { makePair } from "./support/filled.mjs";

const LANGUAGE = "ja";
const [TAKEN, FREE] = ["5軸加工機 7号機", "検査装置 3号機"];

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** Equipment with an agent that has its place, and equipment with none. */
async function makeEquipment({ panel, slug }) {
  const taken = await panel.post("equipment", { name: TAKEN, serial_number: "TG-2041" });
  await panel.patch(`equipment/${taken.id}/switches`, { version: taken.version, remote_assistance: true });
  const { code } = await panel.post(`equipment/${taken.id}/enrolment`);
  const before = await Pc.withCommand();
  const enrolled = await before.run("agent", "enrol", "--edge", edgeUrl, "--tenant", slug, "--code", code);
  assert.equal(enrolled.code, 0, enrolled.stdout + enrolled.stderr);
  const free = await panel.post("equipment", { name: FREE, serial_number: "TG-2042" });
  return { taken: taken.id, free: free.id };
}

/** The desk issues the first verification code in its console; what machines are told. */
async function issueCode(desk) {
  await desk.go("console-nav-desk-identification");
  await desk.page.getByText(desk.say("console-service-organization-none")).waitFor();
  await desk.button("console-verification-issue").click();
  const shown = desk.dialog.getByRole("textbox", { name: desk.say("console-verification-code"), exact: true });
  await shown.waitFor();
  await assertFitForEveryone(desk.page, "verification-code", EACH_LOOK);
  const code = await shown.inputValue();
  await desk.button("console-close", desk.dialog).click();
  await desk.page.reload();
  await desk.page.getByText(desk.say("console-verification-code-valid")).waitFor();
  assert.ok(!(await desk.page.content()).includes(code), "the code is shown once");
  const organization = await desk.page.getByRole("textbox", { name: desk.say("console-service-organization"), exact: true }).inputValue();
  assert.match(organization, /^\d{8}$/);
  return { organization, code };
}

/** A machine identifies itself; its command runs until somebody has answered. */
async function identify({ organization, code }, serial) {
  const pc = await Pc.withCommand();
  const file = join(pc.home, "verification-code.txt");
  await writeFile(file, `${code}\n`);
  const options = ["--edge", edgeUrl, "--organization", organization, "--serial-number", serial, "--verification-code-file", file];
  return { pc, ended: pc.run("agent", "enrol", ...options) };
}

/** The command has gone on; the thumbprint of the machine's key. */
async function enrolled({ pc, ended }, slug) {
  const { code, stdout, stderr } = await ended;
  assert.equal(code, 0, stdout + stderr);
  assert.equal(JSON.parse(stdout).tenant, slug);
  const status = await pc.run("agent", "status");
  return JSON.parse(status.stdout).key_thumbprint;
}

test("machines that identify themselves wait where they are not known, and go on once they were accepted", { timeout: 60_000 }, async () => {
  const { provider, customer } = await makePair(LANGUAGE);
  const { panel, slug } = customer;
  const equipment = await makeEquipment(customer);
  const desk = await openConsole(browser, LANGUAGE, provider.slug, provider.desk);
  const known = await issueCode(desk);
  await desk.go("console-nav-desk-enrolments");
  await desk.page.getByText(desk.say("console-enrolments-none")).waitFor();
  const administrator = await openConsole(browser, LANGUAGE, slug, panel);
  await administrator.visit(`equipment/${equipment.taken}`);
  const [second, mistyped] = await Promise.all(["tg-2041", "TG-2O42"].map((serial) => identify(known, serial)));

  // The administrator's page is open already.
  await administrator.page.getByRole("heading", { name: administrator.say("console-enrolment-applicants"), exact: true }).waitFor();
  await administrator.menu.getByText(administrator.say("console-nav-waiting", { count: 1 })).waitFor();
  await assertFitForEveryone(administrator.page, "applicant", EACH_LOOK);
  await administrator.page.getByRole("button", { name: administrator.say("console-decide-approve") }).click();
  for (const consequence of ["console-enrolment-replaces-agent", "console-enrolment-forbids-assistance"]) {
    await administrator.dialog.getByText(administrator.say(consequence)).waitFor();
  }
  await administrator.button("console-decide-approve", administrator.dialog).click();
  await administrator.told("console-enrolment-said-approved");

  // So is the desk's list.
  const row = desk.page.getByRole("row", { name: "TG-2O42" });
  await row.getByText(desk.say("console-enrolment-waits-unknown")).waitFor();
  await row.getByRole("link").click();
  await desk.field("console-customer").selectOption(customer.door.cast.tenant);
  await desk.page.getByLabel(FREE).check();
  await assertFitForEveryone(desk.page, "enrolment", EACH_LOOK);
  await desk.button("console-decide-approve").click();
  await desk.dialog.getByText(desk.say("console-enrolment-other-serial", { typed: "TG-2O42", serial: "TG-2042" })).waitFor();
  await desk.button("console-decide-approve", desk.dialog).click();
  await desk.told("console-enrolment-said-ordered");
  await desk.page.locator(".details").getByText(desk.say("console-enrolment-state-accepted"), { exact: true }).waitFor();

  const [key, other] = await Promise.all([enrolled(second, slug), enrolled(mistyped, slug)]);
  await administrator.page.getByText(key).waitFor();
  await administrator.page.getByText(administrator.say("console-allowed-no")).first().waitFor();
  assert.equal((await panel.get(`equipment/${equipment.taken}`)).remote_assistance, false);
  assert.equal((await panel.get(`equipment/${equipment.free}`)).agent.jkt, other);
  const accepted = (await panel.items("audit?action=enrolment.accept")).map(({ actor }) => actor.kind);
  assert.deepEqual(accepted.sort(), ["account", "desk"]);
  await administrator.leave();

  await provider.desk.patch("me", { locale: "da" });
  await desk.visit("desk/identification");
  for (const word of ["Tjenesteorganisations-id", "Bekræftelseskode"]) {
    await desk.page.getByRole("heading", { level: 2, name: word, exact: true }).waitFor();
  }
  await assertFitForEveryone(desk.page, "identification", EACH_LOOK);
  await desk.leave();
});
