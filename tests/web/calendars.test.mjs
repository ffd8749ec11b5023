// Invitations as the edge mails them, from the platform's own rules for time zones: their parts by npm's mailparser, and the
// dates by npm's ical.js and PyPI's icalendar, around the changes of the clocks (B7). The table of expected instants is
// Python's (tests/calendars). What the three readers make of every row of it is in tests/tests/calendars.rs.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";

import { choose, dateIn, linkTo, mailWhere, propose } from "./support/appointments.mjs";
import { moveClocks } from "./support/clock.mjs";
import { PanelClient } from "./support/panel.mjs";
import { makePair } from "./support/filled.mjs";

const TABLE = JSON.parse(readFileSync(new URL("../calendars/times.json", import.meta.url), "utf8"));
const ZONES = ["Asia/Tokyo", "Europe/Copenhagen", "America/Sao_Paulo", "Australia/Lord_Howe"];
const TITLE = "印刷, 検査; 「確認」 😀 og en lang titel";
/** Into the middle of March 2027: the clocks of Copenhagen and of Lord Howe change in the weeks after. */
const MARCH = Date.UTC(2027, 2, 20) / 1000;

let pair;
/** For each row: its invitation's text. */
const invitations = [];

before(async () => {
  pair = await makePair("ja");
  const { provider, customer } = pair;
  await moveClocks(Math.round(MARCH - Date.now() / 1000), provider.slug, customer.slug);
  pair.provider.desk = await PanelClient.logIn(provider.slug, "ichiro");
  const near = TABLE.filter(({ zone, at }) => ZONES.includes(zone) && at.length === 1 && at[0] > MARCH && at[0] < MARCH + 58 * 24 * 3600);
  const tokyo = { zone: "Asia/Tokyo", local: "2027-04-04T02:15", at: [Date.UTC(2027, 3, 3, 17, 15) / 1000] };
  const paulo = { zone: "America/Sao_Paulo", local: "2027-04-04T02:15", at: [Date.UTC(2027, 3, 4, 5, 15) / 1000] };
  for (const [number, row] of [...near, tokyo, paulo].entries()) {
    const { zone, local } = row;
    const email = `reader-${number}@${customer.slug}.example`;
    await propose(pair, {
      title: TITLE, times: [{ start: local, time_zone: zone }],
      participants: [{ name: "佐藤, 次郎; \"所長\" 😀", email, locale: "da" }],
    });
    const asked = await mailWhere(email, "the proposal", ({ text }) => text.includes("/m/"));
    await choose(linkTo(asked, "/m/"), { name: "Jens", zone });
    const mail = await mailWhere(email, "the date", ({ message }) => message);
    invitations.push({ row, mail, ...(await dateIn(mail)) });
  }
}, { timeout: 240_000 });

test("an invitation has the parts that mail programs know it by", () => {
  assert.ok(invitations.length >= 12, `${invitations.length}`);
  for (const { mail, parsed, file, text } of invitations) {
    assert.match(mail.message, /^Content-Type: multipart\/mixed;/m);
    const alternative = mail.message.split(/^Content-Type: /m).map((part) => part.split(/[;\r]/)[0]);
    assert.deepEqual(
      alternative.slice(1),
      ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "text/calendar"],
    );
    assert.equal(file.contentType, "text/calendar");
    const organizer = /ORGANIZER;CN="[^"]*":mailto:(\S+)/.exec(text.replaceAll("\r\n ", ""));
    assert.equal(organizer[1], parsed.from.value[0].address, "the organiser is the sender");
    assert.match(mail.message, /text\/calendar; charset="utf-8"; method="REQUEST"/);
    assert.match(text, /^METHOD:REQUEST\r$/m);
    for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.match(text.replaceAll("\r\n ", ""), /ATTENDEE;[^:]*PARTSTAT=NEEDS-ACTION;RSVP=TRUE;/);
  }
});

/** What a reader of tests/calendars found in each invitation. */
function found(program, script) {
  const path = new URL(`../calendars/${script}`, import.meta.url).pathname;
  const input = JSON.stringify(invitations.map(({ text }) => text));
  return JSON.parse(execFileSync(program, [path], { input, encoding: "utf8", maxBuffer: 1 << 24 }));
}

for (const [name, program, script] of [
  ["icalendar", process.env.TEGATA_CALENDAR_READER ?? "python3", "read.py"],
  ["ical.js", process.execPath, "read.mjs"],
]) {
  test(`${name} places each invitation at the instant of the table`, () => {
    for (const [number, { errors, events }] of found(program, script).entries()) {
      const { row, text } = invitations[number];
      assert.deepEqual(errors, [], text);
      assert.equal(events.length, 1);
      assert.equal(events[0].local, row.local, text);
      assert.equal(events[0].start, row.at[0], `${row.zone} ${row.local}\n${text}`);
      assert.ok(events[0].summary.startsWith(TITLE), events[0].summary);
    }
  });
}

test("the mail names the zone in words, beside the host's", () => {
  const { mail } = invitations.find(({ row }) => row.zone === "America/Sao_Paulo");
  assert.match(mail.text, /brasili/i, mail.text);
});
