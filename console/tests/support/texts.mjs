// What stands in the language files.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse, Visitor } from "@fluent/syntax";

class Variables extends Visitor {
  found = new Set();
  visitVariableReference({ id }) {
    this.found.add(id.name);
  }
}

const source = (language, part) => readFileSync(new URL(`../../../locales/${language}/${part}.ftl`, import.meta.url), "utf8");

/** Key to the sorted names of its variables, in these parts of a language. */
export function textsOf(language, parts) {
  const { body } = parse(parts.map((part) => source(language, part)).join("\n"));
  const junk = body.filter(({ type }) => type === "Junk").map(({ content }) => content);
  assert.deepEqual(junk, [], `${language}: not Fluent`);
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
