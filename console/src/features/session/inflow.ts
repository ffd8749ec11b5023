// What comes in on one stream: its offsets, and the credit that lets the sender go on (docs/session-protocol.md, "Offsets
// and credit").

import { endOf, type Frame } from "./frames";

/** Credit that a sender has without being told, in bytes. */
const AT_FIRST = 65_536;
/** How far ahead of what was received a sender may be afterwards, in bytes. */
const AHEAD = 262_144;

export class Inflow {
  private received = 0;
  private allowed = AT_FIRST;

  /** Takes a data frame. False where it does not begin where the one before ended, or was not paid for. */
  take(frame: Frame): boolean {
    const end = endOf(frame);
    if (frame.offset !== this.received || end > this.allowed) return false;
    this.received = end;
    return true;
  }

  /** Up to where frames are accepted from now on, where that is worth a frame of credit. */
  raise(): number | undefined {
    if (this.allowed - this.received > AHEAD / 2) return undefined;
    this.allowed = this.received + AHEAD;
    return this.allowed;
  }
}
