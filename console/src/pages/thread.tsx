// The messages of an inquiry, and the answer to them; the same for customers and for the desk.

import { address, part, post } from "../api";
import { acted } from "../parts/confirm";
import { AreaField } from "../parts/fields";
import { done } from "../parts/feedback";
import { FormView, Submit, useForm } from "../parts/form";
import { Act, Section, Time } from "../parts/shown";
import { formatTag, t } from "../text";
import type { Attachment, Bodies, Message, NewAttachment, Thread } from "../types";
import { AttachmentsField, attachmentsRefused } from "./attachments_field";

function size(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  return `${new Intl.NumberFormat(formatTag()).format(kilobytes)} KB`;
}

interface ThreadProps {
  of: Thread;
  /** The path of the inquiry in the API. */
  path: string;
  side: "customer" | "desk";
  reload: () => void;
}

function File({ of, path }: { of: Attachment; path: string }) {
  return (
    <li>
      <a href={address(`${path}/attachments/${part(of.id)}`)} download={of.name}>
        {of.name}
      </a>{" "}
      <span class="hint">{size(of.size)}</span>
    </li>
  );
}

function Said({ of, path, side }: { of: Message; path: string; side: "customer" | "desk" }) {
  return (
    <li class={of.side === side ? "mine" : ""}>
      <p class="from">
        <b>{of.name}</b> <span class="hint">{t(`console-inquiry-side-${of.side}`)}</span> <Time at={of.at} />
      </p>
      <p class="pre-line">{of.body}</p>
      {of.attachments.length > 0 && (
        <ul class="files">
          {of.attachments.map((file) => (
            <File key={file.id} of={file} path={path} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface Values {
  body: string;
  attachments: NewAttachment[];
}

const EMPTY: Values = { body: "", attachments: [] };

function Reply({ of, path, reload }: ThreadProps) {
  const form = useForm<Values, unknown>({
    name: "reply",
    object: path,
    initial: EMPTY,
    labels: { body: t("console-inquiry-message"), attachments: t("console-inquiry-attachments") },
    // Files are too large to be kept beside what was typed.
    secret: ["attachments"],
    check: ({ body }) => ({ body: body.trim() ? undefined : t("console-required") }),
    wrong: { body: t("console-invalid-long"), attachments: t("console-attachments-wrong") },
    explain: attachmentsRefused,
    send({ body, attachments }, _, key) {
      const sent: Bodies["AnswerInquiry"] = { body: body.trim(), attachments };
      return post(`${path}/messages`, sent, key);
    },
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
          {of.inquiry.state !== "closed" && <Act run={() => closeInquiry(of, path, reload)}>{t("console-inquiry-close")}</Act>}
        </div>
      </FormView>
    </Section>
  );
}

async function closeInquiry({ inquiry }: Thread, path: string, reload: () => void): Promise<void> {
  await acted(
    {
      title: t("console-inquiry-close-title"),
      body: t("console-inquiry-close-body", { subject: inquiry.subject }),
      action: t("console-inquiry-close"),
    },
    async () => {
      await post(`${path}/close`);
      done(t("console-inquiry-closed"));
      reload();
    },
  );
}

export function Messages(props: ThreadProps) {
  const { of, path, side } = props;
  return (
    <>
      <ol class="thread" aria-label={t("console-inquiry-messages")}>
        {of.messages.map((message) => (
          <Said key={message.number} of={message} path={path} side={side} />
        ))}
      </ol>
      <Reply {...props} />
    </>
  );
}
