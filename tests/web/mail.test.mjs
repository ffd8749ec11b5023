// The mails themselves, in every language, as the dev transport captured them: header fields, both parts, and where the
// secrets appear.

import assert from "node:assert/strict";
import { test } from "node:test";
import { simpleParser } from "mailparser";

import { edgeUrl, until } from "./support/edge.mjs";
import { codeIn, lines, linkIn, mailTo, mailsTo } from "./support/mailbox.mjs";
import { makeTenant } from "./support/tenant.mjs";
import { LANGUAGES, opening, say } from "./support/texts.mjs";

/** Every kind of mail that a tenant's people get, by kind. */
async function everyMail(language) {
  const tenant = await makeTenant({ language, policy: { confirm_address_first: true } });
  const about = (address, kind) => mailTo(address, opening(language, `mail-${kind}-subject`));

  const registration = await tenant.register();
  const confirm = await about(tenant.requesterEmail, "confirm");
  await tenant.decide(linkIn(confirm, `${edgeUrl}/c/`), {});
  const approval = await tenant.approvalMail();
  await tenant.decide(linkIn(approval, `${edgeUrl}/a/`), { decision: "approve" });

  const refusedEmail = `refused@${tenant.slug}.example`;
  await tenant.register({ email: refusedEmail });
  await tenant.decide(linkIn(await about(refusedEmail, "confirm"), `${edgeUrl}/c/`), {});
  const second = await secondApproval(tenant);
  await tenant.decide(linkIn(second, `${edgeUrl}/a/`), { decision: "refuse", reason: "部署が違います" });

  const mails = {
    "first-credential": await about(tenant.approver.email, "first-credential"),
    confirm, approval,
    activation: await tenant.activationMail(),
    refused: await about(refusedEmail, "refused"),
  };
  return { tenant, registration, mails };
}

/** The approval mail for the second request of one tenant. */
function secondApproval(tenant) {
  const isQuestion = (mail) => mail.subject.startsWith(opening(tenant.language, "mail-approval-subject"));
  return until("a second question", async () => (await mailsTo(tenant.approver.email)).filter(isQuestion)[1]);
}

/** The header as another program's parser reads it. */
function parsedHeaders(mail) {
  const head = Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`).join("\r\n");
  return simpleParser(`${head}\r\n\r\n`);
}

for (const language of LANGUAGES) {
  test(`${language}: every mail has the header fields, both parts and the language it should have`, async () => {
    const { tenant, mails } = await everyMail(language);
    const people = { "first-credential": tenant.cast.approver, approval: tenant.cast.approver };
    for (const [kind, mail] of Object.entries(mails)) {
      const parsed = await parsedHeaders(mail);
      assert.equal(parsed.subject, mail.subject, kind);
      assert.ok(mail.subject.startsWith("[Tegata] "), mail.subject);
      const [to] = parsed.to.value;
      assert.deepEqual(to, { name: people[kind] ?? tenant.cast.requester, address: mail.to }, kind);
      assert.equal(mail.headers["Auto-Submitted"], "auto-generated", kind);
      assert.equal(mail.headers["Content-Language"], language, kind);
      assert.match(mail.headers["Message-ID"], /^<[\w.-]+@[\w.-]+>$/);
      assert.match(mail.headers["Content-Type"], /^multipart\/alternative;/);
      assert.ok(Math.abs(Date.now() - parsed.date) < 120_000, kind);
      for (const value of Object.values(mail.headers)) assert.match(value, /^[\x20-\x7e]*$/, `${kind}: ${value}`);

      assert.ok(mail.html.includes(`<html lang="${language}">`), kind);
      assert.doesNotMatch(mail.html, /<(script|img|link|iframe|form|object)\b|\bon\w+=|url\(/i, kind);
      const greeting = say(language, "mail-greeting", { name: people[kind] ?? tenant.cast.requester });
      assert.equal(lines(mail)[0], greeting, kind);
      assert.ok(mail.text.includes(say(language, "mail-automatic", { product: "Tegata" })), kind);
    }
    const ids = Object.values(mails).map((mail) => mail.headers["Message-ID"]);
    assert.equal(new Set(ids).size, ids.length, "every mail has an id of its own");
  });

  test(`${language}: secrets are alone on a line, in both parts, and in no subject`, async () => {
    const { mails } = await everyMail(language);
    const secrets = {
      confirm: linkIn(mails.confirm, `${edgeUrl}/c/`),
      approval: linkIn(mails.approval, `${edgeUrl}/a/`),
      activation: codeIn(mails.activation),
    };
    for (const [kind, secret] of Object.entries(secrets)) {
      const { subject, text, html, headers } = mails[kind];
      assert.equal(text.split(secret).length, 2, `${kind}: once in the text`);
      assert.ok(html.includes(`>${secret}<`), `${kind}: in the HTML part`);
      assert.ok(!subject.includes(secret) && !JSON.stringify(headers).includes(secret), kind);
    }
    const password = lines(mails["first-credential"])[lines(mails["first-credential"]).indexOf(say(language, "mail-first-credential-password")) + 1];
    assert.match(password, /^[2-9A-HJ-NP-Z-]{10,}$/);
    assert.ok(mails.refused.text.includes("部署が違います"));
    // Only the approver's mail may contain the approver's link, only the requester's mail the code.
    for (const [kind, mail] of Object.entries(mails)) {
      assert.equal(mail.text.includes(`${edgeUrl}/a/`), kind === "approval", kind);
      assert.equal(mail.text.includes(secrets.activation), kind === "activation", kind);
    }
  });
}

test("Japanese paragraphs are one line each, so that the mail program wraps them", async () => {
  const { tenant, mails } = await everyMail("ja");
  const values = { tenant: tenant.cast.tenant, product: "Tegata" };
  for (const [kind, mail] of Object.entries(mails)) {
    for (const part of ["lead", "why"]) {
      const paragraph = say("ja", `mail-${kind}-${part}`, values);
      assert.ok(lines(mail).includes(paragraph), `${paragraph}\n${mail.text}`);
    }
  }
});

test("asking for a mail again at once, or with none to send, sends none", async () => {
  const tenant = await makeTenant();
  const registration = await tenant.register();
  assert.equal((await tenant.resend(registration)).status, 409);
  await tenant.decide(await tenant.approvalLink(), { decision: "approve" });
  await tenant.activationMail();
  const tooSoon = await tenant.resend(registration);
  assert.equal(tooSoon.status, 429);
  assert.ok(Number(tooSoon.headers.get("retry-after")) > 0);
  assert.deepEqual(await tenant.mailCounts(tenant.requesterEmail), [1]);
});

test("names that look like markup or like header fields stay names", async () => {
  const tenant = await makeTenant({ language: "en" });
  await tenant.register({ name: "\"Eve\" <eve@evil.example>, <b>x</b>", device_name: "PC <script>alert(1)</script> & co" });
  const mail = await tenant.approvalMail();
  assert.ok(mail.subject.includes("PC <script>alert(1)</script> & co"));
  assert.ok(!mail.html.includes("<script") && !mail.html.includes("<b>x"));
  // A mail program must not turn the requester's input into a link.
  assert.ok(mail.text.includes("\"Eve\" <eve[@]evil[.]example>, <b>x</b>") && !mail.html.includes("evil.example"));
  assert.deepEqual((await parsedHeaders(mail)).to.value.map(({ address }) => address), [tenant.approver.email]);
});

test("a text that would break a mail or mislead its reader is refused, and no mail is sent", async () => {
  const tenant = await makeTenant();
  for (const changes of [{ name: "Eve\r\nBcc: all@aozora.example" }, { device_name: "PC\u202etxt.exe" }, { organization: "a\u0000b" }, { email: "a@b.example\r\nTo: c@d.example" }, { email: "no-address" }, { name: "" }]) {
    const { status, answer } = await tenant.tryToRegister(changes);
    assert.equal(status, 400, JSON.stringify(changes));
    assert.deepEqual([answer.error, answer.field], ["invalid_request", Object.keys(changes)[0]]);
  }
  assert.deepEqual(await tenant.mailCounts(tenant.approver.email, tenant.requesterEmail), [1, 0]);
});
