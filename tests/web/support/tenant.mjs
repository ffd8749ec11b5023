// Tenants created for one test, with their people and what these people do over HTTP. Every tenant has its own slug and
// mail addresses, so tests do not interfere and need no clean-up.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

import { edgeUrl, operator, operatorList, postForm, until } from "./edge.mjs";
import { codeIn, linkIn, mailTo, mailsTo } from "./mailbox.mjs";
import { opening } from "./texts.mjs";

/** Companies and people with the characters of their languages. */
export const CAST = {
  ja: { tenant: "青空精工株式会社", approver: "佐藤 花子", second: "髙橋 直樹", requester: "山田 太郎", device: "設計室ノートPC-07", zone: "Asia/Tokyo" },
  en: { tenant: "Harbour & Finch Ltd", approver: "Alice O'Brien", second: "Morgan Reed", requester: "Taylor Quinn", device: "Design office laptop 7", zone: "Europe/London" },
  da: { tenant: "Ærøskøbing Præcision A/S", approver: "Søren Kjærgård", second: "Åse Bjørn", requester: "Jørgen Ågård", device: "Tegnestuens bærbare 7", zone: "Europe/Copenhagen" },
};

/** A tenant with one administrator. `policy` is that of the operator API. */
export async function makeTenant({ language = "ja", policy = {} } = {}) {
  const slug = `web-${randomBytes(6).toString("hex")}`;
  const cast = CAST[language];
  const approver = { name: cast.approver, email: `approver@${slug}.example`, account: "approver", locale: language, time_zone: cast.zone };
  await operator("POST", "/tenants", {
    slug, kind: "tenant", provider: null, name: cast.tenant, locale: language, time_zone: cast.zone,
    policy: { mail_domains: [`${slug}.example`], ...policy },
    administrator: approver,
  }, 201);
  return new Tenant(slug, language, approver);
}

export class Tenant {
  constructor(slug, language, approver) {
    this.slug = slug;
    this.language = language;
    this.approver = approver;
    this.cast = CAST[language];
    this.issuer = `${edgeUrl}/t/${slug}`;
    this.requesterEmail = `requester@${slug}.example`;
  }

  /** What the Viewer sends about its user. */
  applicant(changes = {}) {
    return {
      scope: "view", name: this.cast.requester, email: this.requesterEmail, organization: this.cast.tenant,
      device_name: this.cast.device, locale: this.language, ...changes,
    };
  }

  /** A second approver. */
  async addApprover(language = this.language) {
    const person = { name: CAST[language].second, email: `second@${this.slug}.example`, account: "second", locale: language, time_zone: this.cast.zone };
    await operator("POST", `/tenants/${this.slug}/administrators`, person, 201);
    return person;
  }

  /** The response to a Viewer's registration request. */
  async tryToRegister(changes) {
    const response = await postForm(`${this.issuer}/oauth/device_authorization`, { client_id: "viewer", ...this.applicant(changes) });
    return { status: response.status, answer: await response.json() };
  }

  /** Requests registration for a Viewer; returns its codes. */
  async register(changes) {
    const { status, answer } = await this.tryToRegister(changes);
    assert.equal(status, 200, JSON.stringify(answer));
    return answer;
  }

  /** The state of a registration. */
  async state(registration) {
    const response = await this.#held("GET", "", registration);
    assert.equal(response.status, 200);
    return response.json();
  }

  async withdraw(registration) {
    assert.equal((await this.#held("DELETE", "", registration)).status, 204);
  }

  resend(registration) {
    return this.#held("POST", "/resend", registration);
  }

  #held(method, path, registration) {
    const headers = { authorization: `Bearer ${registration.device_code}` };
    return fetch(`${this.issuer}/api/v1/registration${path}`, { method, headers });
  }

  /** The approval mail to `person`. */
  approvalMail(person = this.approver) {
    return mailTo(person.email, opening(person.locale, "mail-approval-subject"));
  }

  /** The approval link in it. */
  async approvalLink(person) {
    return linkIn(await this.approvalMail(person), `${edgeUrl}/a/`);
  }

  /** Decides with the form's fields as a person would, but without a browser. */
  async decide(link, fields) {
    const tick = fields.decision === "refuse" ? "refuse" : "confirm";
    const response = await postForm(link, { [tick]: "yes", lang: this.language, ...fields });
    assert.equal(response.status, 200, await response.clone().text());
  }

  activationMail(language = this.language) {
    return mailTo(this.requesterEmail, opening(language, "mail-activation-subject"));
  }

  /** Registers and approves; returns the registration with its `activation_code`. */
  async approved(changes) {
    const registration = await this.register(changes);
    await this.decide(await this.approvalLink(), { decision: "approve" });
    return { ...registration, activation_code: codeIn(await this.activationMail()) };
  }

  /** The token endpoint's response to the device grant. */
  redeem(registration, headers) {
    return postForm(`${this.issuer}/oauth/token`, {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code", client_id: "viewer",
      device_code: registration.device_code, activation_code: registration.activation_code ?? "",
    }, headers);
  }

  audit() {
    return operatorList(`/tenants/${this.slug}/audit`);
  }

  devices() {
    return operatorList(`/tenants/${this.slug}/devices`);
  }

  /** The number of mails that each of `addresses` has got, once the outbox is empty. */
  async mailCounts(...addresses) {
    await until("an empty outbox", async () => (await operatorList(`/tenants/${this.slug}/outbox`)).length === 0);
    return Promise.all(addresses.map(async (address) => (await mailsTo(address)).length));
  }
}
