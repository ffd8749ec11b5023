// The entry of a development build: the same, plus the mailbox that captures mails.

import * as bindings from "bindings";
import edge, { objectOf } from "./entry.js";

export { Keyring, MailBudget, Session, Tenant } from "./entry.js";

export const Mailbox = objectOf(bindings.Mailbox);

export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith("/dev/mailbox")) return edge.fetch(request, env);
    return env.MAILBOX.get(env.MAILBOX.idFromName("dev")).fetch(request);
  },
};
