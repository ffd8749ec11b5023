// Leaving a session, and ending it for everybody (Z7). Whoever is the only one at the customer is asked which of the two
// they mean; with others there, leaving needs no question.

import { useState } from "preact/hooks";
import { Modal } from "../parts/modal";
import type { Channel } from "../session/channel";
import { t } from "../text";

interface QuestionProps {
  title: string;
  body: string;
  cancel: () => void;
  children: preact.ComponentChildren;
}

function Question({ title, body, cancel, children }: QuestionProps) {
  return (
    <Modal title={title} close={cancel}>
      <p>{body}</p>
      <div class="buttons">
        <button type="button" onClick={cancel}>
          {t("join-cancel")}
        </button>
        {children}
      </div>
    </Modal>
  );
}

function EndNow({ of }: { of: Channel }) {
  return (
    <button type="button" class="danger" onClick={() => of.end()}>
      {t("join-end")}
    </button>
  );
}

/** The red × at the top right. */
export function Leave({ of, leave }: { of: Channel; leave: () => void }) {
  const { roster, you, phase } = of.view.use();
  const [asks, setAsks] = useState(false);
  const others = roster.some(({ id, role }) => role === "guest" && id !== you);
  const alone = phase === "open" && !others && roster.some(({ id }) => id !== you);
  return (
    <>
      <button type="button" class="leave" aria-label={t("join-leave")} title={t("join-leave")} onClick={() => (alone ? setAsks(true) : leave())}>
        <span aria-hidden="true">×</span>
      </button>
      {asks && (
        <Question title={t("join-leave-title")} body={t("join-leave-body")} cancel={() => setAsks(false)}>
          <EndNow of={of} />
          <button type="button" class="primary" onClick={leave}>
            {t("join-leave-only")}
          </button>
        </Question>
      )}
    </>
  );
}

export function End({ of }: { of: Channel }) {
  const { phase } = of.view.use();
  const [asks, setAsks] = useState(false);
  return (
    <>
      <button type="button" class="refuse small" aria-disabled={phase !== "open"} onClick={() => phase === "open" && setAsks(true)}>
        {t("join-end")}
      </button>
      {asks && (
        <Question title={t("join-end-title")} body={t("join-end-body")} cancel={() => setAsks(false)}>
          <EndNow of={of} />
        </Question>
      )}
    </>
  );
}
