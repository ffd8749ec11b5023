// Appointments on the running edge, as the desk's programs propose them and people answer them by their links.

import assert from "node:assert/strict";
import { simpleParser } from "mailparser";

import { edgeUrl, postForm, until } from "./edge.mjs";
import { mailsTo } from "./mailbox.mjs";

/** Proposes an appointment with `members` at the customer. */
export function propose({ provider, customer }, members) {
  return provider.desk.post(`desk/customers/${customer.slug}/appointments`, members);
}

/** The first link in a mail to a page of the edge under `path`. */
export function linkTo(mail, path) {
  const [found] = new RegExp(`${edgeUrl}${path}\\S+`).exec(mail.text) ?? [];
  assert.ok(found, `no link to ${path} in:\n${mail.text}`);
  return found;
}

/** The first mail to `address` that `is` accepts, once it has arrived. */
export function mailWhere(address, what, is) {
  return until(`a mail to ${address}: ${what}`, async () => (await mailsTo(address)).find(is), 30);
}

/** Chooses a time of the proposal `offer`, as the page's form does. */
export async function choose(link, { offer = 1, time = 0, name, zone }) {
  const response = await postForm(link, { act: "choose", offer, time, name, zone });
  assert.equal(response.status, 200, await response.text());
}

/** The date that a mail carries: the parts by other people's parser, and the text of the calendar part. */
export async function dateIn(mail) {
  const parsed = await simpleParser(mail.message);
  const [file] = parsed.attachments.filter(({ filename }) => filename === "invite.ics");
  return { parsed, file, text: file?.content.toString("utf8") };
}

/** The Unix seconds of a wall-clock time in a zone, by this process's own rules; the first where there are two. */
export function instant(local, zone) {
  const noted = Date.parse(`${local}:00Z`) / 1000;
  for (let offset = 14 * 3600; offset >= -12 * 3600; offset -= 900) {
    const at = noted - offset;
    const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(at * 1000);
    if (shown.replace(" ", "T") === local) return at;
  }
  throw new Error(`${local} does not exist in ${zone}`);
}

/** The wall-clock time in `zone` of an instant in Unix seconds: `2026-12-03T14:00`. */
export function wallClock(at, zone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(at * 1000).replace(" ", "T");
}
