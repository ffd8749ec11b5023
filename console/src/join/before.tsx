// Before joining (Z3): who invites to what, what will be seen, what this browser can do. Nothing is connected or captured
// here, and opening the page does nothing; only 「参加する」 does.

import { useId, useRef, useState } from "preact/hooks";
import { Heading } from "../parts/door";
import { Problem } from "../problem";
import type { Channel } from "../session/channel";
import { MOST_IN_MEMORY } from "../session/file_store";
import { sizeText } from "../session/size";
import { locale, t } from "../text";
import { abilities } from "./abilities";
import { Door } from "./frame";
import { join, whyNot } from "./joining";
import { isOver, place } from "./place";

const LONGEST_NAME = 100;

/** What the person consents to, word for word as the receipt will have it; and what no text of the edge says. */
function What() {
  return (
    <>
      <h2>{t("join-what")}</h2>
      <p class="statement pre-line">{place.statement}</p>
      {place.abilities.includes("view_screen") && (
        <>
          <h2>{t("join-whole-screen-title")}</h2>
          <p class="warning">{t("join-whole-screen")}</p>
        </>
      )}
    </>
  );
}

function Check() {
  const { join: takesPart, share, view, files } = abilities();
  const screens = place.abilities.includes("view_screen");
  const rows: [string, boolean][] = [];
  if (screens) rows.push(["share", share], ["view", view]);
  rows.push(["chat", takesPart]);
  if (place.abilities.includes("files")) rows.push(["files", true]);
  const yes = (what: string) =>
    what === "files" && files === "memory" ? t("join-check-memory", { size: sizeText(MOST_IN_MEMORY) }) : t("join-check-yes");
  return (
    <>
      <h2>{t("join-check")}</h2>
      <ul class="can">
        {rows.map(([what, can]) => (
          <li key={what}>
            <span>{t(`join-check-${what}`)}</span>
            <span class={`state ${can ? "good" : "caution"}`}>{can ? yes(what) : t("join-check-no")}</span>
          </li>
        ))}
      </ul>
      {screens && !share && <p class="outcome caution">{t(view ? "join-no-share" : "join-no-view")}</p>}
    </>
  );
}

/** Why the last try failed. */
function Refused({ problem }: { problem: Problem }) {
  const why = whyNot(problem);
  const variables = why === "many" ? { minutes: Math.max(1, Math.ceil(problem.retryAfter / 60)) } : undefined;
  return (
    <div class="outcome bad" role="alert">
      <p>
        <strong>{t("join-problem-title")}</strong>
      </p>
      <p>{t(`join-problem-${why}`, variables)}</p>
    </div>
  );
}

function Form({ joined }: { joined: (channel: Channel) => void }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(place.name);
  const [wrong, setWrong] = useState<"missing" | "wrong">();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const refuse = (why: "missing" | "wrong") => {
    setWrong(why);
    field.current?.focus();
  };
  const go = async () => {
    if (busy) return;
    const given = name.normalize("NFC").trim();
    if (!given) return refuse("missing");
    if ([...given].length > LONGEST_NAME) return refuse("wrong");
    setBusy(true);
    setProblem(undefined);
    try {
      joined(await join(given));
    } catch (error) {
      const found = Problem.from(error);
      if (found.field === "name") refuse("wrong");
      else setProblem(found);
      setBusy(false);
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <div class="field">
        <label for={id}>{t("join-name")}</label>
        <p class="hint" id={`${id}-hint`}>
          {t("join-name-hint")}
        </p>
        <p class="error" id={`${id}-error`} role="alert">
          {wrong && t(`join-name-${wrong}`)}
        </p>
        <input
          ref={field}
          id={id}
          type="text"
          autocomplete="name"
          value={name}
          aria-describedby={`${id}-hint ${id}-error`}
          aria-invalid={wrong !== undefined}
          onInput={(event) => {
            setName(event.currentTarget.value);
            setWrong(undefined);
          }}
        />
      </div>
      {problem && <Refused problem={problem} />}
      <div class="buttons">
        <button class="primary" aria-disabled={busy}>
          {t(busy ? "join-joining" : "join-join")}
        </button>
      </div>
    </form>
  );
}

function Possible({ joined }: { joined: (channel: Channel) => void }) {
  if (isOver()) return <p class="outcome caution">{t(`join-problem-${place.state}`)}</p>;
  if (!abilities().join) return <p class="outcome bad">{t("join-impossible")}</p>;
  return (
    <>
      <p class="outcome">{t("join-nothing-yet")}</p>
      <What />
      <Check />
      <Form joined={joined} />
    </>
  );
}

export function Before({ joined, first }: { joined: (channel: Channel) => void; first: boolean }) {
  const { host, provider, title, customer } = place;
  return (
    <Door title={t("join-title")} first>
      <p class="for">{customer}</p>
      <Heading first={first}>{t("join-title")}</Heading>
      <p>{t("join-invites", { host, provider })}</p>
      <p class="quoted">
        <span class="unseen">{t("join-subject")} </span>
        {title}
      </p>
      <Possible joined={joined} />
      <p>
        <a href={`/console/guides/participant.${locale.get()}.html`} target="_blank" rel="noopener">
          {t("join-guide")}
        </a>
      </p>
    </Door>
  );
}
