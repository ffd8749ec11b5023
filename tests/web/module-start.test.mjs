// The built worker without an edge around it: a restart after a trap is a complete start, with new memory in which the
// module's start function runs. Otherwise the values it installs (time zone rules, JWS cryptography) would be missing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { build } from "esbuild";

const BUILT = new URL("../../build-dev/", import.meta.url);

/** A stub of the platform: no objects are created here, so their base class does nothing. */
const PLATFORM = `
  export class DurableObject {}
  export class WorkerEntrypoint {}
  export class EmailMessage {}
  export const connect = undefined;
  export const env = {};
`;

test("the module's start function runs in new memory after a trap", async () => {
  const seen = { memories: [], starts: 0 };
  const Instance = WebAssembly.Instance;
  WebAssembly.Instance = function (module, imports) {
    const instance = new Instance(module, imports);
    seen.memories.push(instance.exports.memory);
    const start = () => {
      seen.starts += 1;
      return instance.exports.__wbindgen_start();
    };
    return { exports: { ...instance.exports, __wbindgen_start: start } };
  };
  globalThis.builtModule = new WebAssembly.Module(readFileSync(new URL("index_bg.wasm", BUILT)));
  let trapped;
  globalThis.addEventListener = (_, listener) => (trapped = listener);
  const plugin = {
    name: "platform",
    setup(bundle) {
      bundle.onResolve({ filter: /^(cloudflare:.*|\.\/index_bg\.wasm)$/ }, ({ path }) => ({ path, namespace: "platform" }));
      bundle.onLoad({ filter: /.*/, namespace: "platform" }, ({ path }) => ({
        contents: path.startsWith("cloudflare:") ? PLATFORM : "export default globalThis.builtModule;",
      }));
    },
  };
  const entryPoint = new URL("index.js", BUILT).pathname;
  const { outputFiles } = await build({ entryPoints: [entryPoint], bundle: true, format: "esm", write: false, plugins: [plugin] });
  const worker = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  assert.equal(seen.starts, 1);

  trapped({ error: new WebAssembly.RuntimeError("unreachable") });
  // Without bindings, the content of the response does not matter.
  await Promise.resolve()
    .then(() => worker.default.fetch(new Request("http://edge.example.com/healthz"), {}))
    .catch(() => {});

  assert.equal(seen.starts, 2);
  assert.equal(seen.memories.length, 2);
  assert.notEqual(seen.memories[0], seen.memories[1]);
});
