// Passkeys (C2) with Chromium's virtual authenticator: as the only proof of a login, as its second step, and attempts
// that are rejected. The edge needs a host name: `cargo xtask dev --host localhost`.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Authenticator } from "./support/authenticator.mjs";
import { assertFitForEveryone, startBrowser } from "./support/browser.mjs";
import { PASSWORD, firstMail, openConsole } from "./support/console.mjs";
import { edgeUrl, until } from "./support/edge.mjs";
import { mailTo } from "./support/mailbox.mjs";
import { PanelClient } from "./support/panel.mjs";
import { makeTenant } from "./support/tenant.mjs";
import { LANGUAGES, opening } from "./support/texts.mjs";

let browser;
before(async () => {
  assert.ok(!/\d$/.test(new URL(edgeUrl).hostname), `${edgeUrl}: browsers bind passkeys to names; start the edge with --host localhost`);
  browser = await startBrowser();
});
after(() => browser?.close());

/** A logged-in person at the console of their own tenant, with a device that has a screen lock. */
async function settled(language) {
  const tenant = await makeTenant({ language });
  const { password } = await firstMail(language, tenant.approver.email);
  const person = await openConsole(browser, language, tenant.slug);
  const device = await Authenticator.of(person.page);
  await person.settle("approver", password);
  return { tenant, person, device };
}

async function add(person, name) {
  await person.visit("account");
  await person.button("console-passkey-add").click();
  if (name) await person.dialog.getByLabel(person.say("console-passkey-name"), { exact: true }).fill(name);
  await person.button("console-passkey-go", person.dialog).click();
  await person.page.locator(".feedback .good").waitFor();
}

async function leaveConsole(person) {
  await person.button("console-logout").first().click();
  await person.field("console-account-name").waitFor();
}

/** The API's response to the page, with its cookie: status and code. */
function asked(person, path, init) {
  return person.page.evaluate(async ([url, options]) => {
    const response = await fetch(url, options);
    const text = await response.text();
    return [response.status, text ? JSON.parse(text).code : undefined];
  }, [`/t/${person.slug}/api/v1/${path}`, init]);
}

for (const language of LANGUAGES) {
  test(`${language}: a passkey is added, logs in alone, becomes the second step, and a new first password recovers the account`, { timeout: 240_000 }, async () => {
    const { tenant, person, device } = await settled(language);
    await person.visit("account");
    await person.page.getByText(person.say("console-passkeys-none")).waitFor();
    await person.button("console-passkey-add").click();
    await assertFitForEveryone(person.page, "passkey-new");
    await person.page.keyboard.press("Escape");
    const name = { ja: "受付のPC", en: "Reception's computer", da: "Receptionens computer" }[language];
    await add(person, name);
    await person.page.getByRole("cell", { name, exact: true }).waitFor();
    const mail = await mailTo(tenant.approver.email, opening(language, "mail-passkey-added-subject"));
    assert.ok(mail.text.includes(name), mail.text);
    assert.equal((await device.passkeys()).length, 1);

    // As the only proof.
    await leaveConsole(person);
    await assertFitForEveryone(person.page, "passkey-login");
    await person.button("console-login-passkey").click();
    await person.menu.waitFor();

    // As the second step.
    await person.visit("account");
    await person.button("console-factor-on").click();
    await assertFitForEveryone(person.page, "passkey-factor");
    await person.button("console-factor-on", person.dialog).click();
    await person.told("console-factor-is-on");
    await assertFitForEveryone(person.page, "passkey-account");
    await person.page.getByRole("button", { name: new RegExp(person.say("console-passkey-end")) }).first().click();
    await person.button("console-passkey-end", person.dialog).click();
    await person.told("console-problem-last-passkey");

    await leaveConsole(person);
    await person.button("console-login-passkey").click();
    await person.page.getByText(person.say("console-problem-password-required")).waitFor();
    await person.logIn("approver");
    await person.heading("console-second-step-title").waitFor();
    await assertFitForEveryone(person.page, "passkey-second-step");
    assert.deepEqual(await asked(person, "users"), [403, "passkey-required"]);
    assert.deepEqual(await asked(person, "session/password", { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify({ password: "two boats on a wider lake" }) }), [403, "passkey-required"]);
    await person.page.reload();
    await person.heading("console-second-step-title").waitFor();
    await person.button("console-second-step-go").click();
    await person.menu.waitFor();
    assert.deepEqual(await asked(person, "users"), [200, undefined]);

    // Recovery: another administrator reissues the credential.
    const second = await tenant.addApprover();
    const { password } = await firstMail(language, second.email, "account");
    const colleague = await PanelClient.logIn(tenant.slug, "second", password);
    const own = (await colleague.items("users?account=true")).find((user) => user.account.account === "approver");
    await colleague.post(`users/${own.id}/account/reissue`);
    const again = await firstMail(language, tenant.approver.email, "reissue");
    await person.page.reload();
    await person.button("console-login-passkey").click();
    await person.page.getByText(person.say("console-passkey-wrong")).waitFor();
    await person.settle("approver", again.password);
    await person.visit("account");
    await person.page.getByText(person.say("console-passkeys-none")).waitFor();
    await person.leave(403, 409);
  });
}

test("a passkey of another tenant does not log in", { timeout: 120_000 }, async () => {
  const { tenant, person } = await settled("en");
  await add(person, "The other tenant's");
  const other = await makeTenant({ language: "en" });
  await person.page.goto(`${edgeUrl}/t/${other.slug}/`);
  await person.button("console-login-passkey").click();
  await person.page.getByText(person.say("console-passkey-wrong")).waitFor();
  await person.page.goto(`${edgeUrl}/t/${tenant.slug}/`);
  await leaveConsole(person);
  await person.button("console-login-passkey").click();
  await person.menu.waitFor();
  await person.leave("events");
});

test("a device without user verification does not log in", { timeout: 120_000 }, async () => {
  const { person, device } = await settled("en");
  await add(person);
  await leaveConsole(person);
  await device.verifies(false);
  await person.button("console-login-passkey").click();
  await person.page.getByText(person.say("console-problem-passkey-unused")).waitFor();
  // The same with a page that asks for less: the server rejects it.
  const answer = await person.page.evaluate(async (api) => {
    const post = (path, body) => fetch(`${api}/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const options = await (await post("login/passkey/challenge", {})).json();
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, userVerification: "discouraged" });
    const credential = (await navigator.credentials.get({ publicKey })).toJSON();
    const first = await post("login/passkey", { credential });
    return [first.status, (await first.json()).code];
  }, `/t/${person.slug}/api/v1`);
  assert.deepEqual(answer, [401, "wrong-credentials"]);
  await device.verifies(true);
  await person.button("console-login-passkey").click();
  await person.menu.waitFor();
  await person.leave();
});

test("a replayed response and a copied passkey do not log in", { timeout: 120_000 }, async () => {
  const { tenant, person, device } = await settled("en");
  await add(person);
  const copied = await device.passkeys();
  await leaveConsole(person);
  const answers = await person.page.evaluate(async (api) => {
    const post = (path, body) => fetch(`${api}/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const options = await (await post("login/passkey/challenge", {})).json();
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    const credential = (await navigator.credentials.get({ publicKey })).toJSON();
    return [(await post("login/passkey", { credential })).status, (await post("login/passkey", { credential })).status];
  }, `/t/${person.slug}/api/v1`);
  assert.deepEqual(answers, [200, 401]);
  await person.page.reload();
  await leaveConsole(person);
  await device.keep(copied);
  await person.button("console-login-passkey").click();
  await person.page.getByText(person.say("console-passkey-wrong")).waitFor();
  await until("the entry of the copy", async () => (await tenant.audit()).some(({ outcome }) => outcome === "passkey_went_back"));
  await person.leave("events");
});

test("a dangerous action requires a passkey", { timeout: 120_000 }, async () => {
  const { tenant, person } = await settled("en");
  await add(person);
  const client = await PanelClient.logIn(tenant.slug, "approver", PASSWORD);
  const [first] = await client.items("passkeys");
  // Any later call stands for one after ten minutes: the first response says that the login is too old.
  let stale = true;
  await person.page.route("**/api/v1/passkeys/*", async (route) => {
    if (route.request().method() !== "DELETE" || !stale) return route.continue();
    stale = false;
    await route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify({ code: "fresh-login-required" }) });
  });
  await person.visit("account");
  await person.page.getByRole("button", { name: new RegExp(person.say("console-passkey-end")) }).first().click();
  await person.button("console-passkey-end", person.dialog).click();
  await person.page.getByRole("heading", { name: person.say("console-fresh-title") }).waitFor();
  await person.button("console-fresh-passkey", person.dialog).waitFor();
  await assertFitForEveryone(person.page, "passkey-fresh");
  await person.button("console-fresh-passkey", person.dialog).click();
  await person.told("console-passkey-ended", { name: first.name });
  await mailTo(tenant.approver.email, opening("en", "mail-passkey-removed-subject"));
  await person.leave(403);
});
