// The worker's entry: hands each event to the WebAssembly module in one crossing, and starts the module anew after a trap.
// `bindings` is what wasm-bindgen made of the Rust crate (xtask/src/build.rs).

import { DurableObject } from "cloudflare:workers";
import * as bindings from "bindings";
import { again } from "forwarding";
import module from "./index_bg.wasm";

bindings.initSync({ module });

/** Counts the starts of the module: what an earlier one made is of no use to a later one. */
let start = 0;
let broken = false;

/** After a trap the module's memory may hold anything: nothing of it is used again. */
function notice(error) {
  const trap = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
  if (!trap && error?.message !== "Module terminated") return;
  console.error("the module has to start anew:", error);
  broken = true;
}

addEventListener("error", (event) => notice(event.error));

/** Calls the module. What it answers is a value, or a promise where it has to wait for something. */
function call(use) {
  if (broken) {
    bindings.__wbg_reset_state();
    broken = false;
    start += 1;
  }
  try {
    return use();
  } catch (error) {
    notice(error);
    throw error;
  }
}

/** What the platform, or another part of the worker, may ask of an object. Each is handed on where the inside takes it. */
const EVENTS = ["command", "alarm", "fetch", "webSocketMessage", "webSocketClose", "webSocketError"];

/** A class of objects whose inside is an instance of `Inside`, a class of the module. */
export function objectOf(Inside) {
  class Outside extends DurableObject {
    #inside;
    #start;

    /** The inside, made again when the module was started anew. */
    inside(use) {
      return call(() => {
        if (this.#inside === undefined || this.#start !== start) {
          this.#inside = new Inside(this.ctx, this.env);
          this.#start = start;
        }
        return use(this.#inside);
      });
    }
  }
  for (const event of EVENTS.filter((event) => event in Inside.prototype)) {
    Outside.prototype[event] = function (...told) {
      return this.inside((inside) => inside[event](...told));
    };
  }
  return Outside;
}

export const Tenant = objectOf(bindings.Tenant);
export const Keyring = objectOf(bindings.Keyring);
export const MailBudget = objectOf(bindings.MailBudget);
export const Session = objectOf(bindings.Session);

export default {
  fetch(request, env) {
    return again(request) ?? call(() => bindings.serve(request, env, request.method, request.url));
  },
};
