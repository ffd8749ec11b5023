// Everybody who sees a shared picture over the edge, and what each of them gets of it. Nothing is begun that is not paid
// for in full: who has not paid loses frames until the next key frame, and costs the others nothing.

import type { Stream } from "../session/stream";
import { type Encoded, Encoding } from "./encoding";
import { type Message, Messages, POINT, POINTER, readJson, STATE, WANT_KEY, writeJson } from "./messages";
import { Pace } from "./pace";
import { type Place, type Pointer, readPlace } from "./pointers";

/** Key frames for those who have lost frames come no more often than this, and those for who has none yet; milliseconds. */
const KEYS_APART = 2000;
const FIRST_KEYS_APART = 250;
/** Whoever has at least this part of the best viewer's rate is waited for; the others lose frames. */
const ALIKE = 0.5;
/** For how long nothing may be paid for before a key frame counts as too large for the viewer, in milliseconds. */
const STUCK = 1500;

/**
 * A viewer who has not paid for the next frame is waited for so long, in milliseconds; but not if it has lost frames so lately,
 * so that whoever cannot keep up holds nobody up.
 */
const PATIENCE = 120;
const KEPT_UP = 10_000;

interface Seat {
  stream: Stream;
  pace: Pace;
  /** Whether it has had a key frame, and every frame since the last one. */
  begun: boolean;
  whole: boolean;
  /** Since when it is waited for, and when it last lost frames. */
  heldSince: number | undefined;
  lostAt: number;
  retry: ReturnType<typeof setTimeout> | undefined;
  sent: number;
  /** When it last paid for more. */
  paidAt: number;
}


export class Audience {
  private seats = new Set<Seat>();
  private encoding: Encoding | undefined;
  private keyAt = 0;
  private keySize = 0;
  private paused = false;

  constructor(
    private readonly track: MediaStreamTrack,
    private readonly pointed: (who: number, place: Place | null) => void,
  ) {}

  add(stream: Stream): void {
    const now = performance.now();
    const seat: Seat = { stream, pace: new Pace(now, stream.room), begun: false, whole: false, heldSince: undefined, lostAt: Number.NEGATIVE_INFINITY, retry: undefined, sent: 0, paidAt: now };
    const messages = new Messages();
    this.seats.add(seat);
    stream.onroom = () => {
      seat.paidAt = performance.now();
      this.think(seat);
      this.serve(seat);
    };
    stream.take((bytes) => {
      const complete = messages.take(bytes);
      if (!complete) return stream.close();
      for (const message of complete) this.hear(seat, message);
    });
    void stream.ended.then(() => this.remove(seat));
    if (this.paused) this.say(seat, writeJson(STATE, { paused: true }));
    this.encoding ??= new Encoding(this.track, {
      canTake: (bytes) => this.canTake(bytes),
      take: (encoded) => this.put(encoded),
      failed: () => this.fail(),
    });
    if (!this.paused) this.encoding.start();
    this.serve(seat);
  }

  pause(paused: boolean): void {
    this.paused = paused;
    if (paused) this.encoding?.pause();
    else this.encoding?.start();
    for (const seat of this.seats) this.say(seat, writeJson(STATE, { paused }));
  }

  point(pointer: Pointer | { who: number }): void {
    for (const seat of this.seats) this.say(seat, writeJson(POINTER, pointer));
  }

  close(): void {
    this.encoding?.close();
    for (const { stream, retry } of this.seats) {
      clearTimeout(retry);
      stream.close();
    }
    this.seats.clear();
  }

  /** Whoever asks again gets another encoder. */
  private fail(): void {
    this.encoding?.close();
    this.encoding = undefined;
    for (const { stream } of [...this.seats]) stream.close();
  }

  private remove(seat: Seat): void {
    clearTimeout(seat.retry);
    this.seats.delete(seat);
    this.pointed(seat.stream.peer, null);
    if (this.seats.size > 0) return;
    this.encoding?.close();
    this.encoding = undefined;
  }

  private hear(seat: Seat, { kind, rest }: Message): void {
    if (kind === WANT_KEY) {
      seat.whole = false;
      this.serve(seat);
    }
    if (kind !== POINT) return;
    const said = readJson(rest);
    const place = said && readPlace(said);
    if (place !== undefined) this.pointed(seat.stream.peer, place);
  }

  /** What is small and soon said again is left out, where it is not paid for. */
  private say(seat: Seat, bytes: Uint8Array<ArrayBuffer>): boolean {
    if (bytes.length > seat.stream.room) return false;
    seat.sent += bytes.length;
    seat.pace.sent(bytes.length);
    void seat.stream.send(bytes);
    return true;
  }

  /** Encodes what was held back; and a key frame, as soon as it may come, for somebody who lacks one and can take it. */
  private serve(seat: Seat): void {
    if (seat.whole) return this.encoding?.go();
    const now = performance.now();
    const apart = seat.begun ? KEYS_APART : FIRST_KEYS_APART;
    const fits = seat.stream.room > this.keySize;
    // It pays for no more although it has shown everything: this key frame will never fit.
    const stuck = !fits && now - seat.paidAt > STUCK && ![...this.seats].some(({ whole }) => whole);
    if (now - this.keyAt < apart || (!fits && !stuck)) {
      seat.retry ??= setTimeout(() => {
        seat.retry = undefined;
        if (this.seats.has(seat)) this.serve(seat);
      }, apart);
      return;
    }
    // From now on, and not only from when it is encoded, which may take a while.
    this.keyAt = now;
    if (stuck) this.encoding?.shrink();
    else this.encoding?.wantKey();
  }

  private canTake(bytes: number): boolean {
    const now = performance.now();
    const key = bytes === 0;
    let taken = false;
    let waits = false;
    for (const seat of this.seats) {
      this.think(seat);
      if (seat.stream.room > bytes) {
        seat.heldSince = undefined;
        if (seat.whole || key) taken = true;
      } else if (seat.whole) {
        seat.pace.held();
        seat.heldSince ??= now;
        if (!key && now - seat.heldSince < PATIENCE && now - seat.lostAt > KEPT_UP) waits = true;
      }
    }
    return taken && !waits;
  }

  private put({ key, message, config }: Encoded): void {
    const now = performance.now();
    if (key) {
      this.keyAt = now;
      this.keySize = message.length + config.length;
    }
    for (const seat of this.seats) {
      if (!key && !seat.whole) continue;
      // What comes before a key frame is small: once it is shown, the viewer pays for more.
      if (key) this.say(seat, config);
      seat.whole = this.say(seat, message);
      seat.begun ||= seat.whole;
      if (seat.whole) continue;
      if (seat.begun) seat.lostAt = now;
      seat.pace.held();
      this.serve(seat);
    }
    this.aim();
  }

  private think(seat: Seat): void {
    seat.pace.think(performance.now(), seat.sent + seat.stream.room);
  }

  /** The rate of the slowest among those who are not far behind the best. */
  private aim(): void {
    const rates = [...this.seats].map(({ pace }) => pace.rate);
    const best = Math.max(...rates);
    this.encoding?.aim(Math.min(...rates.filter((rate) => rate >= best * ALIKE)));
  }
}
