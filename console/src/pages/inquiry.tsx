// One inquiry of a customer.

import { get, part } from "../api";
import { Show, useLoad } from "../parts/load";
import { Page } from "../parts/page";
import { State } from "../parts/shown";
import { href, type PageProps } from "../router";
import { t } from "../text";
import type { Thread } from "../types";
import { Messages } from "./thread";

export default function InquiryPage({ id }: PageProps) {
  const path = `inquiries/${part(id)}`;
  const loaded = useLoad(() => get<Thread>(path));
  return (
    <Page
      title={loaded.data?.inquiry.subject ?? t("console-inquiry-title")}
      back={{ href: href("inquiries"), label: t("console-nav-inquiries") }}
    >
      <Show of={loaded}>
        {(of) => (
          <>
            <p>
              <State list="inquiry-state" value={of.inquiry.state} />
            </p>
            <Messages of={of} path={path} side="customer" reload={loaded.reload} />
          </>
        )}
      </Show>
    </Page>
  );
}
