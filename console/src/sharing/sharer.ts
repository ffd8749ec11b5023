// Sharing one's own screen in a session: from the person's choice in the browser's dialog until they stop, in this page or
// in the browser's own bar. Who is in the session views it through a peer connection or over the edge.

import type { Channel } from "../session/channel";
import type { Surface } from "../session/control";
import { SCREEN, SIGNALLING } from "../session/frames";
import type { Stream } from "../session/stream";
import { store } from "../store";
import { Audience } from "./audience";
import { type Capture, type CaptureFailure, capture, NoCapture } from "./capture";
import { canEncode } from "./encoding";
import { canConnect, Peers } from "./peers";
import { moved, paced, type Place, type Pointer } from "./pointers";

export interface SharingView {
  state: "none" | "choosing" | "sharing" | "paused";
  surface: Surface | undefined;
  /** Why the last try brought nothing. */
  failure: CaptureFailure | undefined;
  track: MediaStreamTrack | undefined;
  pointers: Pointer[];
}

const NOTHING: SharingView = { state: "none", surface: undefined, failure: undefined, track: undefined, pointers: [] };

export class Sharer {
  readonly view = store<SharingView>(NOTHING);
  private over = false;
  /** Says where each viewer points, no more often than there is something to see of it. */
  private readonly paces = new Map<number, (place: Place | null) => void>();
  private shared: { capture: Capture; peers: Peers; audience: Audience } | undefined;

  constructor(private readonly channel: Channel) {
    channel.accept(SIGNALLING, (stream) => this.viewedByPeer(stream));
    channel.accept(SCREEN, (stream) => this.viewedOverEdge(stream));
  }

  /** Asks the person what to share. To be called from what they pressed. */
  async start(): Promise<void> {
    if (this.view.get().state !== "none") return;
    this.view.set({ ...NOTHING, state: "choosing" });
    try {
      const chosen = await capture();
      // The session may have ended while the dialog was open.
      if (this.over) chosen.track.stop();
      else this.begin(chosen);
    } catch (error) {
      this.view.set({ ...NOTHING, failure: error instanceof NoCapture ? error.why : "failed" });
    }
  }

  /** Viewers see that it is paused, and nothing of the screen. */
  pause(paused: boolean): void {
    if (!this.shared) return;
    const { capture, peers, audience } = this.shared;
    capture.track.enabled = !paused;
    peers.pause(paused);
    audience.pause(paused);
    this.change({ state: paused ? "paused" : "sharing" });
  }

  stop(): void {
    if (!this.shared) return;
    const { capture, peers, audience } = this.shared;
    this.shared = undefined;
    this.paces.clear();
    capture.track.onended = null;
    capture.track.stop();
    peers.close();
    audience.close();
    this.view.set(NOTHING);
    this.channel.say({ type: "share", surface: null });
  }

  /** Ends it for good: nothing is captured afterwards. */
  close(): void {
    this.over = true;
    this.stop();
  }

  /** After a break the session knows this page under another address, and nothing of what it shares. */
  again(): void {
    const { surface } = this.view.get();
    if (this.shared && surface) this.channel.say({ type: "share", surface });
  }

  private begin(capture: Capture): void {
    const { track, surface } = capture;
    const pointed = (who: number, place: Place | null) => {
      const pace = this.paces.get(who) ?? paced((latest: Place | null) => this.pointed(who, latest));
      this.paces.set(who, pace);
      pace(place);
    };
    this.shared = {
      capture,
      peers: new Peers(track, pointed),
      audience: new Audience(track, pointed),
    };
    // The browser's own bar has a button for it, and a window may be closed.
    track.onended = () => this.stop();
    this.view.set({ ...NOTHING, state: "sharing", surface, track });
    this.channel.say({ type: "share", surface });
  }

  private change(changes: Partial<SharingView>): void {
    this.view.set({ ...this.view.get(), ...changes });
  }

  private viewedByPeer(stream: Stream): void {
    if (!this.shared || !canConnect()) return stream.close();
    this.shared.peers.add(stream, () => this.change({}));
  }

  private viewedOverEdge(stream: Stream): void {
    if (!this.shared || !canEncode()) return stream.close();
    this.shared.audience.add(stream);
  }

  /** Everybody sees who points where. */
  private pointed(who: number, place: Place | null): void {
    if (!this.shared) return;
    const name = this.channel.view.get().roster.find(({ id }) => id === who)?.name ?? "";
    const pointer = place ? { who, name, ...place } : { who };
    this.shared.peers.point(pointer);
    this.shared.audience.point(pointer);
    this.change({ pointers: moved(this.view.get().pointers, pointer) });
  }
}
