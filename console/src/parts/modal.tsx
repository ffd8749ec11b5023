// A dialog over the page. The browser keeps the focus inside, closes it with Escape, and gives the focus back.

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

interface ModalProps {
  title: string;
  close: () => void;
  wide?: boolean;
  children: ComponentChildren;
}

export function Modal({ title, close, wide, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Before the dialog is taken out of the page: its focus would be lost in between, and picked up elsewhere.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={wide ? "wide" : ""}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      // A browser may close it without asking; when this page took it away itself it is no longer there.
      onClose={(event) => event.currentTarget.isConnected && close()}
    >
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  );
}
