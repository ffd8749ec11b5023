// What people do with the console, in a real browser against the made-up API of support/mock.mjs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { button, feedback, startUse } from "./support/use.mjs";

const use = startUse();

test("a login leads to the page that was asked for", () =>
  use(
    "devices?state=revoked",
    async (page) => {
      await page.getByLabel("Account name").fill("taro.yamada");
      await page.getByLabel("Password", { exact: true }).fill("wrong");
      await button(page, "Log in").click();
      await page.getByText("The account name or password is incorrect.").waitFor();
      assert.equal(await page.locator(".errors").evaluate((box) => box === document.activeElement), true);
      await page.getByLabel("Password", { exact: true }).fill("right password");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "PCs" }).waitFor();
      await page.getByText("QA-LAPTOP-7").waitFor();
      assert.equal(await page.locator("tbody tr").count(), 1);
    },
    { prepare: (state) => (state.signedIn = false) },
  ));

test("a locked login says how long", () =>
  use(
    "",
    async (page) => {
      await page.getByLabel("Account name").fill("locked");
      await page.getByLabel("Password", { exact: true }).fill("x");
      await button(page, "Log in").click();
      await page.getByText("about 13 min").waitFor();
      await page.getByText(/Time left: 12:3/).waitFor();
    },
    { prepare: (state) => (state.signedIn = false) },
  ));

test("a first password is replaced before anything else", () =>
  use(
    "policies",
    async (page) => {
      await page.getByLabel("New password").fill("short");
      await button(page, "Set password").click();
      await page.locator(".field .error", { hasText: "at least 15" }).waitFor();
      await page.getByLabel("New password").fill("password password");
      await button(page, "Set password").click();
      await page.locator(".field .error", { hasText: "too common" }).waitFor();
      await page.getByLabel("New password").fill("a sentence of my own");
      await button(page, "Set password").click();
      await page.getByRole("heading", { name: "Policies" }).waitFor();
    },
    { prepare: (state) => (state.session.state = "new_password") },
  ));

const checked = (page) => page.getByLabel("I have checked who the requester is");
const refusing = (page) => page.getByLabel("I refuse this request.");
const summary = (page) => page.locator(".errors button").textContent();

test("a request is approved only with the tick for approving", () =>
  use("registrations/r0", async (page, state) => {
    await button(page, "Approve").click();
    await page.locator(".field .error").waitFor();
    assert.match(await summary(page), /^To approve, tick "I have checked/);
    await refusing(page).check();
    await button(page, "Approve").click();
    assert.match(await summary(page), /^To approve, tick/);
    assert.equal(state.registrations[0].decision, null);
    await refusing(page).uncheck();
    await checked(page).check();
    await button(page, "Approve").click();
    await feedback(page, "You approved the request");
    assert.equal(state.registrations[0].decision.outcome, "approved");
  }));

test("a request is refused with the tick for refusing, and without the checks", () =>
  use("registrations/r0", async (page, state) => {
    await checked(page).check();
    await button(page, "Refuse").click();
    await page.locator(".field .error", { hasText: 'To refuse, tick "I refuse this request."' }).waitFor();
    assert.equal(state.registrations[0].decision, null);
    await checked(page).uncheck();
    await refusing(page).check();
    await page.getByLabel("Reason for refusal").fill("not ours");
    await button(page, "Refuse").click();
    await feedback(page, "You refused the request");
    assert.equal(state.registrations[0].decision.outcome, "refused");
    assert.equal(state.registrations[0].decision.reason, "not ours");
  }));

test("both ticks answer nothing", () =>
  use("registrations/r0", async (page, state) => {
    await checked(page).check();
    await refusing(page).check();
    for (const answer of ["Approve", "Refuse"]) {
      await button(page, answer).click();
      await page.locator(".field .error", { hasText: "Both answers are ticked." }).waitFor();
    }
    assert.equal(state.registrations[0].decision, null);
  }));

for (const [state, labels] of Object.entries({
  awaiting_approval: ["Answer by"],
  awaiting_code: ["Expires"],
  refused: [],
  withdrawn: [],
  expired: [],
})) {
  test(`a request that is ${state} shows ${labels[0] ?? "no"} time`, () =>
    use(
      "registrations/r0",
      async (page) => {
        await page.locator("dt", { hasText: "Status" }).waitFor();
        const terms = await page.locator("dt").allTextContents();
        assert.deepEqual(terms.filter((term) => ["Answer by", "Expires"].includes(term)), labels);
      },
      { prepare: ({ registrations }) => (registrations[0].state = state) },
    ));
}

test("a dangerous operation asks first, then for the password, and is repeated", () =>
  use(
    "devices/d0",
    async (page, state) => {
      await button(page, "Revoke permission").click();
      await page.locator("dialog").getByRole("button", { name: "Cancel" }).click();
      assert.equal(state.devices[0].state, "active");
      await button(page, "Revoke permission").click();
      await page.locator("dialog").getByRole("button", { name: "Revoke permission" }).click();
      await page.getByRole("heading", { name: "enter your password again" }).waitFor();
      await page.locator("dialog").getByLabel("Password", { exact: true }).fill("right password");
      await page.keyboard.press("Enter");
      await feedback(page, "revoked");
      assert.equal(state.devices[0].state, "revoked");
    },
    { prepare: (state) => (state.fresh = false) },
  ));

test("what was typed survives a reload, and is gone once it is saved", () =>
  use("users/new", async (page, state) => {
    await page.getByLabel("Name", { exact: true }).fill("Ada Lovelace");
    await page.getByLabel("Email address 1", { exact: true }).fill("ada@aozora.example");
    await page.reload();
    await page.getByText("have been restored").waitFor();
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Ada Lovelace");
    await button(page, "Add").click();
    await feedback(page, "Ada Lovelace has been added");
    assert.equal(state.users.at(-1).display_name, "Ada Lovelace");
    assert.equal(await page.evaluate(() => Object.keys(sessionStorage).length), 0);
  }));

for (const typed of ["a..b.@docomo.ne.jp", ".a@ezweb.ne.jp", "ｔａｒｏ＠ａｏｚｏｒａ．ｅｘａｍｐｌｅ", "taro@青空.example"]) {
  test(`${typed} is sent as it was typed: the server says whether it is an address`, () =>
    use("users/new", async (page, state) => {
      await page.getByLabel("Name", { exact: true }).fill("Ada Lovelace");
      await page.getByLabel("Email address 1", { exact: true }).fill(typed);
      await button(page, "Add").click();
      await feedback(page, "Ada Lovelace has been added");
      assert.equal(state.users.at(-1).emails[0].value, typed);
    }));
}

test("an international domain is shown to the approver in both forms", () =>
  use("registrations/r0", (page) => page.getByText("taro@xn--grzr40d.example (青空.example)").first().waitFor(), {
    prepare: (state) =>
      Object.assign(state.registrations[0], { email: "taro@xn--grzr40d.example", email_domain: "青空.example", outside_mail_domains: true }),
  }));

test("a change by somebody else is shown and nothing is lost", () =>
  use("users/u3", async (page, state) => {
    const name = page.getByLabel("Name", { exact: true });
    await name.fill("Mine");
    Object.assign(state.users[3], { display_name: "Theirs", phonetic_name: "ベツメイ", version: 9 });
    await button(page, "Save").click();
    await page.getByRole("heading", { name: "Someone else changed this first" }).waitFor();
    await page.getByText("ベツメイ").waitFor();
    assert.equal(await button(page, "Save selected values").getAttribute("aria-disabled"), "true");
    assert.equal(state.users[3].display_name, "Theirs");
    await page.locator(".conflict fieldset", { hasText: "Theirs" }).getByText("Your change").click();
    await button(page, "Save selected values").click();
    await feedback(page, "Saved.");
    assert.equal(state.users[3].display_name, "Mine");
    assert.equal(state.users[3].phonetic_name, "ベツメイ");
  }));

test("outside Japanese a phonetic name is neither shown nor changed", () =>
  use("users", async (page, state) => {
    await page.getByText("鈴木 一郎").first().click();
    await page.getByLabel("Name", { exact: true }).fill("Ichiro Suzuki");
    assert.equal(await page.getByText("スズキ").count() + (await page.getByLabel(/Phonetic name/).count()), 0);
    await button(page, "Save").click();
    await feedback(page, "Saved.");
    assert.deepEqual([state.users[3].display_name, state.users[3].phonetic_name], ["Ichiro Suzuki", "スズキ イチロウ"]);
  }));

test("a list in Japanese has the phonetic names, and can be sorted by them", () =>
  use(
    "users?sort=phonetic_name",
    async (page, state) => {
      await page.getByRole("columnheader", { name: "フリガナ" }).waitFor();
      assert.ok(state.calls.includes("GET users?sort=phonetic_name"), state.calls.join("\n"));
    },
    { prepare: (state) => (state.locale = state.session.locale = "ja") },
  ));

test("a session that ends leads to the login and back, with what was typed", () =>
  use("policies", async (page, state) => {
    await page.getByLabel("Your email domains").fill("new.example");
    state.signedIn = false;
    await button(page, "Save").click();
    await page.getByText("Your session has expired").waitFor();
    await page.getByLabel("Account name").fill("taro.yamada");
    await page.getByLabel("Password", { exact: true }).fill("right password");
    await page.keyboard.press("Enter");
    await page.getByText("have been restored").waitFor();
    assert.equal(await page.getByLabel("Your email domains").inputValue(), "new.example");
    await button(page, "Save").click();
    await feedback(page, "Saved.");
    assert.deepEqual(state.policies.policy.mail_domains, ["new.example"]);
  }));

test("what the first view shows is asked for once, beside its code", () =>
  use("", async (page) => {
    await page.locator(".cards .number").first().waitFor();
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.reload();
    await page.locator(".cards .number").first().waitFor();
    const place = (end) => asked.findIndex((path) => path.endsWith(end));
    const code = asked.findIndex((path) => path.includes("/overview-"));
    assert.equal(asked.filter((path) => path.endsWith("/api/v1/overview")).length, 1);
    assert.ok(place("/api/v1/session") >= 0 && code >= 0 && code < place("/api/v1/overview"), asked.join("\n"));
  }));

for (const locale of ["ja", "en", "da"]) test(`the first view takes less than 60 kB of script in ${locale}`, () =>
  use("", async (page) => {
    await page.locator(".cards .number").first().waitFor();
    const scripts = [];
    page.on("request", (request) => request.resourceType() === "script" && scripts.push(new URL(request.url()).pathname));
    await page.reload();
    await page.locator(".cards .number").first().waitFor();
    const size = (path) => gzipSync(readFileSync(new URL(`../dist${path}`, import.meta.url)), { level: 9 }).byteLength;
    const all = scripts.reduce((sum, path) => sum + size(path), 0);
    assert.ok(scripts.length > 1 && all < 60_000, `${all} bytes in ${scripts.join(", ")}`);
  }, { locale }));

test("what is sent again after a lost answer has the key of the first time; something else has another", () =>
  use("users/new", async (page) => {
    const keys = [];
    page.on("request", (request) => request.method() === "POST" && /users$/.test(request.url()) && keys.push(request.headers()["idempotency-key"]));
    await page.route(/users$/, (route) => (keys.length < 3 ? route.abort() : route.continue()));
    const add = async (times) => {
      await button(page, "Add").click();
      await page.waitForFunction(() => document.querySelector("form .primary")?.getAttribute("aria-disabled") !== "true");
      assert.equal(keys.length, times);
    };
    await page.getByLabel("Name", { exact: true }).fill("Ada Lovelace");
    await page.getByLabel("Email address 1", { exact: true }).fill("ada@aozora.example");
    await add(1);
    await add(2);
    await page.getByLabel("Name", { exact: true }).fill("Ada Byron");
    await add(3);
    await feedback(page, "Ada Byron has been added");
    assert.match(keys[0], /^[0-9a-f]{32}$/);
    assert.deepEqual([keys.length, keys[1] === keys[0], keys[2] === keys[0]], [3, true, false]);
  }));

test("a search stays in the address, and more is fetched on request", () =>
  use("users", async (page) => {
    assert.equal(await page.locator("tbody tr").count().then((count) => count || page.locator("tbody tr").first().waitFor().then(() => 4)), 4);
    await button(page, "Show more").click();
    await page.getByText("John Harrington").waitFor();
    assert.equal(await page.locator("tbody tr").count(), 6);
    await page.getByLabel("Search").fill("mette");
    await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
    assert.match(page.url(), /q=mette/);
    await page.reload();
    await page.getByText("Mette Sørensen").waitFor();
    assert.equal(await page.getByLabel("Search").inputValue(), "mette");
  }));

test("a token is shown once", () =>
  use("account", async (page) => {
    await button(page, "Create access token").click();
    const dialog = page.locator("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("report");
    await dialog.getByLabel("View PCs").check();
    await dialog.getByRole("button", { name: "Create", exact: true }).click();
    assert.match(await dialog.getByRole("textbox", { name: "Access token" }).inputValue(), /^tg_pat_/);
    await dialog.getByRole("button", { name: "I have saved it" }).click();
    assert.equal(await page.getByText("tg_pat_").count(), 0);
  }));

test("an account is given, and a name that is taken is said beside its field", () =>
  use("users/u3", async (page, state) => {
    await button(page, "Create account").click();
    await page.getByLabel("Account name").fill("taken");
    await button(page, "Create account").click();
    await page.locator(".field .error", { hasText: "already in use" }).waitFor();
    await page.getByLabel("Account name").fill("ichiro");
    await page.getByText("Auditor").first().click();
    await button(page, "Create account").click();
    await feedback(page, "the login details have been sent by email");
    assert.equal(state.users[3].account.role, "auditor");
  }));

test("the language of the account is the language of the console", () =>
  use("account", async (page) => {
    await page.getByLabel("Language").selectOption("da");
    await page.locator(".section", { hasText: "Display" }).getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "Min konto" }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "da");
  }));

test("the keyboard alone reaches the content, and a page takes the focus", () =>
  use("", async (page) => {
    await page.locator("h1").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "MAIN");
    await page.getByRole("link", { name: "Users", exact: true }).click();
    await page.getByRole("heading", { name: "Users" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
    assert.match(await page.title(), /^Users - /);
  }));

test("an organisation that is in use is not deleted, and that is said", () =>
  use("organizations", async (page) => {
    await page.getByRole("button", { name: "Delete: 本社" }).click();
    await page.locator("dialog").getByRole("button", { name: "Delete" }).click();
    await feedback(page, "Move them first");
  }));

test("somebody with few rights sees only their pages", () =>
  use(
    "",
    async (page) => {
      await page.getByRole("heading", { name: "Users" }).waitFor();
      assert.deepEqual(await page.locator(".frame > nav a").allTextContents(), ["Users", "Organisations", "Administrators"]);
    },
    { prepare: (state) => Object.assign(state.session, { role: "organization_administrator", organization: "o3", rights: ["own", "users.read", "users.write"] }) },
  ));

test("an inquiry goes with its files, once those that cannot go along are removed", () =>
  use("inquiries/new", async (page, state) => {
    await page.getByLabel("Subject").fill("A question");
    await page.getByLabel("Message").fill("How?");
    const file = (name, size) => ({ name, mimeType: "", buffer: Buffer.alloc(size, "a") });
    await page.locator('input[type="file"]').setInputFiles([file("a.log", 10), file("b.exe", 10), file("c.pdf", 1024 * 1024 + 1)]);
    await page.getByText('"b.exe" is not a file type').waitFor();
    await page.getByText('"c.pdf" is empty or larger').waitFor();
    await button(page, "Send").click();
    await page.locator(".errors", { hasText: "Some files cannot be attached." }).waitFor();
    assert.equal(state.sent, undefined);
    await button(page, "Remove: b.exe").click();
    await button(page, "Remove: c.pdf").click();
    assert.equal(await page.getByText(/cannot be attached|is empty or larger/).count(), 0);
    await button(page, "Send").click();
    await feedback(page, "Your inquiry has been sent.");
    assert.deepEqual(state.sent.attachments, [{ name: "a.log", type: "text/plain", data: Buffer.alloc(10, "a").toString("base64") }]);
  }));

test("the desk assigns an inquiry", () =>
  use(
    "desk/inquiries/aozora/q1",
    async (page) => {
      await page.getByLabel("Assigned to").selectOption("Lars Holm");
      await feedback(page, "assigned to Lars Holm");
    },
    { kind: "provider" },
  ));

test("a question is answered only with the confirmation, and with the password where the login is not fresh", () =>
  use(
    "questions/n0",
    async (page, state) => {
      await button(page, "Refuse").click();
      await page.locator(".field .error").waitFor();
      assert.equal(state.questions[0].decision, null);
      await page.getByLabel("I refuse this question.").check();
      await page.getByLabel("Reason for refusal").fill("not\ntonight");
      await button(page, "Refuse").click();
      await page.locator("dialog").getByLabel("Password", { exact: true }).fill("right password");
      await page.keyboard.press("Enter");
      await feedback(page, "You refused the question.");
      await page.getByText("Reason: not tonight").waitFor();
      assert.equal(await page.getByRole("link", { name: "Save the signed receipt" }).getAttribute("href"), "/t/aozora/api/v1/questions/n0/receipt");
      assert.deepEqual([state.questions[0].state, state.questions[0].decision.outcome], ["decided", "refused"]);
    },
    { prepare: (state) => (state.fresh = false) },
  ));

test("where several have to approve, an approval is one of them, and nobody is asked twice", () =>
  use(
    "questions/n1",
    async (page, state) => {
      await page.getByText("3 approvers must approve this question. Approved so far: 1.").waitFor();
      await page.getByLabel("I have read the question").check();
      await button(page, "Approve").click();
      await feedback(page, "Other approvers must approve it too.");
      await page.getByText("Waiting for other approvers.").waitFor();
      assert.equal(await button(page, "Approve").count(), 0);
      assert.equal(state.questions[1].agreed.length, 2);
    },
    { prepare: (state) => (state.questions[1].required = 3) },
  ));

test("the asker's text stands in the statement with its line breaks and without the marks of the plain text", () =>
  use(
    "questions/n0",
    async (page) => {
      const asked = page.locator(".statement .quoted");
      assert.equal(await asked.textContent(), "Tonight?\n\nAt ten.");
      assert.equal(await asked.evaluate((box) => getComputedStyle(box).whiteSpace), "pre-wrap");
      assert.doesNotMatch(await page.locator(".statement").textContent(), />/);
    },
    { prepare: ({ questions }) => (questions[0].text = "Tonight?\n\nAt ten.") },
  ));

test("a question that was withdrawn meanwhile is shown as it is now", () =>
  use("questions/n0", async (page, state) => {
    await page.getByLabel("I have read the question").check();
    state.questions[0].state = "withdrawn";
    await button(page, "Approve").click();
    await feedback(page, "can no longer be answered");
    await page.locator(".details").getByText("Withdrawn").waitFor();
    assert.equal(await button(page, "Approve").count(), 0);
  }));

test("whoever may only read sees a question and no way to answer it", () =>
  use(
    "questions/n0",
    async (page) => {
      await page.locator(".statement").waitFor();
      assert.equal(await button(page, "Approve").count(), 0);
      assert.ok((await page.locator(".frame > nav a").allTextContents()).some((text) => text.startsWith("Provider questions")));
    },
    { prepare: (state) => Object.assign(state.session, { role: "auditor", rights: ["own", "overview", "questions.read"] }) },
  ));

test("the desk asks a question: what was typed is kept, and what the server refuses is said at its field", () =>
  use(
    "customers/aozora",
    async (page, state) => {
      await page.getByRole("link", { name: "Ask a question" }).click();
      await page.getByLabel("Subject").fill("Restart tonight");
      await button(page, "Send question").click();
      await page.locator(".field .error").waitFor();
      await page.getByLabel("Question", { exact: true }).fill("May we restart unit 5 at 22:00?");
      await page.getByLabel("Time to answer").selectOption("1 day");
      await page.getByLabel("Required approvals").selectOption("5");
      await page.reload();
      await page.getByText("have been restored").waitFor();
      await button(page, "Send question").click();
      await page.locator(".field .error", { hasText: "does not have that many approvers" }).waitFor();
      await page.getByLabel("Required approvals").selectOption("2");
      await button(page, "Send question").click();
      await feedback(page, "The question has been sent.");
      await page.getByRole("heading", { name: "Restart tonight" }).waitFor();
      const { title, text, reference, expires_in, required } = state.sent;
      assert.deepEqual([title, text, reference, expires_in, required], ["Restart tonight", "May we restart unit 5 at 22:00?", null, 86400, 2]);
      assert.equal(await page.evaluate(() => Object.keys(sessionStorage).length), 0);
    },
    { kind: "provider" },
  ));

test("a customer is made from an application, with what the application says", () =>
  use(
    "desk/applications",
    async (page, state) => {
      const badge = page.locator(".frame > nav a", { hasText: "Applications" }).locator(".waiting");
      await badge.getByText("1 waiting").waitFor({ state: "attached" });
      await page.locator("tbody tr", { hasText: "潮騒製作所" }).getByText("Overdue").waitFor();
      assert.equal(await page.locator("tbody tr").count(), 2);
      await page.getByText("public holidays are not taken into account").waitFor();
      await page.getByRole("link", { name: "Nordlys Maskinfabrik A/S" }).click();
      await page.getByRole("link", { name: "Register customer" }).click();
      assert.equal(await page.getByLabel("Company name").inputValue(), "Nordlys Maskinfabrik A/S");
      assert.equal(await page.getByLabel("Domain").inputValue(), "nordlys");
      assert.equal(await page.getByLabel("Date of application").inputValue(), "2026-11-20");
      await page.getByLabel("Account name").fill("sho");
      await button(page, "Register customer").click();
      await feedback(page, "has been registered");
      const { application, applied_on, contact, administrator } = state.sent;
      assert.deepEqual([application, applied_on, administrator.name], ["a1", "2026-11-20", "田中 翔"]);
      assert.deepEqual(contact, { name: "田中 翔", email: "sho.tanaka@shiosai.example", phone: "03-0000-0000（内線 12）" });
    },
    { kind: "provider" },
  ));

test("a customer's contact person can be another than its first administrator", () =>
  use(
    "customers/new",
    async (page, state) => {
      const today = await page.evaluate(() => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10));
      await page.getByLabel("Company name").fill("潮騒製作所");
      await page.getByLabel("Domain").fill("shiosai");
      await page.getByLabel("Name", { exact: true }).fill("佐藤 花子");
      await page.getByLabel("Email address", { exact: true }).fill("hanako@shiosai.example");
      await page.getByLabel("Account name").fill("hanako");
      await page.getByLabel("The first administrator is the contact person").uncheck();
      await button(page, "Register customer").click();
      assert.equal(await page.locator(".field .error").count(), 2);
      await page.getByLabel("Contact person's name").fill("田中 翔");
      await page.getByLabel("Contact person's email address").fill("sho@shiosai.example");
      await button(page, "Register customer").click();
      await feedback(page, "has been registered");
      assert.deepEqual(state.sent.contact, { name: "田中 翔", email: "sho@shiosai.example", phone: null });
      assert.deepEqual([state.sent.applied_on, "application" in state.sent], [today, false]);
    },
    { kind: "provider" },
  ));

test("the desk records an application, and closes it with what became of it", () =>
  use(
    "desk/applications/new",
    async (page, state) => {
      await page.getByLabel("Company").fill("潮騒製作所");
      await page.getByLabel("Contact person's name").fill("田中 翔");
      await page.getByLabel("Contact person's email address").fill("sho");
      await button(page, "Record application").click();
      await page.locator(".field .error").waitFor();
      await page.getByLabel("Contact person's email address").fill("sho@shiosai.example");
      await page.getByLabel("Date of application").fill("2026-11-16");
      await button(page, "Record application").click();
      await feedback(page, "has been recorded");
      const { company, contact, domain, applied_on, note } = state.sent;
      assert.deepEqual([company, domain, applied_on, note], ["潮騒製作所", null, "2026-11-16", null]);
      assert.deepEqual(contact, { name: "田中 翔", email: "sho@shiosai.example", phone: null });

      await page.getByLabel("Contract made").check();
      await page.getByLabel("Domain", { exact: true }).fill("nobody-there");
      await button(page, "Close application").click();
      await page.locator(".field .error", { hasText: "No customer with this domain" }).waitFor();
      await page.getByLabel("Declined").check();
      await button(page, "Close application").click();
      await page.locator(".field .error").waitFor();
      await page.getByLabel("Reason").fill("Outside our region");
      await button(page, "Close application").click();
      await feedback(page, "has been closed");
      assert.deepEqual(state.sent, { outcome: "declined", reason: "Outside our region" });
      await page.locator(".details").getByText("Declined").waitFor();
      assert.equal(await button(page, "Close application").count(), 0);
    },
    { kind: "provider" },
  ));

test("the settings show the contract, and its contact can be corrected", () =>
  use("policies", async (page, state) => {
    const section = page.locator(".section", { hasText: "Basic information" });
    await section.getByText("16 Nov 2026").waitFor();
    await section.getByText("aozora", { exact: true }).waitFor();
    await page.getByLabel("Contact person's email address").fill("");
    await button(page, "Save").click();
    await section.locator(".field .error").waitFor();
    await page.getByLabel("Contact person's name").fill("鈴木 一郎");
    await page.getByLabel("Contact person's email address").fill("ichiro@aozora.example");
    await button(page, "Save").click();
    await feedback(page, "Saved.");
    assert.deepEqual(state.sent.contact, { name: "鈴木 一郎", email: "ichiro@aozora.example", phone: "03-0000-0000（内線 12）" });
  }));

test("whoever may not change the settings sees the contract", () =>
  use(
    "policies",
    async (page) => {
      await page.getByLabel("Contact person's name").waitFor();
      assert.equal(await page.getByLabel("Contact person's name").isDisabled(), true);
      assert.equal(await button(page, "Save").count(), 0);
    },
    { prepare: (state) => Object.assign(state.session, { role: "auditor", rights: ["own", "overview", "policies.read"] }) },
  ));

test("the desk sees a customer's contact and date of application", () =>
  use(
    "customers/aozora",
    async (page) => {
      const details = page.locator(".details");
      await details.getByText("sho.tanaka@shiosai.example").waitFor();
      await details.getByText("16 Nov 2026").waitFor();
    },
    { kind: "provider" },
  ));

test("the desk takes a question back only after it was asked whether to", () =>
  use(
    "desk/questions/aozora/n0",
    async (page, state) => {
      await button(page, "Withdraw question").click();
      await page.locator("dialog").getByText('"夜間の再起動"').waitFor();
      assert.equal(state.questions[0].state, "open");
      await page.locator("dialog").getByRole("button", { name: "Withdraw question" }).click();
      await feedback(page, "The question has been withdrawn.");
      assert.equal(await button(page, "Withdraw question").count(), 0);
    },
    { kind: "provider" },
  ));

test("the desk's list can be that of one customer", () =>
  use(
    "desk/questions?customer=aozora",
    async (page, state) => {
      await page.getByLabel("Customer").getByText("青空精工株式会社").waitFor({ state: "attached" });
      assert.ok(state.calls.some((call) => call.startsWith("GET desk/questions?customer=aozora")), state.calls.join("\n"));
      await page.getByLabel("Customer").selectOption("");
      await page.waitForFunction(() => !location.hash.includes("customer"));
      assert.equal(await page.getByLabel("Customer").count(), 0);
    },
    { kind: "provider" },
  ));
