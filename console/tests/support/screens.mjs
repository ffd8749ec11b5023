// Real screens to share: a virtual display with a browser on it that captures all of it, and pages with the sharing of
// the console and nothing else.

import { spawn } from "node:child_process";
import { chromium } from "playwright-core";
import { moduleOf, scriptOf } from "./module.mjs";

const { Channel } = await moduleOf("session/channel.ts");
const { SCREEN } = await moduleOf("session/frames.ts");
const { CONFIG, DELTA, KEY, Messages, POINTER, readJson, STATE, write, writeJson } = await moduleOf("sharing/messages.ts");

const BARE = ["--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update"];
const EXECUTABLE = process.env.TEGATA_CHROMIUM ?? "/usr/bin/chromium";

/** A virtual display, where there is none with this size. */
export async function startDisplay(width = 1280, height = 800) {
  const server = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const number = await new Promise((resolve, reject) => {
    server.stdout.once("data", (data) => resolve(String(data).trim()));
    server.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  return { display: `:${number}`, width, height, stop: () => server.kill() };
}

/** A browser with a window on `screen`, which shares all of it when it is asked what to share. */
export function startSharing({ display, width, height }) {
  const args = [...BARE, '--auto-select-desktop-capture-source=Entire screen', "--window-position=0,0", `--window-size=${width},${height}`];
  return chromium.launch({ executablePath: EXECUTABLE, headless: false, args, env: { ...process.env, DISPLAY: display } });
}

/** A browser without a window. It has a made-up monitor or window, or refuses with `denied`. */
export function startHeadless({ denied = false, surface = "monitor" } = {}) {
  const ui = denied ? "--use-fake-ui-for-media-stream=deny" : "--use-fake-ui-for-media-stream";
  const device = `--use-fake-device-for-media-stream=display-media-type=${surface},fps=5`;
  return chromium.launch({ executablePath: EXECUTABLE, args: [...BARE, "--disable-gpu", ui, device] });
}

const script = scriptOf(["session/channel.ts", "sharing/sharer.ts", "sharing/viewing.ts"]);

/** Pages for a relay: the parts of sharing alone, in `window.tegata`, over a picture that moves. */
export const BARE_PAGES = {
  "/bare": `<!doctype html><title>bare</title><meta charset="utf-8"><style>body{margin:0}</style>
<canvas id="moving" width="1200" height="640"></canvas><div id="seen"></div><script src="/bare.js"></script>`,
  "/bare.js": () => ({ type: "text/javascript", body: script }),
};

/** What a browser has to have for the other way to see a screen. */
export const OTHER_WAY = { edge: "RTCPeerConnection", peer: "VideoDecoder" };

/** Lets the page take part with `ticket`: `window.channel`. With a `way`, its browser cannot see screens in the other. */
export async function enter(page, relay, ticket, way) {
  await page.goto(`${relay.origin}/bare`);
  if (way) await page.evaluate((missing) => void delete window[missing], OTHER_WAY[way]);
  await page.evaluate(
    async ([url, one]) => {
      window.channel = new tegata.Channel(new URL(url, location.href.replace("http", "ws")), one);
      while (window.channel.view.get().phase !== "open") await new Promise((over) => setTimeout(over, 20));
    },
    ["/t/aozora/sessions/482913705", ticket],
  );
}

/** Makes the page's picture move, as text that scrolls and a box that turns, and shares with `window.sharer`. */
export async function share(page) {
  await page.evaluate(async () => {
    const canvas = document.getElementById("moving");
    const drawing = canvas.getContext("2d");
    const draw = (now) => {
      drawing.fillStyle = "#f4f6f8";
      drawing.fillRect(0, 0, canvas.width, canvas.height);
      drawing.fillStyle = "#1d2530";
      drawing.font = "16px sans-serif";
      for (let line = 0; line < 30; line += 1) drawing.fillText(`${line} 帳票印刷の設定 ${Math.floor(now / 100) + line} The quick brown fox jumps over the lazy dog`, 20, ((line * 24 - now / 20) % 720 + 720) % 720);
      drawing.fillStyle = "#b3261e";
      drawing.fillRect(900 + 200 * Math.sin(now / 300), 300, 60, 60);
      requestAnimationFrame(draw);
    };
    if (!window.still) requestAnimationFrame(draw);
    window.sharer = new tegata.Sharer(window.channel);
  });
  await page.evaluate(() => window.sharer.start());
  const { state, failure } = await page.evaluate(() => ({ ...window.sharer.view.get(), track: undefined }));
  if (state !== "sharing") throw new Error(`not shared: ${failure}`);
}

/** Views who shares: `window.viewing`. */
export function view(page) {
  return page.evaluate(async () => {
    let who;
    while (!who) {
      who = window.channel.view.get().roster.find(({ sharing }) => sharing)?.id;
      if (!who) await new Promise((over) => setTimeout(over, 20));
    }
    const viewing = new tegata.Viewing(window.channel, who);
    window.viewing = viewing;
    const place = document.getElementById("seen");
    const shown = () => {
      const { element } = viewing.view.get();
      if (element && element.parentNode !== place) place.replaceChildren(element);
      return viewing.view.get().state === "showing";
    };
    const until = Date.now() + 15_000;
    while (!shown() && Date.now() < until) await new Promise((over) => setTimeout(over, 20));
    const { state, way, width, height } = viewing.view.get();
    return { state, way, width, height };
  });
}

/** Somebody who views over the edge without a browser: counts what comes, and pays for it unless `stalled`. */
export async function startSocketViewer(relay, ticket) {
  const channel = new Channel(new URL("/t/aozora/sessions/482913705", relay.origin.replace("http", "ws")), ticket);
  const seen = { channel, keys: 0, deltas: 0, states: [], pointers: [], bytes: 0, lost: 0, configs: [] };
  const until = async (found) => {
    for (let tries = 0; ; tries += 1) {
      const value = found(channel.view.get());
      if (value) return value;
      if (tries > 400) throw new Error("it does not come about");
      await new Promise((over) => setTimeout(over, 25));
    }
  };
  await until(({ phase }) => phase === "open");
  seen.view = async () => {
    const who = (await until(({ roster }) => roster.find(({ sharing }) => sharing))).id;
    const messages = new Messages();
    seen.stream = channel.open(SCREEN, who);
    seen.stream.take((bytes) => {
      seen.bytes += bytes.length;
      for (const { kind, rest } of messages.take(bytes)) {
        if (kind === KEY) seen.keys += 1;
        if (kind === DELTA) seen.deltas += 1;
        if (kind === CONFIG) seen.configs.push(readJson(rest));
        if (kind === STATE) seen.states.push(readJson(rest));
        if (kind === POINTER) seen.pointers.push(readJson(rest));
      }
    });
    return seen;
  };
  seen.say = (kind, value) => seen.stream.send(value === undefined ? write(kind) : writeJson(kind, value));
  return seen;
}
