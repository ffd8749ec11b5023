// The element that xterm.js writes its style rules into, in place of a style element, which the page's policy forbids
// (console/libraries.ts): its text becomes a style sheet of the document while it is part of it.

class TerminalRules extends HTMLElement {
  private readonly rules = new CSSStyleSheet();

  override set textContent(text: string) {
    this.rules.replaceSync(text);
  }

  override get textContent(): string {
    return "";
  }

  connectedCallback(): void {
    this.hidden = true;
    document.adoptedStyleSheets.push(this.rules);
  }

  disconnectedCallback(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.rules);
  }
}

customElements.define("terminal-rules", TerminalRules);
