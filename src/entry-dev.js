// The entry of a development build: the same, plus the mailbox that captures mails, and clocks that tests move ahead.

import * as bindings from "bindings";
import edge, { objectOf } from "./entry.js";

export { Keyring, MailBudget, Session, Tenant } from "./entry.js";

export const Mailbox = objectOf(bindings.Mailbox);

/** By the names of objects, such as the slugs of tenants: seconds by which their clocks are ahead (platform/clock.js). */
globalThis.tegataClocks = new Map();

/** `PUT /dev/clocks/{name}`, with the seconds as the body: 204. The object's next event goes by it. */
async function moveClock(request, name) {
  const seconds = Number(await request.text());
  if (request.method !== "PUT" || !Number.isSafeInteger(seconds)) return new Response("PUT whole seconds\n", { status: 400 });
  globalThis.tegataClocks.set(name, seconds);
  return new Response(null, { status: 204 });
}

export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url);
    const [, clock] = /^\/dev\/clocks\/([\w-]+)$/.exec(pathname) ?? [];
    if (clock !== undefined) return moveClock(request, clock);
    if (!pathname.startsWith("/dev/mailbox")) return edge.fetch(request, env);
    return env.MAILBOX.get(env.MAILBOX.idFromName("dev")).fetch(request);
  },
};
