// One inquiry of a customer, as the provider's desk answers it.

import { useId } from "preact/hooks";
import { get, part, post } from "../api";
import { done, failed } from "../parts/feedback";
import { Show, useLoad } from "../parts/load";
import { Page } from "../parts/page";
import { Details, State } from "../parts/shown";
import type { PageProps } from "../pages";
import { href } from "../router";
import { t } from "../text";
import type { DeskInquiry, DeskStaff, Page as Items, Thread } from "../types";
import { Messages } from "./thread";

interface Found {
  thread: Thread;
  staff: DeskStaff[];
  /** The desk's own note of it; not found where it lies further back than the first page of its state. */
  note: DeskInquiry | undefined;
}

async function load(slug: string, path: string): Promise<Found> {
  const [thread, staff] = await Promise.all([get<Thread>(path), get<Items<DeskStaff>>("desk/staff")]);
  const { id, state } = thread.inquiry;
  const notes = await get<Items<DeskInquiry>>("desk/inquiries", { state });
  const note = notes.items.find(({ tenant, inquiry }) => tenant === slug && inquiry.id === id);
  return { thread, staff: staff.items, note };
}

function Assigned({ of, assign }: { of: Found; assign: (user: string | null) => void }) {
  const id = useId();
  return (
    <div class="filter">
      <label for={id}>{t("console-inquiry-assigned")}</label>
      <select id={id} value={of.note?.assigned ?? ""} onChange={(event) => assign(event.currentTarget.value || null)}>
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
  const loaded = useLoad(() => load(slug, path));
  const assign = async (user: string | null) => {
    try {
      const note = await post<DeskInquiry>(`${path}/assign`, { user });
      if (loaded.data) loaded.set({ ...loaded.data, note });
      done(note.assigned_name ? t("console-desk-assigned", { name: note.assigned_name }) : t("console-desk-unassigned"));
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
              <Assigned of={of} assign={(user) => void assign(user)} />
            </div>
            <Messages of={of.thread} path={path} side="desk" reload={loaded.reload} />
          </>
        )}
      </Show>
    </Page>
  );
}
