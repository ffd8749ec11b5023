// The provider's face (B16): how it is set, and where customers meet it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { transformSync } from "esbuild";
import { png } from "./support/png.mjs";
import { button, feedback, startUse } from "./support/use.mjs";

const use = startUse();
const SOURCE = new URL("../src/features/face/accent.ts", import.meta.url);
const VECTORS = new URL("../../domain/tests/vectors/accent.json", import.meta.url);
const { code } = transformSync(readFileSync(SOURCE, "utf8"), { loader: "ts", format: "esm" });
const { colour, contrast, SCHEMES, shades } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const desk = { kind: "provider" };
const file = (name, buffer) => ({ name, mimeType: "image/png", buffer });
const face = (state) => Object.assign(state, { published: state.face });

test("the face is saved as a whole, with the version that it is based on", () =>
  use(
    "face",
    async (page, state) => {
      await page.getByLabel("Name", { exact: true }).fill("Tokai Support");
      await page.getByLabel(/^Contact details/).fill("Telephone 052-000-0001\n\n  weekdays 9 to 17  ");
      await page.getByLabel(/^Accent colour/).fill("ABC");
      await page.getByLabel(/^Sender name/).fill("");
      await button(page, "Save").click();
      await feedback(page, "within a few minutes");
      assert.deepEqual(state.sent, {
        version: 3,
        name: "Tokai Support",
        contact: ["Telephone 052-000-0001", "weekdays 9 to 17"],
        accent: "#aabbcc",
        sender: null,
        reply_to: "support@tokai-support.example",
      });
      assert.equal(await page.getByLabel("Pick the accent colour").inputValue(), "#aabbcc");
    },
    desk,
  ));

test("what cannot be a face is said beside its field", () =>
  use(
    "face",
    async (page, state) => {
      await page.getByLabel("Name", { exact: true }).fill(" ");
      await page.getByLabel(/^Contact details/).fill("1\n2\n3\n4\n5\n6");
      await page.getByLabel(/^Accent colour/).fill("green");
      await page.getByLabel(/^Reply-to address/).fill("nobody");
      await button(page, "Save").click();
      await page.locator(".field .error:not(:empty)").nth(3).waitFor();
      assert.equal(state.sent, undefined);
    },
    desk,
  ));

test("a logo is a PNG of at most 48 KB and 1200 pixels; it is shown, replaced and removed", () =>
  use(
    "face",
    async (page, state) => {
      const input = page.locator('input[type="file"]');
      await input.setInputFiles(file("a.png", Buffer.from("GIF89a, and no more of it")));
      await page.getByText("This is not a PNG image.").waitFor();
      await input.setInputFiles(file("b.png", Buffer.alloc(48 * 1024 + 1)));
      await page.getByText("larger than 48 KB").waitFor();
      await input.setInputFiles(file("c.png", png(1201, 1, () => [0, 0, 0, 255])));
      await page.getByText("more than 1200 pixels").waitFor();
      const logo = png(60, 20, (x) => [x, 90, 120, 255]);
      await input.setInputFiles(file("d.png", logo));
      await page.waitForFunction(() => document.querySelector(".logo-now img")?.naturalWidth === 60);
      await button(page, "Save").click();
      await feedback(page, "Saved.");
      assert.equal(state.sent.logo, logo.toString("base64"));
      await button(page, "Remove logo").click();
      assert.equal(await page.locator(".logo-now").count(), 0);
      await button(page, "Save").click();
      await page.waitForFunction(() => document.querySelector("form .primary")?.getAttribute("aria-disabled") !== "true");
      assert.deepEqual([state.sent.remove_logo, state.face.image], [true, null]);
    },
    desk,
  ));

test("the face asks for the password again, and shows what somebody else changed", () =>
  use(
    "face",
    async (page, state) => {
      await page.getByLabel("Name", { exact: true }).fill("Mine");
      state.face = { ...state.face, name: "Theirs", contact: ["a new line"], version: 8 };
      await button(page, "Save").click();
      await page.locator("dialog").getByLabel("Password", { exact: true }).fill("right password");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Someone else changed this first" }).waitFor();
      await page.locator(".conflict fieldset", { hasText: "Theirs" }).getByText("Your change").click();
      await button(page, "Save selected values").click();
      await feedback(page, "Saved.");
      assert.deepEqual([state.face.name, state.face.contact, state.sent.version, state.sent.logo], ["Mine", ["a new line"], 8, undefined]);
    },
    { ...desk, prepare: (state) => (state.fresh = false) },
  ));

test("the preview shows the colour as it will be readable", () =>
  use(
    "face",
    async (page) => {
      // In transition it has neither value.
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.getByLabel(/^Accent colour/).fill("#ffe680");
      const [light] = await page.locator(".plate .button").evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
      const { accent } = shades("#ffe680", "light");
      assert.equal(light, `rgb(${[1, 3, 5].map((at) => Number.parseInt(accent.slice(at, at + 2), 16)).join(", ")})`);
    },
    desk,
  ));

test("the preview's shades are those of pages and mails, and can be read", () => {
  for (const { accent, ...schemes } of JSON.parse(readFileSync(VECTORS, "utf8"))) {
    for (const scheme of ["light", "dark"]) {
      const shown = shades(accent, scheme);
      assert.deepEqual([shown.accent, shown.onAccent], schemes[scheme], `${accent} ${scheme}`);
      assert.ok(contrast(shown.accent, SCHEMES[scheme].paper) >= 4.5, `${accent} ${scheme}`);
      assert.ok(contrast(shown.accent, shown.onAccent) >= 4.5, `${accent} ${scheme}`);
    }
  }
});

test("a colour is taken as people write it", () => {
  assert.deepEqual(["#0B5394", " 0b5394 ", "＃０ｂ５３９４", "#abc"].map(colour), ["#0b5394", "#0b5394", "#0b5394", "#aabbcc"]);
  assert.deepEqual(["", "green", "#12345", "rgb(1,2,3)"].map(colour), [undefined, undefined, undefined, undefined]);
});

test("the preview's papers and plain colours are those of the stylesheet", () => {
  const tokens = readFileSync(new URL("../../styles/tokens.css", import.meta.url), "utf8").split("prefers-color-scheme: dark");
  for (const [at, scheme] of ["light", "dark"].entries()) {
    const token = (name) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(tokens[at])?.[1];
    const { paper, ink, plain } = SCHEMES[scheme];
    assert.deepEqual([paper, ink, plain.accent, plain.onAccent], ["panel", "ink", "accent", "accent-contrast"].map(token), scheme);
  }
});

test("a customer sees the provider's logo and colour, and how to reach its desk", () =>
  use(
    "devices",
    async (page) => {
      await page.getByRole("img", { name: "東海サポート" }).waitFor();
      await page.getByRole("region", { name: "Support desk" }).getByText("電話 052-000-0000").waitFor();
      assert.equal(await page.getByText("Tegata", { exact: true }).count(), 0);
      assert.equal(await page.locator("html").evaluate((html) => getComputedStyle(html).getPropertyValue("--accent")), "#0b6e4f");
    },
    { prepare: face },
  ));

test("the login says how to reach the desk, with the name where there is no logo", () =>
  use(
    "",
    async (page) => {
      await page.locator(".bar").getByText("東海サポート").waitFor();
      await page.getByRole("region", { name: "Support desk" }).getByText("support@tokai-support.example").waitFor();
    },
    { prepare: (state) => Object.assign(face(state), { signedIn: false, published: { ...state.face, logo: null } }) },
  ));

test("without a face the product's name is shown, and no desk", () =>
  use("devices", async (page) => {
    await page.locator(".top").getByText("Tegata").waitFor();
    assert.equal(await page.getByRole("region", { name: "Support desk" }).count(), 0);
  }));

test("only who may set the face is offered it", () =>
  use(
    "face",
    async (page) => {
      await page.getByRole("heading", { name: "You do not have access" }).waitFor();
      assert.equal(await page.getByRole("link", { name: "Branding and contact" }).count(), 0);
    },
    { ...desk, prepare: ({ session }) => (session.rights = session.rights.filter((right) => right !== "face")) },
  ));
