// The texts of the check before a session: the same in every language, each of them used, and none that it does not load.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { textsOf } from "./support/texts.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const texts = (language) => textsOf(language, ["check"]);

/** Every module of the page, in one text. */
function code() {
  const { metafile } = buildSync({
    absWorkingDir: ROOT, entryPoints: [`${ROOT}console/src/check/main.tsx`], bundle: true, format: "esm", outdir: "none", write: false, metafile: true,
    external: ["*?raw", "*?worker&url"],
  });
  const modules = Object.keys(metafile.inputs).filter((path) => /console\/src\/(check|parts)\/.*\.tsx?$/.test(path));
  assert.ok(modules.length > 15, "the modules are found, or this test finds nothing");
  return modules.map((path) => readFileSync(ROOT + path, "utf8")).join("\n");
}

const japanese = texts("ja");
const keys = [...japanese.keys()];
const source = code();
const named = [...source.matchAll(/"((?:check|console|join)-[a-z0-9_-]+)"/g)].map(([, key]) => key);
const beginnings = [...source.matchAll(/`(check-[a-z0-9_-]+)\$\{/g)].map(([, beginning]) => beginning);

for (const language of ["en", "da"]) {
  test(`the keys and variables of the check in ${language} are those in ja`, () => assert.deepEqual([...texts(language)].sort(), [...japanese].sort()));
}

test("every key that the check names, or begins to, has a text in its own file", () => {
  assert.ok(named.length > 30 && beginnings.length > 5, "keys are found, or this test finds nothing");
  assert.deepEqual(named.filter((key) => !japanese.has(key)), []);
  assert.deepEqual(beginnings.filter((beginning) => !keys.some((key) => key.startsWith(beginning))), []);
});

test("no text of the check is left over", () => {
  assert.deepEqual(keys.filter((key) => !named.includes(key) && !beginnings.some((beginning) => key.startsWith(beginning))), []);
});
