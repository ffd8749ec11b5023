// What the build changes in two libraries, whose versions are pinned. A place that is not found as it was fails the build.

import type { Plugin } from "vite";

/** The end of a module's path, and what stands in it for what. */
const CHANGES: Record<string, [found: string, becomes: string][]> = {
  // A module that awaits at its top changes how the whole build is cut: what every view needs would be a file that is
  // asked for only after another. noVNC asks the browser whether it decodes H.264, and need not wait for the answer.
  "@novnc/novnc/core/util/browser.js": [
    [
      "supportsWebCodecsH264Decode = await _checkWebCodecsH264DecodeSupport();",
      "_checkWebCodecsH264DecodeSupport().then((found) => (supportsWebCodecsH264Decode = found));",
    ],
  ],
  // The page's policy forbids style elements and style attributes (`style-src 'self'`). Rules and properties are allowed
  // through the object model: src/features/session/terminal_rules.ts defines the element.
  "@xterm/xterm/lib/xterm.mjs": [
    ['createElement("style")', 'createElement("terminal-rules")'],
    ['t.setAttribute("style",`${t.getAttribute("style")||""}${e};`)', "t.style.cssText+=`${e};`"],
  ],
};

export function libraries(): Plugin {
  return {
    name: "libraries",
    transform(code, id) {
      const [, changes] = Object.entries(CHANGES).find(([end]) => id.endsWith(end)) ?? [];
      if (!changes) return undefined;
      return {
        code: changes.reduce((before, [found, becomes]) => {
          if (!before.includes(found)) throw new Error(`${id} has changed: it has no ${found}`);
          return before.replaceAll(found, becomes);
        }, code),
        map: null,
      };
    },
  };
}
