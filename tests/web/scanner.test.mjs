// B1: mail scanners open links, follow what they find, press buttons and send forms. None of that decides anything,
// causes a mail, or leaves a trace in the audit log.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { openPage, startBrowser } from "./support/browser.mjs";
import { edgeUrl, postForm } from "./support/edge.mjs";
import { linkIn, mailTo } from "./support/mailbox.mjs";
import { makeTenant } from "./support/tenant.mjs";
import { opening } from "./support/texts.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

/** The state of `tenant` so far; the scanner must leave it unchanged. */
async function happened(tenant) {
  const mails = await tenant.mailCounts(tenant.approver.email, tenant.requesterEmail);
  return { mails, audit: await tenant.audit() };
}

/** The links that a scanner finds in mails, each with the tenant that must stay unaffected. */
const links = {
  async "an approval link"() {
    const tenant = await makeTenant();
    const registration = await tenant.register();
    return { tenant, registration, state: "awaiting_approval", link: await tenant.approvalLink() };
  },
  async "an address confirmation link"() {
    const tenant = await makeTenant({ policy: { confirm_address_first: true } });
    const registration = await tenant.register();
    const mail = await mailTo(tenant.requesterEmail, opening("ja", "mail-confirm-subject"));
    return { tenant, registration, state: "awaiting_address", link: linkIn(mail, `${edgeUrl}/c/`) };
  },
  async "the activation page"() {
    const tenant = await makeTenant();
    const registration = await tenant.approved();
    return { tenant, registration, state: "awaiting_code", link: registration.verification_uri_complete };
  },
};

async function assertUntouched(given, before) {
  const { state, tries_left } = await given.tenant.state(given.registration);
  assert.deepEqual([state, tries_left], [given.state, 5]);
  assert.deepEqual(await happened(given.tenant), before);
}

async function fetchEverything(link) {
  const browserLike = { accept: "text/html,*/*", "user-agent": "Mozilla/5.0 (compatible; MailScanner/1.0)" };
  const prefetch = { ...browserLike, purpose: "prefetch", "sec-purpose": "prefetch;prerender" };
  const seen = new Set();
  const queue = [link];
  while (queue.length > 0 && seen.size < 50) {
    const url = queue.shift();
    if (seen.has(url) || !url.startsWith(edgeUrl)) continue;
    seen.add(url);
    for (const [method, headers] of [["HEAD", browserLike], ["GET", prefetch], ["OPTIONS", browserLike], ["GET", browserLike]]) {
      const response = await fetch(url, { method, headers, redirect: "follow" });
      const found = (await response.text()).matchAll(/(?:href|src|action)="([^"]*)"/g);
      for (const [, target] of found) queue.push(new URL(target.replaceAll("&amp;", "&"), url).href.split("#")[0]);
    }
  }
  assert.ok(seen.size > 3, "the scanner found the page's own links");
}

for (const [name, make] of Object.entries(links)) {
  test(`a scanner that fetches ${name} and everything on the page changes nothing`, async () => {
    const given = await make();
    const before = await happened(given.tenant);
    await fetchEverything(given.link);
    await fetchEverything(`${given.link}${given.link.includes("?") ? "&" : "?"}lang=en`);
    await assertUntouched(given, before);
  });
}

for (const name of ["an approval link", "an address confirmation link"]) {
  test(`a scanner that presses every button behind ${name} without ticking changes nothing`, async () => {
    const given = await links[name]();
    const before = await happened(given.tenant);
    const { page, close } = await openPage(browser);
    await page.goto(given.link);
    const buttons = await page.locator("form button, form input[type=submit]").count();
    assert.ok(buttons > 0);
    for (let at = 0; at < buttons; at += 1) {
      await page.goto(given.link);
      for (const field of await page.locator("textarea, input[type=text]").all()) await field.fill("scanned");
      // Bypasses the browser's own validation, and includes invisible controls.
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === "POST"),
        page.locator("form button, form input[type=submit]").nth(at).dispatchEvent("click"),
      ]);
      assert.equal(answer.status(), 422);
      await page.getByRole("alert").waitFor();
    }
    await close();
    await assertUntouched(given, before);
  });
}

test("forms that lack the tick, the decision, or the right type decide nothing", async () => {
  const given = await links["an approval link"]();
  const before = await happened(given.tenant);
  for (const fields of [{}, { decision: "approve" }, { decision: "refuse" }, { confirm: "yes" }, { decision: "refuse", confirm: "yes" }, { decision: "approve", refuse: "yes" }, { decision: "approve", confirm: "on" }, { decision: "Approve", confirm: "yes" }]) {
    assert.equal((await postForm(given.link, fields)).status, 422, JSON.stringify(fields));
  }
  const asJson = { method: "POST", headers: { "content-type": "application/json" }, body: '{"decision":"approve","confirm":"yes"}' };
  assert.equal((await fetch(given.link, asJson)).status, 400);
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    assert.equal((await fetch(given.link, { method, body: new URLSearchParams({ decision: "approve", confirm: "yes" }) })).status, 405);
  }
  assert.equal((await fetch(`${given.link}?decision=approve&confirm=yes`)).status, 200);
  await assertUntouched(given, before);
});

test("a complete form from another origin is refused", async () => {
  for (const name of Object.keys(links)) {
    const given = await links[name]();
    const before = await happened(given.tenant);
    const codes = { user_code: given.registration.user_code, activation_code: given.registration.activation_code ?? "" };
    const fields = { decision: "approve", confirm: "yes", ...codes };
    const target = given.link.split("?")[0];
    for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }, { origin: `${edgeUrl}.evil.example` }, { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }]) {
      assert.equal((await postForm(target, fields, headers)).status, 403, `${name} ${JSON.stringify(headers)}`);
    }
    await assertUntouched(given, before);
  }
});

test("a form that another site's page submits in a real browser is refused", async () => {
  const given = await links["an approval link"]();
  const before = await happened(given.tenant);
  const evil = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end(`<form method="post" action="${given.link}">
      <input name="decision" value="approve"><input name="confirm" value="yes"></form><script>document.forms[0].submit()</script>`);
  });
  evil.listen(0, "localhost");
  await once(evil, "listening");
  const { page, close } = await openPage(browser);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    page.goto(`http://localhost:${evil.address().port}/`),
  ]);
  assert.equal(answer.status(), 403);
  await close();
  evil.close();
  await assertUntouched(given, before);
});
