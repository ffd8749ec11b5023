// Requests that are not approved in time expire, and the pages say so. The shortest lifetime is a minute, so all tests
// wait for it at once.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertFitForEveryone, openPage, startBrowser } from "./support/browser.mjs";
import { edgeUrl, postForm, until } from "./support/edge.mjs";
import { linkIn, mailTo } from "./support/mailbox.mjs";
import { makeTenant } from "./support/tenant.mjs";
import { LANGUAGES, opening, say } from "./support/texts.mjs";

const LIFE = 60;

let browser;
/** One tenant per language, each with an unanswered, an unconfirmed and an unused request that has expired. */
let expired;

before(async () => {
  browser = await startBrowser();
  expired = await Promise.all(LANGUAGES.map(prepare));
  const all = expired.flatMap(({ asked, unconfirmed, unused }) => [asked, unconfirmed, unused]);
  await until("the expiry of all requests", async () => {
    const states = await Promise.all(all.map(({ tenant, registration }) => tenant.state(registration)));
    return states.every(({ state }) => state === "expired");
  }, LIFE + 15);
}, { timeout: 120_000 });
after(() => browser.close());

async function prepare(language) {
  const lives = { approval_life_seconds: LIFE, code_life_seconds: LIFE };
  const tenant = await makeTenant({ language, policy: lives });
  const registration = await tenant.register();
  const link = await tenant.approvalLink();

  const cautious = await makeTenant({ language, policy: { ...lives, confirm_address_first: true } });
  const unconfirmed = await cautious.register();
  const mail = await mailTo(cautious.requesterEmail, opening(language, "mail-confirm-subject"));

  const slow = await makeTenant({ language, policy: lives });
  return {
    language,
    asked: { tenant, registration, link },
    unconfirmed: { tenant: cautious, registration: unconfirmed, link: linkIn(mail, `${edgeUrl}/c/`) },
    unused: { tenant: slow, registration: await slow.approved() },
  };
}

async function assertOver(link, language) {
  const { page, close } = await openPage(browser);
  const response = await page.goto(link);
  assert.equal(response.status(), 410);
  assert.equal(await page.locator("html").getAttribute("lang"), language);
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), say(language, "page-closed-expired-title"));
  await assertFitForEveryone(page, "closed-expired");
  await close();
}

test("a request that was not approved in time can no longer be approved", async () => {
  for (const { language, asked: { tenant, registration, link } } of expired) {
    await assertOver(link, language);
    assert.equal((await postForm(link, { decision: "approve", confirm: "yes", lang: language })).status, 410);
    assert.equal((await tenant.audit()).some(({ action }) => action === "approval.decide"), false);
    const answer = await tenant.redeem(registration);
    assert.deepEqual([answer.status, (await answer.json()).error], [400, "expired_token"]);
  }
});

test("without a confirmed address in time, nobody is asked", async () => {
  for (const { language, unconfirmed: { tenant, link } } of expired) {
    await assertOver(link, language);
    assert.equal((await postForm(link, { confirm: "yes", lang: language })).status, 410);
    assert.deepEqual(await tenant.mailCounts(tenant.approver.email), [1], "the first credential alone");
  }
});

test("a code that was not used in time no longer works", async () => {
  for (const { unused: { tenant, registration } } of expired) {
    const answer = await tenant.redeem(registration);
    assert.deepEqual([answer.status, (await answer.json()).error], [400, "expired_token"]);
    const page = await postForm(registration.verification_uri, { user_code: registration.user_code, activation_code: registration.activation_code });
    assert.equal(page.status, 422);
    assert.deepEqual(await tenant.devices(), []);
  }
});
