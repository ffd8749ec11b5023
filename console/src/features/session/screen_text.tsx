// Text to and from the machine's screen: typed there, put into its clipboard, and what was copied there. A text is written
// here with this computer's own input method, which keys alone would not carry.

import { useId, useState } from "preact/hooks";
import { done } from "../../parts/feedback";
import type { Channel } from "../../session/channel";
import { t } from "../../text";
import { putText, takeText } from "./clipboard";
import type { Viewer } from "./viewer";

async function take(text: string): Promise<void> {
  await navigator.clipboard?.writeText(text).then(
    () => done(t("console-copied")),
    () => undefined,
  );
}

function Copied({ text }: { text: string }) {
  const id = useId();
  if (!text) return null;
  return (
    <div class="field">
      <label for={id}>{t("console-screen-copied")}</label>
      <textarea id={id} rows={2} readOnly value={text} />
      <button type="button" class="secondary small" onClick={() => void take(text)}>
        {t("console-screen-take")}
      </button>
    </div>
  );
}

interface SendTextProps {
  of: Channel;
  viewer: Viewer;
  layout: string;
  control: boolean;
}

export function SendText({ of, viewer, layout, control }: SendTextProps) {
  const { phase, copied, pastes } = viewer.state.use();
  const [taken, setTaken] = useState("");
  const [agent, setAgent] = useState(true);
  const id = useId();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const ready = phase === "open" && text !== "" && !busy;
  const type = async () => {
    setBusy(true);
    await viewer.type(text, layout);
    setBusy(false);
    setText("");
    viewer.focus();
  };
  const paste = async (press: boolean) => {
    setBusy(true);
    // The agent puts it there; where it cannot, the VNC server has a clipboard of its own.
    const put = agent && (await putText(of, text));
    setAgent(put);
    if (!put) viewer.copy(text);
    // A server fetches the text before a program asks for it.
    if (press) setTimeout(() => viewer.paste(), put ? 0 : 300);
    setBusy(false);
    setText("");
    viewer.focus();
  };
  const fetch = async () => setTaken((await takeText(of)) ?? "");
  return (
    <>
      {control && (
        <div class="field">
          <label for={id}>{t("console-screen-text")}</label>
          <p class="hint" id={`${id}-hint`}>
            {t(agent || pastes ? "console-screen-text-hint" : "console-screen-text-typed-hint")}
          </p>
          <textarea id={id} rows={2} value={text} aria-describedby={`${id}-hint`} onInput={(event) => setText(event.currentTarget.value)} />
          <div class="buttons">
            {(agent || pastes) && (
              <>
                <button type="button" class="secondary small" disabled={!ready} onClick={() => void paste(true)}>
                  {t("console-screen-paste")}
                </button>
                <button type="button" class="secondary small" disabled={!ready} onClick={() => void paste(false)}>
                  {t("console-screen-put")}
                </button>
              </>
            )}
            <button type="button" class="secondary small" disabled={!ready} onClick={() => void type()}>
              {t(busy ? "console-screen-typing" : "console-screen-type")}
            </button>
          </div>
        </div>
      )}
      {control && (
        <button type="button" class="secondary small" disabled={phase !== "open"} onClick={() => void fetch()}>
          {t("console-screen-fetch")}
        </button>
      )}
      <Copied text={taken || copied} />
    </>
  );
}
