// The peer connections through which a person's screen goes to those who view it without passing the edge: one for each
// viewer, with the session as the way to set it up. A connection ends with its stream of signalling, so that whoever has
// left the session, or was removed from it, sees nothing more.

import type { Stream } from "../session/stream";
import { readJson } from "./messages";
import { type Place, type Pointer, readPlace } from "./pointers";

const TEXT = new TextEncoder();
/** Bits a second that a picture may take. */
const MOST_RATE = 8_000_000;

export function write(value: unknown): Uint8Array<ArrayBuffer> {
  return TEXT.encode(JSON.stringify(value));
}

export function canConnect(): boolean {
  return typeof RTCPeerConnection === "function";
}

interface Peer {
  stream: Stream;
  connection: RTCPeerConnection;
  pointer: RTCDataChannel;
}

/** What the two sides of a connection tell each other: descriptions and candidates, in order. */
export class Signals {
  private waiting: RTCIceCandidateInit[] = [];
  private described = false;
  private order = Promise.resolve();

  constructor(
    private readonly connection: RTCPeerConnection,
    private readonly stream: Stream,
    /** Answers the description that has come, where it was an offer. */
    private readonly answer?: () => Promise<void>,
  ) {
    connection.onicecandidate = ({ candidate }) => void stream.post(write({ candidate: candidate?.toJSON() ?? null }));
    stream.take((bytes) => {
      const said = readJson(bytes);
      if (!said) return stream.close();
      // What this browser cannot use ends the attempt, and with it the stream.
      this.order = this.order.then(() => this.hear(said)).catch(() => stream.close());
    });
  }

  async describe(): Promise<void> {
    await this.connection.setLocalDescription();
    void this.stream.post(write({ description: this.connection.localDescription?.toJSON() }));
  }

  private async hear({ description, candidate }: Record<string, unknown>): Promise<void> {
    if (description) {
      await this.connection.setRemoteDescription(description as RTCSessionDescriptionInit);
      this.described = true;
      for (const one of this.waiting.splice(0)) await this.connection.addIceCandidate(one);
      await this.answer?.();
    }
    if (!candidate) return;
    if (this.described) await this.connection.addIceCandidate(candidate as RTCIceCandidateInit);
    else if (this.waiting.length < 100) this.waiting.push(candidate as RTCIceCandidateInit);
  }
}

export class Peers {
  private all = new Set<Peer>();
  private paused = false;

  constructor(
    private readonly track: MediaStreamTrack,
    private readonly pointed: (who: number, place: Place | null) => void,
  ) {}

  get size(): number {
    return [...this.all].filter(({ connection }) => connection.connectionState === "connected").length;
  }

  /** Offers the picture to who has opened this stream. */
  add(stream: Stream, changed: () => void): void {
    const connection = new RTCPeerConnection();
    const pointer = connection.createDataChannel("pointer");
    const peer: Peer = { stream, connection, pointer };
    this.all.add(peer);
    pointer.onopen = () => this.paused && pointer.send(JSON.stringify({ paused: true }));
    pointer.onmessage = ({ data }: MessageEvent<unknown>) => {
      const said = typeof data === "string" ? readJson(data) : undefined;
      const place = said && readPlace(said);
      if (place !== undefined) this.pointed(stream.peer, place);
    };
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === "failed") stream.close();
      changed();
    };
    void stream.ended.then(() => {
      connection.close();
      this.all.delete(peer);
      this.pointed(stream.peer, null);
      changed();
    });
    void this.offer(peer);
  }

  pause(paused: boolean): void {
    this.paused = paused;
    this.say({ paused });
  }

  point(pointer: Pointer | { who: number }): void {
    this.say(pointer);
  }

  close(): void {
    for (const { stream, connection } of this.all) {
      connection.close();
      stream.close();
    }
    this.all.clear();
  }

  private say(value: unknown): void {
    const text = JSON.stringify(value);
    for (const { pointer } of this.all) if (pointer.readyState === "open" && pointer.bufferedAmount < 65_536) pointer.send(text);
  }

  private async offer({ stream, connection }: Peer): Promise<void> {
    try {
      const sender = connection.addTrack(this.track, new MediaStream([this.track]));
      await new Signals(connection, stream).describe();
      const parameters = sender.getParameters();
      // Sharp letters come before smooth movement. Members that a browser does not know it leaves out.
      for (const encoding of parameters.encodings) encoding.maxBitrate = MOST_RATE;
      await sender.setParameters({ ...parameters, degradationPreference: "maintain-resolution" } as RTCRtpSendParameters);
    } catch {
      if (connection.connectionState !== "closed" && connection.signalingState === "stable") stream.close();
    }
  }
}
