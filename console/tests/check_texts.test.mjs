// The texts of the check before a session: the same in every language, each of them used, and none that it does not load.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse, Visitor } from "@fluent/syntax";
import { buildSync } from "esbuild";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

class Variables extends Visitor {
  found = new Set();
  visitVariableReference({ id }) {
    this.found.add(id.name);
  }
}

/** Key to the sorted names of its variables. */
function texts(language) {
  const { body } = parse(readFileSync(`${ROOT}locales/${language}/check.ftl`, "utf8"));
  assert.deepEqual(body.filter(({ type }) => type === "Junk"), [], `${language}: not Fluent`);
  const messages = body.filter(({ type }) => type === "Message");
  assert.equal(new Set(messages.map(({ id }) => id.name)).size, messages.length, `${language}: a key stands twice`);
  return new Map(
    messages.map((message) => {
      const variables = new Variables();
      variables.visit(message);
      return [message.id.name, [...variables.found].sort()];
    }),
  );
}

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
