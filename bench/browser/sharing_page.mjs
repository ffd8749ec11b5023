// Sharing and viewing in pages, with the console's own code: a picture that moves, and notes of when each frame of it was
// handed out by the browser that captures it, and when it was decoded by the one that shows it. A frame keeps its time
// stamp all the way, which tells it from others.

import { browse, openPage, scriptOf } from "./parts.mjs";

export const script = await scriptOf(`
export { Channel } from "./session/channel";
export { Sharer } from "./sharing/sharer";
export { Viewing } from "./sharing/viewing";
`);

/** Notes frames in `window.captured`, as they come out of the browser's capture. */
function noteCaptured() {
  window.captured = [];
  const { read } = ReadableStreamDefaultReader.prototype;
  ReadableStreamDefaultReader.prototype.read = async function () {
    const result = await read.call(this);
    if (result.value instanceof VideoFrame) window.captured.push([result.value.timestamp, performance.timeOrigin + performance.now()]);
    return result;
  };
}

/** Notes frames in `window.decoded`, as they come out of the decoder. */
function noteDecoded() {
  window.decoded = [];
  const Decoder = window.VideoDecoder;
  window.VideoDecoder = class extends Decoder {
    constructor({ output, error }) {
      const noted = (frame) => {
        window.decoded.push([frame.timestamp, performance.timeOrigin + performance.now()]);
        output(frame);
      };
      super({ output: noted, error });
    }
  };
}

/** Text that scrolls and a box that turns, over the whole window. */
function move() {
  document.body.style.overflow = "hidden";
  const canvas = Object.assign(document.createElement("canvas"), { width: innerWidth, height: innerHeight });
  document.body.prepend(canvas);
  const drawing = canvas.getContext("2d");
  const draw = (now) => {
    drawing.fillStyle = "#f4f6f8";
    drawing.fillRect(0, 0, canvas.width, canvas.height);
    drawing.fillStyle = "#1d2530";
    drawing.font = "16px sans-serif";
    for (let line = 0; line < 30; line += 1) {
      const y = (((line * 24 - now / 20) % 720) + 720) % 720;
      drawing.fillText(`${line} 帳票印刷の設定 ${Math.floor(now / 100) + line} The quick brown fox jumps over the lazy dog`, 20, y);
    }
    drawing.fillStyle = "#b3261e";
    drawing.fillRect(900 + 200 * Math.sin(now / 300), 300, 60, 60);
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
}

/** A browser with a window on the display, all of which it shares when it is asked what to share; and its page. */
export async function startSharing({ display, width, height }) {
  const args = ["--auto-select-desktop-capture-source=Entire screen", "--window-position=0,0", `--window-size=${width},${height}`];
  const browser = await browse({ display, args });
  const page = await openPage(await browser.newContext({ viewport: null }), script);
  await page.evaluate(noteCaptured);
  await page.evaluate(move);
  return { browser, page };
}

/** A browser without a window, and its page. */
export async function startViewing() {
  const browser = await browse({});
  const context = await browser.newContext({ viewport: { width: 1280, height: 850 } });
  // Without it, pictures pass over the edge.
  await context.addInitScript(() => void delete window.RTCPeerConnection);
  const page = await openPage(context, script);
  await page.evaluate(noteDecoded);
  return { browser, page };
}

/** Shares in `window.channel`, until what is returned is called. */
export async function share(page) {
  await page.evaluate(async () => {
    window.sharer = new tegata.Sharer(window.channel);
    await window.sharer.start();
    const { state, failure } = window.sharer.view.get();
    if (state !== "sharing") throw new Error(`not shared: ${failure}`);
  });
  return () => page.evaluate(() => window.sharer.close());
}

/** Views in `window.channel` whoever shares there, until what is returned is called. */
export async function view(page) {
  await page.evaluate(async () => {
    const soon = async (found) => {
      const until = Date.now() + 20_000;
      for (;;) {
        const value = found();
        if (value) return value;
        if (Date.now() > until) throw new Error("nothing is shown");
        await new Promise((over) => setTimeout(over, 20));
      }
    };
    const { id } = await soon(() => window.channel.view.get().roster.find(({ sharing }) => sharing));
    window.viewing = new tegata.Viewing(window.channel, id);
    await soon(() => window.viewing.view.get().state === "showing");
    document.getElementById("place").replaceChildren(window.viewing.view.get().element);
  });
  return () => page.evaluate(() => window.viewing.close());
}
