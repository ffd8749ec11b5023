// What the made-up API of mock.mjs holds.

import { appointments, feeds } from "./mock_appointments.mjs";
import { enrolments } from "./mock_enrolments.mjs";
import { pieces } from "./mock_equipment.mjs";
import { attendedSessions } from "./mock_attended.mjs";
import { launches } from "./mock_launches.mjs";
import { LOGO } from "./png.mjs";

const NOW = 1795230000;
const DAY = 86400;

const RIGHTS = "own overview registrations.read registrations.decide questions.read questions.decide launches.read launches.decide devices.read devices.revoke equipment.read equipment.write equipment.switch users.read users.write accounts.write audit.read policies.read policies.write mails inquiries".split(" ");

const PEOPLE = [
  ["山田 太郎", "ヤマダ タロウ", "taro.yamada", "青空精工株式会社 名古屋工場", "NAGOYA-CAM-01"],
  ["佐藤 花子", "サトウ ハナコ", "hanako.sato", "青空精工株式会社", "HQ-DESIGN-14"],
  ["Mette Sørensen", null, "mette.sorensen", "Aozora Europe ApS", "ODENSE-VIEW-3"],
  ["鈴木 一郎", "スズキ イチロウ", "ichiro.suzuki", "青空精工株式会社 品質保証部", "QA-LAPTOP-7"],
  ["髙橋 美咲", "タカハシ ミサキ", "misaki.takahashi", "青空精工株式会社", "MFG-PANEL-22"],
  ["John Harrington-Whitworth", null, "john.harrington-whitworth", "Blue Sky Precision Manufacturing Ltd.", "UK-BRISTOL-WORKSHOP-1"],
];

function person([name, , account, organization, device], index) {
  return { name, email: `${account}@${index === 5 ? "bluesky-consulting.example" : "aozora.example"}`, organization, device_name: device };
}

function registration(row, index) {
  const states = ["awaiting_approval", "awaiting_code", "refused", "redeemed", "expired", "awaiting_approval"];
  const decided = { name: "田中 恵", email: "megumi@aozora.example", at: NOW - index * DAY, reason: index === 2 ? "退職者のPCです。" : null };
  return {
    id: `r${index}`,
    state: states[index],
    ...person(row, index),
    has_key: index !== 4,
    outside_mail_domains: index === 5,
    requested_at: NOW - index * DAY - 4000,
    expires_at: NOW + (3 - index) * DAY,
    decision: [1, 2, 3].includes(index) ? { outcome: index === 2 ? "refused" : "approved", ...decided } : null,
  };
}

function device(row, index) {
  return {
    id: `d${index}`,
    ...person(row, index),
    jkt: index === 4 ? null : "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
    state: ["active", "active", "active", "revoked", "expired", "active"][index],
    approved_at: NOW - index * 9 * DAY - 3000,
    activated_at: NOW - index * 9 * DAY - 2000,
    expires_at: index % 2 ? NOW + 200 * DAY : null,
    revoked_at: index === 3 ? NOW - DAY : null,
    last_refresh_at: NOW - index * 3000,
  };
}

function user([display_name, phonetic_name, account], index) {
  const roles = ["system_administrator", "system_administrator", "organization_administrator", null, "auditor", null];
  const role = roles[index];
  return {
    id: `u${index}`,
    display_name,
    phonetic_name,
    emails: [
      { value: `${account}@aozora.example`, type: "work", primary: true },
      ...(index === 0 ? [{ value: "taro@mobile.example", type: "mobile", primary: false }] : []),
    ],
    organization: ["o0", "o0", "o3", "o1", "o2", null][index],
    external_id: null,
    version: 3,
    created_at: NOW - 90 * DAY,
    updated_at: NOW - DAY,
    account: role && {
      account,
      role,
      organization: role === "organization_administrator" ? "o3" : null,
      support_option: index === 0,
      locale: index === 2 ? "da" : "ja",
      time_zone: index === 2 ? "Europe/Copenhagen" : "Asia/Tokyo",
      state: ["active", "invited", "lapsed"][index] ?? "active",
      last_login_at: index === 1 ? null : NOW - index * DAY,
      version: 1,
    },
  };
}

function audit(count) {
  const acts = [
    ["approval.decide", "approver", "registration/r1", "approved"],
    ["session.create", "account", "session/s1", "done"],
    ["registration.create", "requester", "registration/r0", "done"],
    ["device.revoke", "account", "device/d3", "revoked"],
    ["session.create", "visitor", "account/u000000000000000000000", "wrong_password"],
    ["outbox.give_up", "system", "outbox/m1", "done"],
  ];
  const user = "u000000000000000000000";
  const ids = { approver: user, account: user, requester: "taro.yamada@aozora.example", visitor: null, system: null };
  return Array.from({ length: count }, (_, index) => {
    const [action, kind, object, outcome] = acts[index % acts.length];
    return {
      seq: 812 - index,
      at: NOW - index * 4321,
      actor: { kind, id: ids[kind], address: kind === "system" ? null : "203.0.113.24" },
      action,
      object,
      outcome,
      actor_name: ["account", "approver"].includes(kind) ? "山田 太郎" : null,
      object_name: { registration: "山田 太郎, 受付のノートPC", device: "Sofie Nørgaard, Kontor-PC 3", account: "山田 太郎" }[object.split("/")[0]],
      requester: null,
      approver: kind === "approver" ? user : null,
      previous: "nB1u5xq0Q9v2Yf3Zk7LwHc4Rt8Jm6Sd0PaVgXeCiUoE",
      hash: "qT7w2Zr5Vn8Lk1Jd4Hs6Gf9Pa3Xc0Ub2Ye5Wi8Ro1Qm",
    };
  });
}

function days() {
  return Array.from({ length: 30 }, (_, index) => {
    const requests = [0, 3, 5, 2, 4, 1, 0][index % 7];
    const refused = index % 9 === 3 ? 1 : 0;
    const day = new Date((NOW - (29 - index) * DAY) * 1000).toISOString().slice(0, 10);
    return { day, requests, approved: Math.max(0, requests - refused - (index % 4 === 1 ? 1 : 0)), refused };
  });
}

const statement = `閲覧許可の申請

青空精工株式会社のデータを、次のPCのViewerで閲覧することの承認が求められています。

申請者：山田 太郎
メールアドレス：taro.yamada@aozora.example
会社・組織名：青空精工株式会社 名古屋工場
PC名：NAGOYA-CAM-01
申請日時：2026年11月21日（土）9時12分（日本時間）
回答期限：2026年11月24日（火）9時12分（日本時間）

承認すると、この申請者は、このPCのViewerで青空精工株式会社のデータを閲覧できるようになります。許可はこのPCに限られ、後から取り消すことができます。`;

function inquiry(index) {
  return {
    id: `q${index}`,
    subject: ["PCを入れ替えるときの手順", "承認メールが届きません", "請求書の宛名の変更"][index],
    state: ["answered", "open", "closed"][index],
    created_at: NOW - (index + 1) * 2 * DAY,
    updated_at: NOW - index * DAY,
    by: "u0",
    by_name: "山田 太郎",
    messages: 2,
    version: 2,
  };
}

/** Waiting, waiting for a second approval, refused, not answered in time, withdrawn, approved by two. */
function question(index) {
  const [title, text, reference] = [
    ["夜間の再起動", "今夜22時に、5号機のソフトウェアを再起動してもよろしいですか。\n作業は15分ほどで終わります。", "T-1024"],
    ["画像解析ソフトウェアの更新（第2ラインの検査装置3台、停止時間あり）", "11月28日(土)の8時から10時まで、装置を止めて更新してもよろしいですか。", null],
    ["Logning til fejlsøgning", "Må vi slå udvidet logning til i 24 timer?", "SAG-2026-00417"],
  ][index % 3];
  const decided = (name, outcome, at, reason = null) => ({ outcome, by: `u-${name}`, name, email: "megumi@aozora.example", at, reason, locale: "ja" });
  const agreed = decided("佐藤 花子", "approved", NOW - 7000);
  return {
    id: `n${index}`,
    title,
    text,
    reference,
    asked_by: { provider: "support", provider_name: "東海サポート株式会社", user: "u9", name: "Lars Holm", email: "lars@support.example" },
    state: ["open", "open", "decided", "expired", "withdrawn", "decided"][index],
    asked_at: NOW - index * DAY - 9000,
    expires_at: NOW + (3 - index) * DAY,
    required: index % 4 === 1 ? 2 : 1,
    agreed: index % 4 === 1 ? [agreed] : [],
    decision: { 2: decided("田中 恵", "refused", NOW - DAY, "監査の期間中のため、12月以降にしてください。"), 5: decided("田中 恵", "approved", NOW - DAY) }[index] ?? null,
  };
}

const contact = { name: "田中 翔", email: "sho.tanaka@shiosai.example", phone: "03-0000-0000（内線 12）" };

export const contract = (slug, name) => ({ name, domain: slug, contact, applied_on: "2026-11-16" });

function application(id, company, more) {
  return {
    id, company, contact, domain: null, applied_on: "2026-11-16", answer_by: "2026-11-19", note: null, state: "open", overdue: false,
    recorded_at: NOW - 5 * DAY, recorded_by: "u0", recorded_by_name: "山田 太郎", closed: null, ...more,
  };
}

const closing = (more) => ({ customer: null, reason: null, at: NOW - DAY, by: "u9", by_name: "Lars Holm", ...more });

export function content({ slug, name, kind, locale }) {
  const provider = kind === "provider";
  return {
    now: NOW,
    statement,
    session: {
      state: "signed_in",
      user_id: "u0",
      account: "taro.yamada",
      name: "山田 太郎",
      email: "taro.yamada@aozora.example",
      role: "system_administrator",
      organization: null,
      rights: provider ? [...RIGHTS.filter((right) => right !== "inquiries"), "desk", "desk.connect", "face", "enrolment"] : RIGHTS,
      support_option: !provider,
      alerts: {
        device: true,
        refused: true,
        lockout: true,
        token_reuse: true,
        data_origin: true,
        remote_assistance: true,
        suspended: true,
        undeliverable: true,
        audit: false,
      },
      locale,
      time_zone: locale === "da" ? "Europe/Copenhagen" : "Asia/Tokyo",
      second_factor: false,
      fresh_until: NOW,
      expires_at: NOW + 40000,
      tenant: { slug, name, kind, locale: "ja", time_zone: "Asia/Tokyo" },
    },
    overview: {
      waiting: { registrations: 2, questions: provider ? 0 : 2, inquiries: 1, applications: provider ? 3 : 0, applications_overdue: provider ? 1 : 0, mails: 0 },
      setup: [
        { step: "password", done: true },
        { step: "second_administrator", done: false },
        { step: "policies", done: true },
        { step: "first_user", done: false },
        { step: "first_device", done: false },
      ],
      recommend_second_administrator: true,
      days: days(),
      latest: audit(10),
    },
    sessions: [
      { id: "s1", created_at: NOW - 4000, last_seen_at: NOW, address: "203.0.113.24", agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36", current: true },
      { id: "s2", created_at: NOW - DAY, last_seen_at: NOW - 9000, address: "2001:db8:85a3::8a2e:370:7334", agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 20_1 like Mac OS X) Version/20.1 Safari/604.1", current: false },
    ],
    passkeys: [
      { id: "k1", name: "会議室のノートPC", synced: false, created_at: NOW - 9 * DAY, last_used_at: NOW - 4000 },
      { id: "k2", name: "iPhone", synced: true, created_at: NOW - 3 * DAY, last_used_at: null },
    ],
    tokens: [{ id: "t1", name: "月次レポート", scopes: ["devices.read", "audit.read"], created_at: NOW - DAY, expires_at: NOW + 80 * DAY, last_used_at: NOW - 5000 }],
    registrations: PEOPLE.map(registration),
    questions: PEOPLE.map((_, index) => question(index)),
    devices: PEOPLE.map(device),
    equipment: pieces(NOW),
    enrolments: enrolments(NOW),
    organizationNumber: { organization: "48201937", code_issued_at: NOW - 40 * DAY },
    launches: launches(NOW),
    attended: attendedSessions(NOW),
    appointments: appointments(NOW),
    feeds: feeds(NOW),
    users: PEOPLE.map(user),
    organizations: [
      { id: "o0", parent: null, name: "本社", version: 1 },
      { id: "o1", parent: "o0", name: "品質保証部", version: 1 },
      { id: "o2", parent: "o0", name: "製造部", version: 1 },
      { id: "o3", parent: null, name: "Aozora Europe ApS", version: 1 },
      { id: "o4", parent: "o2", name: "名古屋工場 第二製造課 精密加工係", version: 1 },
    ],
    audit: audit(24),
    heads: [{ at: NOW - 3000, seq: 812, hash: "qT7w2Zr5Vn8Lk1Jd4Hs6Gf9Pa3Xc0Ub2Ye5Wi8Ro1Qm", jws: "e30.e30.AA" }],
    policies: {
      version: 4,
      name,
      locale: "ja",
      time_zone: "Asia/Tokyo",
      policy: {
        activation: "mailed_code",
        mail_domains: ["aozora.example", "aozora.co.example"],
        approval_life_seconds: 3 * DAY,
        code_life_seconds: DAY,
        confirm_address_first: true,
        approver_must_log_in: false,
        device_life_seconds: null,
        data_origin: "https://data.aozora.example",
      },
      contract: contract(slug, name),
    },
    applications: [
      application("a0", "潮騒製作所", { overdue: true, note: "電話でのお申し込み。\n年内に利用を開始したいとのこと。" }),
      application("a1", "Nordlys Maskinfabrik A/S", { domain: "nordlys", applied_on: "2026-11-20", answer_by: "2026-11-25" }),
      application("a2", "あけぼの精密株式会社", { state: "closed", closed: closing({ outcome: "declined", reason: "対象外の地域です。" }) }),
      application("a3", "青空精工株式会社", { state: "closed", closed: closing({ outcome: "contract", customer: "aozora" }) }),
    ],
    face: {
      version: 3,
      name: "東海サポート",
      contact: ["電話 052-000-0000（平日9時〜17時）", "support@tokai-support.example"],
      accent: "#0b6e4f",
      sender: "東海サポート",
      reply_to: "support@tokai-support.example",
      logo: "9f2c41d07b3e8a65",
      image: LOGO.toString("base64"),
    },
    mails: [
      { id: "m1", kind: "approval_request", created_at: NOW - DAY, state: "undeliverable", attempts: 8, next_at: null, last_error: "550 5.1.1 user unknown" },
      { id: "m2", kind: "activation_code", created_at: NOW - 600, state: "waiting", attempts: 1, next_at: NOW + 300, last_error: null },
    ],
    inquiries: [0, 1, 2].map(inquiry),
    messages: [
      { number: 1, at: NOW - 3 * DAY, name: "山田 太郎", side: "customer", body: "PCを入れ替える予定です。\n許可を移す手順を教えてください。", attachments: [{ id: "f1", name: "PC一覧.csv", type: "text/csv", size: 24100 }] },
      { number: 2, at: NOW - 2 * DAY, name: "Lars Holm", side: "desk", body: "新しいPCのViewerから申請し、承認してください。その後、古いPCの許可を取り消してください。", attachments: [] },
    ],
    customers: [
      { slug: "aozora", name: "青空精工株式会社", state: "active", locale: "ja", time_zone: "Asia/Tokyo", created_at: NOW - 200 * DAY, setup_done: 5, setup_of: 5, administrators: 3, version: 1 },
      { slug: "nordlys", name: "Nordlys Maskinfabrik A/S", state: "suspended", locale: "da", time_zone: "Europe/Copenhagen", created_at: NOW - 20 * DAY, setup_done: 2, setup_of: 5, administrators: 1, version: 1 },
      { slug: "midori", name: "みどり光学株式会社", state: "active", locale: "ja", time_zone: "Asia/Tokyo", created_at: NOW - 3 * DAY, setup_done: 1, setup_of: 5, administrators: 1, version: 1 },
    ],
    administrators: [
      { user_id: "u0", name: "山田 太郎", email: "taro.yamada@aozora.example", account: "taro.yamada", state: "active" },
      { user_id: "u1", name: "佐藤 花子", email: "hanako.sato@aozora.example", account: "hanako.sato", state: "invited" },
    ],
  };
}
