// An undeliverable mail: the desk sees it, removes the cause, and sends it again.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertFitForEveryone, EACH_LOOK, startBrowser } from "./support/browser.mjs";
import { openConsole, passwordIn } from "./support/console.mjs";
import { until } from "./support/edge.mjs";
import { startRefusingEdge } from "./support/refusing_edge.mjs";

const LANGUAGE = "ja";
const SLUG = "kita-desk";
const AGENT = "agent@kita-desk.example";

let browser;
let edge;
before(async () => {
  browser = await startBrowser();
  edge = await startRefusingEdge();
}, { timeout: 90_000 });
after(async () => {
  await browser?.close();
  await edge?.stop();
});

const mailTo = (address) => until(`a mail to ${address}`, () => edge.provider.mails.find(({ to }) => to.includes(address)));

async function addAgent(desk) {
  await desk.visit("users/new");
  await desk.field("console-field-person").fill("高橋 直樹");
  await desk.field("console-emails-address", { number: "1" }).fill(AGENT);
  await desk.button("console-add").click();
  await desk.told("console-user-added", { name: "高橋 直樹" });
  await desk.button("console-account-give").click();
  await desk.field("console-account-name").fill("agent");
  await desk.page.locator('input[value="support_agent"]').check();
  await desk.button("console-account-give").click();
  await desk.told("console-account-mailed", { name: "高橋 直樹" });
}

test("a refused mail is listed with its reason, and can be sent again once the cause is gone", { timeout: 90_000 }, async () => {
  await edge.operator("/tenants", {
    slug: SLUG, kind: "provider", provider: null, name: "北日本サポートセンター", locale: LANGUAGE, time_zone: "Asia/Tokyo",
    administrator: { name: "鈴木 一郎", email: `desk@${SLUG}.example`, account: "ichiro", locale: LANGUAGE, time_zone: "Asia/Tokyo" },
  });
  const desk = await openConsole(browser, LANGUAGE, SLUG, undefined, edge.url);
  await desk.settle("ichiro", passwordIn(await mailTo(`desk@${SLUG}.example`)));
  edge.provider.refuses.add(AGENT);
  await addAgent(desk);

  const kind = desk.say("console-mail-kind-first-credential");
  const row = desk.page.getByRole("row", { name: kind });
  await until("the refusal", async () => {
    await desk.visit("mails");
    return (await row.count()) === 1;
  });
  await row.getByText("the mail provider returned 422 (invalid_to_address)").waitFor();
  await row.getByText(AGENT).waitFor();
  await desk.menu.getByText(desk.say("console-nav-waiting", { count: "1" })).waitFor({ state: "attached" });
  await assertFitForEveryone(desk.page, "mails-refused", EACH_LOOK);

  edge.provider.refuses.clear();
  await desk.page.getByRole("button", { name: desk.say("console-act-on", { act: desk.say("console-mail-retry"), name: kind }) }).click();
  await desk.told("console-mail-retried", { kind });
  await desk.page.getByText(desk.say("console-mails-none")).waitFor();
  assert.equal(await desk.page.locator("h1").evaluate((heading) => heading === document.activeElement), true, "the focus stays on the page after the button is gone");
  passwordIn(await mailTo(AGENT));

  // A new customer whose administrator's address was mistyped: the desk gets a notice, since nobody there can log in.
  const mistyped = "sho@mintao.example";
  edge.provider.refuses.add(mistyped);
  const administrator = { name: "田中 翔", email: mistyped, account: "sho", locale: LANGUAGE, time_zone: "Asia/Tokyo" };
  await edge.operator("/tenants", {
    slug: "minato", kind: "tenant", provider: SLUG, name: "みなと工機", locale: LANGUAGE, time_zone: "Asia/Tokyo", administrator,
  });
  const told = desk.page.getByText("422 (invalid_to_address)");
  await until("the outcome of the customer's mail", async () => {
    await desk.visit("customers/minato");
    return (await told.count()) === 1;
  });
  await assertFitForEveryone(desk.page, "customer-refused", EACH_LOOK);
  await desk.leave();
});
