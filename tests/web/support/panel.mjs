// The panel's API as a program uses it: fills a tenant before a test looks at it in the console.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

import { edgeUrl } from "./edge.mjs";
import { PASSWORD } from "./console.mjs";

export class PanelClient {
  constructor(slug) {
    this.slug = slug;
    this.cookie = "";
  }

  /** Logs in; a first password is replaced by [`PASSWORD`]. */
  static async logIn(slug, account, password = PASSWORD) {
    const client = new PanelClient(slug);
    const session = await client.post("login", { account, password });
    if (session.state === "new_password") await client.put("session/password", { password: PASSWORD });
    return client;
  }

  async call(method, path, body, headers = {}) {
    const response = await fetch(`${edgeUrl}/t/${this.slug}/api/v1/${path}`, {
      method,
      headers: { "content-type": "application/json", cookie: this.cookie, origin: edgeUrl, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    const cookie = response.headers.get("set-cookie");
    if (cookie) this.cookie = cookie.split(";")[0];
    return text === "" ? undefined : JSON.parse(text);
  }

  get(path) {
    return this.call("GET", path);
  }

  post(path, body = {}) {
    return this.call("POST", path, body, { "idempotency-key": randomBytes(16).toString("hex") });
  }

  put(path, body) {
    return this.call("PUT", path, body, { "idempotency-key": randomBytes(16).toString("hex") });
  }

  patch(path, body) {
    return this.call("PATCH", path, body);
  }

  /** The text at `path`, such as a receipt. */
  async text(path) {
    const response = await fetch(`${edgeUrl}/t/${this.slug}/api/v1/${path}`, { headers: { cookie: this.cookie } });
    assert.equal(response.status, 200, path);
    return response.text();
  }

  /** All items on a list's first page. */
  async items(path) {
    return (await this.get(path)).items;
  }

  /** Adds a person; `more` are members of the API's document. */
  addUser(display_name, email, more = {}) {
    return this.post("users", { display_name, phonetic_name: null, emails: [{ value: email, type: "work", primary: true }], organization: null, ...more });
  }

  /** Gives a person an account with a known password, and logs in as them. */
  async giveAccount(user, account, role, more = {}) {
    const first = `first password of ${account} here`;
    await this.put(`users/${user.id}/account`, {
      account, role, organization: null, support_option: false, locale: "ja", time_zone: "Asia/Tokyo",
      password: first, password_confirmation: first, ...more,
    });
    return PanelClient.logIn(this.slug, account, first);
  }
}
