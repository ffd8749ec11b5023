// Made-up PNG images, for logos.

import { crc32, deflateSync } from "node:zlib";

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

/** An image whose pixels `paint(x, y)` answers as [red, green, blue, alpha]. */
export function png(width, height, paint) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6], 8);
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: width }, (_, x) => paint(x, y)).flat()]));
  const chunks = [chunk("IHDR", head), chunk("IDAT", deflateSync(Buffer.concat(rows))), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]);
}

/** A ring and three bars beside it. */
export const LOGO = png(180, 48, (x, y) => {
  const ring = Math.abs(Math.hypot(x - 24, y - 24) - 16) < 6;
  const bar = x > 60 && x < [168, 148, 120][Math.floor(y / 16)] && y % 16 > 3 && y % 16 < 12;
  if (ring) return [11, 110, 79, 255];
  return bar ? [32, 44, 56, 255] : [0, 0, 0, 0];
});
