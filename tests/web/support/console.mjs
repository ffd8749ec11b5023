// People at the console: each with their own browser, in their language, acting as people do.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

import { openPage } from "./browser.mjs";
import { edgeUrl, operator } from "./edge.mjs";
import { lines, linkIn, mailTo } from "./mailbox.mjs";
import { CAST } from "./tenant.mjs";
import { opening, say } from "./texts.mjs";

/** The password that tests set for people. */
export const PASSWORD = "a lantern beside the harbour";

/** One person's console: their page, in their language. */
export class Person {
  constructor(language, opened) {
    this.language = language;
    Object.assign(this, opened);
    this.page.setDefaultTimeout(15_000);
  }

  say(key, values) {
    return say(this.language, key, values);
  }

  heading(key, values) {
    return this.page.getByRole("heading", { level: 1, name: this.say(key, values) });
  }

  button(key, within = this.page) {
    return within.getByRole("button", { name: this.say(key), exact: true });
  }

  link(key) {
    return this.page.getByRole("link", { name: this.say(key), exact: true });
  }

  field(key, values) {
    return this.page.getByLabel(this.say(key, values), { exact: true });
  }

  get menu() {
    return this.page.getByRole("navigation", { name: this.say("console-nav") });
  }

  get dialog() {
    return this.page.getByRole("dialog");
  }

  /** Waits until the console shows `key`. */
  told(key, values) {
    return this.page.locator(".feedback").getByText(this.say(key, values)).waitFor();
  }

  /** Navigates by the menu, as people do. */
  async go(key) {
    await this.menu.getByRole("link", { name: this.say(key) }).first().click();
    await this.heading(key).waitFor();
  }

  /** Opens the page at `path` by its address, and waits until it is complete. */
  async visit(path) {
    // A page whose address differs only after the `#` would not be reloaded.
    await this.page.goto("about:blank");
    await this.page.goto(`${this.edge}/t/${this.slug}/#/${path}`);
    await this.settled();
  }

  /** Opens the page at `path` as a link does. */
  async follow(path) {
    await this.page.evaluate(async (hash) => {
      location.hash = hash;
      // The previous page stays visible until the second frame from here.
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    }, `#/${path}`);
    await this.settled();
  }

  async settled() {
    await this.page.locator("h1").waitFor();
    await this.page.waitForFunction(() => !document.querySelector('.loading, [aria-busy="true"]'));
  }

  async logIn(account, password = PASSWORD) {
    await this.field("console-account-name").fill(account);
    await this.field("console-password").fill(password);
    await this.page.keyboard.press("Enter");
  }

  /** Logs in with the password of the first mail and replaces it (C1). */
  async settle(account, first, own = PASSWORD) {
    await this.logIn(account, first);
    await this.heading("console-new-password-title").waitFor();
    await this.field("console-password-new").fill(own);
    await this.button("console-new-password-save").click();
    await this.menu.waitFor();
  }

  /** Checks that no unexpected error occurred. `meant` are the statuses of the refusals that the test provoked;
   * "events" where it logs out while the page is being opened. */
  async leave(...meant) {
    // Chromium reports every refusal as a failed load, including a wrong password and a missing session.
    const statuses = `status of (?:${[401, ...meant.filter(Number)].join("|")})`;
    // A socket whose session ends while it is being opened is refused too, in other words.
    const expected = new RegExp(meant.includes("events") ? `${statuses}|/api/v1/events' failed: .* response code: 403` : statuses);
    assert.deepEqual(this.faults.filter((fault) => !expected.test(fault)), []);
    await this.close();
  }
}

/** A person at the page of tenant `slug`; with `client`, logged in as that client. */
export async function openConsole(browser, language, slug, client, edge = edgeUrl) {
  const opened = await openPage(browser, { locale: language });
  const person = new Person(language, { ...opened, slug, edge });
  if (client) {
    const [name, value] = client.cookie.split(/=(.*)/s);
    await opened.page.context().addCookies([{ name, value, domain: new URL(edge).hostname, path: "/", secure: true, httpOnly: true, sameSite: "Lax" }]);
  }
  await person.page.goto(`${edge}/t/${slug}/`);
  await person.page.locator("h1").waitFor();
  return person;
}

/** The mail with a first password to `address`: login page and password. `occasion` is C1's, "account" or "reissue". */
export async function firstMail(language, address, occasion = "first-credential") {
  const subject = opening(language, `mail-${occasion}-subject`);
  const mail = await mailTo(address, subject);
  return { mail, password: passwordIn(mail), login: linkIn(mail, `${edgeUrl}/t/`) };
}

/** The first password, which is alone on its line. */
export function passwordIn(mail) {
  const password = lines(mail).find((line) => /^(?:[2-9A-HJ-NP-TV-Z]{5}-){2}[2-9A-HJ-NP-TV-Z]{5}$/.test(line));
  assert.ok(password, mail.text);
  return password;
}

/** A provider whose first administrator `ichiro` has not logged in yet, and the password of their mail. */
export async function makeProvider(language) {
  const slug = `desk-${randomBytes(6).toString("hex")}`;
  const email = `desk@${slug}.example`;
  await operator("POST", "/tenants", {
    slug, kind: "provider", provider: null, name: "北日本サポートセンター", locale: language, time_zone: CAST[language].zone,
    administrator: { name: "鈴木 一郎", email, account: "ichiro", locale: language, time_zone: CAST[language].zone },
  }, 201);
  const { password } = await firstMail(language, email);
  return { slug, password };
}
