// Adding an administrator: a user and their account in one form, also where the second step fails.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, feedback, startUse } from "./support/use.mjs";

const use = startUse();
const add = (page) => button(page, "Add administrator").click();

async function fill(page, account = "ada") {
  await page.getByLabel("Name", { exact: true }).fill("Ada Lovelace");
  await page.getByLabel("Email address", { exact: true }).fill("ada@aozora.example");
  await page.getByLabel("Account name").fill(account);
}

const idle = (page) => page.waitForFunction(() => document.querySelector("form .primary")?.getAttribute("aria-disabled") !== "true");
const added = ({ calls }) => calls.filter((call) => call === "POST users").length;

test("an administrator is added in one form, as a system administrator unless another role is chosen", () =>
  use("administrators", async (page, state) => {
    await page.getByRole("link", { name: "Add administrator" }).click();
    await add(page);
    await page.locator(".field .error:not(:empty)").nth(2).waitFor();
    assert.equal(added(state), 0);
    await fill(page);
    await page.getByLabel("Language", { exact: true }).selectOption("en");
    await add(page);
    await feedback(page, "An account has been created for Ada Lovelace");
    await page.getByRole("heading", { name: "Ada Lovelace" }).waitFor();
    const made = state.users.at(-1);
    assert.deepEqual(made.emails, [{ value: "ada@aozora.example", type: "work", primary: true }]);
    const { account, role, locale, time_zone, password } = made.account;
    assert.deepEqual([account, role, locale, time_zone, password], ["ada", "system_administrator", "en", "Asia/Tokyo", undefined]);
    assert.equal(await page.evaluate(() => Object.keys(sessionStorage).length), 0);
  }));

test("if the account cannot be created, the user stays and the form goes on with their account", () =>
  use("administrators/new", async (page, state) => {
    await fill(page, "taken");
    await add(page);
    await page.locator(".field .error", { hasText: "already in use" }).waitFor();
    await page.getByText("Ada Lovelace has been added as a user, but does not have an account yet.").waitFor();
    assert.equal(await page.getByLabel("Name", { exact: true }).count(), 0);
    // Nor does a reload begin anew.
    await page.reload();
    await page.getByText("does not have an account yet").waitFor();
    await page.getByLabel("Account name").fill("ada");
    await button(page, "Create account").click();
    await feedback(page, "An account has been created for Ada Lovelace");
    assert.deepEqual([added(state), state.users.at(-1).account.account], [1, "ada"]);
  }));

test("what is sent again after a lost answer has the key of its step", () =>
  use("administrators/new", async (page) => {
    const sent = [];
    page.on("request", (request) => {
      if (["POST", "PUT"].includes(request.method()) && !request.url().endsWith("/events/ticket")) sent.push([request.method(), request.headers()["idempotency-key"]]);
    });
    let lost = 2;
    await page.route(/users$/, (route) => (route.request().method() === "POST" && lost-- > 0 ? route.abort() : route.continue()));
    let lostAccounts = 1;
    await page.route(/account$/, (route) => (lostAccounts-- > 0 ? route.abort() : route.continue()));
    await fill(page);
    await add(page);
    await idle(page);
    // Another account name is no other user.
    await page.getByLabel("Account name").fill("ada.lovelace");
    await add(page);
    await idle(page);
    await add(page);
    await page.getByText("does not have an account yet").waitFor();
    await button(page, "Create account").click();
    await feedback(page, "An account has been created");
    assert.deepEqual(sent.map(([method]) => method), ["POST", "POST", "POST", "PUT", "PUT"]);
    const keys = sent.map(([, key]) => key);
    assert.match(keys[0], /^[0-9a-f]{32}$/);
    assert.deepEqual([keys[1], keys[2], keys[4]], [keys[0], keys[0], keys[3]]);
    assert.notEqual(keys[0], keys[3]);
  }));

test("somebody who has an account by now is shown", () =>
  use("administrators/new", async (page, state) => {
    await fill(page, "taken");
    await add(page);
    await page.getByText("does not have an account yet").waitFor();
    await page.route(/account$/, (route) =>
      route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify({ status: 409, code: "conflict" }) }));
    await button(page, "Create account").click();
    await feedback(page, "not possible in the current state");
    await page.getByRole("heading", { name: "Ada Lovelace" }).waitFor();
    assert.equal(added(state), 1);
  }));

test("the phonetic name is asked for in Japanese only", () =>
  use(
    "administrators/new",
    async (page, state) => {
      await page.getByLabel("氏名").fill("佐藤 直樹");
      await page.getByLabel(/^フリガナ/).fill("さとう なおき");
      await page.getByLabel("メールアドレス").fill("naoki@aozora.example");
      await page.getByLabel("アカウント名").fill("naoki");
      await button(page, "管理者を追加").click();
      await feedback(page, "佐藤 直樹 様のアカウントを作成し");
      assert.equal(state.users.at(-1).phonetic_name, "さとう なおき");
    },
    { locale: "ja" },
  ));

test("the set-up step, the advice and the list of users lead to it", () =>
  use("", async (page) => {
    await page.getByRole("link", { name: "A second system administrator" }).click();
    await page.getByRole("heading", { name: "Add administrator" }).waitFor();
    await page.goBack();
    await page.locator(".outcome").getByRole("link", { name: "Add administrator" }).click();
    await page.getByRole("heading", { name: "Add administrator" }).waitFor();
    await page.getByRole("link", { name: "Users", exact: true }).click();
    await page.getByRole("link", { name: "Add administrator" }).click();
    await page.getByRole("heading", { name: "Add administrator" }).waitFor();
  }));

test("who administers one organisation adds others like themselves", () =>
  use(
    "administrators/new",
    async (page, state) => {
      await fill(page);
      await add(page);
      await feedback(page, "An account has been created");
      const made = state.users.at(-1);
      assert.deepEqual([made.organization, made.account.role, made.account.organization], ["o3", "organization_administrator", "o3"]);
    },
    {
      prepare: ({ session }) =>
        Object.assign(session, { role: "organization_administrator", organization: "o3", rights: ["own", "users.read", "users.write", "accounts.write"] }),
    },
  ));
