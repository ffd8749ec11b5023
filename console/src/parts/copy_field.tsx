// A text to copy, such as a token that is shown once, with a button.

import { useEffect, useState } from "preact/hooks";
import { t } from "../text";

interface CopyProps {
  label: string;
  value: string;
  /** Selects it at once, and shows all of it, larger. */
  chief?: boolean;
}

export function CopyField({ label, value, chief }: CopyProps) {
  const [copied, setCopied] = useState(false);
  const [field, setField] = useState<HTMLInputElement | HTMLTextAreaElement | null>(null);
  useEffect(() => {
    if (chief) field?.select();
  }, [field, value]);
  const copy = async () => {
    field?.select();
    await navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <>
      <span class="with-button">
        {chief ? (
          <textarea ref={setField} class="mono" rows={2} readOnly value={value} spellcheck={false} aria-label={label} />
        ) : (
          <input ref={setField} class="mono" type="text" readOnly value={value} aria-label={label} />
        )}
        <button type="button" class="secondary" aria-label={t("console-act-on", { act: t("console-copy"), name: label })} onClick={() => void copy()}>
          {t("console-copy")}
        </button>
      </span>
      <p role="status">{copied ? t("console-copied") : ""}</p>
    </>
  );
}
