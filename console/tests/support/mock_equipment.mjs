// The equipment of the made-up API, and what can be done with it.

import { changed, find, listed, Refused } from "./mock_answers.mjs";

const DAY = 86400;
const CODE = "tg_enr_9pXv2LkQ7mRz4TnBc8WdYs1JhGf6Ea0uVoNi3Sb5Kxw";

const NAMES = [
  ["検査装置 3号機", "TG-2041/B", "IV-300", "本社 第一工場 2階 第2ライン", "o4", ["u0", "u1"]],
  ["5軸加工機 NMV-5000", "SN 88-10273", "NMV-5000", "第二工場", "o2", ["u2"]],
  ["Måleudstyr 7 (Ærøskøbing)", "DK-0000-0000-0000-7731", "Optisk koordinatmålemaskine, model 2024 med automatisk emnehåndtering", "Hal B, linje 4", "o3", ["u9"]],
  ["旧型プリントサーバー", "PS-17", null, null, null, []],
  ["印刷サーバー", "PS-18", "PRISMA 7", "事務所 3階", "o0", []],
  ["搬送ロボット", "RB-500", null, "第一工場", null, []],
];

const AGENTS = [
  { connected_since: -3600, seen_at: -3600, ended: null },
  { connected_since: null, seen_at: -2 * DAY, ended: null },
  null,
  { connected_since: null, seen_at: -9 * DAY, ended: "retired" },
  { connected_since: null, seen_at: -DAY, ended: "cloned" },
  { connected_since: null, seen_at: null, ended: null },
];

function agent(now, index) {
  const of = AGENTS[index];
  if (!of) return null;
  const at = (offset) => (offset === null ? null : now + offset);
  return {
    id: `g${index}`,
    jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
    remote_assistance: index !== 1,
    report: { software: "tegata 0.1.0", system: "Linux 6.12 (Debian 13)", host_name: "inspection-03.line2.aozora.example" },
    enrolled_at: now - 30 * DAY,
    connected_since: at(of.connected_since),
    seen_at: at(of.seen_at),
    ended: of.ended,
    ended_at: of.ended && now - DAY,
  };
}

export function pieces(now) {
  return NAMES.map(([name, serial_number, model, place, organization, responsible], index) => ({
    id: `e${index}`, name, serial_number, model, place, organization, responsible,
    remote_assistance: index === 0,
    manual_launch: index !== 2,
    notes: index === 0 ? "鍵は守衛室にあります。\n夜間は停止しています。" : null,
    state: index === 3 ? "retired" : "active",
    version: 2,
    created_at: now - 90 * DAY,
    updated_at: now - DAY,
    retired_at: index === 3 ? now - DAY : null,
    agent: agent(now, index),
  }));
}

function taken(state, serial, id) {
  const same = (one) => one.state === "active" && one.id !== id && one.serial_number.toUpperCase() === serial?.toUpperCase();
  if (state.equipment.some(same)) throw new Refused(409, "serial-number-taken");
}

function list(state, query) {
  const q = (query.get("q") ?? "").toLowerCase();
  const [wanted, organization] = [query.get("state") ?? "all", query.get("organization")];
  return listed(
    state.equipment.filter(
      (one) =>
        (wanted === "all" || one.state === wanted) &&
        (!organization || one.organization === organization) &&
        JSON.stringify([one.name, one.model, one.serial_number, one.place]).toLowerCase().includes(q),
    ),
  );
}

function create(state, body) {
  if (/[^ -~]/.test(body.serial_number)) throw new Refused(400, "invalid-field", { field: "serial_number" });
  taken(state, body.serial_number);
  const made = { ...state.equipment[2], organization: null, remote_assistance: false, manual_launch: true, agent: null, version: 1, ...body, id: `e${state.equipment.length}` };
  state.equipment.push(made);
  return [201, made];
}

function change(state, one, body) {
  if (one.state === "retired") throw new Refused(409, "conflict");
  if (body.serial_number) taken(state, body.serial_number, one.id);
  return changed(one, body);
}

function end(state, one, ended) {
  if (one.agent && !one.agent.ended) Object.assign(one.agent, { ended, ended_at: state.now, connected_since: null });
}

function retire(state, one) {
  end(state, one, "retired");
  return [200, Object.assign(one, { state: "retired", retired_at: state.now, remote_assistance: false, version: one.version + 1 })];
}

function restore(state, one) {
  taken(state, one.serial_number, one.id);
  return [200, Object.assign(one, { state: "active", retired_at: null, version: one.version + 1 })];
}

/** What an import would do. A test plays a fault by `state.importFault`: of the file, or of the row with a serial number. A serial number that is not ASCII is wrong; so is one that stands twice. */
function report(state, text) {
  const fault = state.importFault ?? {};
  if (fault.file) throw new Refused(400, "invalid-field", { field: "data", detail: fault.file });
  const [headings = "", ...lines] = text.replace(/^\ufeff/, "").trim().split(/\r?\n/);
  if (!/製造番号|serial/i.test(headings)) throw new Refused(400, "invalid-field", { field: "data", detail: "the column serial_number is missing" });
  const seen = new Set();
  const rows = lines.map((line, index) => {
    const [name = "", serial_number = ""] = line.split(",");
    const known = state.equipment.find((one) => one.state === "active" && one.serial_number === serial_number);
    const errors = [];
    if (/[^ -~]/.test(serial_number) || !serial_number) errors.push({ column: "serial_number", detail: "must be 1 to 64 letters from A to Z, digits and punctuation marks" });
    if (!name) errors.push({ column: "name", detail: "must not be empty" });
    if (seen.has(serial_number)) errors.push({ column: "serial_number", detail: "must not stand in the file twice" });
    if (fault.serial === serial_number) errors.push({ column: fault.column, detail: fault.detail });
    seen.add(serial_number);
    const changes = known && known.name !== name ? ["name"] : [];
    const outcome = errors.length ? "error" : known ? (changes.length ? "update" : "unchanged") : "create";
    return { row: index + 2, serial_number, outcome, changes, errors, name, known };
  });
  const count = (outcome) => rows.filter((row) => row.outcome === outcome).length;
  return { imported: false, created: count("create"), updated: count("update"), unchanged: count("unchanged"), wrong: count("error"), rows };
}

function imported(state, { data, dry_run }) {
  const found = report(state, Buffer.from(data, "base64").toString());
  const wrong = found.rows.find(({ errors }) => errors.length);
  if (!dry_run && wrong) throw new Refused(400, "invalid-field", { field: "data", detail: `row ${wrong.row}, serial_number: must be other` });
  for (const { outcome, name, serial_number, known } of dry_run ? [] : found.rows) {
    if (outcome === "create") create(state, { name, serial_number, model: null, place: null, responsible: [], notes: null });
    if (outcome === "update") Object.assign(known, { name, version: known.version + 1 });
  }
  return [200, { ...found, imported: !dry_run, rows: found.rows.map(({ name, known, ...row }) => row) }];
}

/** `/equipment/…` */
export function equipment(state, method, [id, act], query, body) {
  if (!id) return method === "POST" ? create(state, body) : list(state, query);
  if (id === "import") return imported(state, body);
  const one = find(state.equipment, id);
  if (act === "retire") return retire(state, one);
  if (act === "restore") return restore(state, one);
  if (act === "enrolment") return [201, { code: CODE, expires_at: state.now + (body.expires_in ?? DAY) }];
  if (act === "agent") return end(state, one, "revoked"), [200, one];
  // With `switches` it is the same change of other members.
  return method === "PATCH" ? change(state, one, body) : [200, one];
}

/** `/customers/{customer}/equipment/…` */
export function customerEquipment(state, method, [id, act], query, body) {
  if (!id) return method === "POST" ? create(state, body) : list(state, query);
  const one = find(state.equipment, id);
  if (act === "retire") return retire(state, one);
  if (act === "support-steps") return [200, one];
  return method === "PATCH" ? change(state, one, body) : [200, one];
}
