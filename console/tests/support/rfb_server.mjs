// A VNC server that shows nothing and has a clipboard of its own: as much of RFC 6143 and of the extended clipboard as a
// viewer needs to exchange texts with it.

import { deflateSync, inflateSync } from "node:zlib";

const EXTENDED = 0xc0a1e5ce | 0;
const TEXT = 1;
const [CAPS, REQUEST, PEEK, NOTIFY, PROVIDE] = [24, 25, 26, 27, 28].map((bit) => 1 << bit);

/** Serves the end of a stream. `got` are the texts that the viewer has put into the clipboard, `keys` those it pressed. */
export function serveRfb(end) {
  const server = { got: [], keys: [], text: undefined };
  let buffered = Buffer.alloc(0);
  let step = "version";
  const send = (...parts) => void end.send(new Uint8Array(Buffer.concat(parts)));
  const u8 = (value) => Buffer.of(value);
  const u16 = (value) => Buffer.of(value >> 8, value & 255);
  const s32 = (value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value | 0);
    return bytes;
  };
  const cut = (content) => send(Buffer.of(3, 0, 0, 0), s32(-content.length), content);
  const packed = (text) => {
    const bytes = Buffer.from(`${text.replaceAll("\n", "\r\n")}\0`);
    return deflateSync(Buffer.concat([s32(bytes.length), bytes]));
  };
  /** Somebody at the machine copies `text`. */
  server.copy = (text) => {
    server.text = text;
    cut(s32(NOTIFY | TEXT));
  };
  const extended = (content) => {
    const flags = content.readInt32BE(0);
    // What it can do at all names every one of the others.
    if (flags & CAPS) return;
    if (flags & NOTIFY && flags & TEXT) cut(s32(REQUEST | TEXT));
    if (flags & REQUEST && server.text !== undefined) cut(Buffer.concat([s32(PROVIDE | TEXT), packed(server.text)]));
    if (flags & PROVIDE) {
      const all = inflateSync(content.subarray(4), { finishFlush: 2 });
      server.got.push(all.subarray(4, 4 + all.readInt32BE(0) - 1).toString());
    }
  };
  /** How long the first message is; undefined where more has to come. */
  const lengths = {
    0: () => 20,
    2: (bytes) => (bytes.length < 4 ? undefined : 4 + 4 * bytes.readUInt16BE(2)),
    3: () => 10,
    4: () => 8,
    5: () => 6,
    6: (bytes) => (bytes.length < 8 ? undefined : 8 + Math.abs(bytes.readInt32BE(4))),
  };
  const take = (bytes) => {
    if (bytes[0] === 2) {
      const encodings = Array.from({ length: bytes.readUInt16BE(2) }, (_, at) => bytes.readInt32BE(4 + 4 * at));
      if (encodings.includes(EXTENDED)) cut(Buffer.concat([s32(CAPS | REQUEST | PEEK | NOTIFY | PROVIDE | TEXT), s32(1 << 20)]));
    }
    if (bytes[0] === 3 && !server.shown) {
      server.shown = true;
      send(Buffer.of(0, 0), u16(1), u16(0), u16(0), u16(16), u16(16), s32(0), Buffer.alloc(16 * 16 * 4, 99));
    }
    if (bytes[0] === 4 && bytes[1] === 1) server.keys.push(bytes.readUInt32BE(4));
    if (bytes[0] === 6 && bytes.readInt32BE(4) < 0) extended(bytes.subarray(8));
  };
  const next = () => {
    if (step === "version" && buffered.length >= 12) {
      buffered = buffered.subarray(12);
      step = "security";
      send(Buffer.of(1, 1));
    } else if (step === "security" && buffered.length >= 1) {
      buffered = buffered.subarray(1);
      step = "init";
      send(s32(0));
    } else if (step === "init" && buffered.length >= 1) {
      buffered = buffered.subarray(1);
      step = "messages";
      const format = Buffer.of(32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0);
      send(u16(16), u16(16), format, s32(4), Buffer.from("made"));
    } else if (step === "messages" && buffered.length > 0) {
      const length = lengths[buffered[0]]?.(buffered);
      if (length === undefined || buffered.length < length) return false;
      take(buffered.subarray(0, length));
      buffered = buffered.subarray(length);
    } else return false;
    return true;
  };
  end.ondata = (payload) => {
    buffered = Buffer.concat([buffered, payload]);
    while (next());
  };
  send(Buffer.from("RFB 003.008\n"));
  return server;
}
