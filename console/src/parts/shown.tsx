// Small things that many pages show.

import { type ComponentChildren, Fragment } from "preact";
import type { Choice } from "../choices";
import { dateTime, exactTime, now } from "../dates";
import { choice } from "../names";
import { t } from "../text";

export function Time({ at }: { at: number | null | undefined }) {
  if (at === null || at === undefined) return <>{t("console-none")}</>;
  return (
    <time dateTime={new Date(at * 1000).toISOString()} title={exactTime(at)}>
      {dateTime(at)}
    </time>
  );
}

/** How long before the end something has little time left, in seconds. */
const SOON = 24 * 3600;

/** Until when an answer is taken, and a mark where little time is left. Once nothing is waited for it says nothing. */
export function Deadline({ at, waits }: { at: number; waits: boolean }) {
  if (!waits) return <>{t("console-none")}</>;
  const left = at - now();
  return (
    <>
      <Time at={at} /> {left > 0 && left < SOON && <span class="state caution">{t("console-deadline-soon")}</span>}
    </>
  );
}

const TONES: Record<string, "good" | "bad" | "caution"> = {
  active: "good",
  activated: "good",
  redeemed: "good",
  answered: "good",
  approved: "good",
  accepted: "good",
  running: "good",
  contract: "good",
  connected: "good",
  valid: "good",
  agreed: "good",
  imminent: "good",
  yes: "good",
  create: "good",
  away: "caution",
  update: "caution",
  error: "bad",
  awaiting_approval: "caution",
  requested: "caution",
  executing: "caution",
  ordered: "caution",
  invited: "caution",
  proposed: "caution",
  countered: "caution",
  open: "caution",
  waiting: "caution",
  overdue: "bad",
  lapsed: "bad",
  refused: "bad",
  revoked: "bad",
  suspended: "bad",
  undeliverable: "bad",
  failed: "bad",
};

/** A state: in words, and in a colour besides. */
export function State({ list, value }: { list: Choice; value: string }) {
  return <span class={`state ${TONES[value] ?? ""}`}>{choice(list, value)}</span>;
}

/** An address, an account name or the like: no words, so it breaks where its parts meet. */
export function Breakable({ children: text }: { children: string }) {
  return (
    <span class="breaks">
      {text.split(/(?<=@)|(?=\.)|(?<=[-_])/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}

/** Labelled values. What has no value is left out. */
export function Details({ rows }: { rows: [string, ComponentChildren][] }) {
  return (
    <dl class="details">
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== "")
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="section">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A button for something that takes a moment. */
interface ActProps {
  run: () => Promise<void>;
  tone?: "primary" | "secondary" | "danger";
  small?: boolean;
  label?: string;
  /** Whether it cannot be used now. It keeps the focus all the same, which a disabled button loses to the top of the page. */
  off?: boolean;
  children: ComponentChildren;
}

export function Act({ run, tone = "secondary", small, label, off, children }: ActProps) {
  return (
    <button
      type="button"
      class={`${tone}${small ? " small" : ""}`}
      {...(label ? { "aria-label": label } : {})}
      {...(off ? { "aria-disabled": true } : {})}
      onClick={() => off || void run()}
    >
      {children}
    </button>
  );
}
