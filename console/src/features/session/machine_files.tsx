// The files in the folders of a machine that its configuration names (Z6): listed, and asked for. What the machine offers
// then stands among the session's files, to be accepted like any other.

import { useId, useState } from "preact/hooks";
import { Table } from "../../parts/list";
import { Act, Section, Time } from "../../parts/shown";
import type { Channel } from "../../session/channel";
import { newId } from "../../session/control";
import { sizeText } from "../../session/size";
import { machineIsHere } from "../../session/view";
import { t } from "../../text";
import { type Fetching, Nothing, useBrought } from "./brought";
import { type Folder, type MachineFile, type MachineState, readDocument } from "./reports";

interface Listed extends Folder {
  folder: string;
}

function List({ of, listed }: { of: Channel; listed: Listed }) {
  const view = of.view.use();
  const { folder, files, more } = listed;
  const asked = (name: string) =>
    view.deeds.some(({ deed, outcome }) => deed.what === "offer_file" && deed.folder === folder && deed.name === name && !outcome);
  const ask = ({ name }: MachineFile) => of.say({ type: "request", id: newId(), deed: { what: "offer_file", folder, name } });
  if (!files.length) return <p>{t("console-machine-files-none")}</p>;
  return (
    <>
      <Table
        caption={t("console-machine-files-of", { folder })}
        items={files}
        id={({ name }) => name}
        columns={[
          { label: t("console-machine-files-name"), cell: ({ name }) => name },
          { label: t("console-machine-files-size"), cell: ({ size }) => sizeText(size) },
          { label: t("console-machine-files-modified"), cell: ({ modified }) => <Time at={modified} /> },
          {
            label: t("console-machine-files-take"),
            cell: (file) => (
              <Act
                small
                off={!machineIsHere(view) || asked(file.name)}
                label={t("console-machine-files-take-this", { name: file.name })}
                run={async () => ask(file)}
              >
                {t(asked(file.name) ? "console-session-doing" : "console-machine-files-take")}
              </Act>
            ),
          },
        ]}
      />
      {more && <p class="hint">{t("console-machine-files-more")}</p>}
    </>
  );
}

/** The folders are part of the machine's state. */
export function MachineFiles({ of, state }: { of: Channel; state: Fetching<MachineState> }) {
  const { abilities } = of.view.use();
  const folders = state.found && (state.found.files?.folders ?? []);
  const id = useId();
  const [chosen, setChosen] = useState<string>();
  const folder = chosen ?? folders?.[0] ?? "";
  const list = useBrought<Listed>(of, (bytes) => {
    const found = readDocument<Folder>(bytes);
    return found && Array.isArray(found.files) ? { ...found, folder } : undefined;
  });
  if (!abilities.includes("files") || folders?.length === 0 || !(folders || abilities.includes("diagnostics"))) return null;
  if (!folders) {
    return (
      <Section title={t("console-machine-files")}>
        <p class="hint">{t("console-machine-files-hint")}</p>
        <button type="button" class="secondary" disabled={!state.ready} onClick={() => void state.run({ what: "overview" })}>
          {t(state.busy ? "console-session-doing" : "console-machine-files-look")}
        </button>
        <Nothing why={state.why} />
      </Section>
    );
  }
  return (
    <Section title={t("console-machine-files")}>
      <div class="field">
        <label for={id}>{t("console-machine-files-folder")}</label>
        <p class="hint">{t("console-machine-files-hint")}</p>
        <select id={id} value={folder} onChange={(event) => setChosen(event.currentTarget.value)}>
          {folders.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button type="button" class="secondary" disabled={!list.ready} onClick={() => void list.run({ what: "list_files", folder })}>
        {t(list.busy ? "console-session-doing" : "console-machine-files-list")}
      </button>
      <Nothing why={list.why} />
      {list.found && <List of={of} listed={list.found} />}
    </Section>
  );
}
