// The Viewer's local page (K2, K4, B18) in a real browser: a person who uses no terminal asks, enters the code and reads
// data. The program is the built `tegata`, and the edge is the running one.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { EACH_LOOK, assertFitForEveryone, openPage, startBrowser } from "./support/browser.mjs";
import { Pc } from "./support/command.mjs";
import { edgeUrl, until } from "./support/edge.mjs";
import { codeIn } from "./support/mailbox.mjs";
import { startOrigin } from "./support/origin.mjs";
import { makeTenant } from "./support/tenant.mjs";
import { LANGUAGES, opening, say } from "./support/texts.mjs";

const OVERVIEW = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>稼働状況</title><h1>稼働状況</h1>
<p><a href="quit">工場</a> <img src="http://127.0.0.1:1/x.png" alt="工場"></p>
<script>top.document.title = "taken"; top.location = "http://127.0.0.1:1/";</script>
<form action="forget" method="post"><button>押す</button></form></html>`;

let browser;
let origin;
before(async () => {
  browser = await startBrowser();
  origin = await startOrigin({
    "/": (_, response) => response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(OVERVIEW),
    "/machines.json": (_, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end('{"machines":[{"id":"cnc-07","name":"5軸加工機"}]}'),
  });
});
after(() => Promise.all([browser.close(), origin.stop()]));

const heading = (page) => page.getByRole("heading", { level: 1 });
const other = (code) => (code.startsWith("2") ? "3" : "2") + code.slice(1);

/** A PC with the Viewer open at a new tenant. */
async function openViewer(language, options) {
  const tenant = await makeTenant({ language, policy: { data_origin: origin.url } });
  const pc = await Pc.withCommand();
  const program = await pc.open("--language", language, "--edge", edgeUrl, "--tenant", tenant.slug);
  const opened = await openPage(browser, { locale: language, ...options });
  return { tenant, pc, program, ...opened };
}

for (const language of LANGUAGES) {
  const words = (key, values) => say(language, key, values);
  const button = (page, key) => page.getByRole("button", { name: words(key), exact: true });

  const fill = async (page, tenant, again) => {
    for (const [key, value] of [
      ["cli-ask-name", tenant.cast.requester],
      ["cli-ask-email", tenant.requesterEmail],
      ["cli-ask-email-again", again ?? tenant.requesterEmail],
      ["cli-ask-organization", tenant.cast.tenant],
      ["cli-ask-device-name", tenant.cast.device],
    ]) {
      await page.getByLabel(words(key), { exact: true }).fill(value);
    }
    await button(page, "viewer-request-button").click();
  };

  test(`${language}: a person asks, enters the mailed code and reads data, all on the page`, async () => {
    const { tenant, pc, program, page, faults, close } = await openViewer(language);
    await page.goto(program.url);
    await page.waitForURL((url) => !url.pathname.startsWith("/start"));
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    assert.equal(await heading(page).textContent(), words("viewer-request-title"));
    assert.notEqual(await page.getByLabel(words("cli-ask-device-name"), { exact: true }).inputValue(), "");
    await assertFitForEveryone(page, "viewer-request");

    await fill(page, tenant, `slip-${tenant.requesterEmail}`);
    const alert = page.getByRole("alert");
    assert.ok((await alert.textContent()).includes(words("cli-ask-email-again")));
    assert.equal(await page.locator("#email_again").getAttribute("aria-invalid"), "true");
    assert.ok(await page.locator("#email_again").evaluate((field) => field === document.activeElement), "the cursor is there");
    assert.ok((await page.title()).startsWith(words("local-error")));
    await assertFitForEveryone(page, "viewer-request-error");

    await fill(page, tenant);
    await heading(page).filter({ hasText: words("viewer-waiting-title") }).waitFor();
    assert.ok((await page.locator("main").textContent()).includes(tenant.requesterEmail));
    await assertFitForEveryone(page, "viewer-waiting");

    await tenant.decide(await tenant.approvalLink(), { decision: "approve" });
    await heading(page).filter({ hasText: words("viewer-code-title") }).waitFor();
    const code = codeIn(await tenant.activationMail());
    await page.getByLabel(words("viewer-code"), { exact: true }).fill(other(code));
    await button(page, "viewer-code-button").click();
    assert.ok((await alert.textContent()).includes("4"), await alert.textContent());
    await assertFitForEveryone(page, "viewer-code-error");
    await page.getByLabel(words("viewer-code"), { exact: true }).fill(code.toLowerCase());
    await button(page, "viewer-code-button").click();
    await heading(page).filter({ hasText: words("viewer-active-title") }).waitFor();
    for (const told of [tenant.slug, tenant.cast.requester, tenant.requesterEmail, tenant.cast.device]) {
      assert.ok((await page.locator("main").textContent()).includes(told), told);
    }
    await assertFitForEveryone(page, "viewer-active");
    await button(page, "viewer-active-check").click();
    await page.getByRole("status").filter({ hasText: opening(language, "cli-status-checked") }).waitFor();

    await page.getByRole("link", { name: words("viewer-active-data") }).click();
    await page.getByLabel(words("viewer-data-path"), { exact: true }).fill("/machines.json");
    await button(page, "viewer-data-show").click();
    assert.ok((await page.locator("pre").textContent()).includes('      "name": "5軸加工機"'));
    await assertFitForEveryone(page, "viewer-data");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: words("viewer-data-save") }).click(),
    ]);
    assert.equal(file.suggestedFilename(), "machines.json");
    assert.deepEqual(faults, []);

    await page.goto(new URL("./", page.url()).href);
    await page.getByRole("link", { name: words("viewer-active-give-up") }).click();
    assert.equal(await heading(page).textContent(), words("viewer-forget-title"));
    await assertFitForEveryone(page, "viewer-forget", EACH_LOOK);
    await button(page, "viewer-forget-button").click();
    assert.equal(await heading(page).textContent(), words("viewer-request-title"));
    assert.equal((await tenant.devices())[0].state, "revoked");
    await button(page, "viewer-quit").click();
    assert.equal(await heading(page).textContent(), words("viewer-closed-title"));
    assert.equal(await program.ended, 0);
    assert.equal((await pc.run("viewer", "status")).code, 1, "nothing is left");
    assert.deepEqual(faults, []);
    await close();
  });

  test(`${language}: a refusal is shown with its reason, and a new request begins with what was entered`, async () => {
    const { tenant, program, page, faults, close } = await openViewer(language);
    await page.goto(program.url);
    await fill(page, tenant);
    await heading(page).filter({ hasText: words("viewer-waiting-title") }).waitFor();
    await tenant.decide(await tenant.approvalLink(), { decision: "refuse", reason: "受付では使いません <b>" });
    await heading(page).filter({ hasText: words("viewer-ended-refused-title") }).waitFor();
    assert.ok((await page.locator("main").textContent()).includes("受付では使いません <b>"));
    await assertFitForEveryone(page, "viewer-refused", EACH_LOOK);
    await page.getByRole("link", { name: words("viewer-ended-again") }).click();
    assert.equal(await page.getByLabel(words("cli-ask-name"), { exact: true }).inputValue(), tenant.cast.requester);
    assert.deepEqual(faults, []);
    program.stop();
    await close();
  });
}

test("the file that the program gives to the browser leads in, once", async () => {
  const { pc, program, page, close } = await openViewer("ja");
  const [name] = (await readdir(pc.data)).filter((file) => file.endsWith(".html"));
  await page.goto(pathToFileURL(join(pc.data, name)).href);
  await heading(page).filter({ hasText: say("ja", "viewer-request-title") }).waitFor();
  await until("the file is gone", async () => !(await readdir(pc.data)).includes(name));
  program.stop();
  await close();
});

test("everything works without scripts", async () => {
  const language = "ja";
  const words = (key) => say(language, key);
  const { tenant, program, page, close } = await openViewer(language, { javaScriptEnabled: false });
  const press = (key) => page.getByRole("button", { name: words(key), exact: true }).click();
  await page.goto(program.url);
  await press("local-start-button");
  for (const [id, value] of [
    ["name", tenant.cast.requester], ["email", tenant.requesterEmail], ["email_again", tenant.requesterEmail],
    ["organization", tenant.cast.tenant], ["device_name", tenant.cast.device],
  ]) {
    await page.locator(`#${id}`).fill(value);
  }
  await press("viewer-request-button");
  await tenant.decide(await tenant.approvalLink(), { decision: "approve" });
  await heading(page).filter({ hasText: words("viewer-code-title") }).waitFor({ timeout: 60_000 });
  await page.locator("#code").fill(codeIn(await tenant.activationMail()));
  await press("viewer-code-button");
  assert.equal(await heading(page).textContent(), words("viewer-active-title"));
  program.stop();
  await close();
});

test("a page of the data origin is shown but does nothing, and the one-time URL is spent", async () => {
  const { tenant, program, page, faults, close } = await openViewer("ja");
  await page.goto(program.url);
  await page.waitForURL((url) => !url.pathname.startsWith("/start"));
  const home = page.url();
  const pending = page.getByRole("button", { name: say("ja", "viewer-request-button") });
  for (const [id, value] of [
    ["name", tenant.cast.requester], ["email", tenant.requesterEmail], ["email_again", tenant.requesterEmail],
    ["organization", tenant.cast.tenant], ["device_name", tenant.cast.device],
  ]) {
    await page.locator(`#${id}`).fill(value);
  }
  await pending.click();
  await tenant.decide(await tenant.approvalLink(), { decision: "approve" });
  await page.locator("#code").fill(codeIn(await tenant.activationMail()));
  await page.getByRole("button", { name: say("ja", "viewer-code-button"), exact: true }).click();
  await heading(page).filter({ hasText: say("ja", "viewer-active-title") }).waitFor();

  await page.goto(new URL("data?path=/", home).href);
  const frame = page.frameLocator("iframe");
  assert.equal(await frame.getByRole("heading").textContent(), "稼働状況");
  await assertFitForEveryone(page, "viewer-data-page", EACH_LOOK);
  const shown = page.url();
  await frame.getByRole("button").click();
  await frame.getByRole("link").click();
  await until("the blocked attempts are reported", () => faults.length > 0);
  assert.equal(page.url(), shown);
  assert.notEqual(await page.title(), "taken");
  // Every report says that something of the frame was kept from happening.
  for (const fault of faults) assert.match(fault, /Blocked|blocked|violates|sandbox/);
  await page.goto(home);
  assert.equal(await heading(page).textContent(), say("ja", "viewer-active-title"), "it still runs, and is permitted");

  const stranger = await openPage(browser, { locale: "ja" });
  for (const [url, title] of [[program.url, "viewer-refusal-spent-title"], [home, "viewer-refusal-no-session-title"]]) {
    await stranger.page.goto(url);
    assert.equal(await heading(stranger.page).textContent(), say("ja", title));
    await assertFitForEveryone(stranger.page, title, EACH_LOOK);
  }
  program.stop();
  await stranger.close();
  await close();
});
