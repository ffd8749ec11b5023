// Runs schemathesis on the panel's API as a logged-in user: no server errors, and no responses missing from the API's
// document. First at a customer's tenant, then at its provider's.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const dev = JSON.parse(readFileSync(process.env.TEGATA_DEV_JSON, "utf8"));
const contract = readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8");

/** These end the session, or lock its account after five wrong passwords. */
const LEFT_OUT = ["login", "end_session", "renew_login", "set_password"];
const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
];

/** The document of one tenant: its slug is part of the paths and no longer a parameter. */
function documentOf(slug) {
  const document = JSON.parse(contract.replaceAll("{slug}", slug));
  const isSlug = (parameter) => (parameter.$ref ?? parameter.name).endsWith("slug");
  for (const path of Object.values(document.paths)) {
    for (const part of [path, ...Object.values(path)]) {
      if (Array.isArray(part.parameters)) part.parameters = part.parameters.filter((parameter) => !isSlug(parameter));
    }
  }
  return document;
}

async function cookieOf({ slug, admin }) {
  const answer = await fetch(`${dev.url}/t/${slug}/api/v1/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ account: admin.account, password: admin.password }),
  });
  if (answer.status !== 200) throw new Error(`${slug}: ${answer.status} ${await answer.text()}`);
  return answer.headers.get("set-cookie").split(";")[0];
}

const directory = mkdtempSync(join(tmpdir(), "tegata-fuzz-"));
let failed = 0;
for (const tenant of [dev.tenant, dev.provider]) {
  const file = join(directory, `${tenant.slug}.json`);
  writeFileSync(file, JSON.stringify(documentOf(tenant.slug)));
  const arguments_ = ["run", file, "--url", dev.url, "-H", `Cookie: ${await cookieOf(tenant)}`, "--phases", "coverage,fuzzing"];
  arguments_.push("--checks", CHECKS.join(","), "--continue-on-failure", "--warnings", "off");
  for (const id of LEFT_OUT) arguments_.push("--exclude-operation-id", id);
  const run = spawnSync(process.env.SCHEMATHESIS, arguments_, { stdio: "inherit", cwd: directory });
  if (run.error) throw run.error;
  if (run.status !== 0) failed += 1;
}
rmSync(directory, { recursive: true });
process.exitCode = failed;
