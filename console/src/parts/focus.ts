// Where the focus goes when the thing that had it is gone: a button that was used up, a row that was deleted. The browser
// would begin anew at the top of the document.

/** Watches `app` for as long as the page is open. */
export function keepFocus(app: HTMLElement): void {
  let last: EventTarget | null = null;
  const note = ({ target }: FocusEvent) => {
    last = target;
  };
  const rescue = () => {
    const lost = document.activeElement === document.body && last instanceof Element && !last.isConnected;
    // A page that has just been opened takes the focus itself.
    if (lost) app.querySelector<HTMLElement>("main h1")?.focus();
  };
  const observer = new MutationObserver(rescue);
  document.addEventListener("focusin", note);
  observer.observe(app, { childList: true, subtree: true });
}
