// Passkeys of one's own, and whether a login takes one besides the password.

import { useState } from "preact/hooks";
import { api } from "../../api";
import { acted } from "../../parts/confirm";
import { done } from "../../parts/feedback";
import { TextField } from "../../parts/fields";
import { FormView, Submit, useForm } from "../../parts/form";
import { Table } from "../../parts/list";
import { Show, useLoad } from "../../parts/load";
import { Modal } from "../../parts/modal";
import { Act, Time } from "../../parts/shown";
import { session } from "../../session";
import { t } from "../../text";
import type { Passkey, SessionView } from "../../types";
import { make, PASSKEYS } from "../../webauthn";
import { browser } from "./sessions";

/** Most of one account; the server holds to it. */
const MOST = 10;

interface NameProps {
  title: string;
  action: string;
  initial: string;
  lead?: string;
  send: (name: string) => Promise<Passkey>;
  close: () => void;
  done: (passkey: Passkey) => void;
}

function Name({ title, action, initial, lead, send, close, done: named }: NameProps) {
  const form = useForm<{ name: string }, Passkey>({
    name: "passkey",
    initial: { name: initial },
    labels: { name: t("console-passkey-name") },
    check: ({ name }) => ({ name: name.trim() ? undefined : t("console-required") }),
    send: ({ name }) => send(name.trim()),
    done: named,
  });
  const leave = () => {
    form.discard();
    close();
  };
  return (
    <Modal title={title} close={leave}>
      {lead && <p>{lead}</p>}
      <FormView form={form}>
        <TextField form={form} name="name" hint={t("console-passkey-name-hint")} />
        <div class="buttons">
          <button type="button" class="secondary" onClick={leave}>
            {t("console-cancel")}
          </button>
          <Submit form={form}>{action}</Submit>
        </div>
      </FormView>
    </Modal>
  );
}

async function added(name: string): Promise<Passkey> {
  const credential = await make(await api.POST("/passkeys/challenge"));
  return api.POST("/passkeys", { body: { name, credential } });
}

function SecondFactor({ on, possible }: { on: boolean; possible: boolean }) {
  const change = async () => {
    const question = { title: t("console-factor-on-title"), body: t("console-factor-on-body"), action: t("console-factor-on") };
    await acted(on ? undefined : question, async () => {
      session.set(await api.PUT("/second-factor", { body: { required: !on } }));
      done(t(on ? "console-factor-is-off" : "console-factor-is-on"));
    });
  };
  return (
    <>
      <h3>{t("console-factor")}</h3>
      <p>
        <span class={`state ${on ? "good" : ""}`}>{t(on ? "console-factor-state-on" : "console-factor-state-off")}</span>
      </p>
      <p>{t(possible ? "console-factor-lead" : "console-factor-none")}</p>
      {possible && (
        <p>
          <Act run={change}>{t(on ? "console-factor-off" : "console-factor-on")}</Act>
        </p>
      )}
    </>
  );
}

function List({ items, rename, end }: { items: Passkey[]; rename: (one: Passkey) => void; end: (one: Passkey) => Promise<void> }) {
  const act = (act: string, one: Passkey, run: () => Promise<void>) => (
    <Act small label={t("console-act-on", { act, name: one.name })} run={run}>
      {act}
    </Act>
  );
  return (
    <Table
      caption={t("console-passkeys-title")}
      items={items}
      id={({ id }) => id}
      columns={[
        { label: t("console-passkey-name"), cell: ({ name }) => name },
        { label: t("console-passkey-kept"), cell: ({ synced }) => t(synced ? "console-passkey-synced" : "console-passkey-device") },
        { label: t("console-passkey-added"), cell: ({ created_at }) => <Time at={created_at} /> },
        { label: t("console-field-last-used"), cell: ({ last_used_at }) => <Time at={last_used_at} /> },
        {
          label: t("console-passkey-acts"),
          cell: (one) => (
            <span class="acts">
              {act(t("console-passkey-rename"), one, async () => rename(one))}
              {act(t("console-passkey-end"), one, () => end(one))}
            </span>
          ),
        },
      ]}
    />
  );
}

export function Passkeys({ of }: { of: SessionView }) {
  const loaded = useLoad(() => api.GET("/passkeys"));
  const [open, setOpen] = useState<Passkey | "new">();
  const end = async ({ id, name }: Passkey) => {
    await acted(
      {
        title: t("console-passkey-end-title", { name }),
        body: t("console-passkey-end-body"),
        action: t("console-passkey-end"),
        danger: true,
      },
      async () => {
        await api.DELETE("/passkeys/{id}", { params: { path: { id } } });
        done(t("console-passkey-ended", { name }));
        loaded.reload();
      },
    );
  };
  const kept = (text: string) => {
    setOpen(undefined);
    done(text);
    loaded.reload();
  };
  return (
    <>
      <p>{t("console-passkeys-lead")}</p>
      <Show of={loaded}>
        {({ items }) => (
          <>
            {items.length ? <List items={items} rename={setOpen} end={end} /> : <p class="empty">{t("console-passkeys-none")}</p>}
            {!PASSKEYS && <p class="hint">{t("console-passkey-no-browser")}</p>}
            {PASSKEYS && items.length < MOST && (
              <p>
                <button type="button" class="secondary" onClick={() => setOpen("new")}>
                  {t("console-passkey-add")}
                </button>
              </p>
            )}
            <SecondFactor on={of.second_factor} possible={items.length > 0} />
          </>
        )}
      </Show>
      {open === "new" && (
        <Name
          title={t("console-passkey-add")}
          action={t("console-passkey-go")}
          lead={t("console-passkey-add-lead")}
          initial={browser(navigator.userAgent)}
          send={added}
          close={() => setOpen(undefined)}
          done={({ name }) => kept(t("console-passkey-is-added", { name }))}
        />
      )}
      {open && open !== "new" && (
        <Name
          title={t("console-passkey-rename-title", { name: open.name })}
          action={t("console-save")}
          initial={open.name}
          send={(name) => api.PATCH("/passkeys/{id}", { params: { path: { id: open.id } }, body: { name } })}
          close={() => setOpen(undefined)}
          done={() => kept(t("console-saved"))}
        />
      )}
    </>
  );
}
