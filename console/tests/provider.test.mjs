// The provider's overview: its customers and what waits at its desk, and not a customer's setting up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, feedback, startUse } from "./support/use.mjs";

const use = startUse();
const desk = { kind: "provider" };
const card = (page, name) => page.locator(".card", { hasText: name });
/** Two questions wait: the second not for long. */
const inHours = (hours) => Math.floor(Date.now() / 1000) + hours * 3600;
const asked = ({ questions }) => [50, 1].forEach((hours, index) => (questions[index].expires_at = inHours(hours)));
const figure = (page, name) => page.locator(".figures > div", { hasText: name }).locator("dd").textContent();

test("it counts customers, and what waits", () =>
  use(
    "",
    async (page) => {
      await page.locator(".figures").waitFor();
      assert.deepEqual([await figure(page, "Registered"), await figure(page, "Suspended"), await figure(page, "Setup not finished")], ["3", "1", "1"]);
      await card(page, "Customer inquiries").getByText("1", { exact: true }).waitFor();
      await card(page, "Customer questions").getByText("2", { exact: true }).waitFor();
      await card(page, "Unsent emails").getByText("4", { exact: true }).waitFor();
      assert.equal(await page.locator(".chart, .setup").count(), 0);
    },
    { ...desk, prepare: (state) => (asked(state), (state.overview.waiting.mails = 4)) },
  ));

test("it lists who is not set up, which inquiries are open and which questions unanswered, each with its page", () =>
  use(
    "",
    async (page) => {
      await page.getByRole("link", { name: "承認メールが届きません" }).waitFor();
      const table = page.getByRole("table", { name: "Customer questions" });
      await table.getByText("Under 24 hours").waitFor();
      assert.equal(await table.locator("tbody tr").count(), 2);
      assert.match(await table.locator("tbody tr").first().textContent(), /Under 24 hours/);
      await page.getByRole("link", { name: "みどり光学株式会社" }).click();
      await page.getByRole("heading", { name: "みどり光学株式会社" }).waitFor();
    },
    { ...desk, prepare: asked },
  ));

test("what waits for the provider itself has a card only while there is some", () =>
  use(
    "",
    async (page) => {
      await page.locator(".figures").waitFor();
      assert.equal(await card(page, "Requests").count(), 0);
    },
    { ...desk, prepare: ({ overview }) => (overview.waiting.registrations = 0) },
  ));

test("a provider whose customers do not see how to reach it is told so, until they do", () =>
  use(
    "",
    async (page) => {
      const advice = page.getByRole("link", { name: "Set up branding and contact" });
      const home = page.getByRole("navigation").getByRole("link", { name: "Home" });
      const save = async (contact) => {
        await page.getByLabel(/^Contact details/).fill(contact);
        await button(page, "Save").click();
        await feedback(page, "within a few minutes");
        await home.click();
        await page.locator(".figures").waitFor();
      };
      await advice.click();
      await save("Telephone 052-000-0001");
      assert.equal(await advice.count(), 0);
      await page.getByRole("link", { name: "Branding and contact" }).click();
      await save("");
      await advice.waitFor();
    },
    { ...desk, prepare: ({ face }) => (face.contact = []) },
  ));

test("somebody of the provider who does not work at the desk sees the rest", () =>
  use(
    "",
    async (page, state) => {
      await page.getByRole("heading", { name: "Recent activity" }).waitFor();
      assert.equal(await page.locator(".figures").count(), 0);
      assert.ok(!state.calls.some((call) => /desk|customers/.test(call)), state.calls.join("\n"));
    },
    { ...desk, prepare: ({ session }) => Object.assign(session, { role: "auditor", rights: ["own", "overview", "audit.read"] }) },
  ));
