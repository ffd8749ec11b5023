// A Firefox without a window, driven by WebDriver BiDi, as far as the tests need it: pages, scripts, presses.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";

const PREFERENCES = {
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
  "browser.startup.homepage_override.mstone": "ignore",
  // Host candidates between browsers of one machine, without names that need multicast.
  "media.peerconnection.ice.obfuscate_host_addresses": false,
  "media.peerconnection.ice.loopback": true,
  // The browser's own dialog has nobody to press in it.
  "media.navigator.permission.disabled": true,
};

/** Starts it. On a `display` it has a window, and shares what is there. */
export async function startFirefox({ display } = {}) {
  const profile = mkdtempSync(join(tmpdir(), "tegata-firefox-"));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  const args = [...(display ? [] : ["--headless"]), "--remote-debugging-port", "0", "--profile", profile, "--no-remote", "--width", "1280", "--height", "800"];
  const env = { ...process.env, MOZ_DISABLE_CONTENT_SANDBOX: "1", ...(display ? { DISPLAY: display } : {}) };
  const firefox = spawn(process.env.TEGATA_FIREFOX ?? "firefox-esr", args, { env, stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise((resolve, reject) => {
    let said = "";
    firefox.stderr.on("data", (data) => {
      said += data;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    firefox.once("error", reject);
    firefox.once("exit", (code) => reject(new Error(`Firefox ended with ${code}: ${said}`)));
  });
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
  const waiting = new Map();
  let next = 1;
  socket.on("message", (data) => {
    const { id, type, result, message } = JSON.parse(data);
    const [resolve, reject] = waiting.get(id) ?? [];
    if (type === "error") reject?.(new Error(message));
    else resolve?.(result);
  });
  const command = (method, params) =>
    new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, [resolve, reject]);
      socket.send(JSON.stringify({ id, method, params }));
    });
  await command("session.new", { capabilities: {} });

  async function newPage() {
    const { context } = await command("browsingContext.create", { type: "tab" });
    /** Runs a function in the page; its argument and its result are JSON. A press counts as one of the person. */
    const evaluate = async (run, value) => {
      const expression = `(async () => JSON.stringify(await (${run})(${JSON.stringify(value ?? null)})) ?? "null")()`;
      const found = await command("script.evaluate", { expression, target: { context }, awaitPromise: true, userActivation: true });
      if (found.type === "exception") throw new Error(found.exceptionDetails.text);
      return JSON.parse(found.result.value);
    };
    /** Runs `find` until it says true, and fails with what the page says after ten seconds. */
    const sees = (find, value) =>
      evaluate(
        `async (value) => {
          for (let tries = 0; tries < 200; tries += 1) {
            if ((${find})(value)) return;
            await new Promise((over) => setTimeout(over, 50));
          }
          throw new Error("not there: " + JSON.stringify(value) + " in " + document.body.innerText);
        }`,
        value,
      );
    return {
      evaluate,
      sees,
      /** Waits until the page says this. */
      says: (text) => sees((wanted) => document.body.textContent.includes(wanted), text),
      /** Presses the button of this name, once it is there. */
      press: (name) =>
        sees((text) => {
          const found = [...document.querySelectorAll("button")].find((one) => one.textContent === text || one.getAttribute("aria-label") === text);
          found?.click();
          return found !== undefined;
        }, name),
      /** Writes into the first field that this selects. */
      fill: (selector, text) =>
        evaluate(
          ([where, value]) => {
            const field = document.querySelector(where);
            field.value = value;
            field.dispatchEvent(new Event("input", { bubbles: true }));
          },
          [selector, text],
        ),
      close: () => command("browsingContext.close", { context }).catch(() => undefined),
      goto: (url) => command("browsingContext.navigate", { context, url, wait: "complete" }),
      screenshot: async (path) => {
        const { data } = await command("browsingContext.captureScreenshot", { context });
        writeFileSync(path, Buffer.from(data, "base64"));
      },
    };
  }

  return {
    newPage,
    async close() {
      const over = new Promise((resolve) => firefox.once("exit", resolve));
      firefox.removeAllListeners("exit");
      const gone = new Promise((resolve) => firefox.once("exit", resolve));
      await Promise.race([command("browser.close", {}).catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 3000))]);
      setTimeout(() => firefox.kill("SIGKILL"), 3000).unref();
      await Promise.race([gone, over]);
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
