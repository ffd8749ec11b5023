// What comes after a session: its record, which loads on request, and what the desk says of it.

import { type ComponentType } from "preact";
import { useState } from "preact/hooks";
import { Section, Time } from "../../parts/shown";
import { href } from "../../router";
import { need, t } from "../../text";
import type { SessionNote } from "../../types";
import type { LoadRecord } from "../../session/record";

/** The record, behind a button. */
export function RecordSection({ load }: { load: LoadRecord }) {
  const [Record, setRecord] = useState<ComponentType<{ load: LoadRecord }>>();
  const open = async () => {
    const [loaded] = await Promise.all([import("../../session/record"), need("session")]);
    setRecord(() => loaded.default);
  };
  return (
    <Section title={t("console-record")}>
      <p>{t("console-record-lead")}</p>
      {Record ? (
        <Record load={load} />
      ) : (
        <button type="button" class="secondary" onClick={() => void open()}>
          {t("console-record-show")}
        </button>
      )}
    </Section>
  );
}

/** What the desk says of it, with the inquiry that it belongs to. */
export function Note({ note, inquiry }: { note: SessionNote | null | undefined; inquiry: (id: string) => string }) {
  if (!note) return null;
  return (
    <Section title={t("console-launch-note")}>
      <p class="pre-line">{note.text}</p>
      <p class="hint">
        {note.by} <Time at={note.at} />
      </p>
      {note.inquiry && (
        <p>
          <a href={inquiry(note.inquiry)}>{t("console-launch-note-inquiry")}</a>
        </p>
      )}
    </Section>
  );
}

/** The address of an inquiry of the tenant's own. */
export const ownInquiry = (id: string) => href("inquiries", id);
