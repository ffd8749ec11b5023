// One inquiry of a customer, as the provider's desk answers it.

import { get, part, post } from "../api";
import { done, failed } from "../parts/feedback";
import { Show, useLoad } from "../parts/load";
import { Page } from "../parts/page";
import { Act, Details, State } from "../parts/shown";
import type { PageProps } from "../pages";
import { href } from "../router";
import { session } from "../session";
import { t } from "../text";
import type { Thread } from "../types";
import { Messages } from "./thread";

export default function DeskInquiry({ id }: PageProps) {
  const [slug = "", inquiry = ""] = id.split("/");
  const path = `desk/inquiries/${part(slug)}/${part(inquiry)}`;
  const loaded = useLoad(() => get<Thread>(path));
  const assign = async (user: string | null) => {
    try {
      await post(`${path}/assign`, { user_id: user });
      done(t(user ? "console-desk-assigned" : "console-desk-unassigned"));
      loaded.reload();
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Page
      title={loaded.data?.subject ?? t("console-inquiry-title")}
      back={{ href: href("desk", "inquiries"), label: t("console-nav-desk-inquiries") }}
    >
      <Show of={loaded}>
        {(of) => (
          <>
            <Details
              rows={[
                [t("console-field-state"), <State list="inquiry-state" value={of.state} />],
                [t("console-customer"), <a href={href("customers", slug)}>{of.tenant?.name ?? slug}</a>],
                [t("console-inquiry-by"), of.by.name],
                [t("console-inquiry-assigned"), of.assigned ?? t("console-desk-nobody")],
              ]}
            />
            <div class="buttons">
              {of.assigned !== session.get()?.name && (
                <Act run={() => assign(session.get()?.user_id ?? null)}>{t("console-desk-assign")}</Act>
              )}
              {of.assigned !== null && <Act run={() => assign(null)}>{t("console-desk-unassign")}</Act>}
            </div>
            <Messages of={of} path={path} side="desk" reload={loaded.reload} />
          </>
        )}
      </Show>
    </Page>
  );
}
