// Bodies through the gate: they stream in both directions, have a size limit, and are never complete after a break.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { until } from "./support/edge.mjs";
import { openGate } from "./support/gate.mjs";

const MEBIBYTE = 1024 * 1024;
const limits = { timeout: 60_000 };

let gate;
/** What has arrived at `/upload`: chunks, and how each body ended. */
let uploads;
/** Ends the response of `/events`. */
let finishEvents;

before(async () => {
  uploads = [];
  gate = await openGate({
    "/events": (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).write("data: first\n\n");
      finishEvents = () => response.end("data: second\n\n");
    },
    "/upload": (request, response) => {
      const upload = { text: "", bytes: 0, ended: undefined };
      uploads.push(upload);
      request.on("data", (chunk) => {
        upload.bytes += chunk.length;
        if (chunk.length < 100) upload.text += chunk;
      });
      request.on("end", () => {
        upload.ended = "whole";
        response.end("done");
      });
      request.on("error", () => (upload.ended = "broken off"));
    },
    "/breaks-off": (_, response) => {
      response.writeHead(200, { "content-length": "1000" }).write("partly");
      setTimeout(() => response.destroy(), 50);
    },
  });
});
after(() => gate.origin.stop());

function upload(body, headers) {
  return gate.fetch("/upload", { method: "POST", body, headers });
}

const upTo = (mebibytes) =>
  ReadableStream.from((async function* () {
    const chunk = Buffer.alloc(MEBIBYTE);
    for (let sent = 0; sent < mebibytes; sent += 1) yield chunk;
  })());

test("a response reaches the Viewer while the origin is still writing it", limits, async () => {
  const response = await gate.fetch("/events");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader.read()).value, "data: first\n\n");
  finishEvents();
  assert.equal((await reader.read()).value, "data: second\n\n");
  assert.equal((await reader.read()).done, true);
});

test("a body reaches the origin while the Viewer is still sending it", limits, async () => {
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  const count = uploads.length;
  const answered = upload(readable);
  await writer.write(encoder.encode("first"));
  await until("the first chunk at the origin", () => uploads[count]?.text === "first");
  await writer.write(encoder.encode("second"));
  await writer.close();
  assert.equal(await (await answered).text(), "done");
  assert.equal(uploads[count].text, "firstsecond");
});

test("100 MiB pass, with and without a length", limits, async () => {
  for (const body of [Buffer.alloc(100 * MEBIBYTE), upTo(100)]) {
    assert.equal(await (await upload(body)).text(), "done");
    assert.equal(uploads.at(-1).bytes, 100 * MEBIBYTE);
  }
});

test("a body whose length is over 100 MiB is refused and never reaches the origin", limits, async () => {
  const count = uploads.length;
  const response = await upload(Buffer.alloc(100 * MEBIBYTE + 1));
  assert.equal(response.status, 413);
  assert.match(response.headers.get("content-type"), /^application\/problem\+json/);
  assert.equal(uploads.length, count);
});

test("a body that turns out to be over 100 MiB never counts as complete", limits, async () => {
  const count = uploads.length;
  // The edge may respond, or hang up on a Viewer that goes on sending.
  const status = await upload(upTo(101)).then((response) => response.status, () => "hung up");
  const seen = await until("the end of the body at the origin", () => uploads[count]?.ended && uploads[count]);
  assert.deepEqual([seen.ended, status === 200], ["broken off", false]);
});

test("a body that the Viewer breaks off never counts as complete", limits, async () => {
  const count = uploads.length;
  const broken = ReadableStream.from((async function* () {
    yield Buffer.alloc(MEBIBYTE);
    await until("the start of the body at the origin", () => uploads[count]?.bytes > 0);
    throw new Error("the Viewer was switched off");
  })());
  await assert.rejects(upload(broken));
  const seen = await until("the end of the body at the origin", () => uploads[count]?.ended && uploads[count]);
  assert.equal(seen.ended, "broken off");
});

test("a response that breaks off is not passed on as complete", async () => {
  const response = await gate.fetch("/breaks-off");
  assert.equal(response.status, 200);
  await assert.rejects(response.text());
});
