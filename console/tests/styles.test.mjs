// The stylesheets of the console and of the pages: nothing is said twice, and what is a token is written in
// styles/tokens.css alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { declarations, parse, sheets } from "./support/sheets.mjs";

const TOKENS = "styles/tokens.css";
const ALL = sheets().flatMap(declarations);
const tokens = ALL.filter(({ path, property }) => path === TOKENS && property.startsWith("--"));

/** Which tokens stand for the values of which properties. */
const FAMILIES = [
  ["space", /^(margin|padding|gap|row-gap|column-gap|scroll-margin|inset|top|right|bottom|left)(-|$)/],
  ["text", /^font-size$/],
  ["leading", /^line-height$/],
  ["weight", /^font-weight$/],
  ["round", /^border(-\w+)*-radius$/],
  ["target", /^min-(height|width)$/],
  ["shadow", /^box-shadow$/],
  ["font", /^font-family$/],
];

const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|\b(?:white|black|red|green|blue|gr[ae]y|silver)\b/i;

/** A selector with its declaration, as it stands within its conditions. A layer is no condition. */
function said({ around, selector, property, value }) {
  const conditions = around.filter((one) => !one.startsWith("@layer"));
  return [...conditions, `${selector} { ${property}: ${value} }`].join(" ");
}

function twice(found) {
  const first = new Map();
  return found.flatMap((one) => {
    const key = said(one);
    const before = first.get(key);
    first.set(key, one);
    return before ? [`${key} in ${before.path} and ${one.path}`] : [];
  });
}

/** The declarations that write a value which a token stands for. */
function literals(found) {
  return found
    .filter(({ property, value }) => {
      const [family] = FAMILIES.find(([, properties]) => properties.test(property)) ?? [];
      const own = tokens.filter((token) => token.property.startsWith(`--${family}-`) || token.property === `--${family}`);
      // A length below zero is the same length.
      const words = value.split(/[\s,]+/).map((word) => word.replace(/^-(?=[\d.])/, ""));
      return COLOUR.test(value) || own.some((token) => token.value === value || words.includes(token.value));
    })
    .map((one) => `${one.path}: ${said(one)}`);
}

test("no declaration stands twice", () => {
  assert.ok(ALL.length > 500, "declarations are found, or this test finds nothing");
  assert.deepEqual(twice(ALL), []);
});

test("what is a token is not written elsewhere", () => {
  assert.deepEqual(literals(ALL.filter(({ path }) => path !== TOKENS)), []);
});

test("every custom property that is used is set, and every one that is set is used", () => {
  const set = new Set(ALL.map(({ property }) => property).filter((property) => property.startsWith("--")));
  const used = new Set(ALL.flatMap(({ value }) => [...value.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name)));
  assert.deepEqual([...used].filter((name) => !set.has(name)), []);
  assert.deepEqual([...set].filter((name) => !used.has(name)), []);
});

test("every rule is in a layer", () => {
  const layers = ["@layer tokens", "@layer base", "@layer controls", "@layer page"];
  assert.deepEqual(ALL.filter(({ around }) => !layers.includes(around[0])).map((one) => `${one.path}: ${said(one)}`), []);
});

test("what is said twice is found, and so is a value of a token", () => {
  const parsed = (text) => parse(text).map((one) => ({ path: "x.css", ...one }));
  assert.deepEqual(twice(parsed("@layer a { .b, .c { top: 0; } } @layer d { .c { top: 0 } }")), [".c { top: 0 } in x.css and x.css"]);
  assert.deepEqual(twice(parsed(".c { top: 0 } @media print { .c { top: 0 } }")), []);
  assert.deepEqual(twice(parsed(":is(.b, .c) { top: 0 } .c { top: 0 }")), []);
  assert.equal(literals(parsed('.c { content: "{;}" } .c { color: #fff }')).length, 1);
  assert.equal(literals(parsed(".c { margin: 0 -0.5rem } .c { margin: 0 0.125rem } .c { font-size: 0.5rem }")).length, 1);
});
