// Files that go with a message.

import { failed } from "../../parts/feedback";
import { FieldError } from "../../parts/fields";
import { base64Of } from "../../parts/file";
import type { Errors, Fields } from "../../parts/form_state";
import type { Problem } from "../../problem";
import { t } from "../../text";
import type { NewAttachment } from "../../types";

/** A file that was chosen. One that cannot go along stays, with the reason, until the person removes it. */
export interface Chosen extends NewAttachment {
  refused?: string;
}

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

/** Nothing is sent without a file that the person chose: they remove it, or choose another one. */
export function checkAttachments(chosen: Chosen[]): Errors {
  return { attachments: chosen.some(({ refused }) => refused) ? t("console-attachments-refused") : undefined };
}

async function read(file: File): Promise<Chosen> {
  return { name: file.name, type: typeOf(file) ?? "", data: await base64Of(file) };
}

/** Why a file cannot go along. */
function refusal(file: File): string | undefined {
  const { name, size } = file;
  if (!typeOf(file)) return t("console-attachment-type", { name });
  return size === 0 || size > LARGEST ? t("console-attachment-large", { name }) : undefined;
}

export function AttachmentsField({ form }: { form: Fields }) {
  const files = form.value("attachments") as Chosen[];
  const id = `${form.id}-attachments`;
  const add = async (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])];
    input.value = "";
    let room = MOST - files.filter(({ refused }) => !refused).length;
    const take = async (file: File): Promise<Chosen> => {
      const refused = refusal(file) ?? (room-- > 0 ? undefined : t("console-attachments-many"));
      return refused ? { name: file.name, type: "", data: "", refused } : read(file);
    };
    try {
      form.put("attachments", [...files, ...(await Promise.all(chosen.map(take)))]);
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
            {file.refused && (
              <p class="error" role="alert">
                {file.refused}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
