// Remote support in the made-up API: each piece in another state, as a customer and the desk see it.

import { find, listed, Refused } from "./mock_answers.mjs";

const HOUR = 3600;
const DAY = 24 * HOUR;

const ASKER = { provider: "support", provider_name: "東海サポート株式会社", user: "u9", name: "Lars Holm", email: "lars.holm@support.example" };
const REASON = "加工の途中で停止するとのご連絡をいただきました。ログを確認し、必要であればソフトウェアを再起動します。";
const DETAIL = { refused: "本日は点検のため、明日以降にお願いします。" };

/** The steps up to each state, with how long ago each was, in seconds. */
const COURSES = {
  requested: [["requested", 1200, "Lars Holm"]],
  approved: [["requested", 4000, "Lars Holm"], ["approved", 2400, "山田 太郎"], ["machine_away", 2000, "Lars Holm"]],
  executing: [["requested", 4000, "Lars Holm"], ["approved", 2400, "山田 太郎"], ["executed", 20, "Lars Holm"]],
  running: [
    ["requested", 5000, "Lars Holm"],
    ["approved", 3000, "山田 太郎"],
    ["executed", 900, "Lars Holm"],
    ["started", 880],
    ["issued", 870],
    ["joined", 700, "Lars Holm"],
    ["diagnostics", 600, "Lars Holm", "overview"],
    ["restart_software", 300, "Lars Holm", "failed"],
  ],
  ended: [
    ["offered", DAY + 3000],
    ["started", DAY + 2990],
    ["issued", DAY + 2980],
    ["joined", DAY + 2000, "Lars Holm"],
    ["locked", DAY + 1900],
    ["diagnostics", DAY + 1800, "Lars Holm", "印刷サーバー: refused"],
    ["ended", DAY, "Lars Holm", "desk"],
  ],
  refused: [["requested", 2 * DAY, "Lars Holm"], ["refused", 2 * DAY - HOUR, "山田 太郎", DETAIL.refused]],
  expired: [["requested", 9 * DAY, "Mette Sørensen"]],
};

export function launch(now, state, index) {
  const steps = COURSES[state].map(([what, ago, by, detail]) => ({ at: now - ago, what, ...(by && { by }), ...(detail && { detail }) }));
  const step = (what) => steps.find((one) => one.what === what);
  const manual = state === "ended";
  const settled = step("approved") ?? step("refused");
  const runs = ["running", "ended"].includes(state);
  return {
    id: `l${index}`,
    equipment: index === 6 ? "e2" : "e0",
    equipment_name: index === 6 ? "Måleudstyr 7 (Ærøskøbing)" : "検査装置 3号機",
    serial_number: index === 6 ? "DK-0000-0000-0000-7731" : "TG-2041/B",
    place: "本社 第一工場 2階 第2ライン",
    provider_name: ASKER.provider_name,
    asked_by: manual ? null : ASKER,
    reason: manual ? null : REASON,
    abilities: index === 0 ? ["diagnostics", "restart_software"] : ["diagnostics", "restart_software", "restart_machine"],
    period: 2 * HOUR,
    starts_at: state === "requested" ? now + 6 * HOUR : null,
    extends: null,
    state,
    requested_at: steps[0].at,
    answer_by: manual ? null : now + (state === "expired" ? -6 : 1) * DAY,
    required: 1,
    agreed: [],
    decision: settled
      ? { outcome: settled.what, by: "u0", name: "山田 太郎", email: "taro.yamada@aozora.example", at: settled.at, reason: settled.detail ?? null, locale: "ja" }
      : null,
    granted: step("approved") ? { from: now - 2400, until: now - 2400 + 2 * HOUR } : manual ? { from: now - DAY - 3000, until: now - DAY + 5 * HOUR } : null,
    executed_by: step("executed") ? { user: "u9", name: "Lars Holm", email: ASKER.email } : null,
    running_at: runs ? step("issued").at : null,
    session: runs ? "482913705" : null,
    ended: manual ? { at: now - DAY, why: "desk", by: "Lars Holm" } : null,
    steps,
    version: steps.length,
    connected: state !== "approved",
  };
}

export function launches(now) {
  return Object.keys(COURSES).map((state, index) => launch(now, state, index));
}

const OPEN = ["requested", "approved", "executing", "running"];

/** Open ones, or all; of one piece of equipment where the query names it. */
function filtered(state, query) {
  const fits = (one) => (query.get("state") !== "open" || OPEN.includes(one.state)) && (!query.get("equipment") || one.equipment === query.get("equipment"));
  return state.launches.filter(fits);
}

/** The statement, as far as it differs from one request to the next. */
const statement = (of) =>
  `${of.provider_name}によるリモートサポート\n\n機器名：${of.equipment_name}\n製造番号：${of.serial_number}\n依頼者：${of.asked_by.name}\n理由：\n> ${of.reason}\n許可する時間：2時間`;

/** Moves it on with a step of its own. */
function move(state, of, to, what, by, detail) {
  of.steps.push({ at: state.now, what, by, ...(detail && { detail }) });
  return [200, Object.assign(of, { state: to, version: of.version + 1 })];
}

function answered(state, of, { outcome, reason }) {
  if (of.state !== "requested") throw new Refused(409, "conflict");
  if (state.passkeyOnly) throw new Refused(403, "passkey-required");
  const { user_id: by, name, email, locale } = state.session;
  const decision = { outcome, by, name, email, at: state.now, reason: reason ?? null, locale };
  if (outcome === "approved" && of.agreed.length + 1 < of.required) return of.agreed.push(decision), [200, of];
  of.decision = decision;
  if (outcome === "approved") of.granted = { from: of.starts_at ?? state.now, until: (of.starts_at ?? state.now) + of.period };
  return move(state, of, outcome, outcome, name, reason);
}

function ended(state, of, why) {
  if (!OPEN.slice(1).includes(of.state)) throw new Refused(409, "conflict");
  of.ended = { at: state.now, why, by: state.session.name };
  return move(state, of, of.session ? "ended" : "expired", "ended", state.session.name, why);
}

/** `/launches/…` */
export function launchesOf(state, [id, act], query, body) {
  if (!id) return listed(filtered(state, query));
  const of = find(state.launches, id);
  if (act === "decision") return answered(state, of, body);
  if (act === "end") return ended(state, of, "administrator");
  return [200, { ...of, statement: of.asked_by && state.session.rights.includes("launches.decide") ? statement(of) : null }];
}

/** `POST /customers/{customer}/launches` */
export function requested(state, body) {
  if (state.obstacle) throw new Refused(409, state.obstacle);
  if (body.extends && !["approved", "running"].includes(find(state.launches, body.extends).state)) throw new Refused(409, "conflict");
  const of = { ...launch(state.now, "requested", 0), ...body, id: "l-new", starts_at: body.starts_at ?? null };
  state.launches.push(of);
  return [201, of];
}

function executed(state, of) {
  if (state.obstacle) throw new Refused(409, state.obstacle);
  return move(state, of, "executing", "executed", state.session.name);
}

/** `/desk/launches/…` */
export function deskLaunches(state, [, id, act], query) {
  if (!id) return listed(filtered(state, query).map((of) => ({ tenant: "aozora", tenant_name: "青空精工株式会社", launch: of })));
  const of = find(state.launches, id);
  if (act === "withdraw") return move(state, of, "withdrawn", "withdrawn", state.session.name);
  if (act === "execute") return executed(state, of);
  if (act === "end") return ended(state, of, "desk");
  return [200, of];
}

/** `POST /desk/sessions/join` */
export function joined(body) {
  if (body.password.toUpperCase() !== "7KQM-2XRD") throw new Refused(403, "wrong-session");
  return [200, { ticket: "tg_st_made-up", expires_in: 30 }];
}
