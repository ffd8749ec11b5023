// One inquiry of a customer, as the provider's desk answers it.

import { useId } from "preact/hooks";
import { address, api, under } from "../../api";
import { done, failed } from "../../parts/feedback";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { Details, State } from "../../parts/shown";
import { Problem } from "../../problem";
import { href, type PageProps } from "../../router";
import { t } from "../../text";
import type { DeskInquiry, DeskStaff, Thread } from "../../types";
import { Messages } from "../inquiries/thread";

/** Whose it is, and which. */
interface Names {
  customer: string;
  id: string;
}

interface Found {
  thread: Thread;
  staff: DeskStaff[];
  /** The desk's own note of it, where it has come. */
  note: DeskInquiry | undefined;
}

/** The inbox may not have heard of it yet: it is a copy, seconds behind. */
async function noteOf(path: Names): Promise<DeskInquiry | undefined> {
  try {
    return await api.GET("/desk/inquiries/{customer}/{id}/assignment", { params: { path } });
  } catch (error) {
    if (Problem.from(error).status === 404) return undefined;
    throw error;
  }
}

async function load(path: Names): Promise<Found> {
  const [thread, staff, note] = await Promise.all([
    api.GET("/desk/inquiries/{customer}/{id}", { params: { path } }),
    api.GET("/desk/staff"),
    noteOf(path),
  ]);
  return { thread, staff: staff.items, note };
}

/** Stands where it is not known who takes care of it: not the same as nobody. */
const UNKNOWN = "?";

function Assigned({ of, assign }: { of: Found; assign: (user: string | null) => void }) {
  const id = useId();
  return (
    <div class="filter">
      <label for={id}>{t("console-inquiry-assigned")}</label>
      <select id={id} value={of.note ? (of.note.assigned ?? "") : UNKNOWN} onChange={(event) => assign(event.currentTarget.value || null)}>
        {!of.note && (
          <option value={UNKNOWN} disabled>
            {t("console-none")}
          </option>
        )}
        <option value="">{t("console-desk-nobody")}</option>
        {of.staff.map(({ user_id, name }) => (
          <option key={user_id} value={user_id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

export default function DeskInquiryPage({ id }: PageProps) {
  const [customer = "", inquiry = ""] = id.split("/");
  const path: Names = { customer, id: inquiry };
  const loaded = useLoad(() => load(path), "", "desk_inquiries");
  const assign = async (of: Found, user: string | null) => {
    const send = async (to: string | null) => {
      const note = await api.POST("/desk/inquiries/{customer}/{id}/assign", { params: { path }, body: { user: to } });
      loaded.set({ ...of, note });
      return note;
    };
    try {
      const { assigned_name: name } = await send(user);
      const before = of.note;
      const undo = before && (() => send(before.assigned).then(() => undefined));
      done(name ? t("console-desk-assigned", { name }) : t("console-desk-unassigned"), undo);
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Page
      title={loaded.data?.thread.inquiry.subject ?? t("console-inquiry-title")}
      back={{ href: href("desk", "inquiries"), label: t("console-nav-desk-inquiries") }}
    >
      <Show of={loaded}>
        {(of) => (
          <>
            <Details
              rows={[
                [t("console-field-state"), <State list="inquiry-state" value={of.thread.inquiry.state} />],
                [t("console-customer"), <a href={href("customers", customer)}>{of.note?.tenant_name ?? customer}</a>],
                [t("console-inquiry-by"), of.thread.inquiry.by_name],
              ]}
            />
            <div class="filters">
              <Assigned of={of} assign={(user) => void assign(of, user)} />
            </div>
            <div class="buttons">
              <a class="button secondary" href={`${href("customers", customer, "attended", "new")}?inquiry=${encodeURIComponent(inquiry)}`}>
                {t("console-attended-new")}
              </a>
              <a class="button secondary" href={`${href("customers", customer, "appointments", "new")}?inquiry=${encodeURIComponent(inquiry)}`}>
                {t("console-appointment-new")}
              </a>
            </div>
            <Messages
              of={of.thread}
              side="desk"
              answer={(body, key) => api.POST("/desk/inquiries/{customer}/{id}/messages", { params: { path }, body, ...under(key) })}
              close={() => api.POST("/desk/inquiries/{customer}/{id}/close", { params: { path } })}
              file={(attachment) => address("/desk/inquiries/{customer}/{id}/attachments/{attachment}", { params: { path: { ...path, attachment } } })}
              reload={loaded.reload}
            />
          </>
        )}
      </Show>
    </Page>
  );
}
