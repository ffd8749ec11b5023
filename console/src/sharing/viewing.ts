// Viewing the screen that somebody in the session shares: through a peer connection where one comes up, else over the
// edge. What is shown, and how, is in picture.tsx.

import type { Channel } from "../session/channel";
import { SCREEN, SIGNALLING } from "../session/frames";
import type { Stream } from "../session/stream";
import { store } from "../store";
import { canDecode, Decoding } from "./decoding";
import { POINT, readJson, writeJson } from "./messages";
import { canConnect, Signals } from "./peers";
import { moved, paced, type Place, type Pointer, readPointer } from "./pointers";

/** How long a peer connection may take to come up, and how long a gap in it may last; milliseconds. */
const PATIENCE = 4000;
/** Between tries over the edge, and how many there are. */
const RETRY = 2000;
const MOST_TRIES = 5;

export type Way = "peer" | "edge";

export interface ViewingView {
  /** `impossible`: no way leads to this browser. */
  state: "connecting" | "showing" | "paused" | "impossible";
  way: Way | undefined;
  element: HTMLVideoElement | HTMLCanvasElement | undefined;
  width: number;
  height: number;
  pointers: Pointer[];
}

const NOTHING: ViewingView = { state: "connecting", way: undefined, element: undefined, width: 0, height: 0, pointers: [] };

export function canView(): boolean {
  return canConnect() || canDecode();
}

export class Viewing {
  readonly view = store<ViewingView>(NOTHING);
  private stream: Stream | undefined;
  private connection: RTCPeerConnection | undefined;
  private pointer: RTCDataChannel | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private tries = 0;
  private over = false;
  /** Says where this person points on the picture. */
  readonly point = paced<Place | null>((place) => this.sayPlace(place));

  constructor(
    private readonly channel: Channel,
    /** The address of who shares. */
    readonly who: number,
  ) {
    if (canConnect()) this.connectPeer();
    else this.connectEdge();
  }

  close(): void {
    this.over = true;
    this.drop();
  }

  private change(changes: Partial<ViewingView>): void {
    if (!this.over) this.view.set({ ...this.view.get(), ...changes });
  }

  private drop(): void {
    clearTimeout(this.timer);
    const { connection, stream } = this;
    this.connection = this.pointer = this.stream = undefined;
    connection?.close();
    stream?.close();
  }

  private shows(width: number, height: number): void {
    const { state } = this.view.get();
    this.change({ width, height, state: state === "paused" ? "paused" : "showing" });
  }

  private hear(said: Record<string, unknown>): void {
    if (typeof said["paused"] === "boolean") {
      const { width } = this.view.get();
      this.change({ state: said["paused"] ? "paused" : width > 0 ? "showing" : "connecting" });
      return;
    }
    const pointer = readPointer(said);
    if (pointer) this.change({ pointers: moved(this.view.get().pointers, pointer) });
  }

  private sayPlace(place: Place | null): void {
    const said = place ?? {};
    if (this.pointer?.readyState === "open") return this.pointer.send(JSON.stringify(said));
    if (this.view.get().way !== "edge") return;
    const message = writeJson(POINT, said);
    if (this.stream && message.length <= this.stream.room) void this.stream.send(message);
  }

  private connectPeer(): void {
    const stream = this.channel.open(SIGNALLING, this.who);
    const connection = new RTCPeerConnection();
    const video = document.createElement("video");
    this.stream = stream;
    this.connection = connection;
    Object.assign(video, { muted: true, playsInline: true, autoplay: true });
    video.onresize = () => this.connection === connection && this.shows(video.videoWidth, video.videoHeight);
    connection.ontrack = ({ track }) => (video.srcObject = new MediaStream([track]));
    connection.ondatachannel = ({ channel: pointer }) => {
      if (pointer.label !== "pointer") return;
      this.pointer = pointer;
      pointer.onmessage = ({ data }: MessageEvent<unknown>) => {
        const said = typeof data === "string" ? readJson(data) : undefined;
        if (said) this.hear(said);
      };
    };
    const signals = new Signals(connection, stream, () => signals.describe());
    const fallBack = () => this.connection === connection && this.fallBack();
    this.timer = setTimeout(fallBack, PATIENCE);
    connection.onconnectionstatechange = () => {
      if (this.connection !== connection) return;
      clearTimeout(this.timer);
      const { connectionState: state } = connection;
      if (state === "connected") this.change({ way: "peer", element: video });
      else if (state === "failed") fallBack();
      else this.timer = setTimeout(fallBack, PATIENCE);
    };
    // Who shares has closed it, or cannot connect. A broken one is gone with everything else.
    void stream.ended.then((how) => how === "closed" && fallBack());
  }

  /** No connection came up, or it is gone. */
  private fallBack(): void {
    this.drop();
    if (this.over) return;
    this.connectEdge();
  }

  private connectEdge(): void {
    if (!canDecode()) return this.change({ ...NOTHING, state: "impossible" });
    const stream = this.channel.open(SCREEN, this.who);
    this.stream = stream;
    const decoding = new Decoding(stream, {
      size: (width, height) => {
        this.tries = 0;
        this.shows(width, height);
      },
      said: (said) => this.hear(said),
      failed: () => this.giveUp(stream),
    });
    this.change({ ...NOTHING, way: "edge", element: decoding.canvas });
    void stream.ended.then((how) => {
      if (how !== "closed" || this.stream !== stream || this.over) return;
      this.tries += 1;
      if (this.tries > MOST_TRIES) return this.giveUp(stream);
      this.stream = undefined;
      this.timer = setTimeout(() => this.connectEdge(), RETRY);
    });
  }

  private giveUp(stream: Stream): void {
    if (this.stream !== stream) return;
    this.drop();
    this.change({ ...NOTHING, state: "impossible" });
  }
}
