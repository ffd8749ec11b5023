// Calendar feeds (B7): addresses to which a person's own calendar program subscribes. A new one is shown once.

import { useState } from "preact/hooks";
import { api, under } from "../../api";
import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { RadioField, TextField } from "../../parts/fields";
import { Cancel, FormView, Submit, useForm } from "../../parts/form";
import { Table } from "../../parts/list";
import { Show, useLoad } from "../../parts/load";
import { Modal } from "../../parts/modal";
import { Act, Section, Time } from "../../parts/shown";
import { ShownOnce } from "../../parts/shown_once";
import { t } from "../../text";
import type { CalendarFeed, FeedOf, NewCalendarFeed } from "../../types";

const LONGEST_NAME = 60;
/** Most feeds of one person. */
const MOST = 10;

interface Values {
  name: string;
  of: FeedOf;
}

function New({ close, made }: { close: () => void; made: (feed: NewCalendarFeed) => void }) {
  const form = useForm<Values, NewCalendarFeed>({
    name: "calendar-feed",
    initial: { name: "", of: "own" },
    labels: { name: t("console-appointment-feed-name"), of: t("console-appointment-feed-of") },
    check: ({ name }) => ({
      name: !name.trim() ? t("console-required") : [...name.trim()].length > LONGEST_NAME ? t("console-invalid-long") : undefined,
    }),
    wrong: { name: t("console-invalid-long") },
    send: ({ name, of }, _, key) => api.POST("/desk/calendar-feeds", { body: { name: name.trim(), of }, ...under(key) }),
    done: made,
  });
  return (
    <Modal title={t("console-appointment-feed-new")} close={close}>
      <FormView form={form}>
        <TextField form={form} name="name" hint={t("console-appointment-feed-name-hint")} />
        <RadioField
          form={form}
          name="of"
          options={[
            ["own", t("console-appointment-feed-own")],
            ["desk", t("console-appointment-feed-desk")],
          ]}
        />
        <div class="buttons">
          <Cancel form={form} close={close} />
          <Submit form={form}>{t("console-appointment-feed-make")}</Submit>
        </div>
      </FormView>
    </Modal>
  );
}

function Made({ of: { feed, url }, close }: { of: NewCalendarFeed; close: () => void }) {
  return (
    <ShownOnce
      title={t("console-appointment-feed-made", { name: feed.name })}
      lead={t("console-appointment-feed-once")}
      label={t("console-appointment-feed-address")}
      value={url}
      kept={t("console-appointment-feed-kept")}
      wide
      close={close}
    >
      <p class="outcome caution">{t("console-appointment-feed-secret")}</p>
      <p>
        <a href={url.replace(/^https?:/, "webcal:")}>{t("console-appointment-feed-open")}</a>
      </p>
    </ShownOnce>
  );
}

export function Feeds() {
  const loaded = useLoad(() => api.GET("/desk/calendar-feeds"));
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<NewCalendarFeed>();
  const revoke = ({ id, name }: CalendarFeed) =>
    acted(
      {
        title: t("console-appointment-feed-revoke-title", { name }),
        body: t("console-appointment-feed-revoke-body"),
        action: t("console-appointment-feed-revoke"),
        danger: true,
      },
      async () => {
        await api.DELETE("/desk/calendar-feeds/{id}", { params: { path: { id } } });
        done(t("console-appointment-feed-revoked", { name }));
        loaded.reload();
      },
    );
  return (
    <Section title={t("console-appointment-feeds")}>
      <p>{t("console-appointment-feeds-lead")}</p>
      <Show of={loaded}>
        {({ items }) => (
          <>
            {items.length > 0 && (
              <Table
                caption={t("console-appointment-feeds")}
                items={items}
                id={({ id }) => id}
                columns={[
                  { label: t("console-appointment-feed-name"), cell: ({ name }) => name },
                  { label: t("console-appointment-feed-of"), cell: ({ of }) => t(`console-appointment-feed-${of}`) },
                  { label: t("console-field-created"), cell: ({ created_at }) => <Time at={created_at} /> },
                  {
                    label: t("console-appointment-feed-revoke"),
                    cell: (item) => (
                      <Act small label={t("console-act-on", { act: t("console-appointment-feed-revoke"), name: item.name })} run={() => revoke(item)}>
                        {t("console-appointment-feed-revoke")}
                      </Act>
                    ),
                  },
                ]}
              />
            )}
            {items.length < MOST ? (
              <p>
                <button type="button" class="secondary" onClick={() => setOpen(true)}>
                  {t("console-appointment-feed-new")}
                </button>
              </p>
            ) : (
              <p class="hint">{t("console-appointment-feed-many")}</p>
            )}
          </>
        )}
      </Show>
      {open && (
        <New
          close={() => setOpen(false)}
          made={(feed) => {
            setOpen(false);
            setMade(feed);
            loaded.reload();
          }}
        />
      )}
      {made && <Made of={made} close={() => setMade(undefined)} />}
    </Section>
  );
}
