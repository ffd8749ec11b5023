// Calls to other objects, and the object's own alarm and storage: each function is one crossing of the boundary.

import { pairs } from "headers";

/** Sends a command to the object `name` (entry.js) and returns the text of its reply. */
export async function ask(namespace, name, text) {
  return await namespace.get(namespace.idFromName(name)).command(text);
}

/**
 * A response whose body is `text` followed by the pieces of a list. Each piece is requested from the object `name`
 * after the previous one has been read. `next` is the first such command; later ones continue from the cursor of the
 * piece before. If a piece fails, the body breaks off.
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
        if (!answer.startsWith("+")) return controller.error(new Error("a piece of the list is unavailable"));
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

/**
 * Runs one statement; `parameters` and the rows are JSON arrays. Most statements read one record or nothing: a record,
 * which is JSON already, is returned as it is, and an empty text if there are no rows.
 */
export function run(sql, statement, parameters) {
  const rows = sql.exec(statement, ...JSON.parse(parameters)).raw().toArray();
  if (rows.length === 0) return "";
  const only = rows.length === 1 && rows[0].length === 1 ? rows[0][0] : undefined;
  return typeof only === "string" && only.startsWith("{") ? only : JSON.stringify(rows);
}

const undo = Symbol("undo");

/** Runs `body` in a transaction, which is rolled back if it returns false. */
export function transaction(storage, body) {
  try {
    storage.transactionSync(() => {
      if (!body()) throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
}

/** Sets the alarm, in the same write as the changes before it. */
export function arm(storage, at) {
  void storage.setAlarm(at);
}

export function getAlarm(storage) {
  return storage.getAlarm();
}
