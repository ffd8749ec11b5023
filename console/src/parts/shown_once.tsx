// A secret that was just made: it is shown this once, to be copied.

import type { ComponentChildren } from "preact";
import { t } from "../text";
import { CopyField } from "./copy_field";
import { Modal } from "./modal";

interface ShownOnceProps {
  title: string;
  lead: string;
  label: string;
  value: string;
  /** On the button that closes it. */
  kept?: string;
  wide?: boolean;
  close: () => void;
  /** What to do with it. */
  children?: ComponentChildren;
}

export function ShownOnce({ title, lead, label, value, kept = t("console-close"), wide = false, close, children }: ShownOnceProps) {
  return (
    <Modal title={title} close={close} wide={wide}>
      <p>{lead}</p>
      <CopyField chief label={label} value={value} />
      {children}
      <div class="buttons">
        <button type="button" class="primary" onClick={close}>
          {kept}
        </button>
      </div>
    </Modal>
  );
}
