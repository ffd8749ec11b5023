// The agent's page on the machine (P1, P2, P8, P9, P10, B18) in a real browser: a person without a terminal starts the
// agent, enrols the machine, and sets it. The program is the built `tegata`, and the edge is the running one.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { EACH_LOOK, assertFitForEveryone, openPage, startBrowser } from "./support/browser.mjs";
import { Pc } from "./support/command.mjs";
import { edgeUrl, until } from "./support/edge.mjs";
import { makePair } from "./support/filled.mjs";
import { LANGUAGES, opening, say } from "./support/texts.mjs";

const NAME = "検査装置 3号機";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

const heading = (page) => page.getByRole("heading", { level: 1 });
const main = (page) => page.locator("main");

/** A machine that a customer has registered, and the enrolment code for its agent. */
async function makeMachine(language) {
  const { customer } = await makePair(language);
  const serial_number = `TG-${customer.slug}`.slice(0, 20);
  const { id } = await customer.panel.post("equipment", { name: NAME, serial_number });
  const { code } = await customer.panel.post(`equipment/${id}/enrolment`);
  return { tenant: customer.slug, panel: customer.panel, id, serial_number, code };
}

/** The page of a machine, opened. */
async function openMachine(language, options) {
  const pc = await Pc.withCommand();
  const program = await pc.openAgent("--language", language);
  const opened = await openPage(browser, { locale: language, ...options });
  return { pc, program, ...opened };
}

for (const language of LANGUAGES) {
  const words = (key, values) => say(language, key, values);
  const button = (page, key) => page.getByRole("button", { name: words(key), exact: true });
  const link = (page, key) => page.getByRole("link", { name: words(key), exact: true });
  const section = (page, action) => page.locator(`form[action="${action}"]`);

  const enrol = async (page, machine, code = machine.code) => {
    await page.getByLabel(words("machine-edge"), { exact: true }).fill(edgeUrl);
    await page.getByLabel(words("machine-tenant"), { exact: true }).fill(machine.tenant);
    await page.getByLabel(words("machine-code"), { exact: true }).fill(code);
    await button(page, "machine-enrol").click();
  };

  test(`${language}: a person starts the agent, enrols the machine and sets it, all on the page`, { timeout: 180_000 }, async () => {
    const machine = await makeMachine(language);
    const { pc, program, page, faults, close } = await openMachine(language);
    await page.goto(program.url);
    await page.waitForURL((url) => !url.pathname.startsWith("/start"));
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    assert.equal(await heading(page).textContent(), words("machine-menu"));
    await main(page).getByText(words("machine-light-stopped"), { exact: true }).waitFor();
    await assertFitForEveryone(page, "machine-stopped", EACH_LOOK);
    await button(page, "machine-start").click();
    await main(page).getByText(words("machine-light-not-enrolled"), { exact: true }).waitFor();
    assert.equal(await button(page, "machine-start").count(), 0);

    await link(page, "machine-service").click();
    assert.equal(await heading(page).textContent(), "Remote Service");
    assert.ok(await page.locator("#assistance").isDisabled(), "remote assistance needs an enrolment");
    await page.locator("#assistance-missing").waitFor();
    await enrol(page, machine, "tg_enr_");
    await page.getByRole("alert").waitFor();
    assert.equal(await page.locator("#enrolment_code").getAttribute("aria-invalid"), "true");
    assert.ok((await page.title()).startsWith(words("local-error")));
    await assertFitForEveryone(page, "machine-enrol-error");
    await enrol(page, machine);
    await page.getByRole("status").filter({ hasText: words("machine-saved") }).waitFor();
    // The page follows by itself.
    await main(page).getByText(words("machine-light-green"), { exact: true }).waitFor();
    for (const told of [NAME, machine.serial_number, machine.tenant]) {
      assert.ok((await main(page).textContent()).includes(told), told);
    }
    await assertFitForEveryone(page, "machine-service");

    await button(page, "machine-test").click();
    await page.getByText(words("cli-outcome-ok"), { exact: true }).waitFor();
    await page.locator(".checks .passed", { hasText: words("cli-check-admission", { state: words("cli-check-passed") }) }).waitFor();
    await assertFitForEveryone(page, "machine-test", EACH_LOOK);

    await section(page, "service").getByLabel(words("machine-enabled"), { exact: true }).uncheck();
    await section(page, "service").getByRole("button").click();
    await main(page).getByText(words("machine-light-off"), { exact: true }).waitFor();
    await section(page, "service").getByLabel(words("machine-enabled"), { exact: true }).check();
    await section(page, "service").getByRole("button").click();
    await main(page).getByText(words("machine-light-green"), { exact: true }).waitFor();

    await page.getByLabel(words("machine-proxy-manual"), { exact: true }).check();
    await page.getByLabel(words("machine-proxy-address"), { exact: true }).fill("proxy.aozora.example");
    await section(page, "proxy").getByRole("button").click();
    await page.locator("#proxy-error", { hasText: words("machine-invalid-proxy") }).waitFor();
    await page.getByLabel(words("machine-proxy-none"), { exact: true }).check();
    await section(page, "proxy").getByRole("button").click();
    await page.getByRole("status").filter({ hasText: words("machine-saved") }).waitFor();
    assert.ok(await page.locator("#proxy-none").isChecked());

    await page.getByLabel(words("machine-assistance-allow"), { exact: true }).check();
    await section(page, "assistance").getByRole("button").click();
    await page.getByRole("status").filter({ hasText: words("machine-saved") }).waitFor();
    assert.ok(await page.locator("#assistance").isChecked());

    await link(page, "machine-menu").or(page.locator(".way a")).first().click();
    await assertFitForEveryone(page, "machine-home", EACH_LOOK);
    await link(page, "machine-about").click();
    assert.ok((await main(page).textContent()).includes(machine.serial_number));
    await assertFitForEveryone(page, "machine-about", EACH_LOOK);
    assert.deepEqual(faults, []);
    await button(page, "machine-quit").click();
    assert.equal(await heading(page).textContent(), words("machine-closed-title"));
    assert.equal(await program.ended, 0);
    assert.deepEqual(faults, []);
    await pc.stopStartedAgent();
    await close();
  });
}

for (const language of LANGUAGES) {
  const words = (key, values) => say(language, key, values);

  test(`${language}: a machine without a code identifies itself, waits, and connects once the desk accepts it`, { timeout: 120_000 }, async () => {
    const { provider, customer } = await makePair(language);
    const known = await provider.desk.post("service-organization/verification-code");
    const serial_number = `TG-${customer.slug}`.slice(0, 20);
    const { pc, program, page, faults, close } = await openMachine(language);
    const stop = pc.runAgent();
    const send = async (code) => {
      for (const [key, value] of [["edge", edgeUrl], ["organization", known.organization], ["verification", code], ["serial", serial_number]]) {
        await page.getByLabel(words(`machine-${key}`), { exact: true }).fill(value);
      }
      await page.getByRole("button", { name: words("machine-identify"), exact: true }).click();
    };
    await page.goto(program.url);
    await page.waitForURL((url) => !url.pathname.startsWith("/start"));
    await main(page).getByText(words("machine-light-not-enrolled"), { exact: true }).waitFor();
    await page.getByRole("link", { name: "Remote Service" }).click();
    await send("22222-22222");
    await page.getByRole("alert").getByText(words("cli-agent-not-known")).waitFor();
    assert.equal(await page.locator("#verification_code").inputValue(), "", "a code is not shown again");
    await send(known.verification_code);
    await main(page).getByText(words("machine-light-waiting"), { exact: true }).waitFor();
    await page.getByRole("status").getByText(opening(language, "machine-waiting")).waitFor();
    assert.ok(await page.locator("#assistance").isDisabled(), "remote assistance needs an enrolment");
    await assertFitForEveryone(page, "machine-waiting");

    const { id: equipment } = await customer.panel.post("equipment", { name: NAME, serial_number });
    const [{ id }] = await until("the machine at the desk", async () => {
      const waiting = await provider.desk.items("desk/enrolments?state=open");
      return waiting.length > 0 && waiting;
    });
    await provider.desk.post(`desk/enrolments/${id}/decision`, { outcome: "approved", customer: customer.slug, equipment });
    // The page follows by itself.
    await main(page).getByText(words("machine-light-green"), { exact: true }).waitFor();
    await main(page).getByText(NAME).waitFor();
    assert.ok(await page.locator("#assistance").isEnabled());
    assert.deepEqual(faults, []);
    stop();
    program.stop();
    await close();
  });
}

test("Danish people find the words that they know", async () => {
  const { pc, program, page, close } = await openMachine("da");
  const stop = pc.runAgent();
  await page.goto(program.url);
  await page.waitForURL((url) => !url.pathname.startsWith("/start"));
  await main(page).getByText(say("da", "machine-light-orange"), { exact: true }).waitFor();
  await page.getByRole("link", { name: "Remote Service" }).click();
  const text = await main(page).textContent();
  for (const known of [
    "Generelle indstillinger", "Aktiveret", "Tjenesteorganisations-id", "Bekræftelseskode", "Indstillinger for automatisk registrering", "Brug proxyserver", "Proxy-URL-adresse",
    "Proxyservergodkendelse", "Proxydomæne", "Proxybrugernavn", "Proxyadgangskode", "Teste forbindelse", "Ændre", "Tillad fjernassistance",
  ]) {
    assert.ok(text.includes(known), known);
  }
  await page.locator(".way a").click();
  await page.getByRole("link", { name: "Om", exact: true }).waitFor();
  stop();
  program.stop();
  await close();
});

test("everything works without scripts, and the light still follows", { timeout: 120_000 }, async () => {
  const language = "ja";
  const words = (key) => say(language, key);
  const machine = await makeMachine(language);
  const { pc, program, page, close } = await openMachine(language, { javaScriptEnabled: false });
  const press = (key) => page.getByRole("button", { name: words(key), exact: true }).click();
  await page.goto(program.url);
  await press("local-start-button");
  const stop = pc.runAgent();
  await main(page).getByText(words("machine-light-orange"), { exact: true }).waitFor({ timeout: 20_000 });
  await page.getByRole("link", { name: "Remote Service" }).click();
  for (const [id, value] of [["edge", edgeUrl], ["tenant", machine.tenant], ["enrolment_code", machine.code]]) {
    await page.locator(`#${id}`).fill(value);
  }
  await press("machine-enrol");
  await page.locator(".way a").click();
  await main(page).getByText(words("machine-light-green"), { exact: true }).waitFor({ timeout: 20_000 });
  stop();
  await main(page).getByText(words("machine-light-stopped"), { exact: true }).waitFor({ timeout: 20_000 });
  program.stop();
  await close();
});
