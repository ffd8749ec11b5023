// Files in a session (Z6): offered with their hash, sent to who asks, received to disk across pauses, breaks and reloads,
// and checked before they can be saved.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { moduleOf } from "./support/module.mjs";
import { MACHINE, startPeer, welcome } from "./support/session_peer.mjs";
import { button, startUse } from "./support/use.mjs";

const { fileName, unwanted } = await moduleOf("session/file_name.ts");
const use = startUse();
const FILE = 2;
const GUEST = { id: 5, role: "guest", name: "佐藤 花子" };
const LOWER = 2 ** 31;
const ID = "AAECAwQFBgcICQoLDA0ODw";
const directory = mkdtempSync(join(tmpdir(), "files-"));

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const offered = (bytes, more = {}) => ({ type: "offered", by: GUEST.id, person: GUEST.name, id: ID, name: "検査結果 2026-11.csv", size: bytes.length, sha256: sha256(bytes), ...more });

function onDisk(name, bytes) {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

/** A guest who sends `bytes` to who asks, as far as `until` says, and then closes the stream or `stalls`. */
function sender(bytes, { until = () => bytes.length, stalls = false } = {}) {
  const asked = [];
  const opened = (end, { kind }) => {
    if (kind !== FILE) return;
    end.ondata = async (payload) => {
      const { offer, from } = JSON.parse(new TextDecoder().decode(payload));
      asked.push([offer, from]);
      const to = until(asked.length);
      for (let at = from; at < to && !end.closed; at += 50_000) await end.send(new Uint8Array(bytes.subarray(at, Math.min(to, at + 50_000))));
      if (!stalls || to === bytes.length) end.close();
    };
  };
  return { opened, asked };
}

async function enter(page) {
  await page.getByLabel("Password").fill("7kqm-2xrd");
  await button(page, "Join the session").click();
  await page.locator(".files").waitFor();
  await page.evaluate(() => (Math.random = () => 0.1));
}

const inside = (run, { opened, files, before = () => {}, prepare = async () => {} } = {}) =>
  use(
    "desk/launches/aozora/l3",
    async (page, state, mock) => {
      const faults = [];
      page.on("console", (one) => /policy|Trusted/i.test(one.text()) && faults.push(one.text()));
      const roster = [{ id: 2, role: "desk", name: "山田 太郎" }, GUEST];
      const peer = await startPeer(page, { first: welcome({ abilities: ["files"], roster, files: files ?? { largest: 4 * 1024 ** 3, types: [] } }), opened });
      await prepare(page);
      await enter(page);
      before(peer);
      await run(page, peer, mock);
      assert.deepEqual(faults, []);
    },
    { kind: "provider" },
  );

const accept = (page) => button(page, "Accept").click();
const said = (peer, type) => peer.said.filter((one) => one.type === type);

async function saved(page, bytes) {
  const download = page.waitForEvent("download");
  await button(page, "Save").click();
  const file = await download;
  assert.equal(file.suggestedFilename(), "検査結果 2026-11.csv");
  assert.equal(sha256(readFileSync(await file.path())), sha256(bytes));
}

const kept = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("received", { create: true });
    const names = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  });

test("a file is offered with its size and hash, and sent from where a receiver asks", () => {
  const bytes = randomBytes(700_000);
  return inside(async (page, peer) => {
    await page.locator(".files input[type=file]").setInputFiles(onDisk("log:7?.gz", bytes));
    await page.getByText("Offered to everyone.").waitFor();
    const [offer] = said(peer, "offer");
    assert.deepEqual({ ...offer, id: "" }, { type: "offer", id: "", name: "log_7_.gz", size: bytes.length, sha256: sha256(bytes) });
    peer.say({ ...offer, type: "offered", by: 2, person: "山田 太郎" });
    const parts = [];
    const end = peer.open(FILE, GUEST.id, 1);
    end.ondata = (payload) => parts.push(payload);
    const closed = new Promise((over) => (end.onclose = over));
    await end.send(new TextEncoder().encode(JSON.stringify({ offer: offer.id, from: 1000 })));
    await closed;
    assert.equal(sha256(Buffer.concat(parts)), sha256(bytes.subarray(1000)));
    peer.say({ type: "received", id: offer.id, by: GUEST.id, outcome: "done" });
    await page.getByText("佐藤 花子: received").waitFor();
    // Nobody else is there who could answer.
    await page.getByText("Offered to everyone.").waitFor({ state: "detached" });
    await button(page, "Withdraw").click();
    await wait(50);
    assert.deepEqual(said(peer, "withdraw"), [{ type: "withdraw", id: offer.id }]);
    peer.say({ type: "withdrawn", id: offer.id });
    await page.locator(".file-list > li").waitFor({ state: "detached" });
  });
});

test("a receiver that asks for nothing that is offered, or pays for nothing, gets nothing more", () =>
  inside(async (page, peer) => {
    await page.locator(".files input[type=file]").setInputFiles(onDisk("a.bin", randomBytes(500_000)));
    await page.getByText("Offered to everyone.").waitFor();
    const [offer] = said(peer, "offer");
    for (const [number, first] of [[1, "no JSON"], [2, JSON.stringify({ offer: ID, from: 0 })], [3, JSON.stringify({ offer: offer.id, from: -1 })]]) {
      const end = peer.open(FILE, GUEST.id, number);
      const closed = new Promise((over) => (end.onclose = over));
      await end.send(new TextEncoder().encode(first));
      await closed;
      assert.equal(end.received, 0);
    }
    const slow = peer.open(FILE, GUEST.id, 4);
    slow.pays = false;
    await slow.send(new TextEncoder().encode(JSON.stringify({ offer: offer.id, from: 0 })));
    await wait(400);
    assert.ok(slow.received > 60_000 && slow.received <= 65_536, `${slow.received}`);
  }));

test("a file that changes while it is sent is taken back", () => {
  const bytes = randomBytes(3_000_000);
  const path = onDisk("changing.bin", bytes);
  return inside(async (page, peer) => {
    await page.locator(".files input[type=file]").setInputFiles(path);
    await page.getByText("Offered to everyone.").waitFor();
    const [offer] = said(peer, "offer");
    writeFileSync(path, randomBytes(3_000_000));
    const end = peer.open(FILE, GUEST.id, 1);
    await end.send(new TextEncoder().encode(JSON.stringify({ offer: offer.id, from: 0 })));
    await page.getByText("The file has changed or can no longer be read").waitFor();
    assert.deepEqual(said(peer, "withdraw"), [{ type: "withdraw", id: offer.id }]);
    assert.ok(end.received < 3_000_000);
  });
});

test("what the policy does not allow is not offered, and what the session refuses says why", () =>
  inside(
    async (page, peer) => {
      await page.getByText("At most 1 MB each. Types: .log .gz").waitFor();
      const input = page.locator(".files input[type=file]");
      await input.setInputFiles([onDisk("a.exe", Buffer.alloc(9)), onDisk("b.log", Buffer.alloc(1_048_577))]);
      await page.getByText("does not allow this type").waitFor();
      await page.getByText("larger than the customer's policy allows").waitFor();
      assert.deepEqual(said(peer, "offer"), []);
      await input.setInputFiles(onDisk("c.log", Buffer.alloc(9)));
      await page.getByText("Offered to everyone.").waitFor();
      peer.say({ type: "not_offered", id: said(peer, "offer")[0].id, why: "many" });
      await page.getByText("No more files can be offered").waitFor();
    },
    { files: { largest: 1_048_576, types: ["log", "gz"] } },
  ));

test("an accepted file is received, checked and saved, and nothing comes of one that is declined", () => {
  const bytes = randomBytes(2_000_000);
  const from = sender(bytes);
  return inside(
    async (page, peer) => {
      peer.say(offered(bytes));
      await page.getByText("検査結果 2026-11.csv").waitFor();
      await page.locator(".file-hash code").getByText(sha256(bytes)).waitFor();
      peer.say(offered(bytes, { id: "other", name: "b.csv" }));
      await button(page.locator(".file-list > li").nth(1), "Decline").click();
      await accept(page.locator(".file-list > li").first());
      await page.getByText("You can save it.").waitFor();
      assert.deepEqual(from.asked, [[ID, 0]]);
      const outcomes = said(peer, "received").map(({ id, outcome }) => [id, outcome]);
      assert.deepEqual(outcomes, [["other", "declined"], [ID, "done"]]);
      const open = peer.frames.find(({ act, kind }) => act === "open" && kind === FILE);
      assert.deepEqual([open.to, open.stream], [GUEST.id, LOWER]);
      await saved(page, bytes);
    },
    { opened: from.opened },
  );
});

test("a transfer goes on behind what is there: after a break, and after the page was loaded anew", () => {
  const bytes = randomBytes(1_500_000);
  const from = sender(bytes, { until: (turn) => [400_000, 900_000, bytes.length][turn - 1], stalls: true });
  return inside(
    async (page, peer) => {
      peer.say(offered(bytes));
      await accept(page);
      const got = (count) => page.waitForFunction((least) => document.querySelector("progress")?.value >= least, count);
      await got(400_000);
      peer.chat = [];
      const { type, ...offer } = offered(bytes);
      peer.first = { offers: [offer] };
      peer.break();
      await got(900_000);
      assert.deepEqual(from.asked, [[ID, 0], [ID, 400_000]]);
      await page.reload();
      await enter(page);
      await accept(page);
      await page.getByText("You can save it.").waitFor();
      assert.equal(from.asked.length, 3);
      assert.ok(from.asked[2][1] >= 800_000 && from.asked[2][1] <= 900_000, `${from.asked[2]}`);
      await saved(page, bytes);
    },
    { opened: from.opened },
  );
});

test("what is paused pays for nothing, and goes on", () => {
  const bytes = randomBytes(6_000_000);
  const from = sender(bytes);
  return inside(
    async (page, peer) => {
      peer.say(offered(bytes));
      await page.evaluate(() => {
        // A slow disk, so that there is time to pause.
        const { postMessage } = Worker.prototype;
        Worker.prototype.postMessage = function (...all) {
          setTimeout(() => postMessage.apply(this, all), 30);
        };
      });
      await accept(page);
      await button(page, "Pause").click();
      await wait(1500);
      const credits = () => peer.frames.filter(({ act, kind }) => act === "credit" && kind === FILE).length;
      const before = credits();
      await wait(700);
      assert.equal(credits(), before);
      await page.getByText("Paused. What has arrived is kept.").waitFor();
      await button(page, "Resume").click();
      await page.getByText("You can save it.").waitFor({ timeout: 20_000 });
      assert.equal(from.asked.length, 1);
      await saved(page, bytes);
    },
    { opened: from.opened },
  );
});

for (const [what, sent] of [["another content", (bytes) => Buffer.concat([bytes.subarray(1), Buffer.of(0)])], ["more bytes", (bytes) => Buffer.concat([bytes, Buffer.of(7)])]]) {
  test(`what has ${what} than was offered is removed and cannot be saved`, () => {
    const bytes = randomBytes(300_000);
    const from = sender(sent(bytes));
    return inside(
      async (page, peer) => {
        peer.say(offered(bytes));
        await accept(page);
        await page.getByText("What arrived is not the file that was offered.").waitFor();
        await wait(50);
        assert.deepEqual(said(peer, "received").map(({ outcome }) => outcome), ["mismatch"]);
        assert.equal(await button(page, "Save").count(), 0);
        assert.deepEqual(await kept(page), []);
      },
      { opened: from.opened },
    );
  });
}

test("a sender that stops early is waited for, and the end of the session removes what is there in part", () => {
  const bytes = randomBytes(300_000);
  const from = sender(bytes, { until: () => 100_000 });
  return inside(
    async (page, peer) => {
      peer.say(offered(bytes));
      await accept(page);
      await page.getByText("Interrupted.").waitFor();
      assert.equal((await kept(page)).length, 1);
      await button(page, "Resume").click();
      await wait(200);
      assert.deepEqual(from.asked, [[ID, 0], [ID, 100_000]]);
      peer.say({ type: "ended", why: "guest" });
      await page.getByText("It could not be received.").waitFor();
      for (let tries = 0; (await kept(page)).length && tries < 40; tries += 1) await wait(50);
      assert.deepEqual(await kept(page), []);
    },
    { opened: from.opened },
  );
});

test("a full disk and a browser without its own files say so", async () => {
  const bytes = randomBytes(300_000);
  const from = sender(bytes);
  await inside(
    async (page, peer) => {
      peer.say(offered(bytes));
      await accept(page);
      await page.getByText("There is not enough free space.").waitFor();
      assert.deepEqual(from.asked, []);
    },
    { opened: from.opened, prepare: (page) => page.evaluate(() => (navigator.storage.estimate = async () => ({ quota: 1000, usage: 900 }))) },
  );
  // What the browser's own estimate did not foresee: Chromium then returns an error's code as a number of bytes.
  const beyond = sender(bytes);
  await inside(
    async (page, peer) => {
      peer.say(offered(bytes));
      await accept(page);
      await page.getByText("There is not enough free space.").waitFor();
    },
    {
      opened: beyond.opened,
      prepare: (page) => page.route(/file_worker/, async (route) => {
        const script = await (await route.fetch()).text();
        await route.fulfill({ contentType: "text/javascript", body: `FileSystemSyncAccessHandle.prototype.write = () => 4294967288;\n${script}` });
      }),
    },
  );
  const without = sender(bytes);
  await inside(
    async (page, peer) => {
      peer.say(offered(bytes));
      peer.say(offered(bytes, { id: "large", size: 300 * 1024 ** 2, name: "large.bin" }));
      await accept(page.locator(".file-list > li").first());
      await page.getByText("You can save it.").waitFor();
      await saved(page, bytes);
      await accept(page.locator(".file-list > li").nth(1));
      await page.getByText("It is too large for this browser.").waitFor();
    },
    {
      opened: without.opened,
      prepare: (page) => page.route(/file_worker/, async (route) => {
        const script = await (await route.fetch()).text();
        await route.fulfill({ contentType: "text/javascript", body: `delete FileSystemFileHandle.prototype.createSyncAccessHandle;\n${script}` });
      }),
    },
  );
});

test("a name that a session would refuse becomes one that it takes", () => {
  for (const [name, becomes] of [
    ["検査結果 2026-11.csv", "検査結果 2026-11.csv"],
    ["../a:b?.log", ".._a_b_.log"],
    ["a\u202etxt.exe", "atxt.exe"],
    [" a. ", "a"],
    ["NUL.txt", "_NUL.txt"],
    ["com1", "_com1"],
    ["console.log", "console.log"],
    ["\u200b", "file"],
    ["か\u3099.txt", "が.txt"],
  ]) assert.equal(fileName(name), becomes, name);
  const long = fileName(`${"漢".repeat(200)}.csv`);
  assert.ok(Buffer.byteLength(long) <= 240 && long.endsWith("漢.csv"));
  assert.equal(unwanted({ name: "a.LOG", size: 3 }, { largest: 3, types: ["log"] }), undefined);
  assert.equal(unwanted({ name: ".log", size: 3 }, { largest: 3, types: ["log"] }), "type");
});

test("files of the machine's folders are listed, and asked for by name", () =>
  use(
    "desk/launches/aozora/l3",
    async (page) => {
      const listed = { files: [{ name: "error.log", size: 5000, modified: 1795000000 }, { name: "印刷.log", size: 3 * 1024 ** 3, modified: null }], more: true };
      const machine = { ...MACHINE, files: { receives: true, accepted_by: "person", folders: ["印刷のログ", "設定"] } };
      const peer = await startPeer(page, {
        first: welcome({ abilities: ["files", "diagnostics"] }),
        answer: async (request, peer) => {
          const { what } = request.deed;
          if (what === "offer_file") return peer.doing(request);
          await peer.bring(request.stream, new TextEncoder().encode(JSON.stringify(what === "overview" ? machine : listed)), what === "overview" ? 5 : FILE);
          return peer.done(request);
        },
      });
      await enter(page);
      await button(page, "List folders").click();
      await page.getByLabel("Folder").selectOption("印刷のログ");
      await button(page, "List files").click();
      await page.getByRole("row", { name: "印刷.log" }).getByText("3 GB").waitFor();
      await page.getByText("There are more files").waitFor();
      await button(page, "Fetch error.log").click();
      await button(page, "Fetch error.log").getByText("In progress…").waitFor();
      assert.deepEqual(peer.said.filter(({ type }) => type === "request").map(({ deed }) => deed).slice(1), [
        { what: "list_files", folder: "印刷のログ" },
        { what: "offer_file", folder: "印刷のログ", name: "error.log" },
      ]);
      await page.getByText("Fetch error.log from 印刷のログ").waitFor();
    },
    { kind: "provider" },
  ));
