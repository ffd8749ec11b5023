// People at a customer, on the pages behind their links: each with their own browser, in their language.

import { openPage } from "./browser.mjs";
import { opening, say } from "./texts.mjs";

export class Guest {
  constructor(language, opened) {
    this.language = language;
    Object.assign(this, opened);
    this.page.setDefaultTimeout(15_000);
  }

  /** Somebody who opens `url`; `options` are the browser's, such as its time zone. */
  static async open(from, language, url, options = {}) {
    const opened = await openPage(from, { locale: language, ...options });
    await opened.page.goto(url);
    return new this(language, opened);
  }

  say(key, values) {
    return say(this.language, key, values);
  }

  button(key) {
    return this.page.getByRole("button", { name: this.say(key), exact: true });
  }

  link(key) {
    return this.page.getByRole("link", { name: this.say(key), exact: true });
  }

  field(key) {
    return this.page.getByLabel(this.say(key), { exact: true });
  }

  /** Waits until the page says `key`, of which the beginning is enough. */
  told(key) {
    return this.page.getByText(opening(this.language, key)).first().waitFor();
  }

  /** Joins a session by its page, before which this person is. */
  async join(name) {
    await this.field("join-name").fill(name);
    await this.button("join-join").click();
  }
}
