// Sockets that end in an object. The platform keeps them open while the object sleeps; what each is for is its attachment.

/** Opens a socket at the object called `name`; promises the response to hand on, or null if the object refused it. */
export async function openAt(namespace, name, ticket) {
  const object = namespace.get(namespace.idFromName(name));
  const response = await object.fetch("https://object.invalid/", { headers: { upgrade: "websocket", "x-ticket": ticket } });
  return response.webSocket ? response : null;
}

/** Accepts a socket with `attachment` and `protocol`; undefined if the object has `most`, or `mostAlike` with the attachment. */
export function accept(state, attachment, protocol, most, mostAlike) {
  const open = state.getWebSockets();
  const alike = open.filter((socket) => socket.deserializeAttachment() === attachment);
  if (open.length >= most || alike.length >= mostAlike) return undefined;
  const { 0: client, 1: server } = new WebSocketPair();
  state.acceptWebSocket(server);
  server.serializeAttachment(attachment);
  // Answered without waking the object, which shows both sides that the other is there.
  state.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  return new Response(null, { status: 101, webSocket: client, headers: { "sec-websocket-protocol": protocol } });
}

/** The attachments of all sockets, as a JSON array. */
export function attachments(state) {
  return JSON.stringify(state.getWebSockets().map((socket) => socket.deserializeAttachment()));
}

/** Sends each socket its text, in the order of [attachments]; null closes it. `texts` is a JSON array. */
export function tell(state, texts) {
  const sockets = state.getWebSockets();
  JSON.parse(texts).forEach((text, index) => {
    try {
      if (text === null) sockets[index]?.close(4001, "the session has ended");
      else if (text !== "") sockets[index]?.send(text);
    } catch {
      // It is closing: its page will open another and fetch everything anew.
    }
  });
}

/** Completes the closing handshake. */
export function farewell(socket, code) {
  try {
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  } catch {
    // It was closed already.
  }
}
