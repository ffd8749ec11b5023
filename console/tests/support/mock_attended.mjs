// Attended sessions in the made-up API: each in another state, as the desk sees it.

import { find, listed, Refused } from "./mock_answers.mjs";

const HOUR = 3600;
const HOST = { provider: "support", provider_name: "東海サポート株式会社", user: "u9", name: "Lars Holm", email: "lars.holm@support.example" };
const HANA = { name: "佐藤 花子", email: "hanako.sato@aozora.example", locale: "ja" };
const OPEN = ["opening", "open", "running"];

function one(now, state, index) {
  const came = ["running", "ended"].includes(state);
  const over = !OPEN.includes(state);
  const steps = [
    { at: now - 900, what: "opened", by: HOST.name },
    { at: now - 890, what: "issued" },
    ...(index % 2 ? [{ at: now - 880, what: "invited", by: HOST.name, detail: HANA.name }] : []),
    ...(came ? [{ at: now - 600, what: "consented", by: HANA.name }] : []),
    ...(over ? [{ at: now - 60, what: state === "withdrawn" ? "withdrawn" : "ended", by: HOST.name, detail: "desk" }] : []),
  ];
  return {
    id: `s${index}`,
    title: index === 2 ? "Opsætning af etiketprinteren i hal 4 (Ærøskøbing)" : "帳票印刷の設定",
    opened_by: HOST,
    inquiry: index === 1 ? "q1" : null,
    invited: index % 2 ? [HANA] : [],
    state,
    opened_at: now - 900,
    granted: { from: now - 900, until: now + 4 * HOUR },
    consents: came ? [{ guest: "g0", name: HANA.name, email: index % 2 ? HANA.email : null, at: now - 600, locale: "ja" }] : [],
    session: state === "opening" ? null : "482913705",
    ended: over ? { at: now - 60, why: "desk", by: HOST.name } : null,
    steps,
    version: steps.length,
  };
}

export function attendedSessions(now) {
  return ["open", "running", "opening", "ended", "withdrawn"].map((state, index) => one(now, state, index));
}

/** What the desk hands over while it can be joined. */
function shown(of) {
  const hand = { link: "https://edge.example/j/aozora~AAECAwQFBgcICQoLDA0ODw", page: "https://edge.example/t/support/session", number: "482 913 705", password: "7KQM-2XRD" };
  return [200, { ...of, hand_over: ["open", "running"].includes(of.state) ? hand : null }];
}

function over(state, of, to, what) {
  if (!OPEN.includes(of.state)) throw new Refused(409, "conflict");
  of.steps.push({ at: state.now, what, by: state.session.name });
  return shown(Object.assign(of, { state: to, version: of.version + 1, ended: { at: state.now, why: "desk", by: state.session.name } }));
}

/** `POST /desk/customers/{customer}/attended` */
export function openedAttended(state, body) {
  const of = { ...one(state.now, "open", 0), ...body, id: "s-new" };
  state.attended.push(of);
  return [201, of];
}

/** `/desk/attended/…` */
export function deskAttended(state, [, id, act], query, body) {
  if (!id) {
    const items = state.attended.filter(({ state: now }) => query.get("state") !== "open" || OPEN.includes(now));
    return listed(items.map((attended) => ({ tenant: "aozora", tenant_name: "青空精工株式会社", attended })));
  }
  const of = find(state.attended, id);
  if (act === "withdraw") return over(state, of, "withdrawn", "withdrawn");
  if (act === "end") return over(state, of, "ended", "ended");
  if (act === "invite") {
    of.invited = [...of.invited.filter(({ email }) => email !== body.email), body];
    of.steps.push({ at: state.now, what: "invited", by: state.session.name, detail: body.name });
  }
  return shown(of);
}
