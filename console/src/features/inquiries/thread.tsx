// The messages of an inquiry, and the answer to them; the same for customers and for the desk.

import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { AreaField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { Act, Section, Time } from "../../parts/shown";
import { formatTag, t } from "../../text";
import type { Attachment, Message, NewMessage, Thread } from "../../types";
import { AttachmentsField, attachmentsRefused, checkAttachments, type Chosen } from "./attachments_field";
import "./thread.css";

function size(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  return `${new Intl.NumberFormat(formatTag()).format(kilobytes)} KB`;
}

interface ThreadProps {
  of: Thread;
  side: "customer" | "desk";
  answer: (message: NewMessage, key: string) => Promise<unknown>;
  close: () => Promise<unknown>;
  /** The address of an attachment. */
  file: (id: string) => string;
  reload: () => void;
}

function File({ of, href }: { of: Attachment; href: string }) {
  return (
    <li>
      <a href={href} download={of.name}>
        {of.name}
      </a>{" "}
      <span class="hint">{size(of.size)}</span>
    </li>
  );
}

function Said({ of, file, side }: { of: Message } & Pick<ThreadProps, "file" | "side">) {
  return (
    <li class={of.side === side ? "mine" : ""}>
      <p class="from">
        <b>{of.name}</b> <span class="hint">{t(`console-inquiry-side-${of.side}`)}</span> <Time at={of.at} />
      </p>
      <p class="pre-line">{of.body}</p>
      {of.attachments.length > 0 && (
        <ul class="files">
          {of.attachments.map((one) => (
            <File key={one.id} of={one} href={file(one.id)} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface Values {
  body: string;
  attachments: Chosen[];
}

const EMPTY: Values = { body: "", attachments: [] };

function Reply({ of, answer, close, reload }: ThreadProps) {
  const form = useForm<Values, unknown>({
    name: "reply",
    object: of.inquiry.id,
    initial: EMPTY,
    labels: { body: t("console-inquiry-message"), attachments: t("console-inquiry-attachments") },
    // Files are too large to be kept beside what was typed.
    secret: ["attachments"],
    check: ({ body, attachments }) => ({
      body: body.trim() ? undefined : t("console-required"),
      ...checkAttachments(attachments),
    }),
    wrong: { body: t("console-invalid-long"), attachments: t("console-attachments-wrong") },
    explain: attachmentsRefused,
    send: ({ body, attachments }, _, key) => answer({ body: body.trim(), attachments }, key),
    done() {
      form.reset(EMPTY);
      done(t("console-inquiry-replied"));
      reload();
    },
  });
  return (
    <Section title={t(of.inquiry.state === "closed" ? "console-inquiry-reopen" : "console-inquiry-reply")}>
      <FormView form={form}>
        <AreaField form={form} name="body" rows={5} />
        <AttachmentsField form={form} />
        <div class="buttons">
          <Submit form={form}>{t("console-inquiry-send")}</Submit>
          {of.inquiry.state !== "closed" && <Act run={() => closeInquiry(of, close, reload)}>{t("console-inquiry-close")}</Act>}
        </div>
      </FormView>
    </Section>
  );
}

async function closeInquiry({ inquiry }: Thread, close: ThreadProps["close"], reload: () => void): Promise<void> {
  await acted(
    {
      title: t("console-inquiry-close-title"),
      body: t("console-inquiry-close-body", { subject: inquiry.subject }),
      action: t("console-inquiry-close"),
    },
    async () => {
      await close();
      done(t("console-inquiry-closed"));
      reload();
    },
  );
}

export function Messages(props: ThreadProps) {
  const { of, file, side } = props;
  return (
    <>
      <ol class="thread" aria-label={t("console-inquiry-messages")}>
        {of.messages.map((message) => (
          <Said key={message.number} of={message} file={file} side={side} />
        ))}
      </ol>
      <Reply {...props} />
    </>
  );
}
