// A separate edge, whose mails go to a provider that refuses some of them: the edge shared by the other tests delivers
// all mails. This process is the provider.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { until } from "./edge.mjs";

const ROOT = new URL("../../../", import.meta.url).pathname;

/** Listens on a free port of this machine. */
async function listen(answer) {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: server.address().port };
}

async function freePort() {
  const { server, port } = await listen();
  server.close();
  await once(server, "close");
  return port;
}

/** `refuses`: addresses whose mails are refused permanently. `mails`: the others, as received. */
async function startProvider() {
  const refuses = new Set();
  const mails = [];
  const { server, port } = await listen(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const mail = JSON.parse(text);
    const refused = [...refuses].some((address) => JSON.stringify(mail.to).includes(address));
    if (!refused) mails.push(mail);
    response.writeHead(refused ? 422 : 200, { "content-type": "application/json" });
    response.end(refused ? '{"name":"invalid_to_address"}' : '{"id":"1"}');
  });
  return { refuses, mails, url: `http://127.0.0.1:${port}/emails`, stop: () => server.close() };
}

/** `wrangler dev` as `cargo xtask` starts it (xtask/src/launch.rs), with only `settings`. */
async function startWrangler(state, port, settings) {
  const file = join(state, "settings.env");
  await writeFile(file, Object.entries(settings).map(([name, value]) => `${name}='${value}'\n`).join(""));
  // On a leash, so that nothing is left behind when this process ends; and with the Node that runs the tests, since the
  // machine's own may be too old for wrangler.
  const program = [join(ROOT, "xtask/src/leash.sh"), process.execPath, join(ROOT, "node_modules/wrangler/bin/wrangler.js")];
  const options = [
    "dev", join(ROOT, "build-dev/index.js"), "--config", join(ROOT, "wrangler.toml"), "--env", "development", "--local",
    "--ip", "127.0.0.1", "--port", `${port}`, "--inspector-port", `${await freePort()}`,
    "--persist-to", join(state, "wrangler"), "--env-file", file, "--show-interactive-dev-session=false", "--log-level", "warn",
  ];
  return spawn("/bin/sh", [...program, ...options], {
    cwd: ROOT, detached: true, stdio: ["pipe", "ignore", "ignore"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false" },
  });
}

/** Starts both. */
export async function startRefusingEdge() {
  const provider = await startProvider();
  const state = await mkdtemp(join(tmpdir(), "tegata-refusing-edge-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const operatorToken = "an operator of one test, and of no other";
  const edge = await startWrangler(state, port, {
    ENVIRONMENT: "development", PRODUCT: "Tegata", EDGE_URL: url, OPERATOR_TOKEN: operatorToken,
    MAIL_TRANSPORT: "http", MAIL_HTTP_URL: provider.url, MAIL_HTTP_TOKEN: "a-token-for-the-test",
    MAIL_FROM: "tegata@edge.example", MAIL_FROM_NAME: "Tegata", MAIL_RETRY_SECONDS: "1",
  });
  const stop = async () => {
    provider.stop();
    if (edge.exitCode === null && edge.signalCode === null) {
      // The program and the processes it started.
      process.kill(-edge.pid, "SIGTERM");
      await once(edge, "exit");
    }
    await rm(state, { recursive: true, force: true });
  };
  try {
    await until("an edge that responds", () => fetch(`${url}/healthz`).then((answer) => answer.ok, () => false), 60);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, provider, stop, operator: (path, body) => ask(`${url}/operator/v1${path}`, operatorToken, body) };
}

async function ask(url, token, body) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  assert.ok(response.ok, await response.clone().text());
}
