// The texts of the console: the same keys and variables in every language, and a text for every key that is used.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { buildSync, transformSync } from "esbuild";
import { textsOf } from "./support/texts.mjs";

const LANGUAGES = ["ja", "en", "da"];
const SOURCES = new URL("../src/", import.meta.url);

const PARTS = ["console", "session", "attended", "appointments", "join"];

const texts = (language, parts = PARTS) => textsOf(language, parts);

function sources(of = () => true) {
  return readdirSync(SOURCES, { recursive: true })
    .filter((name) => /\.tsx?$/.test(name) && of(name))
    .map((name) => readFileSync(new URL(name, SOURCES), "utf8"))
    .join("\n");
}

async function choices() {
  const source = readFileSync(new URL("choices.ts", SOURCES), "utf8").replace(/^import .*$/m, "");
  const { code } = transformSync(source, { loader: "ts", format: "esm" });
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).CHOICES;
}

const japanese = texts("ja");

for (const language of LANGUAGES.slice(1)) {
  test(`the keys and variables in ${language} are those in ja`, () => {
    const other = texts(language);
    assert.deepEqual([...other.keys()].sort(), [...japanese.keys()].sort());
    for (const [key, variables] of japanese) assert.deepEqual(other.get(key), variables, key);
  });
}

test("every key that the code names has a text", () => {
  const named = [...sources().matchAll(/"((?:console|join)-[a-z0-9_-]+)"/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(named)].filter((key) => !japanese.has(key)), []);
});

test("every key that the code puts together has at least one text", () => {
  const beginnings = [...sources().matchAll(/`((?:console|join)-[a-z0-9_-]*)\$\{/g)].map(([, beginning]) => beginning);
  const keys = [...japanese.keys()];
  assert.deepEqual([...new Set(beginnings)].filter((beginning) => !keys.some((key) => key.startsWith(beginning))), []);
});

test("every value of a fixed list has a text", async () => {
  const missing = Object.entries(await choices())
    .flatMap(([list, values]) => values.map((value) => `console-${list}-${value.replaceAll(".", "-")}`))
    .filter((key) => !japanese.has(key));
  assert.deepEqual(missing, []);
});

test("no text is left over", async () => {
  const code = sources();
  const beginnings = [...code.matchAll(/`((?:console|join)-[a-z0-9_-]+)\$\{/g)].map(([, beginning]) => beginning);
  const lists = Object.keys(await choices()).map((list) => `console-${list}-`);
  const used = (key) => code.includes(`"${key}"`) || [...beginnings, ...lists].some((start) => key.startsWith(start));
  assert.deepEqual([...japanese.keys()].filter((key) => !used(key)), []);
});

test("only the pages that texts come with name them", () => {
  const first = texts("ja", ["console"]);
  // The form that joins one is part of a launch's page, too.
  const code = sources((name) => name.endsWith("join_form.tsx") || !/^((features\/)?session|features\/(attended|appointments)|sharing|join)\//.test(name));
  const named = [...code.matchAll(/"((?:console|join)-[a-z0-9_-]+)"/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(named)].filter((key) => !first.has(key)), []);
});

for (const part of ["attended", "appointments"]) {
  test(`the pages of ${part} name no text that they do not load`, () => {
    const own = texts("ja", ["console", part]);
    const code = sources((name) => name.startsWith(`features/${part}/`));
    const named = [...code.matchAll(/"(console-[a-z0-9_-]+)"/g)].map(([, key]) => key);
    assert.ok(named.length > 30, "the texts are found, or this test finds nothing");
    assert.deepEqual([...new Set(named)].filter((key) => !own.has(key)), []);
  });
}

test("the page of an attended session names no text that it does not load", () => {
  const own = texts("ja", ["session", "join"]);
  const entryPoints = [fileURLToPath(new URL("join/main.tsx", SOURCES))];
  const absWorkingDir = fileURLToPath(new URL("../../", import.meta.url));
  const { metafile } = buildSync({ absWorkingDir, entryPoints, bundle: true, format: "esm", outdir: "none", write: false, metafile: true, external: ["*?raw", "*?worker&url"] });
  const modules = Object.keys(metafile.inputs).filter((path) => /console\/src\/.*\.tsx?$/.test(path));
  assert.ok(modules.length > 30, "the modules are found, or this test finds nothing");
  const code = modules.map((path) => readFileSync(absWorkingDir + path, "utf8")).join("\n");
  const named = [...code.matchAll(/"((?:console|join)-[a-z0-9_-]+)"/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(named)].filter((key) => !own.has(key)), []);
});
