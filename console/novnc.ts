// A module that awaits at its top changes how the whole build is cut: what every view needs would be a file that is asked
// for only after another. noVNC has one, which asks the browser whether it decodes H.264; it need not wait for the answer.

import type { Plugin } from "vite";

const AWAITED = "supportsWebCodecsH264Decode = await _checkWebCodecsH264DecodeSupport();";
const FOLLOWED = "_checkWebCodecsH264DecodeSupport().then((found) => (supportsWebCodecsH264Decode = found));";

export function novnc(): Plugin {
  return {
    name: "novnc",
    transform(code, id) {
      if (!id.endsWith("@novnc/novnc/core/util/browser.js")) return undefined;
      if (!code.includes(AWAITED)) throw new Error("noVNC has changed: look at what its util/browser.js awaits");
      return { code: code.replace(AWAITED, FOLLOWED), map: null };
    },
  };
}
