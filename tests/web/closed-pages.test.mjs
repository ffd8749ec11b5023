// Pages that only explain why there is nothing to do, in every language: damaged and withdrawn links, a suspended
// tenant, an unknown address, too much input.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertFitForEveryone, openPage, startBrowser } from "./support/browser.mjs";
import { edgeUrl, operator, postForm } from "./support/edge.mjs";
import { linkIn, mailTo } from "./support/mailbox.mjs";
import { makeTenant } from "./support/tenant.mjs";
import { LANGUAGES, opening, say } from "./support/texts.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

/** Opens `url`, which must explain itself with `status` and offer nothing to press. */
async function assertClosed(url, status, language, reason) {
  const { page, faults, close } = await openPage(browser, { locale: language });
  const response = await page.goto(url);
  assert.equal(response.status(), status);
  assert.equal(await page.locator("html").getAttribute("lang"), language);
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), say(language, `page-closed-${reason}-title`));
  assert.equal(await page.locator("form").count(), 0);
  await assertFitForEveryone(page, `closed-${reason}`);
  assert.deepEqual(faults, []);
  await close();
}

for (const language of LANGUAGES) {
  test(`${language}: a withdrawn request`, async () => {
    const tenant = await makeTenant({ language });
    const registration = await tenant.register();
    const link = await tenant.approvalLink();
    await tenant.withdraw(registration);
    await assertClosed(link, 410, language, "withdrawn");
    assert.equal((await postForm(link, { decision: "approve", confirm: "yes", lang: language })).status, 410);
    assert.equal((await tenant.audit()).some(({ action }) => action === "approval.decide"), false);
  });

  test(`${language}: a truncated or altered link`, async () => {
    const tenant = await makeTenant({ language });
    await tenant.register();
    const link = await tenant.approvalLink();
    await assertClosed(link.slice(0, -4), 404, language, "invalid");
    for (const damaged of [`${link.slice(0, -1)}${link.endsWith("A") ? "B" : "A"}`, link.replace(tenant.slug, "web-0"), link.replace("/a/", "/c/"), `${edgeUrl}/a/x`]) {
      assert.equal((await fetch(damaged)).status, 404, damaged);
      assert.equal((await postForm(damaged, { decision: "approve", confirm: "yes" })).status, 404, damaged);
    }
  });

  test(`${language}: a tenant that was suspended while the approver was reading`, async () => {
    const tenant = await makeTenant({ language });
    const registration = await tenant.register();
    const { page, close } = await openPage(browser);
    await page.goto(await tenant.approvalLink());
    await operator("POST", `/tenants/${tenant.slug}/suspend`, {}, 200);
    await page.locator("#confirm").check();
    await page.getByRole("button", { name: say(language, "page-approval-approve"), exact: true }).click();
    assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), say(language, "page-closed-suspended-title"));
    await assertFitForEveryone(page, "closed-suspended");
    await close();
    await operator("POST", `/tenants/${tenant.slug}/resume`, {}, 200);
    assert.equal((await tenant.state(registration)).state, "awaiting_approval");
  });

  test(`${language}: while a tenant is suspended, none of its pages has a form`, async () => {
    const tenant = await makeTenant({ language, policy: { confirm_address_first: true } });
    const registration = await tenant.register();
    const confirm = linkIn(await mailTo(tenant.requesterEmail, opening(language, "mail-confirm-subject")), `${edgeUrl}/c/`);
    const waiting = await tenant.register({ email: `second@${tenant.slug}.example` });
    await tenant.decide(linkIn(await mailTo(`second@${tenant.slug}.example`, opening(language, "mail-confirm-subject")), `${edgeUrl}/c/`), {});
    const approve = await tenant.approvalLink();
    const pages = [approve, confirm, waiting.verification_uri_complete];
    for (const url of pages) assert.equal((await fetch(url)).status, 200, url);
    await operator("POST", `/tenants/${tenant.slug}/suspend`, {}, 200);
    for (const url of pages) await assertClosed(url, 403, language, "suspended");
    await operator("POST", `/tenants/${tenant.slug}/resume`, {}, 200);
    for (const url of pages) assert.equal((await fetch(url)).status, 200, url);
    assert.equal((await tenant.state(registration)).state, "awaiting_address");
    assert.equal((await tenant.state(waiting)).state, "awaiting_approval");
  });

  test(`${language}: an unknown address`, async () => {
    await assertClosed(`${edgeUrl}/no/such/page`, 404, language, "missing");
    await assertClosed(`${edgeUrl}/t/no-such-tenant-here/activate`, 404, language, "missing");
  });
}

test("a form over the size limit is refused unread", async () => {
  const tenant = await makeTenant();
  const registration = await tenant.register();
  const response = await postForm(await tenant.approvalLink(), { decision: "refuse", refuse: "yes", reason: "x".repeat(20_000) });
  assert.equal(response.status, 413);
  assert.equal((await tenant.state(registration)).state, "awaiting_approval");
});

test("a reason that is too long is shown again, and nothing is decided", async () => {
  const tenant = await makeTenant();
  const registration = await tenant.register();
  const reason = "長".repeat(501);
  const response = await postForm(await tenant.approvalLink(), { decision: "refuse", refuse: "yes", reason, lang: "ja" });
  assert.equal(response.status, 422);
  const html = await response.text();
  assert.ok(html.includes(say("ja", "page-approval-error-reason")) && html.includes(reason));
  assert.equal((await tenant.state(registration)).state, "awaiting_approval");
});

test("pages forbid caching, framing, cross-site referrers and indexing", async () => {
  const tenant = await makeTenant();
  await tenant.register();
  for (const url of [await tenant.approvalLink(), `${tenant.issuer}/activate`, `${edgeUrl}/a/x`]) {
    const { headers } = await fetch(url);
    const policy = headers.get("content-security-policy");
    assert.ok(policy.includes("default-src 'none'") && policy.includes("frame-ancestors 'none'") && !policy.includes("unsafe"), policy);
    const rest = ["cache-control", "x-content-type-options", "x-robots-tag", "referrer-policy"].map((name) => headers.get(name));
    assert.deepEqual(rest, ["no-store", "nosniff", "noindex", "same-origin"]);
  }
});
