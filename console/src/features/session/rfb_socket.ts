// A stream of kind screen as the socket that noVNC expects: the members that it looks for, and no more. The bytes are those
// of the remote framebuffer protocol (RFC 6143), which noVNC speaks with the machine's VNC server.

import type { Stream } from "../../session/stream";

/** How often what came in is counted, in ms. */
const COUNTED = 1000;

export class RfbSocket {
  binaryType = "arraybuffer";
  readonly protocol = "";
  readyState: number = WebSocket.OPEN;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBufferView }) => void) | null = null;
  onclose: ((event: { code: number; reason: string; wasClean: boolean }) => void) | null = null;
  onerror: (() => void) | null = null;
  private came = 0;
  private counted = 0;
  private rate = 0;
  private since = performance.now();

  constructor(private readonly stream: Stream) {
    void stream.ended.then((how) => {
      this.readyState = WebSocket.CLOSED;
      this.onclose?.({ code: 1000, reason: "", wasClean: how === "closed" });
    });
  }

  /** Lets bytes in. noVNC sets its handlers first, and loses what comes before. */
  start(): void {
    this.stream.take((bytes) => {
      this.came += bytes.length;
      this.onmessage?.({ data: bytes });
    });
  }

  /** noVNC uses its buffer again at once, and what is not paid for yet waits here. */
  send(bytes: Uint8Array): void {
    void this.stream.send(new Uint8Array(bytes));
  }

  close(): void {
    this.readyState = WebSocket.CLOSING;
    this.stream.close();
  }

  /** Whether anything has come at all. */
  get spoke(): boolean {
    return this.came > 0;
  }

  /** Bytes that came in a second, lately. */
  get bytesPerSecond(): number {
    const now = performance.now();
    if (now - this.since >= COUNTED) {
      this.rate = ((this.came - this.counted) * 1000) / (now - this.since);
      this.counted = this.came;
      this.since = now;
    }
    return this.rate;
  }
}
