// Other objects, and the alarm and storage of the own one: each function is one crossing.

import { pairs } from "headers";

/** Sends a command to the object `name` (entry.js) and returns its answer's text. */
export async function ask(namespace, name, text) {
  return await namespace.get(namespace.idFromName(name)).command(text);
}

/**
 * A response whose body is `text` and then the pieces of a list, each asked of the object `name` when the one before was
 * read. `next` is the first such command; a later one begins where the piece before it ended. A piece that cannot be had
 * breaks the body off.
 */
export function exportList(namespace, name, headers, text, next) {
  const encoder = new TextEncoder();
  let command = next === undefined ? null : JSON.parse(next);
  const body = new ReadableStream(
    {
      start(controller) {
        controller.enqueue(encoder.encode(text));
        if (command === null) controller.close();
      },
      async pull(controller) {
        const answer = await ask(namespace, name, JSON.stringify(command));
        if (!answer.startsWith("+")) return controller.error(new Error("a piece cannot be had"));
        const piece = JSON.parse(answer.slice(1));
        controller.enqueue(encoder.encode(piece.text));
        if (piece.cursor === null) controller.close();
        else command.panel.input.cursor = piece.cursor;
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers: pairs(headers) });
}

/** Runs one statement; `parameters` and the rows are JSON arrays. */
export function run(sql, statement, parameters) {
  return JSON.stringify(sql.exec(statement, ...JSON.parse(parameters)).raw().toArray());
}

const undo = Symbol("undo");

/** Runs `body` in a transaction that is undone when it answers false. */
export function transaction(storage, body) {
  try {
    storage.transactionSync(() => {
      if (!body()) throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
}

/** Sets the alarm, in the same write as what was written before it. */
export function arm(storage, at) {
  void storage.setAlarm(at);
}

export function getAlarm(storage) {
  return storage.getAlarm();
}
