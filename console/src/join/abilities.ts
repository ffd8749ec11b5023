// What this browser can do in a session. Each is asked of the browser itself, and its name plays no part.

import { canEncode } from "../sharing/encoding";
import { canConnect } from "../sharing/peers";
import { canView } from "../sharing/viewing";

export interface Abilities {
  /** Take part at all. */
  join: boolean;
  /** Share a screen. */
  share: boolean;
  /** See the screens of others. */
  view: boolean;
  /** Receive files: on the disk, or in memory up to a limit. */
  files: "disk" | "memory";
}

export function abilities(): Abilities {
  const capture = "mediaDevices" in navigator && typeof navigator.mediaDevices.getDisplayMedia === "function";
  return {
    join: typeof WebSocket === "function" && typeof crypto.getRandomValues === "function",
    share: capture && (canConnect() || canEncode()),
    view: canView(),
    files: typeof navigator.storage?.getDirectory === "function" ? "disk" : "memory",
  };
}
