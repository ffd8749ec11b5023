// A customer's machine with a real agent, and remote support on it as far as a session that can be joined.

import assert from "node:assert/strict";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { Pc } from "./command.mjs";
import { edgeUrl, until } from "./edge.mjs";
import { makePair } from "./filled.mjs";

/** The name of the machine. */
export const MACHINE = "5軸加工機 7号機";

/** A customer's machine whose agent is connected and allows remote assistance, and whose software can be restarted; `more` adds to its
 * `agent.toml`. */
export async function makeMachine(language, more = () => "") {
  const { provider, customer } = await makePair(language);
  const { panel } = customer;
  const serial_number = `TG-${customer.slug}`.slice(0, 20);
  const made = await panel.post("equipment", { name: MACHINE, serial_number });
  await panel.patch(`equipment/${made.id}/switches`, { version: made.version, remote_assistance: true });
  const { code } = await panel.post(`equipment/${made.id}/enrolment`);
  const pc = await Pc.withKeys();
  const run = async (...args) => {
    const { code: exit, stdout, stderr } = await pc.run(...args);
    assert.equal(exit, 0, stdout + stderr);
  };
  await run("agent", "enrol", "--edge", edgeUrl, "--tenant", customer.slug, "--code", code);
  await run("agent", "settings", "--proxy", "none");
  await run("agent", "settings", "--remote-assistance", "on");
  const [script, log] = [join(pc.home, "restart.sh"), join(pc.home, "controller.log")];
  await writeFile(log, "2026-11-01T08:00:00Z 起動しました\n");
  await writeFile(script, `#!/bin/sh\necho "再起動しました" >> '${log}'\n`);
  await chmod(script, 0o700);
  const configuration = `[software]\nname = "ライン制御"\nrestart = ["/bin/sh", "${script}"]\n\n[[log]]\nname = "controller"\npath = "${log}"\n`;
  await writeFile(join(pc.data, "agent.toml"), configuration + more(pc));
  const stop = pc.runAgent();
  await until("the agent is connected", async () => {
    const { agent } = await panel.get(`equipment/${made.id}`);
    return agent.connected_since !== null && agent.remote_assistance;
  });
  return { provider, customer, panel, pc, log, stop, id: made.id, serial_number };
}

/** Remote support with these abilities, approved and executed, as soon as it can be joined. */
export async function startSupport({ provider, customer, panel, id }, abilities) {
  const made = await provider.desk.post(`customers/${customer.slug}/launches`, { equipment: id, reason: "画面を確認します。", abilities });
  await panel.post(`launches/${made.id}/decision`, { outcome: "approved", confirmed: true });
  await provider.desk.post(`desk/launches/${customer.slug}/${made.id}/execute`);
  return until("the session can be joined", async () => {
    const launch = await provider.desk.get(`desk/launches/${customer.slug}/${made.id}`);
    return launch.state === "running" && launch;
  });
}
