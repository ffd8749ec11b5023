// Sockets that end in an object. The platform keeps them open while the object sleeps; whose each is, is its attachment.

/** Opens a socket at the object called `name`; promises the response to hand on, or null if the object refused it. */
export async function openAt(namespace, name, admission) {
  const object = namespace.get(namespace.idFromName(name));
  const response = await object.fetch("https://object.invalid/", {
    headers: { upgrade: "websocket", "x-admission": admission },
  });
  return response.webSocket ? response : null;
}

/** How many texts a socket of [echo] sends back, how long each may be, and for how many milliseconds it stays open. */
const ECHOED = 8;
const LONGEST_ECHO = 1024;
const ECHO_LIFE = 30_000;

/** The response that opens a socket which sends back what it is sent. It ends in the worker, and soon. */
export function echo(protocol) {
  const { 0: client, 1: server } = new WebSocketPair();
  let left = ECHOED;
  server.accept();
  const over = setTimeout(() => close(server, 1000), ECHO_LIFE);
  server.addEventListener("message", ({ data }) => {
    left -= 1;
    if (typeof data === "string" && data.length <= LONGEST_ECHO) sendText(server, data);
    else left = 0;
    if (left <= 0) close(server, 1000);
  });
  server.addEventListener("close", () => {
    clearTimeout(over);
    close(server, 1000);
  });
  return new Response(null, { status: 101, webSocket: client, headers: { "sec-websocket-protocol": protocol } });
}

/** Whether `most` sockets have `tag`, or `mostAlike` of them this attachment. */
export function crowded(state, tag, attachment, most, mostAlike) {
  const open = state.getWebSockets(tag);
  const alike = open.filter((socket) => socket.deserializeAttachment() === attachment);
  return open.length >= most || alike.length >= mostAlike;
}

/** Accepts a socket with `attachment`, `tags` (a JSON array) and `protocol`. */
export function accept(state, attachment, tags, protocol) {
  const names = JSON.parse(tags);
  const { 0: client, 1: server } = new WebSocketPair();
  state.acceptWebSocket(server, names);
  server.serializeAttachment(attachment);
  // Answered without waking the object, which shows both sides that the other is there.
  state.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  return new Response(null, { status: 101, webSocket: client, headers: { "sec-websocket-protocol": protocol } });
}

/** The attachment of a socket; undefined if it has none. */
export function attachment(socket) {
  return socket.deserializeAttachment() ?? undefined;
}

/** The attachments of all sockets with `tag`, as a JSON array. */
export function attachments(state, tag) {
  return JSON.stringify(state.getWebSockets(tag).map((socket) => socket.deserializeAttachment()));
}

/** Sends each socket with `tag` its text, in the order of [attachments]; null closes it. `texts` is a JSON array. */
export function tell(state, tag, texts) {
  const sockets = state.getWebSockets(tag);
  JSON.parse(texts).forEach((text, index) => {
    if (text === null) close(sockets[index], 4001);
    else if (text !== "") sendText(sockets[index], text);
  });
}

/**
 * For each of `tags` (a JSON array) the attachment of its socket that was opened last, or null where there is none, or where
 * it has neither been opened nor pinged in the last `awayAfter` seconds. A JSON array of what the attachments hold.
 */
export function present(state, tags, awayAfter) {
  const since = Date.now() - awayAfter * 1000;
  const seen = (socket, holder) => state.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? holder.agent[1] * 1000;
  const found = JSON.parse(tags).map((tag) => {
    const holders = state
      .getWebSockets(tag)
      .map((socket) => ({ socket, holder: JSON.parse(socket.deserializeAttachment()) }))
      .filter(({ socket, holder }) => seen(socket, holder) >= since);
    return holders.at(-1)?.holder ?? null;
  });
  return JSON.stringify(found);
}

/** Closes all sockets with `tag`. */
export function closeAll(state, tag, code) {
  for (const socket of state.getWebSockets(tag)) close(socket, code);
}

/** Sends all sockets with `tag` the same text. */
export function sendAll(state, tag, text) {
  for (const socket of state.getWebSockets(tag)) sendText(socket, text);
}

/** Sends a text. */
export function sendText(socket, text) {
  try {
    socket?.send(text);
  } catch {
    // It is closing: the other side will open another and start anew.
  }
}

/** Completes the closing handshake. */
export function farewell(socket, code) {
  close(socket, code === 1005 || code === 1006 ? 1000 : code);
}

function close(socket, code) {
  try {
    socket?.close(code);
  } catch {
    // It was closed already.
  }
}
