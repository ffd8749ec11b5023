// A user without a mouse: uses only keys, and checks at each stop that the focus is visible.

import assert from "node:assert/strict";

/** Maximum number of stops on the way to an element. */
const FAR = 80;

export class Keyboard {
  constructor(person) {
    this.person = person;
    this.page = person.page;
  }

  press(...keys) {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  /** Presses `key` until `target` has the focus. */
  async to(target, key = "Tab") {
    await target.waitFor({ state: "attached" });
    const passed = [];
    for (let stop = 0; stop < FAR; stop += 1) {
      await this.press(key);
      passed.push(await this.seen());
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    assert.fail(`not reached by ${key}: ${target}; passed ${passed.join(" | ")}`);
  }

  back(target) {
    return this.to(target, "Shift+Tab");
  }

  /** Goes to `target` and presses Enter there. */
  async enter(target) {
    await this.to(target);
    await this.press("Enter");
  }

  /** Types into the empty field `target`. */
  async fill(target, text) {
    await this.to(target);
    await this.type(text);
    assert.equal(await target.inputValue(), text);
  }

  /** The focused element; it has a ring and is visible. */
  async seen() {
    const { what, ring, inSight } = await this.page.evaluate(() => {
      const element = document.activeElement;
      // A file field is drawn by its label.
      const drawn = element.type === "file" ? element.parentElement : element;
      const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
      const { top, bottom, left, right } = drawn.getBoundingClientRect();
      const at = document.elementFromPoint((Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
      return {
        what: element === document.body ? "" : element.outerHTML.slice(0, 120),
        ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        inSight: drawn.contains(at) || at?.contains(drawn),
      };
    });
    // After the last element of a page or a dialog, the focus moves to the browser's own controls.
    if (what) assert.deepEqual({ ring, inSight }, { ring: true, inSight: true }, what);
    return what;
  }

  /** Checks that the heading of the page called `key` has the focus: reading starts there. */
  async atHeading(key, values) {
    const heading = key ? this.person.heading(key, values) : this.page.locator("h1");
    await heading.waitFor();
    await this.page.waitForFunction(() => document.activeElement?.tagName === "H1", undefined, { timeout: 5000 });
  }

  /** Checks that nothing outside the open dialog takes the focus, in either direction. */
  async trapped() {
    for (const key of ["Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"]) {
      await this.press(key);
      const outside = await this.page.evaluate(() => document.activeElement !== document.body && !document.activeElement.closest("dialog"));
      assert.equal(outside, false, await this.seen());
    }
  }
}
