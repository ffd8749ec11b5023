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
