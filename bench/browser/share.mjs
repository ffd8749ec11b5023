// Shares a screen with whoever views it, until the file `over` is there. Prints when each frame was captured, as pairs of
// its time stamp and the time in ms since 1970.

import { existsSync } from "node:fs";

import { asked, enter, pause } from "./parts.mjs";
import { share, startSharing } from "./sharing_page.mjs";

const { over, seat } = asked;
const { browser, page } = await startSharing(asked);
await enter(page, seat);
await share(page);
while (!existsSync(over)) await pause(50);
console.log(JSON.stringify(await page.evaluate(() => window.captured)));
await browser.close();
