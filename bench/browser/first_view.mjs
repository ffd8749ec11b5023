// The console's first view in Chromium with the processor slowed four times and an empty cache, compared with the same
// contents as a page without scripts. Prints one JSON object. Usage: first_view.mjs URL HOST COOKIE VIEWS
//
// The production build responds only to https under its own name. The browser therefore connects through a proxy here,
// which sets the host HOST and reports TLS termination, as the edge of a deployment does. This costs the console's side
// a little time.

import assert from "node:assert/strict";
import { createServer, request as ask } from "node:http";
import { gzipSync } from "node:zlib";

import { chromium } from "playwright-core";

const [edge, host, cookie, views] = process.argv.slice(2);
/** The contents to wait for: the numbers of pending items, with the last entry of the log below them. */
const CONTENTS = ".cards .number";

const browser = await chromium.launch({
  executablePath: process.env.TEGATA_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
});

/** Records when the contents are there and their frame has been drawn, in milliseconds since the navigation began. */
function watch(selector) {
  const seen = () => {
    if (!document.querySelector(selector)) return false;
    requestAnimationFrame(() => requestAnimationFrame(() => (window.firstView = performance.now())));
    return true;
  };
  const observer = new MutationObserver(() => seen() && observer.disconnect());
  observer.observe(document, { childList: true, subtree: true });
}

const front = createServer((request, response) => {
  const headers = { ...request.headers, host, "x-forwarded-proto": "https" };
  const onwards = ask(new URL(request.url, edge), { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  request.pipe(onwards);
});
await new Promise((resolve) => front.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${front.address().port}${new URL(edge).pathname}`;

/** One view with an empty cache; `looked` gets the page before it is closed. */
async function view(address, looked = () => {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const [name, value] = cookie.split("=");
  await context.addCookies([{ name, value, domain: "127.0.0.1", path: "/", secure: true, httpOnly: true, sameSite: "Lax" }]);
  const page = await context.newPage();
  const scripts = [];
  let requests = 0;
  page.on("response", (response) => {
    requests += 1;
    if (response.request().resourceType() === "script") scripts.push(response.body());
  });
  await page.addInitScript(watch, CONTENTS);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(address);
  const took = await page.waitForFunction(() => window.firstView, undefined, { timeout: 60_000 }).then((handle) => handle.jsonValue());
  const bodies = await Promise.all(scripts);
  await looked(page);
  await context.close();
  return { took, requests, script: bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).byteLength, 0) };
}

/** The console's rendered page without scripts, and its style sheet. */
let html;
let style;
await view(url, async (page) => {
  assert.ok(await page.locator(CONTENTS).count());
  style = await (await page.request.get(new URL("/console/app.css", url).href)).text();
  html = await page.evaluate(() => {
    for (const script of document.querySelectorAll("script, link[rel=modulepreload]")) script.remove();
    return `<!doctype html>${document.documentElement.outerHTML}`;
  });
});
const server = createServer((request, response) => {
  const sheet = request.url.endsWith(".css");
  response.writeHead(200, { "content-type": sheet ? "text/css; charset=utf-8" : "text/html; charset=utf-8" });
  response.end(sheet ? style : html);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const still = `http://127.0.0.1:${server.address().port}/`;

const seen = { console: [], page: [], script: 0, requests: 0 };
await view(url);
await view(still);
for (let round = 0; round < Number(views); round += 1) {
  const { took, script, requests } = await view(url);
  Object.assign(seen, { script, requests });
  seen.console.push(took);
  seen.page.push((await view(still)).took);
}
console.log(JSON.stringify(seen));
server.close();
await browser.close();
front.close();
