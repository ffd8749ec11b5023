// A module of the console by itself, for tests that need no page.

import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const SOURCES = new URL("../../src/", import.meta.url);

/** What `path`, such as `session/frames.ts`, exports. */
export async function moduleOf(path) {
  const entry = fileURLToPath(new URL(path, SOURCES));
  const { outputFiles } = buildSync({ entryPoints: [entry], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

/** Modules of the console as a script for a page, which finds their exports in `window.tegata`. */
export function scriptOf(paths) {
  const contents = paths.map((path) => `export * from ${JSON.stringify(fileURLToPath(new URL(path, SOURCES)))};`).join("\n");
  const { outputFiles } = buildSync({ stdin: { contents, resolveDir: fileURLToPath(SOURCES) }, bundle: true, format: "iife", globalName: "tegata", write: false });
  return outputFiles[0].text;
}
