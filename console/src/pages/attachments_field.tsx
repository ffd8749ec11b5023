// Files that go with a message.

import { FieldError } from "../parts/fields";
import { failed } from "../parts/feedback";
import type { Fields } from "../parts/form";
import { t } from "../text";
import type { NewAttachment } from "../types";
import { useState } from "preact/hooks";

/** Largest file, in bytes. */
const LARGEST = 1024 * 1024;

function read(file: File): Promise<NewAttachment> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const text = String(reader.result);
      const data = text.slice(text.indexOf(",") + 1);
      resolve({ name: file.name, type: file.type || "application/octet-stream", data });
    };
    reader.onerror = () => reject(reader.error ?? new Error("the file cannot be read"));
    reader.readAsDataURL(file);
  });
}

export function AttachmentsField({ form }: { form: Fields }) {
  const [large, setLarge] = useState("");
  const files = form.value("attachments") as NewAttachment[];
  const id = `${form.id}-attachments`;
  const add = async (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])];
    input.value = "";
    const over = chosen.filter(({ size }) => size > LARGEST);
    setLarge(over.map(({ name }) => t("console-attachment-large", { name })).join(" "));
    try {
      const added = await Promise.all(chosen.filter(({ size }) => size <= LARGEST).map(read));
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
      <p class="error" role="alert">
        {large}
      </p>
      <input id={id} type="file" multiple aria-describedby={`${id}-hint`} onChange={(event) => void add(event.currentTarget)} />
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
