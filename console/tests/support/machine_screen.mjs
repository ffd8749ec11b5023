// A machine's screen for tests: an X server without a monitor, and x0vncserver on a Unix socket, as an agent starts it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Debian calls a script by the usual name, which starts this. */
const SERVER = existsSync("/usr/bin/X0tigervnc") ? "X0tigervnc" : "x0vncserver";

async function until(found, what) {
  for (let tries = 0; !found(); tries += 1) {
    if (tries > 100) throw new Error(`${what} does not start`);
    await wait(50);
  }
}

/** Starts them. `layout` is the keyboard's. */
export async function startScreen({ layout = "us", size = "800x600" } = {}) {
  const directory = mkdtempSync(join(tmpdir(), "screen-"));
  const socket = join(directory, "rfb");
  const children = [];
  const start = (program, args, options = {}) => {
    const child = spawn(program, args, { stdio: "ignore", ...options });
    children.push(child);
    return child;
  };
  const shown = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", `${size}x24`, "-nolisten", "tcp", "-noreset"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  children.push(shown);
  const [number] = await once(shown.stdio[3], "data");
  const env = { ...process.env, DISPLAY: `:${String(number).trim()}`, LANG: "C.UTF-8" };
  await once(start("setxkbmap", [layout], { env }), "exit");
  start(SERVER, ["-rfbunixpath", socket, "-rfbunixmode", "0600", "-rfbport", "-1", "-SecurityTypes", "None"], { env });
  await until(() => existsSync(socket), "x0vncserver");
  return {
    env,
    /** A program on that screen. */
    run: (program, args) => start(program, args, { env }),
    /** A window over the whole screen that tells which keys arrive, by their names. */
    async keys() {
      const child = start("xev", ["-geometry", `${size}+0+0`, "-event", "keyboard", "-event", "structure"], { env, stdio: ["ignore", "pipe", "ignore"] });
      let told = "";
      child.stdout.on("data", (bytes) => (told += bytes));
      await until(() => told.includes("MapNotify event"), "xev");
      await wait(100);
      const named = (event) => [...told.matchAll(new RegExp(`^${event}[\\s\\S]*?keysym 0x\\w+, (\\w+)`, "gm"))].map(([, name]) => name);
      return {
        pressed: () => named("KeyPress"),
        released: () => named("KeyRelease"),
        stop: () => child.kill("SIGKILL"),
      };
    },
    /** Joins the end of a stream to the VNC server. */
    join(end) {
      const server = connect(socket);
      server.on("data", (bytes) => {
        server.pause();
        void end.send(new Uint8Array(bytes)).then(() => server.resume());
      });
      server.on("close", () => end.close());
      server.on("error", () => end.close());
      end.ondata = (bytes) => server.write(bytes);
      end.onclose = () => server.destroy();
      return server;
    },
    async stop() {
      for (const child of children.reverse()) child.kill("SIGKILL");
      await wait(100);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
