// What values with a fixed list are called, and what an entry of a record or of the audit log says.

import type { Choice } from "./choices";
import { maybe, t } from "./text";

/** Length of an id, in characters. */
export const ID_LENGTH = 22;
/** The thumbprint of a key. */
const THUMBPRINT = /^[\w-]{43}$/;

/** What `value` is called; a value that this console does not know yet is shown as it is. */
export function choice(list: Choice, value: string): string {
  return maybe(`console-${list}-${value.replaceAll(".", "-")}`) ?? value;
}

/** What an entry of the audit log says was done. The action ends in the place where the code was entered. */
export function actionName(action: string): string {
  return choice("action", action.replace(/^(registration\.code)\..*/, "$1"));
}

/** How a deed on the machine ended, where a record says so: `done`, or the name of a log file and then `failed`. */
export function deedText(detail: string): string {
  const [, what, outcome] = /^(?:(.*): )?(done|refused|failed|unknown)$/s.exec(detail) ?? [];
  if (!outcome) return deedName(detail);
  const ended = choice("deed-outcome", outcome);
  return what ? t("console-launch-deed", { what: deedName(what), outcome: ended }) : ended;
}

/** The name of a log file stays as it is. */
function deedName(what: string): string {
  return maybe(`console-deed-${what}`) ?? what;
}

/** A file that was offered or received: its name, and what went wrong. Size and hash are in the details. */
function fileText(outcome: string): string | undefined {
  const [, name, how] = /^(.*) \(\d+ bytes, sha256 [0-9a-f]{64}\)(?:: (\w+))?$/s.exec(outcome) ?? [];
  if (name === undefined) return undefined;
  const wrong = how && maybe(`console-file-outcome-${how}`);
  return wrong ? t("console-launch-deed", { what: name, outcome: wrong }) : name;
}

/** What came of it: in words, or the name of a role or of a mail. The id of a thing says nothing to a reader. */
export function outcomeName(outcome: string): string {
  // One entry stands for many tries of strangers.
  const [, of, tries] = /^(\w+), (\d+) tries$/.exec(outcome) ?? [];
  if (of && tries) return t("console-outcome-tries", { outcome: outcomeName(of), tries: Number(tries) });
  const mail = maybe(`console-mail-kind-${outcome.replaceAll("_", "-")}`);
  const known = maybe(`console-outcome-${outcome}`) ?? maybe(`console-deed-${outcome}`) ?? maybe(`console-role-${outcome}`) ?? mail;
  // The id of a thing, a key, or settings with their new values: the details show them.
  const detail = outcome.length === ID_LENGTH || THUMBPRINT.test(outcome) || outcome.includes(": ");
  const ended = /: (?:refused|failed|unknown)$/.test(outcome) ? deedText(outcome) : undefined;
  return known ?? fileText(outcome) ?? ended ?? (detail ? t("console-outcome-done") : outcome);
}
