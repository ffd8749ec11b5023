// Appointments in the made-up API: each in another state, as the desk and a customer see it. All of them lie in the week of
// 3 December 2026.

import { find, listed, Refused } from "./mock_answers.mjs";

const HOUR = 3600;
const DAY = 24 * HOUR;
const OPEN = ["proposed", "countered", "agreed", "imminent"];
const ME = { provider: "support", provider_name: "東海サポート株式会社", user: "u0", name: "山田 太郎", email: "taro.yamada@support.example" };
const LARS = { ...ME, user: "u9", name: "Lars Holm", email: "lars.holm@support.example" };
const REASON = "工場の点検と重なるため、別の日時でお願いします。";

/** The time of a clock in Tokyo. */
export function time(start) {
  return { start, time_zone: "Asia/Tokyo", at: Date.parse(`${start}:00+09:00`) / 1000, occurrence: null };
}

const check = (name, verdict, value) => ({ check: name, verdict, ...(value !== undefined && { value }) });

const CHECKED = [
  check("browser", "passed"), check("socket", "passed"), check("download", "passed", 48_200), check("upload", "warned", 190),
  check("peer", "warned"), check("sharing", "untested"), check("clock", "warned", -190),
];
const MACHINE = [check("connection", "passed"), check("proxy", "failed"), check("download", "passed", 9_100), check("upload", "passed", 2_050), check("screen", "passed"), check("clock", "passed", 0)];

function people(now, checked) {
  const preflight = checked ? { at: now - HOUR, browser: "Chrome", system: "Windows", checks: CHECKED } : null;
  return [
    { name: "佐藤 花子", email: "hanako.sato@aozora.example", locale: "ja", time_zone: null, user: "u1", preflight },
    { name: "Mette Sørensen", email: "mette.sorensen@aozora-europe.example", locale: "da", time_zone: "Europe/Copenhagen", user: null, preflight: null },
  ];
}

const step = (at, what, more = {}) => ({ at, what, by: null, name: null, link_of: null, times: [], reason: null, ...more });

function one(now, index, { state, host = LARS, at, offered = [], by = "desk", event = { attended: { session: null } }, length = HOUR, over = null, title = "帳票印刷の設定", checked = false }) {
  const customer = { by: "customer", name: "鈴木 一郎", link_of: "佐藤 花子" };
  const asker = by === "desk" ? { by, name: host.name } : customer;
  const steps = [
    step(now - 2 * DAY, "proposed", { by: "desk", name: host.name, times: offered.length ? offered.map(time) : [time(at)] }),
    ...(at ? [step(now - DAY, "agreed", { ...customer, times: [time(at)] })] : []),
    ...(checked ? [step(now - HOUR, "checked", { by: "customer", name: "佐藤 花子" })] : []),
    ...(by === "customer" ? [step(now - 600, "proposed", { ...asker, times: offered.map(time), reason: REASON })] : []),
  ];
  const proposal = offered.length
    ? { number: steps.length, by, name: asker.name, at: now - 600, times: offered.map(time), reason: by === "customer" ? REASON : null, place: 0, locale: "ja" }
    : null;
  return {
    id: `m${index}`,
    title,
    host,
    host_time_zone: host === LARS ? "Europe/Copenhagen" : "Asia/Tokyo",
    time_zone: "Asia/Tokyo",
    inquiry: index === 1 ? "q1" : null,
    event,
    length,
    participants: people(now, checked),
    state,
    awaits: proposal && OPEN.includes(state) ? (by === "desk" ? "customer" : "desk") : null,
    proposal,
    agreed: at ? { time: time(at), name: "鈴木 一郎", by: "customer", at: now - DAY } : null,
    over,
    sequence: 0,
    steps,
    created_at: now - 2 * DAY,
    starts_at: time(at ?? [...offered].sort()[0] ?? "2026-11-30T09:00").at,
    version: steps.length,
  };
}

export function appointments(now) {
  const over = (why, more = {}) => ({ at: now - 60, by: null, name: null, reason: null, why, ...more });
  const machine = { launch: { launch: "l1", equipment: "e0", equipment_name: "検査装置 3号機", preflight: { at: now - HOUR, checks: MACHINE } } };
  return [
    { state: "proposed", offered: ["2026-12-03T14:00", "2026-12-03T16:00", "2026-12-04T10:00"] },
    { state: "countered", by: "customer", offered: ["2026-12-01T10:00", "2026-12-02T17:30"], title: "Opsætning af etiketprinteren i hal 4 (Ærøskøbing)" },
    { state: "agreed", host: ME, at: "2026-12-03T10:00", checked: true },
    { state: "agreed", host: ME, at: "2026-12-03T10:30", title: "検査結果の読み込み" },
    { state: "agreed", at: "2026-12-04T13:00", event: machine, length: 2 * HOUR, title: "検査装置 3号機" },
    { state: "imminent", at: "2026-12-02T15:00", event: { attended: { session: "s1" } } },
    { state: "cancelled", at: "2026-12-02T09:00", over: over("cancelled", { by: "customer", name: "佐藤 花子", reason: REASON }), title: "中止になった日程" },
    { state: "unanswered", offered: ["2026-11-30T09:00"], over: over("unanswered"), title: "回答のなかった日程" },
    { state: "past", at: "2026-11-30T11:00", over: over("past") },
    { state: "agreed", at: "2026-12-05T09:00", by: "customer", offered: ["2026-12-05T15:00"], title: "変更を相談中の日程" },
  ].map((given, index) => one(now, index, given));
}

export const feeds = (now) => [{ id: "c0", name: "会社のOutlook", of: "own", created_at: now - DAY }];

/** A page of four, so that there is something more to fetch. */
function paged(items, query) {
  const sorted = items.sort((a, b) => (a.starts_at - b.starts_at) * (query.get("order") === "oldest" ? 1 : -1));
  const from = Number(query.get("cursor") ?? 0);
  return { items: sorted.slice(from, from + 4), cursor: from + 4 < sorted.length ? String(from + 4) : null };
}

function filtered(state, query) {
  const [from, to, host] = ["from", "to", "host"].map((name) => query.get(name));
  return state.appointments.filter(
    (of) =>
      (query.get("state") !== "open" || OPEN.includes(of.state)) &&
      (!from || of.starts_at >= Number(from)) && (!to || of.starts_at < Number(to)) && (!host || of.host.user === host),
  );
}

/** What the service asks about times, where a test says so. */
function checkTimes(state) {
  const problem = state.timeProblem;
  state.timeProblem = undefined;
  if (problem) throw new Refused(400, problem.code, { choices: problem.choices });
}

/** The instants as the service would find them: UTC is near enough here. */
const sent = (times) => times.map((asked) => ({ occurrence: null, ...asked, at: Date.parse(`${asked.start}:00Z`) / 1000 }));

function moved(state, of, changes, what, more) {
  of.steps.push(step(state.now, what, { by: "desk", name: state.session.name, ...more }));
  return [200, Object.assign(of, changes, { version: of.version + 1 })];
}

/** `POST /desk/customers/{customer}/appointments` */
export function proposedAppointment(state, body) {
  checkTimes(state);
  const of = one(state.now, 0, { state: "proposed", host: ME, offered: body.times.map(({ start }) => start), title: body.title, length: body.length });
  state.appointments.push(Object.assign(of, { id: "m-new", inquiry: body.inquiry }));
  return [201, of];
}

function answered(state, of, { proposal, time: index, reason }) {
  if (state.overtaken || of.proposal?.number !== proposal) {
    throw new Refused(409, "changed", { current: Object.assign(of, { state: "cancelled", awaits: null, proposal: null, title: "Cancelled meanwhile" }) });
  }
  if (index === null) return moved(state, of, { proposal: null, awaits: null, state: of.agreed ? of.state : "declined" }, "declined", { reason });
  const chosen = of.proposal.times[index];
  const agreed = { time: chosen, by: "desk", name: state.session.name, at: state.now };
  return moved(state, of, { agreed, proposal: null, awaits: null, state: "agreed" }, "agreed", { times: [chosen] });
}

function cancelled(state, of, { reason }) {
  if (!OPEN.includes(of.state)) throw new Refused(409, "changed", { current: of });
  const over = { at: state.now, by: "desk", name: state.session.name, reason, why: "cancelled" };
  return moved(state, of, { over, state: "cancelled", awaits: null, proposal: null }, "cancelled", { reason });
}

/** `/desk/appointments/…` */
export function deskAppointments(state, [, id, act], query, body) {
  if (!id) {
    const { items, cursor } = paged(filtered(state, query), query);
    return [200, { items: items.map((appointment) => ({ tenant: "aozora", tenant_name: "青空精工株式会社", appointment })), cursor }];
  }
  const of = find(state.appointments, id);
  if (act === "answer") return answered(state, of, body);
  if (act === "cancel") return cancelled(state, of, body);
  if (act === "proposal") {
    checkTimes(state);
    const proposal = { number: of.steps.length + 1, by: "desk", name: state.session.name, at: state.now, times: sent(body.times), reason: body.reason, place: null, locale: null };
    return moved(state, of, { proposal, awaits: "customer", state: of.agreed ? of.state : "proposed" }, "proposed", { times: proposal.times, reason: body.reason });
  }
  return [200, of];
}

/** `/desk/calendar-feeds/…` */
export function calendarFeeds(state, method, id, body) {
  if (method === "GET") return listed(state.feeds);
  if (method === "DELETE") {
    state.feeds = state.feeds.filter((feed) => feed.id !== id);
    return [204];
  }
  const feed = { id: "c9", created_at: state.now, ...body };
  state.feeds.push(feed);
  const token = "tg_cal_Yk3v0nQm7zR2sX8wL5dT1cH6";
  return [201, { feed, token, url: `https://edge.example/t/support/calendar/${token}.ics` }];
}

/** `/appointments/…` */
export function appointmentsOf(state, [id, act], query, body) {
  if (!id) return [200, paged(filtered(state, query), query)];
  const of = find(state.appointments, id);
  return act === "cancel" ? cancelled(state, of, body) : [200, of];
}
