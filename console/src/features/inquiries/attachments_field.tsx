// Files that go with a message.

import { useState } from "preact/hooks";
import { failed } from "../../parts/feedback";
import { FieldError } from "../../parts/fields";
import { base64Of } from "../../parts/file";
import type { Errors, Fields } from "../../parts/form_state";
import type { Problem } from "../../problem";
import { t } from "../../text";
import type { NewAttachment } from "../../types";

/** Largest file, in bytes. */
const LARGEST = 1024 * 1024;
/** Most files of one message. */
const MOST = 3;
/** What the API takes, by the ends of names: browsers do not know every type. */
const TYPES: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  pdf: "application/pdf",
  zip: "application/zip",
  gz: "application/gzip",
  txt: "text/plain",
  log: "text/plain",
  csv: "text/csv",
};

const ENDS = Object.keys(TYPES)
  .map((end) => `.${end}`)
  .join();

function typeOf({ name }: File): string | undefined {
  return TYPES[name.split(".").at(-1)?.toLowerCase() ?? ""];
}

/** What a refusal of files says: that they are too large together, or which of them is not what it says. */
export function attachmentsRefused(problem: Problem): Errors | undefined {
  if (problem.code === "too-large") return { attachments: t("console-attachments-large") };
  const name = problem.field === "attachments" && /^(.*?): /.exec(problem.detail)?.[1];
  return name ? { attachments: t("console-attachment-wrong", { name }) } : undefined;
}

async function read(file: File): Promise<NewAttachment> {
  return { name: file.name, type: typeOf(file) ?? "", data: await base64Of(file) };
}

/** Why a file cannot go along. */
function refusal(file: File): string | undefined {
  const { name, size } = file;
  if (!typeOf(file)) return t("console-attachment-type", { name });
  return size === 0 || size > LARGEST ? t("console-attachment-large", { name }) : undefined;
}

export function AttachmentsField({ form }: { form: Fields }) {
  const [refused, setRefused] = useState("");
  const files = form.value("attachments") as NewAttachment[];
  const id = `${form.id}-attachments`;
  const add = async (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])];
    input.value = "";
    const refusals = chosen.map(refusal).filter((text) => text !== undefined);
    const good = chosen.filter((file) => !refusal(file));
    const room = Math.max(0, MOST - files.length);
    if (good.length > room) refusals.push(t("console-attachments-many"));
    setRefused(refusals.join("\n"));
    try {
      const added = await Promise.all(good.slice(0, room).map(read));
      form.put("attachments", [...files, ...added]);
    } catch (error) {
      failed(error);
    }
  };
  return (
    <div class="field">
      <label for={id}>
        {form.labels["attachments"]}
        <span class="optional">{t("console-optional")}</span>
      </label>
      <p class="hint" id={`${id}-hint`}>
        {t("console-attachments-hint")}
      </p>
      <FieldError form={form} name="attachments" />
      <p class="error pre-line" role="alert">
        {refused}
      </p>
      {/* The browser's own button speaks the browser's language. */}
      <label class="button secondary small file">
        <input id={id} class="unseen" type="file" multiple accept={ENDS} aria-describedby={`${id}-hint`} onChange={(event) => void add(event.currentTarget)} />
        {t("console-attachments-choose")}
      </label>
      <ul class="files">
        {files.map((file, index) => (
          <li key={index}>
            {file.name}{" "}
            <button
              type="button"
              class="plain"
              aria-label={t("console-act-on", { act: t("console-remove"), name: file.name })}
              onClick={() => form.put("attachments", files.filter((_, at) => at !== index))}
            >
              {t("console-remove")}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
