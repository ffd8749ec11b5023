// A shared screen over the edge and over a relay on plain node, in turn: how many frames are decoded in a second, and how
// long after their capture. Prints one JSON object.

import { asked, enter, joinAsDesk, joinAsGuest, pause } from "./parts.mjs";
import { share, startSharing, startViewing, view } from "./sharing_page.mjs";

const { token, peer, rounds, seconds } = asked;
const [sharing, viewing] = await Promise.all([startSharing(asked), startViewing()]);

/** Lets both pages into the session of a side; they stay in it. */
async function join(side, seats) {
  for (const [{ page }, seat] of [[sharing, seats[0]], [viewing, seats[1]]]) {
    await enter(page, seat);
    await page.evaluate((name) => ((window.channels ??= {})[name] = window.channel), side);
  }
}
const guest = await joinAsGuest(token, "佐藤 花子", "192.0.2.1");
await join("ours", [guest, await joinAsDesk()]);
const seat = (ticket) => ({ path: `${peer}/t/aozora/sessions/482913705`, ticket });
await join("peer", [seat("0"), seat("1")]);

async function round(side) {
  for (const { page } of [sharing, viewing]) await page.evaluate((name) => void (window.channel = window.channels[name]), side);
  const stop = await share(sharing.page);
  const leave = await view(viewing.page);
  // The sender begins with little, and finds out what the line carries.
  await pause(4000);
  await sharing.page.evaluate(() => void (window.captured = []));
  await viewing.page.evaluate(() => void (window.decoded = []));
  await pause(seconds * 1000);
  const decoded = await viewing.page.evaluate(() => window.decoded);
  const captured = new Map(await sharing.page.evaluate(() => window.captured));
  const { width } = await viewing.page.evaluate(() => ({ width: window.viewing.view.get().width }));
  await leave();
  await stop();
  await pause(500);
  const delays = decoded.filter(([frame]) => captured.has(frame)).map(([frame, at]) => at - captured.get(frame));
  return { frames: decoded.length / seconds, captured: captured.size / seconds, delays, width };
}

const seen = { ours: [], peer: [] };
for (let number = 0; number <= rounds; number += 1) {
  for (const side of number % 2 === 0 ? ["ours", "peer"] : ["peer", "ours"]) {
    const result = await round(side);
    // The first warms both up.
    if (number > 0) seen[side].push(result);
  }
}
console.log(JSON.stringify(seen));
await Promise.all([sharing.browser.close(), viewing.browser.close()]);
