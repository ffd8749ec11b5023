// The envelope of the session protocol in the browser, against the same vectors as the edge's (docs/session-vectors.json).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { moduleOf } from "./support/module.mjs";

const vectors = JSON.parse(readFileSync(new URL("../../docs/session-vectors.json", import.meta.url), "utf8"));
const { decode, encode, endOf, frame } = await moduleOf("session/frames.ts");
const { read, write } = await moduleOf("session/control.ts");
const { Inflow } = await moduleOf("session/inflow.ts");
const { readNumber, showNumber } = await moduleOf("session/number.ts");
const { readLog } = await moduleOf("features/session/reports.ts");

const bytesOf = (hex) => new Uint8Array(Buffer.from(hex, "hex"));

for (const { name, hex, ...members } of vectors.frames) {
  test(`a frame is read and written: ${name}`, () => {
    const found = decode(bytesOf(hex));
    const { payload, ...rest } = found;
    assert.deepEqual({ ...rest, payload: new TextDecoder().decode(payload) }, members);
    assert.equal(Buffer.from(encode(found)).toString("hex"), hex);
  });
}

for (const { name, hex, why } of vectors.malformed) {
  test(`a malformed message is none: ${name}`, () => assert.equal(decode(bytesOf(hex)), why));
}

test("flags and a sender's own address do not matter", () => {
  const [hello] = vectors.frames;
  const flagged = bytesOf(hello.hex);
  flagged[3] = 255;
  assert.equal(decode(flagged).act, "data");
});

test("control messages are those of the vectors", () => {
  for (const message of vectors.to_participant) assert.deepEqual(read(write(message)), message);
  assert.equal(read(new TextEncoder().encode("no JSON")), undefined);
});

const data = (offset, size) => frame("data", 5, 2, 7, offset, new Uint8Array(size));

test("data must begin where the frame before ended", () => {
  const inflow = new Inflow();
  const first = data(0, 10);
  assert.ok(inflow.take(first));
  assert.equal(endOf(first), 34);
  assert.equal(inflow.take(data(10, 1)), false);
  assert.ok(inflow.take(data(34, 0)));
});

test("what was not paid for is refused, and credit is raised only when it is worth a frame", () => {
  const inflow = new Inflow();
  assert.ok(inflow.take(data(0, 65_512)));
  assert.equal(inflow.take(data(65_536, 1)), false);
  const raised = inflow.raise();
  assert.equal(raised, 65_536 + 262_144);
  assert.ok(raised - 65_536 <= 1_048_576);
  assert.ok(inflow.take(data(65_536, 1000)));
  assert.equal(inflow.raise(), undefined);
});

test("a number is read as people type it, and shown in groups", () => {
  for (const typed of ["482 913 705", "482-913-705", "４８２９１３７０５", " 482913705 ", "482‐913‐705"]) assert.equal(readNumber(typed), "482913705", typed);
  for (const typed of ["", "48291370", "4829137055", "082913705", "48291370a"]) assert.equal(readNumber(typed), undefined, typed);
  assert.equal(showNumber("482913705"), "482 913 705");
});

test("a log file keeps its Japanese in each encoding, and half a character at its end", () => {
  const text = "起動しました。\n";
  assert.equal(readLog(new Uint8Array(Buffer.from(text))), text);
  assert.equal(readLog(new Uint8Array(Buffer.from(text).subarray(0, -2))), "起動しました");
  const shiftJis = "8b 4e 93 ae 82 b5 82 dc 82 b5 82 bd 81 42 0a";
  assert.equal(readLog(bytesOf(shiftJis.replaceAll(" ", ""))), text);
  assert.equal(readLog(new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]))), text);
  assert.equal(readLog(Uint8Array.of(0x61, 0xfd, 0xff, 0x0a)), "a\ufffd\ufffd\n");
});
