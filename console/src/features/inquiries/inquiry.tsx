// One inquiry of a customer.

import { address, api, under } from "../../api";
import { Show, useLoad } from "../../parts/load";
import { Page } from "../../parts/page";
import { State } from "../../parts/shown";
import { href, type PageProps } from "../../router";
import { t } from "../../text";
import { Messages } from "./thread";

export default function InquiryPage({ id }: PageProps) {
  const path = { id };
  const loaded = useLoad(() => api.GET("/inquiries/{id}", { params: { path } }), "", "inquiries");
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
            <Messages
              of={of}
              side="customer"
              answer={(body, key) => api.POST("/inquiries/{id}/messages", { params: { path }, body, ...under(key) })}
              close={() => api.POST("/inquiries/{id}/close", { params: { path } })}
              file={(attachment) => address("/inquiries/{id}/attachments/{attachment}", { params: { path: { id, attachment } } })}
              reload={loaded.reload}
            />
          </>
        )}
      </Show>
    </Page>
  );
}
