// What goes out on one stream: its offsets, and how much of it the receiver has paid for (docs/session-protocol.md,
// "Offsets and credit").

import { HEADER, LONGEST_PAYLOAD } from "./frames";
import { AT_FIRST } from "./inflow";

/** A frame is not made smaller than this to fit what is paid for, in bytes. */
const LEAST = 1024;

export class Outflow {
  private sent = 0;
  private paid = AT_FIRST;

  /** Takes the receiver's credit. */
  pay(offset: number): void {
    this.paid = Math.max(this.paid, offset);
  }

  /** The offset of a frame with `length` bytes, which is sent now. */
  next(length: number): number {
    const offset = this.sent;
    this.sent += length + HEADER;
    return offset;
  }

  /** The payload that is paid for, in bytes, in frames as large as can be. */
  get room(): number {
    const left = this.paid - this.sent;
    return Math.max(0, left - HEADER * Math.ceil(left / (LONGEST_PAYLOAD + HEADER)));
  }

  /** How much of `length` bytes goes into the next frame; undefined where the receiver has to pay first. */
  fitting(length: number): number | undefined {
    const most = Math.min(length, LONGEST_PAYLOAD);
    const fits = Math.min(most, this.paid - this.sent - HEADER);
    return fits >= Math.min(most, LEAST) ? fits : undefined;
  }
}
