// A text to copy, such as a token that is shown once: all of it in sight, with a button.

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../text";

interface CopyProps {
  label: string;
  value: string;
  /** Selects it at once, and shows it larger. */
  chief?: boolean;
}

export function CopyField({ label, value, chief }: CopyProps) {
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (chief) field.current?.select();
  }, [value]);
  const copy = async () => {
    field.current?.select();
    await navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <>
      <span class="with-button">
        <textarea
          ref={field}
          class={chief ? "mono chief" : "mono"}
          rows={chief ? 2 : 1}
          readOnly
          value={value}
          spellcheck={false}
          aria-label={label}
        />
        <button type="button" class="secondary" aria-label={t("console-act-on", { act: t("console-copy"), name: label })} onClick={() => void copy()}>
          {t("console-copy")}
        </button>
      </span>
      <p role="status">{copied ? t("console-copied") : ""}</p>
    </>
  );
}
