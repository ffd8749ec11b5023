// What the programs that drive browsers have in common: browsers, the console's modules as a script for a page, and pages
// below the edge's own origin, from which alone a session can be joined.

import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { chromium } from "playwright-core";

const SOURCES = fileURLToPath(new URL("../../console/src", import.meta.url));
/** Pages here come from no address, so the browser takes them for strangers on this machine unless it is told not to. */
const OWN = "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets";
const BARE = ["--no-sandbox", "--test-type", "--no-first-run", "--disable-background-networking", "--disable-component-update", OWN];

/** The document that the program got. */
export const asked = JSON.parse(process.argv[2] ?? "{}");

export const pause = (ms) => new Promise((over) => setTimeout(over, ms));

/** A browser: with a window on `display`, or without one. A processor that plays the graphics card would be the slowest part. */
export function browse({ display, args = [] }) {
  return chromium.launch({
    executablePath: process.env.TEGATA_CHROMIUM ?? "/usr/bin/chromium",
    headless: !display,
    args: [...BARE, "--disable-gpu", ...args],
    env: display ? { ...process.env, DISPLAY: display } : process.env,
  });
}

/** These modules of the console as one module for a page; `exports` is JavaScript, with paths below `console/src`. */
export async function scriptOf(exports) {
  const { outputFiles } = await build({
    stdin: { contents: exports, resolveDir: SOURCES },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2024",
    write: false,
  });
  return outputFiles[0].text;
}

/** Opens a page of the edge's origin with this script, whose exports it finds in `window.tegata`. */
export async function openPage(context, script) {
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(String(error)));
  const html = `<!doctype html><meta charset="utf-8"><title>bench</title><style>body { margin: 0 }</style><div id="place"></div>
<script type="module">import * as tegata from "/bench.js"; window.tegata = tegata;</script>`;
  await page.route(`${asked.edge}/bench.html`, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await page.route(`${asked.edge}/bench.js`, (route) => route.fulfill({ contentType: "text/javascript; charset=utf-8", body: script }));
  await page.goto(`${asked.edge}/bench.html`);
  await page.waitForFunction(() => window.tegata);
  return page;
}

/** Calls the edge, as a page of its own would. */
async function call(path, body, headers = {}) {
  const response = await fetch(`${asked.edge}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: asked.edge, "sec-fetch-site": "same-origin", ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} returned ${response.status}: ${text}`);
  return JSON.parse(text);
}

/** The desk joins by ID and password. Returns the socket's path and its ticket. */
export async function joinAsDesk({ number, password } = asked) {
  const { ticket } = await call(`/t/${asked.provider}/api/v1/desk/sessions/join`, { number, password }, { cookie: asked.cookie });
  return { path: `/t/${asked.provider}/sessions/${number}`, ticket };
}

/** A person at the customer consents behind a link. `address` is where they are: limits apply to each. */
export async function joinAsGuest(token, name, address) {
  const { number, ticket, tenant } = await call(`/j/${token}/join`, { name, locale: "ja" }, { "cf-connecting-ip": address });
  return { path: `/t/${tenant}/sessions/${number}`, ticket };
}

/** Lets a page take part in the session: `window.channel`. */
export function enter(page, { path, ticket }) {
  return page.evaluate(
    async ([at, with_]) => {
      window.channel = new tegata.Channel(new URL(at, location.href.replace("http", "ws")), with_);
      const until = Date.now() + 20_000;
      while (window.channel.view.get().phase !== "open") {
        if (Date.now() > until) throw new Error(`the session does not open: ${window.channel.view.get().phase}`);
        await new Promise((over) => setTimeout(over, 20));
      }
    },
    [path, ticket],
  );
}
