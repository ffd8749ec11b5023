// What this browser can do in a session. Each is asked of the browser itself; its name plays a part for phones alone.

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

/** Phones have the call and refuse it, each time and whatever the person chooses. */
function isPhone(): boolean {
  const { userAgentData: data, userAgent } = navigator as Navigator & { userAgentData?: { mobile: boolean } };
  return data?.mobile === true || /Android|iPhone|iPad|iPod/.test(userAgent);
}

export function abilities(): Abilities {
  const capture = "mediaDevices" in navigator && typeof navigator.mediaDevices.getDisplayMedia === "function";
  return {
    join: typeof WebSocket === "function" && typeof crypto.getRandomValues === "function",
    share: capture && !isPhone() && (canConnect() || canEncode()),
    view: canView(),
    files: typeof navigator.storage?.getDirectory === "function" ? "disk" : "memory",
  };
}
