// Frames between the participants of a session. Payloads do not enter the module, but for those of terminals, which are
// on the record: it decides from the header, and the message goes on as it came, with its sender's address written into
// it.

const HEADER = 24;
/** Where the header has the sender's address. */
const FROM = 4;
const OPEN = 1;

/** Whose each socket is: address and connection in one number. The attachment says so too, but takes longer to read. */
const seats = new WeakMap();
/** For each object its participants' sockets by address. */
const rooms = new WeakMap();

/** Address times 65,536 plus connection of the participant whose `socket` is; 0 if it is nobody's. */
export function seatOf(socket) {
  let seat = seats.get(socket);
  if (seat === undefined) {
    const { participant } = JSON.parse(socket.deserializeAttachment() ?? "{}");
    seat = participant ? participant.address * 65_536 + participant.connection : 0;
    seats.set(socket, seat);
  }
  return seat;
}

/** Copies the header of `message` into `header` and returns the message's length; 0 if it is too short, or no message. */
export function readHeader(message, header) {
  if (!(message instanceof ArrayBuffer) || message.byteLength < HEADER) return 0;
  header.set(new Uint8Array(message, 0, HEADER));
  return message.byteLength;
}

/** The payload of `message`. */
export function payloadBytes(message) {
  return new Uint8Array(message, HEADER);
}

/** The payload of `message` as text; undefined if it is none. */
export function payloadText(message) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(message, HEADER));
  } catch {
    return undefined;
  }
}

/** Passes `message` on to the participant `to`, with `from` as its sender. */
export function pass(state, message, from, to) {
  new DataView(message).setUint16(FROM, from);
  send(find(state, to), message);
}

/** Sends a frame of the session's own, which is copied: the module's memory changes before it is sent. */
export function sendFrame(state, to, frame) {
  send(find(state, to), frame.slice());
}

/** Keeps `attachment` with the socket of the participant `address`. */
export function attach(state, address, attachment) {
  find(state, address)?.serializeAttachment(attachment);
}

function find(state, address) {
  let room = rooms.get(state);
  if (room === undefined) rooms.set(state, (room = new Map()));
  let socket = room.get(address);
  if (socket?.readyState !== OPEN) {
    socket = state.getWebSockets(`participant/${address}`).findLast((socket) => socket.readyState === OPEN);
    if (socket === undefined) room.delete(address);
    else room.set(address, socket);
  }
  return socket;
}

function send(socket, message) {
  try {
    socket?.send(message);
  } catch {
    // It is closing: its participant comes back with another, on which everything starts anew.
  }
}
