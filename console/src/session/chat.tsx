// What is written in a session (Z5): everybody's messages, and the box to write in. It stands beside whatever else is
// shown, at the desk and on the customer's page. Order and repetition are chat_log.ts's.

import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { dateTime, timeOfDay } from "../dates";
import { t } from "../text";
import type { Channel } from "./channel";
import { MOST_MESSAGES } from "./chat_log";
import type { ChatMessage } from "./control";
import "./chat.css";

/** Most characters of a message. */
const LONGEST = 2000;
/** So close to its end a list follows what is added, in pixels. */
const AT_END = 48;

/** What the session refuses: control characters, and those that turn the direction of reading. */
const UNWRITABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function Message({ of, mine }: { of: ChatMessage; mine: boolean }) {
  return (
    <li class={mine ? "mine" : ""}>
      <p class="from">
        <strong>{mine ? t("console-session-you", { name: of.name }) : of.name}</strong>
        <span class="hint">{t(`console-chat-role-${of.role}`)}</span>
        <time class="hint" dateTime={new Date(of.at * 1000).toISOString()} title={dateTime(of.at)}>
          {timeOfDay(of.at)}
        </time>
      </p>
      <p class="text">{of.text}</p>
    </li>
  );
}

/** The messages, which follow their end as long as the reader does. */
function Messages({ of }: { of: Channel }) {
  const { chat, unsent, you } = of.view.use();
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [unseen, setUnseen] = useState(false);
  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    setUnseen(false);
  };
  useLayoutEffect(() => {
    if (follows.current) toEnd();
    else setUnseen(true);
  }, [chat.length, unsent.length]);
  const scrolled = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: { currentTarget: HTMLDivElement }) => {
    follows.current = scrollHeight - scrollTop - clientHeight < AT_END;
    if (follows.current) setUnseen(false);
  };
  return (
    <>
      <div class="messages" ref={box} onScroll={scrolled} role="log" aria-live="polite" aria-label={t("console-chat-messages")} tabIndex={0}>
        {chat.length + unsent.length === 0 && <p class="hint">{t("console-chat-none")}</p>}
        <ol>
          {chat.map((message) => (
            <Message key={message.number} of={message} mine={message.by === you || of.chat.wrote(message.id)} />
          ))}
          {unsent.map(({ id, text }) => (
            <li key={id} class="mine unsent">
              <p class="from hint">{t("console-chat-sending")}</p>
              <p class="text">{text}</p>
            </li>
          ))}
        </ol>
      </div>
      {unseen && (
        <button type="button" class="plain" onClick={toEnd}>
          {t("console-chat-newer")}
        </button>
      )}
    </>
  );
}

function Writing({ of }: { of: Channel }) {
  const { phase, chat } = of.view.use();
  const id = useId();
  const [text, setText] = useState(of.chat.draft);
  const [wrong, setWrong] = useState<string>();
  // Enter that ends a composition must not send, and comes, depending on the browser, within it or just after it.
  const composing = useRef(false);
  const composed = () => {
    composing.current = true;
    setTimeout(() => (composing.current = false));
  };
  const put = (now: string) => {
    of.chat.draft = now;
    setText(now);
    setWrong(undefined);
  };
  const send = () => {
    const written = text.replace(/\r\n?/g, "\n").replace(UNWRITABLE, "").trim();
    if (!written) return put("");
    if ([...written].length > LONGEST) return setWrong(t("console-chat-too-long", { count: LONGEST }));
    of.write(written);
    put("");
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229 || composing.current) return;
    event.preventDefault();
    send();
  };
  if (chat.length >= MOST_MESSAGES) return <p class="outcome caution">{t("console-chat-full", { count: MOST_MESSAGES })}</p>;
  return (
    <form
      class="write"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label for={id}>{t("console-chat-write")}</label>
      <p class="hint" id={`${id}-hint`}>
        {t("console-chat-hint")}
      </p>
      <p class="error" id={`${id}-error`} role="alert">
        {wrong}
      </p>
      <textarea
        id={id}
        rows={2}
        value={text}
        aria-describedby={`${id}-hint ${id}-error`}
        aria-invalid={wrong !== undefined}
        disabled={phase === "ended" || phase === "removed"}
        onInput={(event) => put(event.currentTarget.value)}
        onCompositionStart={() => (composing.current = true)}
        onCompositionEnd={composed}
        onKeyDown={pressed}
      />
      <button class="secondary" disabled={phase === "ended" || phase === "removed"}>
        {t("console-chat-send")}
      </button>
    </form>
  );
}

export function Chat({ of }: { of: Channel }) {
  const { chat, you } = of.view.use();
  const [open, setOpen] = useState(true);
  const [seen, setSeen] = useState(0);
  const id = useId();
  useEffect(() => {
    if (open) setSeen(chat.length);
  }, [open, chat.length]);
  const unseen = chat.slice(seen).filter(({ by }) => by !== you).length;
  return (
    <section class={`section chat${!open && unseen ? " unseen-news" : ""}`} aria-labelledby={id}>
      <div class="chat-head">
        <h2 id={id}>{t("console-chat")}</h2>
        <button type="button" class="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t("console-chat-hide") : unseen ? t("console-chat-show-new", { count: unseen }) : t("console-chat-show")}
        </button>
      </div>
      {open && (
        <>
          <p class="hint everybody">{t("console-chat-everybody")}</p>
          <Messages of={of} />
          <Writing of={of} />
        </>
      )}
    </section>
  );
}
