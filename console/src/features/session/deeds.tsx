// What is done on the machine in this session, by whom, and how it went: the latest first.

import { choice } from "../../names";
import { Table } from "../../parts/list";
import { Section } from "../../parts/shown";
import type { Channel } from "../../session/channel";
import type { Deed, DeedOutcome, KnownDeed } from "../../session/control";
import { t } from "../../text";

const TONES: Record<DeedOutcome, string> = { done: "good", refused: "bad", failed: "bad", unknown: "caution" };

function deedName(deed: Deed): string {
  switch (deed.what) {
    case "log_tail":
      return t("console-session-log-of", { log: deed.log });
    case "list_files":
      return t("console-deed-list_files", { folder: deed.folder });
    case "offer_file":
      return t("console-deed-offer_file", { folder: deed.folder, name: deed.name });
    default:
      return t(`console-deed-${deed.what}`);
  }
}

/** How it went; while it goes, that it does. */
export function DeedState({ of: { outcome } }: { of: KnownDeed }) {
  if (!outcome) return <span class="state">{t("console-session-doing")}</span>;
  return <span class={`state ${TONES[outcome]}`}>{choice("deed-outcome", outcome)}</span>;
}

export function Deeds({ of }: { of: Channel }) {
  const { deeds } = of.view.use();
  if (!deeds.length) return null;
  return (
    <Section title={t("console-session-deeds")}>
      <Table
        caption={t("console-session-deeds")}
        items={[...deeds].reverse()}
        id={({ id }) => id}
        columns={[
          { label: t("console-session-deed"), cell: ({ deed }) => deedName(deed) },
          { label: t("console-launch-executed-by"), cell: ({ name }) => name },
          { label: t("console-session-outcome"), cell: (deed) => <DeedState of={deed} /> },
        ]}
      />
    </Section>
  );
}
