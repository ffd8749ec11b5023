// The command `tegata` as a person runs it: with its own home directory and a clean environment.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { edgeUrl } from "./edge.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** A program's exit code and its standard output. */
function run(program, args, options) {
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 64 * 1024 * 1024, ...options }, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });
}

/** Stops a program when the tests end: a test that fails does not stop it. */
function stopAtExit(program) {
  const stop = () => program.kill();
  process.once("exit", stop);
  program.once("exit", () => process.off("exit", stop));
}

/** The built command. Cargo knows its path. */
async function build() {
  const args = ["build", "--quiet", "--package", "tegata-client", "--bin", "tegata", "--message-format=json"];
  const { code, stdout, stderr } = await run("cargo", args, { cwd: ROOT });
  const messages = stdout.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  const made = messages.find(({ executable }) => executable);
  if (code !== 0 || !made) throw new Error(`cargo does not build the command: ${stderr}`);
  return made.executable;
}

/** A PC with the command. */
export class Pc {
  static async withCommand() {
    const pc = new Pc();
    pc.program = await build();
    pc.home = await mkdtemp(join(tmpdir(), "tegata-pc-"));
    return pc;
  }

  /** One that also has the public keys of the edge. */
  static async withKeys() {
    const pc = await Pc.withCommand();
    pc.keys = join(pc.home, "keys.json");
    const saved = await pc.run("keys", "save", "--edge", edgeUrl, pc.keys);
    if (saved.code !== 0) throw new Error(saved.stdout + saved.stderr);
    return pc;
  }

  /** Runs `tegata --json` to its end. */
  run(...args) {
    return run(this.program, ["--json", ...args], { env: this.#environment() });
  }

  /**
   * Starts `tegata viewer open`; returns its one-time URL, its end, and a function that stops it. The program finds no
   * browser here, so what it would open stays in the data directory.
   */
  open(...args) {
    return this.#open("viewer", args);
  }

  /** Likewise `tegata agent open`. */
  openAgent(...args) {
    return this.#open("agent", args);
  }

  /** Starts `tegata agent run --service`; returns a function that stops it. */
  runAgent() {
    const agent = spawn(this.program, ["agent", "run", "--service"], { env: this.#environment(), stdio: "ignore" });
    stopAtExit(agent);
    return () => agent.kill();
  }

  /** Stops the agent that a page started: nobody's child, but the one process with this data directory. */
  async stopStartedAgent() {
    for (const id of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
      const line = await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "");
      if (line.split("\0").includes("--service") && line.includes(this.data)) process.kill(Number(id));
    }
  }

  async #open(which, args) {
    const all = ["--json", which, "open", ...args];
    const program = spawn(this.program, all, { env: this.#environment(), stdio: ["ignore", "pipe", "ignore"] });
    stopAtExit(program);
    const ended = once(program, "exit").then(([code]) => code);
    const [line] = await once(program.stdout, "data");
    return { url: JSON.parse(line).url, ended, stop: () => program.kill() };
  }

  #environment() {
    return { HOME: this.home, TEGATA_DATA_DIR: this.data, TZ: "Asia/Tokyo", PATH: this.home };
  }

  /** The data directory. */
  get data() {
    return join(this.home, "data");
  }

  /** The output of `tegata verify receipt` for a file of tenant `issuer`. */
  async verify(file, issuer) {
    const { code, stdout } = await this.run("verify", "receipt", file, "--keys", this.keys, "--issuer", issuer);
    return { code, told: JSON.parse(stdout) };
  }
}
