// A terminal on the page: xterm.js over a line to the machine. A chunk of its own, because xterm.js is most of it.

import { FitAddon } from "@xterm/addon-fit";
import { Terminal as Xterm } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Channel } from "../../session/channel";
import { machineIsHere } from "../../session/view";
import { t } from "../../text";
import { TerminalLine } from "./terminal_line";
import "./terminal_rules";
import "./terminal.css";

/** Between a break and the next try, in ms. */
const AGAIN = 1000;
/** What every text of the page has (WCAG 2.2, 1.4.3), whatever colours a program chooses. */
const CONTRAST = 4.5;
/** Lines that can be scrolled back to. */
const KEPT = 5000;
const FONT = 'ui-monospace, Consolas, Menlo, "DejaVu Sans Mono", "Noto Sans Mono CJK JP", "BIZ UDGothic", monospace';

interface TerminalProps {
  of: Channel;
  close: () => void;
}

/** `leave` is called when the keyboard is to come back to the page. */
function useTerminal(of: Channel, box: { current: HTMLElement | null }, leave: () => void) {
  const [line, setLine] = useState<TerminalLine>();
  useEffect(() => {
    if (!box.current) return undefined;
    Xterm.strings.promptLabel = t("console-terminal-input");
    // What the machine shows opens nothing here, whatever a program calls a link.
    const linkHandler = { activate: () => undefined };
    const xterm = new Xterm({ fontFamily: FONT, fontSize: 14, scrollback: KEPT, minimumContrastRatio: CONTRAST, linkHandler });
    const fit = new FitAddon();
    xterm.loadAddon(fit);
    xterm.open(box.current);
    fit.fit();
    const size = () => ({ columns: xterm.cols, rows: xterm.rows });
    const made = new TerminalLine(of, (bytes) => new Promise((over) => xterm.write(bytes, over)), size());
    xterm.onData((text) => made.type(text));
    xterm.onResize(() => made.resize(size()));
    xterm.attachCustomKeyEventHandler((event) => {
      if (!(event.key === "Home" && event.ctrlKey && event.altKey)) return true;
      if (event.type === "keydown") leave();
      return false;
    });
    const observer = new ResizeObserver(() => fit.fit());
    observer.observe(box.current);
    xterm.focus();
    setLine(made);
    return () => {
      observer.disconnect();
      made.leave();
      xterm.dispose();
    };
  }, []);
  return line;
}

function Standing({ line, here }: { line: TerminalLine; here: boolean }) {
  const { phase, code, gap } = line.state.use();
  useEffect(() => {
    if (phase !== "broken" || !here) return undefined;
    const timer = setTimeout(() => line.connect(), AGAIN);
    return () => clearTimeout(timer);
  }, [phase, here]);
  const again = (
    <button type="button" class="secondary small" onClick={() => line.again()}>
      {t("console-terminal-again")}
    </button>
  );
  return (
    <div role="status">
      {phase === "connecting" && <p class="loading">{t("console-terminal-connecting")}</p>}
      {phase === "broken" && <p class="outcome caution">{t("console-terminal-broken")}</p>}
      {phase === "open" && gap && <p class="outcome caution">{t(`console-terminal-gap-${gap}`)}</p>}
      {phase === "failed" && (
        <div class="outcome bad">
          <p>{t("console-terminal-failed")}</p>
          {again}
        </div>
      )}
      {phase === "ended" && (
        <div class="outcome">
          <p>{code === null ? t("console-terminal-killed") : t("console-terminal-ended", { code })}</p>
          {again}
        </div>
      )}
    </div>
  );
}

export default function TerminalView({ of, close }: TerminalProps) {
  const view = of.view.use();
  const box = useRef<HTMLDivElement>(null);
  const closing = useRef<HTMLButtonElement>(null);
  const line = useTerminal(of, box, () => closing.current?.focus());
  return (
    <>
      <p class="outcome caution">{t("console-terminal-recorded")}</p>
      {line && <Standing line={line} here={machineIsHere(view)} />}
      <div class="terminal" ref={box} />
      <p class="hint">{t("console-terminal-leave")}</p>
      <button type="button" class="secondary small" ref={closing} onClick={close}>
        {t("console-terminal-close")}
      </button>
    </>
  );
}
