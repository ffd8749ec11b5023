// A panel API with made-up content, on the loopback only: for looking at the console without a server.
//
//   node console/tests/support/mock.mjs [port]

import { readFileSync, existsSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { changed, find, listed, Refused } from "./mock_answers.mjs";
import { appointmentsOf, calendarFeeds, deskAppointments, proposedAppointment } from "./mock_appointments.mjs";
import { deskAttended, openedAttended } from "./mock_attended.mjs";
import { content, contract } from "./mock_content.mjs";
import { deskEnrolments, enrolmentsOf, serviceOrganization } from "./mock_enrolments.mjs";
import { customerEquipment, equipment } from "./mock_equipment.mjs";
import { deskLaunches, joined, launchesOf, requested } from "./mock_launches.mjs";
import { LOGO } from "./png.mjs";

const DIST = new URL("../../dist/console/", import.meta.url);
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types tegata";

/** What the service makes of the accent #0b6e4f. */
const COLOURS =
  ":root{--accent:#0b6e4f;--accent-contrast:#ffffff}\n@media (prefers-color-scheme:dark){:root{--accent:#579b86;--accent-contrast:#0b1016}}\n";

/** The face as the page carries it: nothing until `state.published` has one. */
function faced(slug, published) {
  if (!published) return ["", ""];
  const { name, contact, logo, accent } = published;
  const face = JSON.stringify({ name, contact, logo: logo ? `/t/${slug}/logo.png?v=1` : null });
  return [accent ? `<link rel="stylesheet" href="/t/${slug}/face.css?v=1">` : "", ` data-face="${face.replaceAll('"', "&#34;")}"`];
}

const page = (slug, name, kind, locale, [colours, face]) => `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${name} - Tegata</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/console/app.css">${colours}<script type="module" src="/console/app.js"></script></head>
<body><div id="app" data-slug="${slug}" data-name="${name}" data-kind="${kind}" data-product="Tegata" data-locale="${locale}"${face}></div></body></html>`;

/** What the edge counts for a provider's desk. */
function deskOverview({ customers, questions, session }) {
  const unfinished = customers.filter((one) => one.state === "active" && one.setup_done < one.setup_of);
  const open = questions.filter(({ state, expires_at }) => state === "open" && expires_at > Date.now() / 1000);
  return {
    customers: customers.length,
    suspended: customers.filter(({ state }) => state === "suspended").length,
    unfinished: unfinished.length,
    unfinished_customers: unfinished,
    open_questions: open.length,
    questions: open.sort((one, other) => one.expires_at - other.expires_at).map((question) => ({ tenant: "aozora", tenant_name: session.tenant.name, question })),
  };
}

/** Starts it. `state` can be changed while it runs: `signedIn`, `fresh`, `locale`, and the content. */
export async function startMock({ port = 0, kind = "tenant", locale = "ja" } = {}) {
  const slug = kind === "provider" ? "support" : "aozora";
  const name = kind === "provider" ? "東海サポート株式会社" : "青空精工株式会社";
  const state = { signedIn: true, fresh: true, locale, calls: [], ...content({ slug, name, kind, locale }) };
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://127.0.0.1");
    if (url.pathname === `/t/${slug}/`) {
      response.setHeader("content-security-policy", POLICY);
      return send(response, 200, page(slug, name, kind, state.locale, faced(slug, state.published)), "text/html; charset=utf-8");
    }
    if (url.pathname === `/t/${slug}/logo.png`) return send(response, 200, LOGO, "image/png");
    if (url.pathname === `/t/${slug}/face.css`) return send(response, 200, COLOURS, "text/css");
    if (url.pathname.startsWith("/console/")) return asset(response, url.pathname.slice("/console/".length));
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const path = url.pathname.replace(`/t/${slug}/api/v1/`, "");
      const text = Buffer.concat(chunks).toString();
      state.calls.push(`${request.method} ${path}${url.search}`);
      try {
        const body = text ? JSON.parse(text) : {};
        if (text) state.sent = body;
        const [status, answer] = api(state, request.method, path, url.searchParams, body);
        send(response, status, answer === undefined ? "" : JSON.stringify(answer), "application/json");
      } catch (error) {
        if (!(error instanceof Refused)) console.error(error);
        const { status = 500, code = "unavailable", more = {} } = error;
        if (more.retry_after) response.setHeader("retry-after", more.retry_after);
        send(response, status, JSON.stringify({ status, code, title: code, ...more }), "application/problem+json");
      }
    });
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, home: `${origin}/t/${slug}/`, state, stop: () => new Promise((resolve) => server.close(resolve)) };
}

function send(response, status, body, type) {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(body);
}

function asset(response, name) {
  const file = new URL(name, DIST);
  if (!/^[\w.-]+$/.test(name) || !existsSync(file)) return send(response, 404, "", "text/plain");
  return send(response, 200, readFileSync(file), name.endsWith(".css") ? "text/css" : "text/javascript");
}

function filtered(items, query) {
  const q = (query.get("q") ?? "").toLowerCase();
  return items.filter((item) => {
    const state = query.get("state");
    if (state === "waiting" ? !["awaiting_approval", "open"].includes(item.state) : state && state !== "all" && item.state !== state) return false;
    if (query.get("account") && Boolean(item.account) !== (query.get("account") === "true")) return false;
    return JSON.stringify(item).toLowerCase().includes(q);
  });
}

/** Pages of four for users, so that there is something more to fetch. A search finds nothing on its first page. */
function paged(items, query) {
  if (query.get("q") && !query.has("cursor")) return [200, { items: [], cursor: "0" }];
  const from = Number(query.get("cursor") ?? 0);
  const next = from + 4;
  return [200, { items: items.slice(from, next), cursor: next < items.length ? String(next) : null }];
}

/** Policies are merged into the current ones (RFC 7396). */
function changedPolicies(policies, body) {
  const policy = { ...policies.policy, ...body.policy };
  return changed(policies, { ...body, policy });
}

function changedFace(state, body) {
  const { face } = state;
  if (body.version !== face.version) throw new Refused(409, "changed", { current: face });
  const { version, logo, remove_logo, ...rest } = body;
  const image = remove_logo ? null : (logo ?? face.image);
  state.face = { ...rest, version: version + 1, image, logo: image && "9f2c41d07b3e8a65" };
  return [200, state.face];
}

/** The statement, as far as it differs from one question to the next. */
const asked = (question) => `${question.asked_by.provider_name}からの確認依頼\n\n件名：${question.title}\n質問：\n> ${question.text.replaceAll("\n", "\n> ")}\n依頼者：${question.asked_by.name}`;

function answered(state, question, { outcome, reason }) {
  if (question.state !== "open") throw new Refused(409, "conflict");
  const { user_id: by, name, email, locale } = state.session;
  const decision = { outcome, by, name, email, at: state.now, reason: reason ?? null, locale };
  if (outcome === "approved" && question.agreed.length + 1 < question.required) question.agreed.push(decision);
  else Object.assign(question, { state: "decided", decision });
}

function newQuestion(state, body) {
  if (body.required > 3) throw new Refused(400, "invalid-field", { field: "required", detail: "the customer has 3 approvers" });
  const { id, asked_by } = state.questions[0];
  const made = { id: `${id}-new`, asked_by, state: "open", asked_at: state.now, expires_at: state.now + body.expires_in, agreed: [], decision: null, ...body };
  state.questions.push(made);
  return [201, made];
}

function login(state, body) {
  if (body.account === "locked") throw new Refused(429, "too-many-requests", { retry_after: 754 });
  if (body.account === "suspended") throw new Refused(403, "suspended");
  if (body.password !== "right password") throw new Refused(401, "wrong-credentials");
  state.signedIn = true;
  state.session.state = body.account === "first" ? "new_password" : "signed_in";
  return [200, state.session];
}

function setPassword(state, password) {
  if (password.startsWith("password")) throw new Refused(400, "invalid-field", { field: "password", detail: "known: is well known" });
  state.session.state = "signed_in";
  return [200, state.session];
}

function api(state, method, path, query, body) {
  const [first, id, third, fourth, fifth] = path.split("/").map(decodeURIComponent);
  const write = method !== "GET";
  if (path === "login") return login(state, body);
  if (path === "password-reset") return [202, {}];
  if (path === "password-reset/complete") {
    if (body.token === "old") throw new Refused(404, "bad-link");
    return [204];
  }
  if (!state.signedIn) throw new Refused(401, "unauthorized");
  if (path === "session" && method === "DELETE") return ((state.signedIn = false), [204]);
  if (path === "session") return [200, state.session];
  if (path === "session/fresh") {
    if (body.password !== "right password") throw new Refused(401, "wrong-credentials");
    state.fresh = true;
    return [200, state.session];
  }
  if (path === "session/password") return setPassword(state, body.password);
  if (path === "me") return [200, Object.assign(state.session, body)];
  // Nobody else is here whose changes a socket would tell, unless a test plays them: then there is `ticket`.
  if (path === "events/ticket") {
    if (!state.ticket) throw new Refused(404, "not-found");
    return [200, { ticket: state.ticket }];
  }
  const ordinary = ["tokens", "inquiries"].includes(first) || (first === "equipment" && !["switches", "enrolment"].includes(third));
  if (write && !state.fresh && !ordinary) throw new Refused(403, "fresh-login-required");
  // A test may have one path fail.
  if (path === state.broken) throw new Refused(503, "unavailable");
  if (path === "face") return write ? changedFace(state, body) : [200, state.face];
  if (path === "overview") return [200, { ...state.overview, desk: state.session.rights.includes("desk") ? deskOverview(state) : null }];
  if (first === "sessions") return write ? [204] : listed(state.sessions);
  if (path === "session/passkey") throw new Refused(401, "wrong-credentials");
  if (first === "passkeys") {
    if (method === "PATCH") return [200, Object.assign(find(state.passkeys, id), body)];
    if (method === "DELETE" && state.session.second_factor && state.passkeys.length === 1) throw new Refused(409, "last-passkey");
    return write ? [204] : listed(state.passkeys);
  }
  if (path === "second-factor") return [200, Object.assign(state.session, { second_factor: body.required })];
  if (first === "tokens") {
    if (method === "POST") return [201, { id: "t9", token: "tg_pat_Yk3v0nQm7zR2sX8wL5dT1cH6", last_used_at: null, ...body }];
    return write ? [204] : listed(state.tokens);
  }
  if (first === "registrations") {
    if (!id) return listed(filtered(state.registrations, query));
    const found = find(state.registrations, id);
    if (third === "decision") {
      const { name, email } = state.session;
      const decision = { outcome: body.outcome, name, email, at: state.now, reason: body.reason ?? null };
      Object.assign(found, { state: body.outcome === "approved" ? "awaiting_code" : "refused", decision });
    }
    return [200, { ...found, statement: state.statement }];
  }
  if (first === "questions") {
    if (!id) return listed(filtered(state.questions, query));
    const found = find(state.questions, id);
    if (third === "decision") answered(state, found, body);
    return [200, { ...found, statement: asked(found) }];
  }
  if (first === "launches") return launchesOf(state, [id, third], query, body);
  if (first === "appointments") return appointmentsOf(state, [id, third], query, body);
  if (first === "devices") {
    if (!id) return listed(filtered(state.devices, query));
    const found = find(state.devices, id);
    if (third === "revoke") Object.assign(found, { state: "revoked", revoked_at: state.now });
    return [200, found];
  }
  if (first === "equipment") return equipment(state, method, [id, third], query, body);
  if (first === "enrolments") return enrolmentsOf(state, [id, third], query, body);
  if (first === "service-organization") return serviceOrganization(state, write);
  if (first === "organizations") {
    if (method === "POST") return [201, state.organizations[state.organizations.push({ id: `o${state.organizations.length}`, version: 1, ...body }) - 1]];
    if (method === "PATCH") return changed(find(state.organizations, id), body);
    if (method === "DELETE") throw new Refused(409, "organization-not-empty");
    return listed(state.organizations);
  }
  if (first === "users") {
    if (!id && method === "POST") return [201, state.users[state.users.push({ ...state.users.at(-1), account: null, version: 1, ...body, id: `u${state.users.length}` }) - 1]];
    if (!id) return paged(filtered(state.users, query), query);
    const user = find(state.users, id);
    if (third === "account" && method === "PUT") {
      if (body.account === "taken") throw new Refused(409, "account-taken", { field: "account" });
      user.account = { ...body, state: "invited", last_login_at: null, version: 1 };
      return [201, user];
    }
    if (third === "account" && method === "PATCH") return changed(user.account, body), [200, user];
    if (third === "account" && method === "DELETE") return (user.account = null), [200, user];
    if (method === "PATCH") return changed(user, body);
    return method === "DELETE" ? [204] : [200, user];
  }
  if (path === "audit/heads") return listed(state.heads);
  if (first === "audit") return listed(state.audit.filter(({ action }) => !query.get("action") || query.get("action") === action));
  if (first === "policies") return write ? changedPolicies(state.policies, body) : [200, state.policies];
  if (first === "mails") return write ? [204] : listed(state.mails);
  const thread = (inquiry) => [200, { inquiry, messages: state.messages }];
  if (first === "inquiries") {
    if (method === "POST" && !id) return [201, { inquiry: state.inquiries[0], messages: [] }];
    return id ? thread(find(state.inquiries, id)) : listed(filtered(state.inquiries, query));
  }
  if (first === "customers") {
    if (method === "POST" && !id) return [201, { customer: { ...state.customers[0], ...body }, administrators: [], contract: contract(body.slug, body.name) }];
    if (!id) return listed(filtered(state.customers, query));
    const found = find(state.customers, id, "slug");
    if (third === "questions") return newQuestion(state, body);
    if (third === "launches") return requested(state, body);
    if (third === "equipment") return customerEquipment(state, method, [fourth, fifth], query, body);
    if (third === "suspend" || third === "resume") found.state = third === "suspend" ? "suspended" : "active";
    return [200, { customer: found, administrators: state.administrators, contract: contract(found.slug, found.name) }];
  }
  if (path === "desk/staff") return listed([{ user_id: "u0", name: "山田 太郎" }, { user_id: "u9", name: "Lars Holm" }]);
  if (path.startsWith("desk/applications")) {
    if (!third && method === "POST") return [201, state.applications[state.applications.push({ ...state.applications[1], ...body, id: "a9" }) - 1]];
    if (!third) return listed(filtered(state.applications, query));
    const found = find(state.applications, third);
    if (fourth === "close") {
      const { outcome, customer = null, reason = null } = body;
      if (found.closed) throw new Refused(409, "conflict");
      if (outcome === "contract" && customer !== "aozora") throw new Refused(400, "invalid-field", { field: "customer" });
      Object.assign(found, { state: "closed", overdue: false, closed: { outcome, customer, reason, at: state.now, by: "u0", by_name: "山田 太郎" } });
    }
    return [200, found];
  }
  if (path === "desk/sessions/join") return joined(body);
  if (path.startsWith("desk/enrolments")) return deskEnrolments(state, [third, fourth], query, body);
  if (path.startsWith("desk/customers/") && path.endsWith("/appointments")) return proposedAppointment(state, body);
  if (path.startsWith("desk/appointments")) return deskAppointments(state, [third, fourth, fifth], query, body);
  if (path.startsWith("desk/calendar-feeds")) return calendarFeeds(state, method, third, body);
  if (path.startsWith("desk/customers/") && path.endsWith("/attended")) return openedAttended(state, body);
  if (path.startsWith("desk/attended")) return deskAttended(state, [third, fourth, fifth], query, body);
  if (path.startsWith("desk/launches")) return deskLaunches(state, [third, fourth, fifth], query);
  if (path.startsWith("desk/questions")) {
    const [tenant, tenant_name] = ["aozora", "青空精工株式会社"];
    if (!third) return listed(state.questions.map((question) => ({ tenant, tenant_name, question })));
    const found = find(state.questions, fourth);
    if (fifth === "withdraw") found.state = "withdrawn";
    return [200, found];
  }
  if (first === "desk") {
    const note = (inquiry, assigned) => ({
      inquiry,
      tenant: "aozora",
      tenant_name: "青空精工株式会社",
      assigned,
      assigned_name: { u0: "山田 太郎", u9: "Lars Holm" }[assigned] ?? null,
    });
    if (!third) return listed(filtered(state.inquiries, query).map((one, index) => note(one, index ? "u9" : null)));
    const inquiry = find(state.inquiries, fourth);
    if (fifth === "assignment") return [200, note(inquiry, "u9")];
    return fifth === "assign" ? [200, note(inquiry, body.user)] : thread(inquiry);
  }
  throw new Refused(404, "not-found");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const mock = await startMock({ port: Number(process.argv[2] ?? 8990) });
  console.log(mock.home);
}
