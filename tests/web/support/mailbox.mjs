// The dev mailbox, which every test file shares: tests find their own mails by address.

import assert from "node:assert/strict";

import { mailboxUrl, until } from "./edge.mjs";

/** The mails to `address`, oldest first. */
export async function mailsTo(address) {
  const response = await fetch(mailboxUrl);
  assert.equal(response.status, 200);
  const mails = await response.json();
  return mails.filter((mail) => mail.to === address).reverse();
}

/** The first mail to `address` whose subject contains `words`, once it has arrived. */
export function mailTo(address, words) {
  return until(`a mail to ${address} about "${words}"`, async () =>
    (await mailsTo(address)).find((mail) => mail.subject.includes(words)));
}

/** The lines of a mail's plain part. */
export function lines(mail) {
  return mail.text.split(/\r?\n/);
}

/** The link that is alone on its line and starts with `prefix`. */
export function linkIn(mail, prefix) {
  const link = lines(mail).find((line) => line.startsWith(prefix));
  assert.ok(link, `no link to ${prefix} in:\n${mail.text}`);
  return link;
}

/** The activation code, which is alone on its line. */
export function codeIn(mail) {
  const code = lines(mail).find((line) => /^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/.test(line));
  assert.ok(code, `no activation code in:\n${mail.text}`);
  return code;
}
