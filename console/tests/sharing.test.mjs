// A person's screen, captured by a real browser on a virtual display and viewed by others: between browsers, over the
// edge, with pauses, pointers, breaks, slow lines and viewers that stall or lie (Z4).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { BARE_PAGES, enter, share, startDisplay, startHeadless, startSharing, startSocketViewer, view } from "./support/screens.mjs";
import { startRelay } from "./support/session_relay.mjs";

const GUEST = { role: "guest", name: "佐藤 花子" };
const DESK = { role: "desk", name: "山田 太郎" };

const NINE = Array.from({ length: 9 }, (_, index) => `n${index}`);

let screen, sharing, viewing;
before(async () => {
  screen = await startDisplay();
  [sharing, viewing] = await Promise.all([startSharing(screen), startHeadless()]);
});
after(async () => {
  await Promise.all([sharing?.close(), viewing?.close()]);
  screen?.stop();
});

async function until(what, found, tries = 300) {
  for (let left = tries; left > 0; left -= 1) {
    const value = await found();
    if (value) return value;
    await wait(50);
  }
  assert.fail(`${what} does not come about`);
}

/** A session in which `sharer` shares; `run(relay, sharer, viewer)`, where `viewer(way)` opens a browser that is in it. */
async function session(run, { people = {}, still = false, prepare = async () => {} } = {}) {
  const relay = await startRelay({ pages: BARE_PAGES, people: { g: GUEST, d: DESK, ...people } });
  const contexts = [];
  const open = async (browser, ticket, way) => {
    const context = await browser.newContext({ viewport: browser === sharing ? null : { width: 1280, height: 820 } });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await prepare(page);
    await enter(page, relay, ticket, way);
    return page;
  };
  try {
    const sharer = await open(sharing, "g");
    if (still) await sharer.evaluate(() => (window.still = true));
    await share(sharer);
    await run(relay, sharer, (way, ticket = "d") => open(viewing, ticket, way));
    assert.deepEqual(relay.faults, [], "nobody has broken the protocol");
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
    await relay.stop();
  }
}

/** Counts the pictures that a page shows. */
const count = (page) =>
  page.evaluate(async () => {
    const { element } = viewing.view.get();
    let pictures = 0;
    if (element instanceof HTMLVideoElement) {
      const before = element.getVideoPlaybackQuality().totalVideoFrames;
      await new Promise((over) => setTimeout(over, 2000));
      return element.getVideoPlaybackQuality().totalVideoFrames - before;
    }
    const { drawImage } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.drawImage = function (...all) {
      pictures += 1;
      return drawImage.apply(this, all);
    };
    await new Promise((over) => setTimeout(over, 2000));
    CanvasRenderingContext2D.prototype.drawImage = drawImage;
    return pictures;
  });

/** The colours of the picture: how many there are in a grid of points. */
const colours = (page) =>
  page.evaluate(() => {
    const { element, width, height } = viewing.view.get();
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const drawing = canvas.getContext("2d");
    drawing.drawImage(element, 0, 0, width, height);
    const found = new Set();
    for (let x = 8; x < width; x += 16) for (let y = 8; y < height; y += 16) found.add(drawing.getImageData(x, y, 1, 1).data.join());
    return found.size;
  });

test("a whole screen goes from browser to browser, and none of it passes the edge", () =>
  session(async (relay, sharer, viewer) => {
    assert.deepEqual(relay.said.filter(({ type }) => type === "share").map(({ surface }) => surface), ["monitor"]);
    const page = await viewer();
    assert.deepEqual(await view(page), { state: "showing", way: "peer", width: 1280, height: 800 });
    assert.ok((await colours(page)) > 10, "there is a picture");
    const before = relay.bytes;
    assert.ok((await count(page)) >= 10, "and it moves");
    assert.ok(relay.bytes - before < 5000, "the edge sees no picture");
  }));

test("where no peer connection comes up, the picture comes over the edge", { timeout: 60_000 }, () =>
  session(
    async (relay, _sharer, viewer) => {
      const page = await viewer();
      const began = Date.now();
      assert.deepEqual(await view(page), { state: "showing", way: "edge", width: 1280, height: 800 });
      assert.ok(Date.now() - began > 3500, "a connection was waited for");
      assert.ok((await colours(page)) > 10);
      assert.ok((await count(page)) >= 10);
      assert.ok(relay.bytes > 50_000);
    },
    {
      prepare: (page) =>
        page.addInitScript(() => {
          RTCPeerConnection.prototype.addIceCandidate = () => Promise.resolve();
        }),
    },
  ));

test("a browser without peer connections, or who shares in one, loses no time", () =>
  session(
    async (_relay, _sharer, viewer) => {
      const page = await viewer();
      const began = Date.now();
      assert.equal((await view(page)).way, "edge");
      assert.ok(Date.now() - began < 3500, `${Date.now() - began} ms`);
    },
    { prepare: (page) => page.addInitScript(() => void delete window.RTCPeerConnection) },
  ));

test("whoever joins while nothing moves sees the picture all the same", () =>
  session(
    async (_relay, _sharer, viewer) => {
      await wait(1500);
      const page = await viewer("edge");
      assert.equal((await view(page)).state, "showing");
      const second = await viewer("edge");
      await wait(500);
      assert.equal((await view(second)).state, "showing");
    },
    { still: true, people: {} },
  ));

for (const way of ["peer", "edge"]) {
  test(`everybody sees who points where, and the pointer goes with its owner (${way})`, () =>
    session(
      async (relay, sharer, viewer) => {
        const [one, other] = [await viewer(way), await viewer(way, "e")];
        await view(one);
        await view(other);
        await one.evaluate(() => viewing.point({ x: 0.25, y: 0.75 }));
        const pointers = (page, of) => page.evaluate((name) => window[name].view.get().pointers.map(({ name, x, y }) => [name, x, y]), of);
        for (const [page, of] of [[sharer, "sharer"], [other, "viewing"], [one, "viewing"]]) {
          await until("the pointer", async () => (await pointers(page, of)).length === 1);
          assert.deepEqual(await pointers(page, of), [["山田 太郎", 0.25, 0.75]]);
        }
        relay.cut("山田 太郎");
        await until("no pointer", async () => (await pointers(sharer, "sharer")).length === 0);
        await until("no pointer", async () => (await pointers(other, "viewing")).length === 0);
      },
      { people: { e: { role: "desk", name: "Lars Holm" } } },
    ));

  test(`a pause is said, shows nothing, and ends with the picture as it is then (${way})`, () =>
    session(
      async (relay, sharer, viewer) => {
        const page = await viewer(way);
        await view(page);
        const state = () => page.evaluate(() => viewing.view.get().state);
        await sharer.evaluate(() => sharer.pause(true));
        await until("a pause", async () => (await state()) === "paused");
        const before = relay.bytes;
        await wait(700);
        assert.ok(relay.bytes - before < 2000, "nothing is sent during a pause");
        const late = await viewer(way, "e");
        await late.evaluate((who) => (window.viewing = new tegata.Viewing(channel, who)), relay.named("佐藤 花子").id);
        await until("a pause", () => late.evaluate(() => viewing.view.get().state === "paused"));
        await sharer.evaluate(() => sharer.pause(false));
        await until("the picture", async () => (await state()) === "showing" && (await colours(page)) > 10);
      },
      { people: { e: { role: "desk", name: "Lars Holm" } }, still: way === "edge" },
    ));
}

test("sharing ends in the browser's own bar, too: viewers are told, and nothing is captured any more", () =>
  session(async (relay, sharer, viewer) => {
    await view(await viewer("edge"));
    const over = await sharer.evaluate(async () => {
      const { track } = sharer.view.get();
      track.dispatchEvent(new Event("ended"));
      return [track.readyState, sharer.view.get().state, sharer.shared === undefined];
    });
    assert.deepEqual(over, ["ended", "none", true]);
    await until("the end", () => relay.named("佐藤 花子").sharing === null);
    await until("no stream", () => relay.named("佐藤 花子").streams.size + relay.named("山田 太郎").streams.size === 0);
  }));

test("whoever is gone from the session sees nothing more, even between browsers", () =>
  session(async (relay, sharer, viewer) => {
    const page = await viewer("peer");
    await view(page);
    assert.equal(await sharer.evaluate(() => sharer.shared.peers.size), 1);
    relay.named("山田 太郎").socket.close(4005);
    await until("no connection", () => sharer.evaluate(() => sharer.shared.peers.size === 0));
    await until("a closed connection", () => page.evaluate(() => viewing.connection?.connectionState !== "connected"));
  }));

test("after a break the screen is shared again, under the new address", () =>
  session(async (relay, sharer, viewer) => {
    const page = await viewer("edge");
    await view(page);
    const first = relay.named("佐藤 花子").id;
    await sharer.evaluate(() => {
      Math.random = () => 0;
      channel.heard(({ type }) => type === "welcome" && sharer.again());
    });
    relay.cut("佐藤 花子");
    await until("a new address", () => relay.named("佐藤 花子")?.sharing && relay.named("佐藤 花子").id !== first);
    assert.equal((await view(page)).state, "showing");
  }));

test("a viewer that stalls costs the others nothing, and no more than it has paid for", { timeout: 60_000 }, () =>
  session(
    async (relay) => {
      const stalled = await (await startSocketViewer(relay, "s")).view();
      const good = await Promise.all(["v1", "v2", "v3"].map(async (ticket) => (await startSocketViewer(relay, ticket)).view()));
      // The stalled one is waited for once, for a moment; from then on it is as if it were not there.
      await until("a picture that moves", () => good.every(({ deltas }) => deltas > 40), 600);
      assert.ok(stalled.bytes <= 65_536, `${stalled.bytes} bytes came to who does not pay`);
      const all = good.map(({ deltas }) => deltas);
      assert.ok(Math.min(...all) > Math.max(...all) * 0.8, `alike: ${all}`);
      for (const { channel } of [stalled, ...good]) channel.leave();
    },
    {
      people: {
        s: { role: "desk", name: "Stalled", stalled: true },
        ...Object.fromEntries(["v1", "v2", "v3"].map((ticket) => [ticket, { role: "desk", name: ticket }])),
      },
    },
  ));

test("ten see it: nine without a browser and one with, all alike", { timeout: 60_000 }, () =>
  session(
    async (relay, _sharer, viewer) => {
      const seen = await Promise.all(NINE.map(async (ticket) => (await startSocketViewer(relay, ticket)).view()));
      const page = await viewer("edge");
      assert.equal((await view(page)).state, "showing");
      for (const one of seen) one.deltas = 0;
      let shown = 0;
      await until("a picture that moves in the browser", async () => (shown += await count(page)) >= 10, 10);
      const all = seen.map(({ deltas }) => deltas);
      assert.ok(Math.min(...all) >= Math.max(...all) * 0.8, `alike: ${all}`);
      for (const { channel } of seen) channel.leave();
    },
    { people: Object.fromEntries(NINE.map((ticket) => [ticket, { role: "desk", name: ticket }])) },
  ));

test("key frames that a viewer asks for without end come no more often than before", { timeout: 60_000 }, () =>
  session(async (relay) => {
    const seen = await (await startSocketViewer(relay, "d")).view();
    await until("a picture", () => seen.keys > 0);
    const began = Date.now();
    for (let asked = 0; asked < 100; asked += 1) {
      await seen.say(17);
      await wait(40);
    }
    const seconds = (Date.now() - began) / 1000;
    assert.ok(seen.keys <= 2 + seconds / 2, `${seen.keys} key frames in ${seconds} seconds`);
    seen.channel.leave();
  }));

test("what a viewer says that is no message ends its stream, and nobody else's", () =>
  session(async (relay, sharer, viewer) => {
    const page = await viewer("edge");
    await view(page);
    const liar = await (await startSocketViewer(relay, "l")).view();
    await until("a picture", () => liar.keys > 0);
    await liar.say(16, { x: 7, y: "far" });
    await liar.say(16, { x: 0.5 });
    await liar.stream.send(new Uint8Array([16, 0xff, 0xff, 0xff, 0xff]));
    assert.equal(await liar.stream.ended, "closed");
    assert.deepEqual(await sharer.evaluate(() => sharer.view.get().pointers), []);
    assert.ok((await count(page)) > 5);
    liar.channel.leave();
  }, { people: { l: { role: "desk", name: "Liar" } } }));

test("at 256 kbit/s and 100 ms the picture moves, and shows what was captured a second ago at most", { timeout: 90_000 }, () =>
  session(
    async (relay, sharer, viewer) => {
      const page = await viewer("edge");
      await page.evaluate(() => {
        window.delays = [];
        const { decode } = VideoDecoder.prototype;
        VideoDecoder.prototype.decode = function (chunk) {
          delays.push([chunk.timestamp, performance.timeOrigin + performance.now()]);
          return decode.call(this, chunk);
        };
      });
      await sharer.evaluate(() => {
        window.encoded = [];
        const { encode } = VideoEncoder.prototype;
        VideoEncoder.prototype.encode = function (frame, options) {
          encoded.push([frame.timestamp, performance.timeOrigin + performance.now()]);
          return encode.call(this, frame, options);
        };
      });
      assert.equal((await view(page)).state, "showing");
      await wait(12_000);
      await page.evaluate(() => delays.splice(0));
      await wait(8000);
      const encoded = new Map(await sharer.evaluate(() => encoded));
      const came = await page.evaluate(() => delays);
      const delays = came.filter(([time]) => encoded.has(time)).map(([time, at]) => at - encoded.get(time)).sort((one, other) => one - other);
      assert.ok(delays.length >= 16, `${delays.length} pictures in 8 seconds`);
      const middle = delays[Math.floor(delays.length / 2)];
      assert.ok(middle < 1000, `half of them after ${middle} ms`);
    },
    { people: { g: { ...GUEST, up: { delay: 25 }, down: { delay: 25 } }, d: { ...DESK, up: { delay: 25 }, down: { rate: 256_000, delay: 25 } } } },
  ));

test("who refuses to choose a screen shares nothing, and neither does a system that does not let the browser", async () => {
  const relay = await startRelay({ pages: BARE_PAGES, people: { g: GUEST } });
  const browser = await startHeadless({ denied: true });
  try {
    const page = await browser.newPage();
    await enter(page, relay, "g");
    const failure = await page.evaluate(async () => {
      window.sharer = new tegata.Sharer(channel);
      await sharer.start();
      return sharer.view.get().failure;
    });
    assert.equal(failure, "cancelled");
    const system = await page.evaluate(async () => {
      navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException("Permission denied by system", "NotAllowedError"));
      await sharer.start();
      return [sharer.view.get().failure, sharer.view.get().state];
    });
    assert.deepEqual(system, ["system", "none"]);
    assert.equal(relay.said.some(({ type }) => type === "share"), false);
  } finally {
    await browser.close();
    await relay.stop();
  }
});
