// Lists, counts and open pages follow what others do, by one socket for each console; and who may open such a socket.

import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";

import { startBrowser } from "./support/browser.mjs";
import { openConsole } from "./support/console.mjs";
import { edgeUrl, operator } from "./support/edge.mjs";
import { makePair } from "./support/filled.mjs";
import { PanelClient } from "./support/panel.mjs";

const LANGUAGE = "ja";

let browser;
let customer;
before(async () => {
  browser = await startBrowser();
  ({ customer } = await makePair(LANGUAGE));
});
after(() => browser?.close());

const first = () => openConsole(browser, LANGUAGE, customer.slug, customer.panel);

test("a request appears and goes by itself, and the number in the menu follows", { timeout: 60_000 }, async () => {
  const { panel, door, slug } = customer;
  const person = await first();
  await person.visit("registrations");
  await person.page.getByText(person.say("console-registrations-none")).waitFor();
  const badge = person.menu.getByText(person.say("console-nav-waiting", { count: 1 }));
  assert.equal(await badge.count(), 0);
  await door.register({ email: `live@${slug}.example`, device_name: "LIVE-1" });
  await person.page.getByRole("table").getByText("LIVE-1").waitFor();
  await badge.waitFor();

  const [{ id }] = await panel.items("registrations?state=waiting");
  const other = await first();
  await other.visit(`registrations/${id}`);
  await panel.post(`registrations/${id}/decision`, { outcome: "refused", confirmed: true, locale: LANGUAGE });
  await person.page.getByText(person.say("console-registrations-none")).waitFor();
  await badge.waitFor({ state: "detached" });
  await other.page.getByText(other.say("console-decision-refused", { name: customer.door.approver.name })).waitFor();
  await person.leave();
  await other.leave();
});

test("a console whose connection broke off catches up", { timeout: 90_000 }, async () => {
  const { panel, door, slug } = customer;
  const person = await first();
  await person.visit("registrations");
  await person.page.getByText(person.say("console-registrations-none")).waitFor();
  await person.page.context().setOffline(true);
  await person.page.evaluate(() => window.dispatchEvent(new Event("offline")));
  await operator("POST", `/tenants/${slug}/suspend`, {}, 200);
  await operator("POST", `/tenants/${slug}/resume`, {}, 200);
  await door.register({ email: `again@${slug}.example`, device_name: "LIVE-2" });
  await person.page.context().setOffline(false);
  await person.page.getByRole("table").getByText("LIVE-2").waitFor({ timeout: 60_000 });
  const [{ id }] = await panel.items("registrations?state=waiting");
  await panel.post(`registrations/${id}/decision`, { outcome: "refused", confirmed: true, locale: LANGUAGE });
  await person.close();
});

/** A handshake as a program can make it; its status, and the socket where there is one. */
function handshake(ticket, headers = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(`${edgeUrl}/t/${customer.slug}/api/v1/events`, {
      headers: {
        connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", "sec-websocket-protocol": `tegata.events.v1, ${ticket}`,
        origin: edgeUrl, ...headers,
      },
    });
    asked.on("upgrade", (response, socket) => resolve({ status: response.statusCode, socket, protocol: response.headers["sec-websocket-protocol"] }));
    asked.on("response", (response) => {
      response.resume();
      resolve({ status: response.statusCode });
    });
    asked.on("error", reject);
    asked.end();
  });
}

test("a socket takes a ticket, once, from a page of the edge, and ends with its session", { timeout: 60_000 }, async () => {
  const session = await PanelClient.logIn(customer.slug, "contact");
  const ticket = async () => (await session.post("events/ticket")).ticket;
  const used = await ticket();
  const opened = await handshake(used);
  assert.deepEqual([opened.status, opened.protocol], [101, "tegata.events.v1"]);
  assert.equal((await handshake(used)).status, 403);
  assert.equal((await handshake(await ticket(), { origin: "https://evil.example" })).status, 403);
  assert.equal((await handshake("tg_et_made-up")).status, 403);

  const closed = new Promise((resolve) => {
    const seen = [];
    opened.socket.on("data", (data) => {
      seen.push(...data);
      // A close frame (opcode 8), with the code in its first two bytes.
      const at = seen.findIndex((byte, index) => byte === 0x88 && seen[index + 1] >= 2);
      if (at >= 0) resolve(seen[at + 2] * 256 + seen[at + 3]);
    });
    opened.socket.on("close", () => resolve(0));
  });
  await session.call("DELETE", "session");
  assert.equal(await closed, 4001);
});
