// Rewriting of references in a data origin's responses (src/platform/places.js). These tests need no edge.

import assert from "node:assert/strict";
import { test } from "node:test";

import { outwardPlace, outwardRefresh } from "../../src/platform/places.js";

const outer = "https://edge.example.com/t/aozora/gate";
const based = { asked: "https://data.aozora.example/v1/reports/2026?page=1", inner: "https://data.aozora.example/v1", outer };
const bare = { asked: "http://127.0.0.1:9000/reports/2026", inner: "http://127.0.0.1:9000", outer };

function table(route, rows) {
  for (const [text, expected] of rows) assert.equal(outwardPlace(text, route), expected, text);
}

test("a reference below the data origin's base moves below the gate", () => {
  table(based, [
    ["https://data.aozora.example/v1", outer],
    ["https://data.aozora.example/v1/", `${outer}/`],
    ["https://data.aozora.example/v1/a%20b?x=1#y", `${outer}/a%20b?x=1#y`],
    ["https://DATA.aozora.example:443/v1/a", `${outer}/a`],
    ["https://someone:secret@data.aozora.example/v1/a", `${outer}/a`],
    ["//data.aozora.example/v1/a", `${outer}/a`],
    ["/v1/a", `${outer}/a`],
    ["/v1?a", `${outer}/?a`],
    ["2027", `${outer}/reports/2027`],
    ["./2027", `${outer}/reports/2027`],
    ["../a", `${outer}/a`],
    ["?page=2", `${outer}/reports/2026?page=2`],
    ["#end", `${outer}/reports/2026?page=1#end`],
    ["青", `${outer}/reports/%E9%9D%92`],
  ]);
  table(bare, [
    ["http://127.0.0.1:9000", `${outer}/`],
    ["http://127.0.0.1:9000/a", `${outer}/a`],
    ["/a", `${outer}/a`],
    ["a", `${outer}/reports/a`],
    ["../../../a", `${outer}/a`],
  ]);
});

test("a reference to anywhere else stays unchanged", () => {
  const elsewhere = [
    "https://elsewhere.example/next?a=1", "https://elsewhere.example", "//elsewhere.example/v1/a", "/\\elsewhere.example/a",
    "https://data.aozora.example:8443/v1/a", "https://data.aozora.example.evil.example/v1/a", "myapp://callback?x=1", "mailto:a@b.example",
    "https://edge.example.com/t/aozora/gate/a", "https://[", "http://127.0.0.1:9001/a",
  ];
  for (const text of elsewhere) {
    assert.equal(outwardPlace(text, based), text);
    assert.equal(outwardPlace(text, bare), text);
  }
});

test("a path outside the base refers to the data origin, not the edge", () => {
  table(based, [
    ["/login", "https://data.aozora.example/login"],
    ["/v10/a", "https://data.aozora.example/v10/a"],
    ["../../login", "https://data.aozora.example/login"],
    ["/v1/../login", "https://data.aozora.example/login"],
    ["https://data.aozora.example/login", "https://data.aozora.example/login"],
  ]);
});

test("a path that has the gate's prefix already keeps it", () => {
  for (const route of [based, bare]) {
    table(route, [["/t/aozora/gate/a?x=1", "/t/aozora/gate/a?x=1"], ["/t/aozora/gate", "/t/aozora/gate"]]);
  }
  table(based, [
    ["/t/aozora/gate/../../../v1/a", `${outer}/a`],
    ["/t/aozora/gates/a", "https://data.aozora.example/t/aozora/gates/a"],
    ["/t/midori/gate/a", "https://data.aozora.example/t/midori/gate/a"],
  ]);
});

test("a refresh keeps its delay and its quotes", () => {
  for (const [text, expected] of [
    ["5", "5"],
    ["5;", "5;"],
    ["0; url=/v1/a", `0; url=${outer}/a`],
    ["0;URL=https://data.aozora.example/v1/a ", `0;URL=${outer}/a`],
    ["5, url = '/v1/a'", `5, url = '${outer}/a'`],
    ['1.5; url="/v1/a?x=1"; more', `1.5; url="${outer}/a?x=1"`],
    ["5; /v1/a", `5; ${outer}/a`],
    ["5 url=a", `5 url=${outer}/reports/a`],
    ["0; url=https://elsewhere.example/a", "0; url=https://elsewhere.example/a"],
    ["never", "never"],
  ]) {
    assert.equal(outwardRefresh(text, based), expected, text);
  }
});
