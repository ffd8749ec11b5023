// Displays without a monitor, and a browser with a window on one: what a machine's screen shows, and what a person shares.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

/** Starts a display; `name` is what programs find it by. */
export async function startDisplay(size = "1280x800") {
  const server = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", `${size}x24`, "-noreset", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const stop = () => server.kill();
  process.once("exit", stop);
  const [number] = await once(createInterface(server.stdout), "line");
  return { name: `:${number}`, stop };
}

/** A browser with windows on the display. It shares the whole of it without asking: the test is the person who chooses. */
export function startBrowserOn({ name }, language, ...more) {
  return chromium.launch({
    executablePath: process.env.TEGATA_CHROMIUM ?? "/usr/bin/chromium",
    headless: false,
    env: { ...process.env, DISPLAY: name },
    args: [
      "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
      `--lang=${language}`, "--auto-select-desktop-capture-source=Entire screen", ...more,
    ],
  });
}
