// Remote support in the customer's console: what is open, the answer, its course, and its end (K7 to K9, B13).

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, feedback, socket, startUse } from "./support/use.mjs";

const use = startUse();
const dialog = (page) => page.locator("dialog[open]");

test("the list shows what is open, and everything on request", () =>
  use("launches", async (page, state) => {
    await page.getByRole("link", { name: "検査装置 3号機" }).first().waitFor();
    assert.equal(await page.locator("tbody tr").count(), 4);
    assert.ok(state.calls.includes("GET launches?state=open"), state.calls.join("\n"));
    await page.getByLabel("Status").selectOption("all");
    await page.getByText("Person at the machine").waitFor();
    assert.equal(await page.locator("tbody tr").count(), 7);
    const file = await page.getByRole("link", { name: "Save as CSV" }).getAttribute("href");
    assert.equal(file, "/t/aozora/api/v1/launches/export?format=csv&state=all");
  }));

test("the equipment's page leads to its own remote support", () =>
  use("equipment/e2", async (page) => {
    await page.getByRole("link", { name: "View remote support of this equipment" }).click();
    await page.getByRole("link", { name: "Måleudstyr 7" }).waitFor();
    assert.equal(await page.locator("tbody tr").count(), 1);
    await button(page, "Clear filters").click();
    await page.getByRole("link", { name: "検査装置 3号機" }).first().waitFor();
  }));

test("the equipment's page says what the machine itself allows", () =>
  use("equipment/e1", async (page) => {
    await page.getByText("Setting on the machine itself: Not allowed").waitFor();
    await page.goto(page.url().replace("e1", "e0"));
    await page.getByText("Setting on the machine itself: Allowed").waitFor();
    await page.goto(page.url().replace("e0", "e2"));
    await page.getByText("Setting on the machine itself: unknown (no agent is enrolled)").waitFor();
  }));

test("an approval takes the confirmation and a fresh login, and says what K8 says", () =>
  use(
    "launches/l0",
    async (page, state) => {
      await page.getByText("東海サポート株式会社によるリモートサポート").waitFor();
      await button(page, "承認").click();
      await page.locator(".error").first().waitFor();
      assert.equal(state.launches[0].decision, null);
      await page.getByLabel("依頼の内容を読み").check();
      await button(page, "承認").click();
      await dialog(page).getByLabel("パスワード", { exact: true }).fill("right password");
      await button(dialog(page), "続ける").click();
      await feedback(page, "リモートサポートを承認し、サポートにメール送付しました。");
      assert.equal(state.launches[0].decision.outcome, "approved");
      await page.locator(".timeline").getByText("承認されました").waitFor();
      await page.getByText("サポートデスクが実行するのを待っています。お客様の操作は必要ありません。").waitFor();
      const receipt = await page.getByRole("link", { name: "署名済みの回答記録を保存" }).getAttribute("href");
      assert.equal(receipt, "/t/aozora/api/v1/launches/l0/receipt");
    },
    { locale: "ja", prepare: (state) => (state.fresh = false) },
  ));

test("a refusal takes its own tick, and its reason stands in the timeline", () =>
  use("launches/l0", async (page, state) => {
    await page.getByLabel("I refuse this request.").check();
    await page.getByLabel("Reason").fill("Not\ntoday.");
    await button(page, "Refuse").click();
    await feedback(page, "You refused the request.");
    assert.equal(state.sent.reason, "Not today.");
    await page.locator(".timeline .bad").getByText("Not today.").waitFor();
  }));

test("where two have to approve, the first approval settles nothing", () =>
  use(
    "launches/l0",
    async (page, state) => {
      await page.getByText("2 administrators must approve this request. Approved so far: 0.").waitFor();
      await page.getByLabel("I have read the request").check();
      await button(page, "Approve").click();
      await feedback(page, "Another administrator must approve it too.");
      await page.getByText("You have approved this request. Waiting for another administrator.").waitFor();
      assert.equal(state.launches[0].state, "requested");
      assert.equal(await button(page, "Approve").count(), 0);
    },
    { prepare: ({ launches }) => (launches[0].required = 2) },
  ));

test("where the tenant asks for a passkey, the answer waits for it", () =>
  use(
    "launches/l0",
    async (page, state) => {
      await page.getByLabel("I have read the request").check();
      await button(page, "Approve").click();
      await dialog(page).getByRole("heading", { name: "Confirm with your passkey again" }).waitFor();
      await button(dialog(page), "Cancel").click();
      assert.equal(state.launches[0].decision, null);
      assert.ok(await page.getByLabel("I have read the request").isChecked());
    },
    { prepare: (state) => (state.passkeyOnly = true) },
  ));

test("a request that was withdrawn meanwhile is shown as it is now", () =>
  use("launches/l0", async (page, state) => {
    await page.getByLabel("I have read the request").check();
    state.launches[0].state = "withdrawn";
    await button(page, "Approve").click();
    await feedback(page, "This request can no longer be answered");
    await page.locator(".details").getByText("Withdrawn").waitFor();
    assert.equal(await button(page, "Approve").count(), 0);
  }));

test("whoever is not asked sees who answers, and no way to answer", () =>
  use(
    "launches/l0",
    async (page) => {
      await page.getByText("The administrators responsible for this equipment answer this request.").waitFor();
      assert.equal(await page.locator("main button").count(), 0);
    },
    { prepare: (state) => Object.assign(state.session, { role: "auditor", rights: ["own", "overview", "launches.read"] }) },
  ));

test("the timeline follows the events by itself", () =>
  use("launches/l2", async (page, state) => {
    const changed = await socket(page, state);
    await page.getByText("Waiting for the machine to start it.").waitFor();
    const [of] = state.launches.filter(({ id }) => id === "l2");
    of.steps.push({ at: state.now, what: "started" }, { at: state.now, what: "issued" });
    Object.assign(of, { state: "running", session: "482913705" });
    changed("launches");
    await page.locator(".timeline").getByText("ID and password issued").waitFor();
    await page.locator(".details").getByText("Running", { exact: true }).waitFor();
    await page.getByText("you can end it at any time.").waitFor();
  }));

test("a running session is ended only after the question", () =>
  use("launches/l3", async (page, state) => {
    await button(page, "End remote support").click();
    await dialog(page).getByText("The session on 検査装置 3号機 ends at once").waitFor();
    await button(dialog(page), "Cancel").click();
    assert.equal(state.launches[3].state, "running");
    await button(page, "End remote support").click();
    await button(dialog(page), "End remote support").click();
    await feedback(page, "Remote support has been ended.");
    await page.locator(".details").getByText("Administrator").waitFor();
    assert.equal(await button(page, "End remote support").count(), 0);
  }));

test("a permission that was ended before anything ran is not called expired", () =>
  use("launches/l1", async (page) => {
    await button(page, "End remote support").click();
    await dialog(page).getByText("The permission for 検査装置 3号機 ends.").waitFor();
    await button(dialog(page), "End remote support").click();
    await feedback(page, "Remote support has been ended.");
    assert.equal(await page.locator(".details .state").first().textContent(), "Ended");
  }));

test("what was started at the machine has a receipt too, and its deeds say how they went", () =>
  use("launches/l4", async (page) => {
    await page.getByText("The person at the machine started it, and thereby gave consent.").waitFor();
    assert.equal(await page.getByRole("link", { name: "Save the signed receipt" }).getAttribute("href"), "/t/aozora/api/v1/launches/l4/receipt");
    await page.getByText("印刷サーバー: Refused by the machine").waitFor();
  }));

test("the home page counts the requests that wait", () =>
  use("", async (page) => {
    await page.locator(".card", { hasText: "Remote support" }).getByText("request waiting for an answer").waitFor();
    await page.locator(".card a", { hasText: "Remote support" }).click();
    await page.getByRole("heading", { name: "Remote support" }).waitFor();
  }));

test("an administrator of an organisation answers without an overview", () =>
  use(
    "",
    async (page, state) => {
      const entry = page.locator(".frame > nav").getByRole("link", { name: "Remote support" });
      await entry.getByText("1 waiting").waitFor({ state: "attached" });
      const changed = await socket(page, state);
      state.launches.push({ ...state.launches[0], id: "l9" });
      changed("launches");
      await entry.getByText("2 waiting").waitFor({ state: "attached" });
      await entry.click();
      await page.getByRole("link", { name: "検査装置 3号機" }).first().click();
      await button(page, "Approve").waitFor();
    },
    {
      prepare: ({ session }) =>
        Object.assign(session, {
          role: "organization_administrator",
          organization: "o4",
          rights: ["own", "users.read", "users.write", "accounts.write", "equipment.read", "equipment.write", "launches.read", "launches.decide"],
        }),
    },
  ));
