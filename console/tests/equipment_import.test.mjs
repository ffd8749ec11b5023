// The import of equipment: what a file would do is shown before anything is done, and one wrong row stops it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { button, feedback, startUse } from "./support/use.mjs";

const use = startUse();
const RIGHT = "Name,Serial number\n検査装置 3号機,TG-2041/B\n新しい装置,NW-1\n別の名称,PS-18\n";
const WRONG = "Name,Serial number\n検査装置 3号機,TG-2041/B\n新しい装置,NW-1\n,ＮＷ\n装置,NW-1\n";

const choose = (page, text, name = "list.csv") =>
  page.locator('input[type="file"]').setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const imports = ({ calls }) => calls.filter((call) => call === "POST equipment/import").length;
const rows = (page) => page.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.lastElementChild.textContent.trim()).join(" | ")));

test("what a file would do is shown row by row, and is done only then", () =>
  use("equipment/import", async (page, state) => {
    const before = structuredClone(state.equipment);
    await choose(page, RIGHT);
    await page.getByRole("heading", { name: 'Check of "list.csv"' }).waitFor();
    await page.getByText("To be registered: 1. To be changed: 1.").waitFor();
    assert.deepEqual(await rows(page), ["2 | TG-2041/B | Unchanged | –", "3 | NW-1 | Register | –", "4 | PS-18 | Change | Name"]);
    assert.deepEqual([state.sent.dry_run, state.equipment], [true, before]);
    assert.equal(Buffer.from(state.sent.data, "base64").toString(), RIGHT);
    await button(page, "Import").click();
    await page.getByRole("heading", { name: 'Import of "list.csv"' }).waitFor();
    await page.locator(".outcome.good").getByText("Imported: 1 registered, 1 changed, 1 unchanged.").waitFor();
    assert.deepEqual([state.sent.dry_run, state.equipment.length, state.equipment[4].name], [false, before.length + 1, "別の名称"]);
    assert.equal(await button(page, "Import").count(), 0, "it is done once");
    await page.getByRole("link", { name: "View equipment" }).click();
    await page.getByRole("link", { name: "新しい装置" }).waitFor();
  }));

test("one wrong row stops the whole file: what is wrong is said with row and column", () =>
  use("equipment/import", async (page, state) => {
    const before = structuredClone(state.equipment);
    await choose(page, WRONG);
    await page.getByText("2 rows have errors, so the file cannot be imported.").waitFor();
    const shown = await rows(page);
    assert.equal(shown.length, 2, "the wrong rows are shown first");
    assert.match(shown[0], /^4 \| ＮＷ \| Error \| Serial number: Please enter up to 64 .*Name: This field is required\./);
    assert.match(shown[1], /^5 \| NW-1 \| Error \| Serial number: It is in the file more than once\./);
    assert.equal(await button(page, "Import").count(), 0);
    await button(page, "All (4)").click();
    assert.equal((await rows(page)).length, 4);
    assert.deepEqual([imports(state), state.equipment], [1, before]);
    // The corrected file is chosen again.
    await choose(page, RIGHT);
    await button(page, "Import").waitFor();
  }));

test("what became wrong since the check is shown, and nothing is imported", () =>
  use("equipment/import", async (page, state) => {
    await choose(page, RIGHT);
    await button(page, "Import").waitFor();
    state.importFault = { serial: "NW-1", column: "serial_number", detail: "belongs to other equipment in use" };
    await button(page, "Import").click();
    await page.getByText("One row has errors").waitFor();
    assert.match((await rows(page))[0], /^3 \| NW-1 \| Error \| Serial number: Other equipment in use already has this serial number/);
    assert.equal(state.equipment.length, 6);
  }));

test("a file that cannot be read is refused in words", () =>
  use("equipment/import", async (page, state) => {
    const told = (text) => page.locator(".error").getByText(text).waitFor();
    await choose(page, "");
    await told("The file is empty.");
    await choose(page, "a".repeat(1024 * 1024 + 1));
    await told("The file is larger than 1 MB.");
    assert.equal(imports(state), 0);
    await choose(page, "Name,Place\na,b\n");
    await told('The heading "Serial number" is missing.');
    for (const [detail, text] of [
      ["must be text in UTF-8 or Shift_JIS", "The file's encoding is not recognised."],
      ["must have at most 2,000 rows", "The file has more than 2,000 rows."],
      ["row 7: must be CSV (RFC 4180)", "Row 7 cannot be read."],
      ["row 7: must have 3 cells, as the headings", "Row 7 does not have as many cells as there are headings (3)."],
      ['unknown or repeated heading: "価格"', 'The heading "価格" is unknown or appears twice.'],
      ["something else", "Please check that it is a CSV file."],
    ]) {
      state.importFault = { file: detail };
      await choose(page, RIGHT);
      await told(text);
    }
    assert.equal(await page.locator("table").count(), 0);
  }));

test("without a connection nothing is imported, and that is said", () =>
  use("equipment/import", async (page, state) => {
    await choose(page, RIGHT);
    await button(page, "Import").waitFor();
    await page.route(/equipment\/import$/, (route) => route.abort());
    await button(page, "Import").click();
    await feedback(page, "Cannot reach the server");
    assert.equal(state.equipment.length, 6);
    await page.unroute(/equipment\/import$/);
    await button(page, "Import").click();
    await page.locator(".outcome.good").getByText("Imported: 1 registered").waitFor();
  }));

test("a long file is shown in parts", () =>
  use("equipment/import", async (page) => {
    const lines = Array.from({ length: 250 }, (_, index) => `Machine ${index},M-${index}`);
    await choose(page, `Name,Serial number\n${lines.join("\n")}\n`);
    await page.locator("tbody tr").nth(99).waitFor();
    assert.equal(await page.locator("tbody tr").count(), 100);
    await button(page, "Show more").click();
    assert.equal(await page.locator("tbody tr").count(), 200);
  }));

test("the keyboard alone chooses a file, and the result takes the focus", () =>
  use("equipment/import", async (page) => {
    const input = page.locator('input[type="file"]');
    // Waited for from the beginning: the browser has to know, before the key is pressed, that the test takes the dialog.
    const chooser = page.waitForEvent("filechooser");
    await page.waitForFunction(() => !document.querySelector(".loading"));
    await input.focus();
    await page.keyboard.press("Space");
    await (await chooser).setFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from(RIGHT) });
    await page.getByRole("heading", { name: 'Check of "a.csv"' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Check of "a.csv"');
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator(".outcome.good").getByText("Imported: 1 registered").waitFor();
  }));

for (const locale of ["ja", "en", "da"]) {
  test(`the template in ${locale} has the headings of an export`, () =>
    use(
      "equipment/import",
      async (page) => {
        const link = page.locator('a[href^="data:text/csv"]');
        const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
        assert.equal(download.suggestedFilename(), "aozora-equipment-template.csv");
        const text = readFileSync(await download.path(), "utf8");
        assert.ok(text.startsWith("\ufeff"), "spreadsheets take it for UTF-8");
        const source = readFileSync(new URL(`../../locales/${locale}/export.ftl`, import.meta.url), "utf8");
        const heading = (key) => new RegExp(`^export-${key} = (.*)$`, "m").exec(source)[1];
        const expected = ["name", "serial-number", "model", "place", "organization", "responsible", "notes"].map(heading);
        assert.equal(text, `\ufeff${expected.join(",")}\r\n`);
        const current = await page.locator('a[href*="equipment/export"]').getAttribute("href");
        assert.match(current, /format=csv&state=active$/);
      },
      { locale },
    ));
}
