// No module of the console imports itself by way of others: neither for values nor for types, neither at once nor later.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const SOURCES = new URL("../src/", import.meta.url);

// `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")`.
const IMPORT = /\bfrom\s*"(\.[^"]+)"|\bimport\s*\(?\s*"(\.[^"]+)"/g;

/** What each module imports of ours, by its path under src/. */
function imports() {
  const files = readdirSync(SOURCES, { recursive: true }).filter((file) => /\.tsx?$/.test(file));
  return new Map(files.map((file) => {
    const at = new URL(file, SOURCES);
    const found = [...readFileSync(at, "utf8").matchAll(IMPORT)].map(([, from, alone]) => new URL(from ?? alone, at));
    return [file, found.map(resolved).filter((module) => module !== null)];
  }));
}

/** The path under src/ that an import means, or null for what is no module: styles, and texts in Fluent. */
function resolved(url) {
  const path = ["", ".ts", ".tsx", "/index.ts"].map((end) => url.pathname + end).find((path) => /\.tsx?$/.test(path) && existsSync(path));
  if (path === undefined) {
    assert.match(url.pathname, /\.(css|ftl)$/, `${url.pathname} is there`);
    return null;
  }
  return path.slice(SOURCES.pathname.length);
}

/** One circle, as the path once around it, or null. */
function circle(graph) {
  const done = new Set();
  const path = [];
  const visit = (file) => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const found = visit(next);
      if (found) return found;
    }
    path.pop();
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const found = visit(file);
    if (found) return found;
  }
  return null;
}

test("no module imports itself by way of others", () => {
  const graph = imports();
  assert.ok(graph.get("main.tsx")?.includes("app.tsx"), "imports are found, or this test finds nothing");
  assert.ok(graph.get("pages.ts")?.some((file) => file.startsWith("features/")), "also those that are loaded later");
  const found = circle(graph);
  assert.equal(found, null, found?.join(" -> "));
});

test("a circle is found, whether it is long or short", () => {
  assert.deepEqual(circle(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]])), ["b", "c", "b"]);
  assert.deepEqual(circle(new Map([["a", ["a"]]])), ["a", "a"]);
  assert.equal(circle(new Map([["a", ["b", "c"]], ["b", ["c"]], ["c", []]])), null);
});
