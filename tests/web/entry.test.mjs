// The worker's entry restarts the WebAssembly module after a trap and keeps nothing from an earlier start.

import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";

/** A module controlled by `globalThis.module`, and an object class that records the start it was created in. */
const BINDINGS = `
  let start = 1;
  const module = globalThis.pretended;
  export const initSync = () => {};
  export const __wbg_reset_state = () => { start += 1; module.resets += 1; };
  export const serve = () => module.serve(start);
  export class Tenant {
    constructor() { this.start = start; module.made += 1; }
    command(text) { return module.command(this.start, text); }
    alarm() {}
  }
  export class Keyring {}
  export class MailBudget {}
  export class Session {}
`;

const sources = { bindings: BINDINGS, "cloudflare:workers": "export class DurableObject { constructor(ctx, env) { this.ctx = ctx; this.env = env; } }", "./index_bg.wasm": "export default {};", forwarding: "export const again = () => undefined;" };

async function entry() {
  const pretended = { resets: 0, made: 0, serve: (start) => `start ${start}`, command: (start, text) => `${text} in start ${start}` };
  Object.assign(globalThis, { pretended, addEventListener: (_, listener) => (pretended.told = listener) });
  const plugin = {
    name: "pretended",
    setup(bundle) {
      bundle.onResolve({ filter: /^(bindings|forwarding|cloudflare:workers|\.\/index_bg\.wasm)$/ }, ({ path }) => ({ path, namespace: "pretended" }));
      bundle.onLoad({ filter: /.*/, namespace: "pretended" }, ({ path }) => ({ contents: sources[path] }));
    },
  };
  const entryPoint = new URL("../../src/entry.js", import.meta.url).pathname;
  const { outputFiles } = await build({ entryPoints: [entryPoint], bundle: true, format: "esm", write: false, plugins: [plugin] });
  const script = `${outputFiles[0].text}\n// ${Math.random()}`;
  const worker = await import(`data:text/javascript,${encodeURIComponent(script)}`);
  return { pretended, worker, ask: () => worker.default.fetch({ method: "GET", url: "http://edge.example.com/" }, {}) };
}

const traps = { "a trap": new WebAssembly.RuntimeError("unreachable"), "a stack that is full": new RangeError("too deep"), "a module that says it has ended": new Error("Module terminated") };

for (const [name, error] of Object.entries(traps)) {
  test(`after ${name} the next request is served by a new start`, async () => {
    const { pretended, ask } = await entry();
    const serve = pretended.serve;
    pretended.serve = () => { throw error; };
    assert.throws(ask, error);
    pretended.serve = serve;
    assert.equal(ask(), "start 2");
    assert.equal(ask(), "start 2");
    assert.equal(pretended.resets, 1);
  });
}

test("a trap outside any request is noticed", async () => {
  const { pretended, ask } = await entry();
  pretended.told({ error: new WebAssembly.RuntimeError("unreachable") });
  assert.equal(ask(), "start 2");
});

test("an error that is not a trap causes no restart", async () => {
  const { pretended, ask } = await entry();
  const serve = pretended.serve;
  pretended.serve = () => { throw new Error("the platform said no"); };
  assert.throws(ask);
  pretended.told({ error: new Error("elsewhere") });
  pretended.serve = serve;
  assert.equal(ask(), "start 1");
});

test("an object's core is created once, and again after a restart", async () => {
  const { pretended, worker, ask } = await entry();
  const tenant = new worker.Tenant({}, {});
  assert.equal(tenant.command("a"), "a in start 1");
  assert.equal(tenant.command("b"), "b in start 1");
  assert.equal(pretended.made, 1);
  pretended.told({ error: new WebAssembly.RuntimeError("unreachable") });
  assert.equal(tenant.command("c"), "c in start 2");
  assert.equal(ask(), "start 2");
  assert.equal(pretended.made, 2);
});
