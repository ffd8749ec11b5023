// Every page of the console in every language, width and colour scheme: nothing wider than the screen, nothing that axe
// finds, no complaint of the browser. With TEGATA_SHOTS=directory it keeps pictures.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertFitForEveryone, openPage, startBrowser } from "../../tests/web/support/browser.mjs";
import { startMock } from "./support/mock.mjs";
import { MACHINE, startPeer, TEST } from "./support/session_peer.mjs";

const PAGES = [
  "", "registrations", "registrations/r0", "registrations/r2", "registrations/r5", "questions", "questions?state=all",
  "questions/n0", "questions/n1", "questions/n2", "questions/n4",
  "launches", "launches?state=all&equipment=e0", "launches/l0", "launches/l1", "launches/l3", "launches/l4", "launches/l5", "appointments", "appointments?state=all", "appointments/m1", "appointments/m2", "appointments/m4", "appointments/m6", "devices", "devices/d0",
  "equipment", "equipment?state=all", "equipment/new", "equipment/import", "equipment/e0", "equipment/e1", "equipment/e2", "equipment/e3",
  "equipment/e4", "equipment/e0/edit", "enrolments", "enrolments?state=all",
  "users", "administrators/new", "users/new", "users/u0", "users/u3", "organizations", "administrators", "audit", "inquiries", "inquiries/new",
  "inquiries/q0", "policies", "mails", "account", "nothing/here",
];
const DESK = [
  "", "face", "desk/applications", "desk/applications?state=all", "desk/applications/new", "desk/applications/a0", "desk/applications/a2",
  "desk/applications/a3", "customers", "customers/new", "customers/new?application=a1", "customers/aozora", "customers/aozora/questions/new",
  "customers/aozora/equipment", "customers/aozora/equipment/new", "customers/aozora/equipment/e0", "customers/aozora/equipment/e0/edit", "desk/inquiries", "desk/inquiries/aozora/q1",
  "desk/questions", "desk/questions?customer=aozora", "desk/questions/aozora/n0", "desk/questions/aozora/n5",
  "customers/aozora/equipment/e0/launch", "customers/aozora/equipment/e1/launch", "desk/launches?state=all", "desk/launches/aozora/l0", "desk/launches/aozora/l1",
  "desk/launches/aozora/l3", "desk/launches/aozora/l4", "desk/sessions",
  "desk/attended", "desk/attended?state=all", "customers/aozora/attended/new", "desk/attended/aozora/s0", "desk/attended/aozora/s1", "desk/attended/aozora/s2", "desk/attended/aozora/s3",
  "customers/aozora/appointments/new", "desk/appointments?day=2026-12-03", "desk/appointments?day=2026-12-03&view=day", "desk/appointments?view=list&state=all", "desk/appointments/aozora/m0", "desk/appointments/aozora/m1", "desk/appointments/aozora/m2", "desk/appointments/aozora/m4", "desk/appointments/aozora/m5", "desk/appointments/aozora/m6",
  "customers/aozora/equipment/e0/launch?replaces=l1",
  "desk/enrolments", "desk/enrolments?state=all", "desk/enrolments/w0", "desk/enrolments/w1", "desk/enrolments/w2", "desk/enrolments/w4",
  "desk/identification",
];
const LOCALES = (process.env.TEGATA_LOCALES ?? "ja,en,da").split(",");

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** Opens another page of the console. When it is over, the page before is gone. */
const open = (page, path) =>
  page.evaluate((hash) => {
    if (location.hash === hash) return undefined;
    return new Promise((over) => {
      addEventListener("hashchange", () => setTimeout(over), { once: true });
      location.hash = hash;
    });
  }, `#/${path}`);

async function look(name, kind, locale, pages, prepare = () => {}) {
  const mock = await startMock({ kind, locale });
  prepare(mock.state);
  const { page, faults, close } = await openPage(browser);
  await page.goto(mock.home);
  for (const path of pages) {
    await open(page, path);
    await page.locator("h1").waitFor();
    await page.waitForFunction(() => !document.querySelector(".loading"));
    await assertFitForEveryone(page, `${name}-${path.replaceAll("/", "-") || "overview"}`);
    assert.equal(await page.getByText(/console-[a-z]/).count(), 0, `${path}: a text is missing`);
  }
  const asked = faults.filter((fault) => !/401|404/.test(fault));
  assert.deepEqual(asked, []);
  await close();
  await mock.stop();
}

/** Some pages at a time, so that they can be looked at side by side. */
const PARTS = Array.from({ length: 3 }, (_, part) => PAGES.filter((_, index) => index % 3 === part));

for (const locale of LOCALES) {
  for (const pages of PARTS) test(`the console in ${locale}: ${pages.join(", ")}`, () => look("console", "tenant", locale, pages));
  test(`the desk in ${locale}`, () => look("desk", "provider", locale, DESK));
  test(`the login in ${locale}`, () => look("login", "tenant", locale, ["", "reset/token"], (state) => (state.signedIn = false)));
  test(`a customer sees the provider's face in ${locale}`, async () => {
    const faced = (state) => (state.published = state.face);
    await look("faced", "tenant", locale, ["", "registrations/r0"], faced);
    await look("faced-login", "tenant", locale, [""], (state) => Object.assign(faced(state) && state, { signedIn: false }));
  });
  test(`a first password in ${locale}`, () =>
    look("first-password", "tenant", locale, ["policies"], (state) => (state.session.state = "new_password")));
}

/** What is on the screen only after somebody did something. */
const STATES = {
  "refused-form": ["users/new", (page) => page.locator("form:not(.filters) button.primary").click()],
  "new-account": ["users/u3", (page) => page.locator(".section button").first().click()],
  "typed-password": [
    "users/u3",
    async (page) => {
      await page.locator(".section button").first().click();
      await page.locator('input[value="typed"]').check();
      await page.locator('input[type="password"]').first().fill("short");
      await page.locator("form .buttons .primary").last().click();
      await page.locator(".errors").waitFor();
    },
  ],
  conflict: [
    "users/u3",
    async (page, state) => {
      await page.locator('input[name="display_name"]').fill("鈴木 市郎");
      Object.assign(state.users[3], { display_name: "鈴木 一朗", phonetic_name: "スズキ イチロー", version: 9 });
      await page.locator("form .buttons .primary").first().click();
      await page.locator(".conflict").waitFor();
    },
  ],
  confirmation: ["devices/d0", (page) => page.locator("main button.danger").click()],
  "password-again": [
    "devices/d0",
    async (page, state) => {
      state.fresh = false;
      await page.locator("main button.danger").click();
      await page.locator("dialog button.danger").click();
      await page.locator('dialog input[type="password"]').waitFor();
    },
  ],
  "organization-dialog": ["organizations", (page) => page.locator(".node-actions button").nth(4).click()],
  "audit-entry": ["audit", (page) => page.locator("tbody button").first().click()],
  "new-token": ["account", (page) => page.locator("main > .section").last().locator("p button").click()],
  "administrator-half": [
    "administrators/new",
    async (page) => {
      await page.locator('input[name="display_name"]').fill("Mette Holm");
      await page.locator('input[name="email"]').fill("mette@aozora.example");
      await page.locator('input[name="account"]').fill("taken");
      await page.locator("form button.primary").click();
      await page.locator(".outcome.caution").waitFor();
    },
  ],
  "other-origin": [
    "policies",
    async (page) => {
      await page.locator('input[name="data_origin"]').fill("https://new.aozora.example/viewer/of/the/second/line");
      await page.locator("form button.primary").click();
      await page.locator("dialog .details").waitFor();
    },
  ],
  suspension: [
    "customers/aozora",
    async (page) => {
      await page.locator("main button.danger").last().click();
      await page.locator("dialog button.danger").click();
      await page.locator("dialog .error:not(:empty)").waitFor();
    },
    "provider",
  ],
  "refused-face": [
    "face",
    async (page) => {
      await page.locator('input[name="accent"]').fill("green");
      await page.locator('input[type="file"]').setInputFiles({ name: "a.png", mimeType: "", buffer: Buffer.alloc(9) });
      await page.locator("form button.primary").click();
      await page.locator(".errors").waitFor();
    },
    "provider",
  ],
  "remote-assistance": ["equipment/e1", (page) => page.locator(".switch button").first().click()],
  "enrolment-code": [
    "equipment/e0",
    async (page) => {
      await page.locator("main .section .buttons .secondary").click();
      await page.locator("dialog button.primary").click();
      await page.locator("dialog .chief").waitFor();
    },
  ],
  "machine-approval": [
    "equipment/e0",
    async (page) => {
      await page.locator(".applicant button.primary").click();
      await page.locator("dialog .points").waitFor();
    },
  ],
  "other-equipment": [
    "desk/enrolments/w1",
    async (page) => {
      await page.locator("form select").selectOption("aozora");
      await page.locator('input[type="radio"]').nth(2).check();
      await page.locator("form button.primary").click();
      await page.locator("dialog .points").waitFor();
    },
    "provider",
  ],
  "verification-code": [
    "desk/identification",
    async (page) => {
      await page.locator("main .section > button").click();
      await page.locator("dialog button.danger").click();
      await page.locator("dialog .chief").waitFor();
    },
    "provider",
  ],
  "wrong-import": [
    "equipment/import",
    async (page) => {
      const rows = "Serial number\n検査装置 3号機,TG-2041/B\n,製造-1\n装置,A-1\n装置,A-1\n";
      await page.locator('input[type="file"]').setInputFiles({ name: "機器一覧 2026年11月（第二工場）.csv", mimeType: "text/csv", buffer: Buffer.from(`Name,${rows}`) });
      await page.locator("table").waitFor();
    },
  ],
  "later-start": [
    "customers/aozora/equipment/e0/launch",
    async (page) => {
      await page.locator('input[type="radio"]').nth(1).check();
      await page.locator("form button.primary").click();
      await page.locator(".errors").waitFor();
    },
    "provider",
  ],
  session: [
    "desk/launches/aozora/l3",
    async (page) => {
      const LOG = "2026-11-21 08:12:44 [警告] 印刷キュー「第2ライン」が停止しました。再起動が必要です（コード 0x80070005、対象ジョブ 1284 件、担当: 設備管理課）。\n".repeat(40);
      const brought = { overview: JSON.stringify(MACHINE), connection_test: JSON.stringify(TEST), log_tail: LOG };
      const peer = await startPeer(page, {
        answer: async (request, { doing, bring, done }) => {
          doing(request);
          if (request.stream === undefined) return done(request, "unknown");
          await bring(request.stream, new TextEncoder().encode(brought[request.deed.what]));
          done(request);
        },
      });
      await page.locator('input[name="password"]').fill("7KQM-2XRD");
      await page.locator("form button.primary").click();
      const looks = page.locator(".section .buttons button");
      await looks.nth(0).click();
      await page.locator("pre, select").first().waitFor();
      await looks.nth(1).click();
      await page.locator("select + button, .field + button").first().click();
      await page.locator("pre.log").waitFor();
      await page.locator(".restart button").first().click();
      await page.locator("dialog button.danger").click();
      await page.locator(".restart .state.caution").waitFor();
      peer.say({ type: "locked" });
      peer.say({ type: "warning", until: Math.floor(Date.now() / 1000) + 250 });
      await page.locator("[role=status] .outcome").nth(1).waitFor();
    },
    "provider",
  ],
  "session-over": [
    "desk/launches/aozora/l3",
    async (page) => {
      const peer = await startPeer(page);
      await page.locator('input[name="password"]').fill("7KQM-2XRD");
      await page.locator("form button.primary").click();
      await page.locator(".restart").first().waitFor();
      peer.say({ type: "ended", why: "machine" });
      await page.locator("main > .outcome a").waitFor();
    },
    "provider",
  ],
  numbers: ["", (page) => page.locator("summary").click()],
  answered: [
    "registrations/r0",
    async (page) => {
      await page.locator('input[type="checkbox"]').first().check();
      await page.locator("button.primary").click();
      await page.locator(".feedback .outcome").waitFor();
    },
  ],
};

for (const locale of LOCALES) {
  test(`what appears in ${locale}`, async () => {
    for (const [name, [path, act, kind]] of Object.entries(STATES)) {
      const mock = await startMock({ locale, kind });
      const { page, close } = await openPage(browser);
      page.setDefaultTimeout(8000);
      await page.goto(`${mock.home}#/${path}`);
      await page.waitForFunction(() => document.querySelector("h1") && !document.querySelector(".loading"));
      await act(page, mock.state);
      await assertFitForEveryone(page, `state-${name}`);
      await close();
      await mock.stop();
    }
  });
}

test("the menu of a phone", async () => {
  const mock = await startMock();
  const { page, close } = await openPage(browser, { viewport: { width: 320, height: 640 } });
  await page.goto(mock.home);
  await page.locator(".menu").click();
  await page.getByRole("link", { name: "許可済みのPC" }).click();
  await page.getByRole("heading", { name: "許可済みのPC" }).waitFor();
  assert.equal(await page.locator(".menu").getAttribute("aria-expanded"), "false");
  // 320 px is also 1280 px at 400 % (WCAG 2.2, 1.4.10).
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0);
  await close();
  await mock.stop();
});
