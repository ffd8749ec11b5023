// Whether a WebSocket comes up and what is said on it comes back: proxies that let a page through may not let these.

import { place } from "./place";

const PROTOCOL = "tegata.check.v1";
/** Milliseconds. */
const PATIENCE = 8000;
/** The second is longer than what an inspecting proxy may wait for before it passes anything on. */
const SAID = ["check", "0123456789".repeat(100)];

export function trySocket(): Promise<boolean> {
  if (typeof WebSocket !== "function") return Promise.resolve(false);
  const url = new URL(`${place.path}/socket`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const works = new Promise<boolean>((settle) => {
    const waiting = [...SAID];
    const socket = new WebSocket(url, PROTOCOL);
    const over = (worked: boolean) => {
      clearTimeout(timer);
      socket.onclose = null;
      socket.close();
      settle(worked);
    };
    const timer = setTimeout(over, PATIENCE, false);
    const say = () => socket.send(waiting[0] ?? "");
    socket.onopen = say;
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data !== waiting.shift()) over(false);
      else if (waiting.length > 0) say();
      else over(true);
    };
    socket.onclose = () => over(false);
  });
  // A policy may forbid the address itself.
  return works.catch(() => false);
}
