// A machine's screen in noVNC, through the edge with the console's own adapter and over websockify, in turn: the time from a
// key to the pixel that it changes, and how many frames of an animation are seen. Prints one JSON object.

import { asked, browse, enter, joinAsDesk, openPage, pause, scriptOf } from "./parts.mjs";
import { showRemote } from "./remote_page.mjs";

const { display, width, height, peer, rounds, keys, animation } = asked;

const window_ = [`--window-size=${width},${height}`, "--window-position=0,0"];
const [machine, desk] = await Promise.all([browse({ display, args: window_ }), browse({})]);
const { remote, keyAt, markAt } = await showRemote(machine);
const script = await scriptOf(`
export { Channel } from "./session/channel";
export { AGENT, SCREEN } from "./session/frames";
export { RfbSocket } from "./features/session/rfb_socket";
export { default as Rfb } from "@novnc/novnc";
`);

/** What happens in the page, the same for both sides: noVNC on a socket, and a look at its canvas after each change of it. */
function prepare() {
  const place = document.getElementById("place");
  /** Looks at one pixel whenever something was drawn. */
  const watch = ([x, y]) => {
    const drawing = place.querySelector("canvas").getContext("2d", { willReadFrequently: true });
    const look = () => [...drawing.getImageData(x, y, 1, 1).data].slice(0, 3).map((part) => (part > 127 ? 1 : 0)).join("");
    const seen = { colour: look(), changed: () => {} };
    drawing.drawImage = function (...all) {
      CanvasRenderingContext2D.prototype.drawImage.apply(this, all);
      const colour = look();
      if (colour === seen.colour) return;
      seen.colour = colour;
      seen.changed();
    };
    return seen;
  };
  let rfb;
  let bytes = () => 0;
  window.connect = async (peer) => {
    place.replaceChildren();
    let socket;
    if (peer) {
      socket = new WebSocket(peer);
      socket.binaryType = "arraybuffer";
      let came = 0;
      socket.addEventListener("message", ({ data }) => (came += data.byteLength));
      bytes = () => came;
    } else {
      const stream = channel.open(tegata.SCREEN, tegata.AGENT);
      socket = new tegata.RfbSocket(stream);
      bytes = () => socket.came;
    }
    rfb = new tegata.Rfb(place, socket);
    // Where the console begins (screen_quality.ts).
    rfb.qualityLevel = 6;
    rfb.compressionLevel = 4;
    const connected = new Promise((over, fail) => {
      rfb.addEventListener("connect", over);
      rfb.addEventListener("disconnect", () => fail(new Error("the screen is gone")));
    });
    socket.start?.();
    await connected;
    rfb.focus();
  };
  window.disconnect = () => rfb.disconnect();
  window.pressKeys = async (count, at) => {
    const canvas = place.querySelector("canvas");
    const seen = watch(at);
    const taken = [];
    for (let press = 0; press < count; press += 1) {
      await new Promise((over) => setTimeout(over, 60 + Math.random() * 80));
      const key = { key: "c", code: "KeyC", bubbles: true, cancelable: true };
      const changed = new Promise((over, fail) => {
        seen.changed = () => over(performance.now());
        setTimeout(() => fail(new Error("a key changes nothing")), 20_000);
      });
      const began = performance.now();
      canvas.dispatchEvent(new KeyboardEvent("keydown", key));
      taken.push((await changed) - began);
      canvas.dispatchEvent(new KeyboardEvent("keyup", key));
    }
    return taken;
  };
  window.countFrames = async (seconds, at) => {
    const seen = watch(at);
    let frames = 0;
    seen.changed = () => (frames += 1);
    const [began, before] = [performance.now(), bytes()];
    await new Promise((over) => setTimeout(over, seconds * 1000));
    const took = (performance.now() - began) / 1000;
    return { frames: frames / took, rate: ((bytes() - before) * 8) / 1e6 / took };
  };
}

const context = await desk.newContext({ viewport: { width, height: height + 50 } });
const pages = { ours: await openPage(context, script), peer: await openPage(context, script) };
for (const page of Object.values(pages)) await page.evaluate(prepare);
await enter(pages.ours, await joinAsDesk());

async function round(side) {
  const page = pages[side];
  // What is in the background is drawn less often.
  await page.bringToFront();
  await page.evaluate((to) => window.connect(to), side === "peer" ? peer : undefined);
  await pause(700);
  // Without a window manager, a window gets its keys once it was clicked.
  await page.mouse.click(width / 2, height - 20);
  await pause(100);
  // The first are not counted: the server has just begun.
  await page.evaluate(([at]) => window.pressKeys(3, at), [keyAt]);
  const taken = await page.evaluate(([count, at]) => window.pressKeys(count, at), [keys, keyAt]);
  await remote.evaluate(() => window.animate(true));
  await pause(500);
  const seen = await page.evaluate(([seconds, at]) => window.countFrames(seconds, at), [animation, markAt]);
  await remote.evaluate(() => window.animate(false));
  await page.evaluate(() => window.disconnect());
  await pause(300);
  return { keys: taken, ...seen };
}

const seen = { ours: [], peer: [] };
for (let number = 0; number <= rounds; number += 1) {
  const order = number % 2 === 0 ? ["ours", "peer"] : ["peer", "ours"];
  for (const side of order) {
    const result = await round(side);
    // The first warms both up.
    if (number > 0) seen[side].push(result);
  }
}
console.log(JSON.stringify(seen));
await Promise.all([machine.close(), desk.close()]);
