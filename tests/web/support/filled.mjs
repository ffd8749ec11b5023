// A provider and a customer with a history: everything that a page of the console can show exists, created through the
// interfaces that people and programs use. Names are as long and as varied as real ones.

import { randomBytes } from "node:crypto";

import { firstMail, makeProvider } from "./console.mjs";
import { until } from "./edge.mjs";
import { codeIn, mailsTo } from "./mailbox.mjs";
import { PanelClient } from "./panel.mjs";
import { CAST, Tenant } from "./tenant.mjs";
import { opening } from "./texts.mjs";

const WORDS = {
  ja: {
    organizations: ["本社", "製造部 第二生産技術課", "横浜事業所"],
    people: [["髙橋 直樹", "タカハシ ナオキ"], ["鈴木 一郎", "スズキ イチロウ"], ["Søren Kjærgård", null], ["長谷川 エリザベス 真理子", "ハセガワ エリザベス マリコ"]],
    subject: "設計室のPCで、承認後もデータが表示されません",
    body: "お世話になっております。\n11月20日の10時ごろから、設計室のPC（設計室ノートPC-07）でデータが表示されません。\n承認のメールは届いており、認証トークンも入力済みです。\n\n確認方法をお教えください。",
    answer: "お問い合わせありがとうございます。\nPCの時計が5分以上ずれていないか、ご確認ください。\n直らない場合は、画面の写真をお送りください。",
    reason: "所属部署での利用予定が確認できませんでした。上長の方からあらためてご申請ください。",
    file: "画面の写真（設計室ノートPC-07）.png",
  },
  en: {
    organizations: ["Head office", "Manufacturing, second production engineering section", "Yokohama plant"],
    people: [["Morgan Reed", null], ["髙橋 直樹", "タカハシ ナオキ"], ["Bartholomew Featherstonehaugh-Cholmondeley", null], ["Zoë Ng", null]],
    subject: "The PC in the design office shows no data although it was approved",
    body: "Hello,\nsince about 10:00 on 20 November the design office laptop 7 shows no data.\nThe approval mail arrived, and the activation code was entered.\n\nHow can we find out why?",
    answer: "Thank you for asking.\nPlease check that the clock of the PC is right within five minutes.\nIf that does not help, send us a picture of the screen.",
    reason: "We could not confirm that your department needs this. Please ask again through your manager.",
    file: "Picture of the screen of design office laptop 7.png",
  },
  da: {
    organizations: ["Hovedkontoret", "Fremstilling, anden produktionstekniske sektion", "Værket i Ærøskøbing"],
    people: [["Åse Bjørn", null], ["髙橋 直樹", "タカハシ ナオキ"], ["Marie-Louise Østergaard Christiansen-Hørsholm", null], ["Bo Å", null]],
    subject: "PC'en på tegnestuen viser ingen data, selv om den er godkendt",
    body: "Hej,\nsiden cirka kl. 10 den 20. november viser tegnestuens bærbare 7 ingen data.\nGodkendelsesmailen er kommet, og aktiveringskoden er indtastet.\n\nHvordan finder vi ud af hvorfor?",
    answer: "Tak for henvendelsen.\nKontrollér, at PC'ens ur går rigtigt inden for fem minutter.\nHjælper det ikke, så send os et billede af skærmen.",
    reason: "Vi kunne ikke få bekræftet, at jeres afdeling har brug for det. Spørg igen gennem din leder.",
    file: "Billede af skærmen på tegnestuens bærbare 7.png",
  },
};

/** An image of one pixel. */
export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** The provider with its desk: an administrator, and an agent. */
export async function fillProvider(language) {
  const { slug, password } = await makeProvider(language);
  const desk = await PanelClient.logIn(slug, "ichiro", password);
  const agent = await desk.addUser(CAST[language].approver, `agent@${slug}.example`);
  await desk.giveAccount(agent, "agent", "support_agent", { locale: language });
  return { slug, desk };
}

/** A customer of that provider, whose administrator `contact` has not logged in yet, and the password of their mail. */
export async function inviteCustomer(language, provider) {
  const cast = CAST[language];
  const slug = `web-${randomBytes(6).toString("hex")}`;
  const email = `contact@${slug}.example`;
  const administrator = { name: cast.approver, email, account: "contact", locale: language, time_zone: cast.zone };
  await provider.desk.post("customers", { slug, name: cast.tenant, locale: language, time_zone: cast.zone, administrator });
  const { password } = await firstMail(language, email);
  return { slug, password, door: new Tenant(slug, language, administrator) };
}

/** The same after `contact` has logged in and got the support option. */
export async function makeCustomer(language, provider) {
  const { slug, password, door } = await inviteCustomer(language, provider);
  const panel = await PanelClient.logIn(slug, "contact", password);
  const [self] = await panel.items("users?account=true");
  await panel.patch(`users/${self.id}/account`, { version: self.account.version, support_option: true });
  return { slug, panel, self, door };
}

/** A provider with one customer that has been set up. */
export async function makePair(language) {
  const provider = await fillProvider(language);
  return { provider, customer: await makeCustomer(language, provider) };
}

async function fillPeople({ panel, slug }, language) {
  const words = WORDS[language];
  const organizations = [];
  for (const name of words.organizations) {
    organizations.push(await panel.post("organizations", { name, parent: organizations.at(-1)?.id ?? null }));
  }
  const users = [];
  for (const [index, [name, phonetic_name]] of words.people.entries()) {
    const organization = organizations[index]?.id ?? null;
    const emails = [
      { value: `person${index}@${slug}.example`, type: "work", primary: true },
      { value: `a.long.private.address.of.person${index}@mail.${slug}.example`, type: "home", primary: false },
    ];
    users.push(await panel.post("users", { display_name: name, phonetic_name, emails: emails.slice(0, 1 + (index % 2)), organization }));
  }
  const auditor = await panel.giveAccount(users[0], "auditor", "auditor", { locale: language });
  await panel.put(`users/${users[1].id}/account`, {
    account: "local.administrator", role: "organization_administrator", organization: organizations[1].id,
    support_option: false, locale: language, time_zone: CAST[language].zone,
  });
  return { organizations, users, auditor };
}

async function decide(panel, device_name, answer) {
  const found = (await panel.items("registrations?state=waiting")).find((one) => one.device_name === device_name);
  await panel.post(`registrations/${found.id}/decision`, { confirmed: true, ...answer });
}

async function fillRequests({ panel, door, slug }, language) {
  await panel.patch("policies", { version: (await panel.get("policies")).version, policy: { mail_domains: [`${slug}.example`] } });
  await door.register({ email: `one@${slug}.example` });
  await door.register({ name: "Jean-Baptiste O'Connor", email: "a.rather.long.address.for.a.mail@partner-company.example", device_name: "LAPTOP-7F3K9Q2-RECEPTION" });
  await door.register({ name: CAST.en.requester, email: `two@${slug}.example`, device_name: "QA-7" });
  await decide(panel, "QA-7", { outcome: "refused", locale: language, reason: WORDS[language].reason });
  for (const [index, name] of [CAST.ja.requester, CAST.da.requester].entries()) {
    const device_name = `${CAST[language].device} (${index + 1})`;
    const registration = await door.register({ name, device_name });
    await decide(panel, device_name, { outcome: "approved", locale: language });
    const activation_code = await nthCode(door, index + 1);
    const response = await door.redeem({ ...registration, activation_code });
    if (!response.ok) throw new Error(await response.text());
  }
  await door.register({ email: `three@${slug}.example`, device_name: "QA-8" });
  await decide(panel, "QA-8", { outcome: "approved", locale: language });
  const devices = await panel.items("devices");
  await panel.post(`devices/${devices[0].id}/revoke`);
  return { registrations: await panel.items("registrations?state=all"), devices };
}

/** The code in the `number`th mail that has one. */
async function nthCode(door, number) {
  const subject = opening(door.language, "mail-activation-subject");
  const mail = await until(`code ${number}`, async () =>
    (await mailsTo(door.requesterEmail)).filter((one) => one.subject.startsWith(subject))[number - 1]);
  return codeIn(mail);
}

async function fillInquiries({ provider, customer }, language) {
  const words = WORDS[language];
  const png = { name: words.file, type: "image/png", data: PNG };
  const log = { name: "viewer-2026-11-20.log", type: "text/plain", data: Buffer.from("10:02 clock differs\n".repeat(200)).toString("base64") };
  const ask = (subject, attachments = []) => customer.panel.post("inquiries", { subject, body: words.body, attachments });
  const answered = await ask(words.subject, [png, log]);
  await until("the inquiry at the desk", async () => (await provider.desk.items("desk/inquiries")).length > 0);
  const at = `desk/inquiries/${customer.slug}/${answered.inquiry.id}`;
  await provider.desk.post(`${at}/messages`, { body: words.answer, attachments: [] });
  const [, agent] = await provider.desk.items("desk/staff");
  await provider.desk.post(`${at}/assign`, { user: agent.user_id });
  const open = await ask(`${words.subject} (2)`);
  const closed = await ask("LAPTOP-7F3K9Q2");
  await customer.panel.post(`inquiries/${closed.inquiry.id}/close`);
  await until("all inquiries at the desk", async () => (await provider.desk.items("desk/inquiries")).length === 3);
  return [answered, open, closed].map(({ inquiry }) => inquiry);
}

/** Everything, in one language. */
export async function fill(language) {
  const pair = await makePair(language);
  const { provider, customer } = pair;
  const people = await fillPeople(customer, language);
  const requests = await fillRequests(customer, language);
  const inquiries = await fillInquiries(pair, language);
  await customer.panel.post("tokens", { name: "monthly-report", scopes: ["users.read", "audit.read", "devices.read"], expires_in_days: 90 });
  const fresh = await makeCustomer(language, provider);
  await provider.desk.post(`customers/${fresh.slug}/suspend`);
  return { ...pair, ...people, ...requests, inquiries, suspended: fresh.slug };
}
