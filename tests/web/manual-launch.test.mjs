// Remote support that somebody at the machine starts (K6) in real browsers, with a real agent: 「リモートサポート起動」 on the
// local page, the ID and the password that are read out, the desk that joins with them in its console, and the record
// that the customer's administrator finds. Everybody reads Japanese, and the words are those of the requirements.

import assert from "node:assert/strict";
import { hostname } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { assertFitForEveryone, EACH_LOOK, openPage, startBrowser } from "./support/browser.mjs";
import { Pc } from "./support/command.mjs";
import { openConsole } from "./support/console.mjs";
import { edgeUrl, until } from "./support/edge.mjs";
import { makePair } from "./support/filled.mjs";
import { mailsTo } from "./support/mailbox.mjs";

const NAME = "5軸加工機 7号機";
const DESK = { name: "北日本サポート", contact: ["電話 011-555-0100"] };

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

/** A customer's machine whose agent is connected. Nobody has allowed remote assistance: this way does not need it. */
async function makeMachine() {
  const { provider, customer } = await makePair("ja");
  const { version } = await provider.desk.get("face");
  await provider.desk.put("face", { version, ...DESK });
  const serial_number = `TG-${customer.slug}`.slice(0, 20);
  const { id } = await customer.panel.post("equipment", { name: NAME, serial_number });
  const { code } = await customer.panel.post(`equipment/${id}/enrolment`);
  const pc = await Pc.withKeys();
  const enrolled = await pc.run("agent", "enrol", "--edge", edgeUrl, "--tenant", customer.slug, "--code", code);
  assert.equal(enrolled.code, 0, enrolled.stdout);
  const stop = pc.runAgent();
  await until("the agent is connected", async () => (await customer.panel.get(`equipment/${id}`)).agent.connected_since !== null);
  return { provider, panel: customer.panel, slug: customer.slug, pc, stop, serial_number };
}

/** Loads the page on the machine again until it shows `words`, not to wait for its own next look. */
function shows(page, words) {
  return until(words, async () => {
    await page.reload();
    return (await page.getByText(words, { exact: true }).count()) > 0;
  });
}

test("ja: a person at the machine starts remote support, and the desk joins with the ID and the password", { timeout: 120_000 }, async () => {
  const { provider, panel, slug, pc, stop, serial_number } = await makeMachine();
  const program = await pc.openAgent("--language", "ja");
  const { page, faults, close } = await openPage(browser, { locale: "ja" });
  const fact = (label) => page.locator("div", { has: page.locator("dt").getByText(label, { exact: true }) }).locator("dd").last();
  await page.goto(program.url);
  await page.getByRole("heading", { level: 1, name: "メニュー", exact: true }).waitFor();
  await page.getByRole("link", { name: "リモートサポート起動", exact: true }).click();
  await page.getByText("お客様からご連絡になったサポートデスクにだけお伝えください。").waitFor();
  await page.getByRole("button", { name: "リモートサポートを起動する", exact: true }).click();
  await shows(page, "サポートデスクから連絡があるまで、この画面を閉じないでください。");
  const [number, password] = [await fact("使用中のID").textContent(), await fact("パスワード").textContent()];
  assert.match(number, /^\d{3} \d{3} \d{3}$/);
  assert.match(password, /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  assert.equal(await fact("サポートデスク").innerText(), [DESK.name, ...DESK.contact].join("\n"));
  assert.equal(await fact("接続している担当者").textContent(), "まだ誰も接続していません");
  await assertFitForEveryone(page, "machine-support", EACH_LOOK);

  // The person reads both out; the desk types what it hears.
  const desk = await openConsole(browser, "ja", provider.slug, provider.desk);
  await desk.go("console-nav-desk-sessions");
  await desk.page.getByLabel("使用中のID", { exact: true }).fill(number.replaceAll(" ", ""));
  await desk.page.getByLabel("パスワード", { exact: true }).fill(password.toLowerCase());
  await desk.button("console-session-join").click();
  await desk.page.getByRole("heading", { level: 1, name: `セッション：${NAME}`, exact: true }).waitFor();
  await desk.button("console-session-look").click();
  await desk.page.getByText(hostname(), { exact: true }).waitFor();
  await shows(page, "機器の状態の確認（鈴木 一郎）：完了");
  assert.equal(await fact("接続している担当者").textContent(), "鈴木 一郎");

  await desk.button("console-session-end").click();
  await desk.button("console-session-end", desk.dialog).click();
  await desk.page.getByText("セッションは終了しました（サポートデスク）。").waitFor();
  // The page on the machine follows by itself, within seconds.
  await page.getByText("サポートデスクがリモートサポートを終了しました。", { exact: true }).waitFor();
  const shown = await page.locator("main").textContent();
  assert.ok(!shown.includes(password) && !shown.includes(number), "ID and password are gone");
  assert.deepEqual(faults, []);

  const launch = await until("the launch has ended", async () => (await panel.items("launches")).find(({ state }) => state === "ended"));
  const administrator = await openConsole(browser, "ja", slug, panel);
  await administrator.follow(`launches/${launch.id}`);
  const course = administrator.page.locator(".timeline > li");
  const steps = ["機器の前で開始されました", "IDとパスワードを発行しました", "セッションに参加しました", "機器の確認", "終了しました"];
  for (const step of steps) await course.filter({ hasText: step }).first().waitFor();
  await administrator.page.getByText("機器のそばにいる方が、ご自身の操作で開始しました。", { exact: true }).waitFor();
  await assertFitForEveryone(administrator.page, "launch-at-machine", EACH_LOOK);
  const [saved] = await Promise.all([administrator.page.waitForEvent("download"), administrator.link("console-receipt").click()]);
  const file = join(pc.home, "receipt.jwt");
  await saved.saveAs(file);
  const { code, told } = await pc.verify(file, `${edgeUrl}/t/${slug}`);
  assert.deepEqual([code, told.receipt.kind, told.receipt.outcome], [0, "launch", "approved"]);
  const { approver, text } = told.receipt;
  assert.ok(approver.name.includes(serial_number), "no account on site: the machine is named");
  assert.ok(text.statement.includes("リモートサポートを開始するボタンが押されました。"), text.statement);

  for (const address of [`contact@${slug}.example`, `desk@${provider.slug}.example`]) {
    const passwords = (await mailsTo(address)).filter(({ text }) => text.includes(password));
    assert.deepEqual(passwords, [], "the password was read out, and mailed to nobody");
  }
  await administrator.leave();
  await desk.leave();
  program.stop();
  stop();
  await close();
});
