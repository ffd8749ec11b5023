// One inquiry of a customer, as the provider's desk answers it.

import { useId } from "preact/hooks";
import { get, part, post, Problem } from "../api";
import { done, failed } from "../parts/feedback";
import { Show, useLoad } from "../parts/load";
import { Page } from "../parts/page";
import { Details, State } from "../parts/shown";
import { href, type PageProps } from "../router";
import { t } from "../text";
import type { DeskInquiry, DeskStaff, Page as Items, Thread } from "../types";
import { Messages } from "./thread";

interface Found {
  thread: Thread;
  staff: DeskStaff[];
  /** The desk's own note of it, where it has come. */
  note: DeskInquiry | undefined;
}

/** The inbox may not have heard of it yet: it is a copy, seconds behind. */
async function noteOf(path: string): Promise<DeskInquiry | undefined> {
  try {
    return await get<DeskInquiry>(`${path}/assignment`);
  } catch (error) {
    if (Problem.from(error).status === 404) return undefined;
    throw error;
  }
}

async function load(path: string): Promise<Found> {
  const [thread, staff, note] = await Promise.all([get<Thread>(path), get<Items<DeskStaff>>("desk/staff"), noteOf(path)]);
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
  const [slug = "", inquiry = ""] = id.split("/");
  const path = `desk/inquiries/${part(slug)}/${part(inquiry)}`;
  const loaded = useLoad(() => load(path));
  const assign = async (of: Found, user: string | null) => {
    const send = async (to: string | null) => {
      const note = await post<DeskInquiry>(`${path}/assign`, { user: to });
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
                [t("console-customer"), <a href={href("customers", slug)}>{of.note?.tenant_name ?? slug}</a>],
                [t("console-inquiry-by"), of.thread.inquiry.by_name],
              ]}
            />
            <div class="filters">
              <Assigned of={of} assign={(user) => void assign(of, user)} />
            </div>
            <Messages of={of.thread} path={path} side="desk" reload={loaded.reload} />
          </>
        )}
      </Show>
    </Page>
  );
}
