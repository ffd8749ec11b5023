// What comes in on one stream: its offsets, and the credit that lets the sender go on (docs/session-protocol.md, "Offsets
// and credit").

import { endOf, type Frame } from "./frames";

/** Credit that a sender has without being told, in bytes. */
export const AT_FIRST = 65_536;
/** How far ahead of what was consumed a sender may be afterwards, in bytes, unless the stream says otherwise. */
const AHEAD = 262_144;
/** The furthest that the protocol allows. */
export const FURTHEST_AHEAD = 1_048_576;

export class Inflow {
  /** How far ahead of what was consumed the sender may be. */
  ahead = AHEAD;
  /** How much has to be consumed for a frame of credit, in bytes; half of what is allowed where nothing is said. */
  step: number | undefined;
  private received = 0;
  private allowed = AT_FIRST;

  /** Takes a data frame. False where it does not begin where the one before ended, or was not paid for. */
  take(frame: Frame): boolean {
    const end = endOf(frame);
    if (frame.offset !== this.received || end > this.allowed) return false;
    this.received = end;
    return true;
  }

  /** Up to where frames are accepted from now on, where that is worth a frame of credit. `kept`: bytes that have arrived
   * and are not consumed. */
  raise(kept = 0): number | undefined {
    const consumed = this.received - kept;
    if (this.allowed - consumed > this.ahead - (this.step ?? this.ahead / 2)) return undefined;
    this.allowed = consumed + this.ahead;
    return this.allowed;
  }
}
