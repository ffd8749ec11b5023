// The command `tegata` as a person runs it: with its own home directory and a clean environment.

import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
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

/** The built command. Cargo knows its path. */
async function build() {
  const args = ["build", "--quiet", "--package", "tegata-client", "--bin", "tegata", "--message-format=json"];
  const { code, stdout, stderr } = await run("cargo", args, { cwd: ROOT });
  const messages = stdout.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  const made = messages.find(({ executable }) => executable);
  if (code !== 0 || !made) throw new Error(`cargo does not build the command: ${stderr}`);
  return made.executable;
}

/** A PC with the command and with the public keys of the edge. */
export class Pc {
  static async withKeys() {
    const pc = new Pc();
    pc.program = await build();
    pc.home = await mkdtemp(join(tmpdir(), "tegata-pc-"));
    pc.keys = join(pc.home, "keys.json");
    const saved = await pc.run("keys", "save", "--edge", edgeUrl, pc.keys);
    if (saved.code !== 0) throw new Error(saved.stdout + saved.stderr);
    return pc;
  }

  /** Runs `tegata --json` to its end. */
  run(...args) {
    const env = { HOME: this.home, TEGATA_DATA_DIR: join(this.home, "data") };
    return run(this.program, ["--json", ...args], { env });
  }

  /** The output of `tegata verify receipt` for a file of tenant `issuer`. */
  async verify(file, issuer) {
    const { code, stdout } = await this.run("verify", "receipt", file, "--keys", this.keys, "--issuer", issuer);
    return { code, told: JSON.parse(stdout) };
  }
}
